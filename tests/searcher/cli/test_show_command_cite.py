import pytest


def test_each_article_is_cited_once_in_the_order_asked(run, fake) -> None:
    code, out, err = run("cite", "b/2", "a1", "b/2", "--format", "bibtex")
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if line.startswith("@")] == [
        "@misc{khabarjoo:b/2,",
        "@misc{khabarjoo:a1,",
    ]


@pytest.mark.parametrize(
    ("format_name", "start"), [("text", "پیک باران. «"), ("bibtex", "@misc{"), ("ris", "TY  - NEWS\r\n")]
)
def test_every_format_is_written(run, fake, format_name: str, start: str) -> None:
    assert run("cite", "--format", format_name, "a1").out.startswith(start)


def test_a_line_to_paste_is_the_default(run, fake) -> None:
    assert run("cite", "a1") == (0, "پیک باران. «باران در رشت»\n", "")


def test_an_id_of_no_article_is_named_and_the_others_are_cited(run, fake) -> None:
    code, out, err = run("cite", "a1", "x9", "b/2")
    assert (code, out.count("\n")) == (1, 2)
    assert err.startswith("khabarjoo: ")
    assert "x9" in err
    assert err.count("\n") == 1
