def test_piped_lines_are_answered_until_they_end(run, fake) -> None:
    code, out, err = run("shell", stdin="باران\n۲\n")
    assert code == 0
    assert out.startswith(" 1. باران در رشت\n")
    assert "سطر دو\n" in out
    assert err == "all words: 1, any: 2 · 1.2 ms\n"


def test_the_number_of_hits_shown_can_be_set(run, fake) -> None:
    run("shell", "--limit", "1", stdin="باران\n")
    assert fake.asked == [("باران", {"limit": 1})]


def test_lines_after_quit_are_not_read(run, fake) -> None:
    assert run("shell", stdin="\\quit\nباران\n").code == 0
    assert fake.asked == []


def test_piped_bytes_that_are_not_utf8_do_no_harm(run, fake) -> None:
    assert run("shell", stdin=b"\xff\n").code == 0
    assert fake.asked[0][0] == "\ufffd"
