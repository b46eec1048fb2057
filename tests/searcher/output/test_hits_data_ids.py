import io

from khabarjoo.searcher.output.hits_data import write_ids


def test_ids_come_one_a_line_in_order(page, hit) -> None:
    out = io.StringIO()
    write_ids(page(hit(1, id="پوشه/خبر یک"), hit(2, id="b")), out)
    assert out.getvalue() == "پوشه/خبر یک\nb\n"


def test_ids_can_end_with_nul(page, hit) -> None:
    out = io.StringIO()
    write_ids(page(hit(1, id="a\nb"), hit(2, id="c")), out, end="\0")
    assert out.getvalue() == "a\nb\0c\0"


def test_an_id_with_a_nul_is_named_rather_than_made_two(page, hit, capsys) -> None:
    out = io.StringIO()
    write_ids(page(hit(1, id="a\0b"), hit(2, id="c")), out, end="\0")
    assert out.getvalue() == "c\0"
    assert "a\\0b" in capsys.readouterr().err
