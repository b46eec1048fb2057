import io

from khabarjoo.searcher.output.hits_data import write_run, write_trec


def test_a_page_is_the_run_of_one_query(page, hit) -> None:
    out = io.StringIO()
    write_trec(page(hit(11, id="a", score=2), hit(12, id="b", score=0.1 + 0.2)), out)
    assert out.getvalue() == "q Q0 a 11 2.0 khabarjoo\nq Q0 b 12 0.30000000000000004 khabarjoo\n"


def test_a_ranking_is_numbered_from_one() -> None:
    out = io.StringIO()
    write_run("17", [("a", 2.5), ("b", 1.5)], out)
    assert out.getvalue() == "17 Q0 a 1 2.5 khabarjoo\n17 Q0 b 2 1.5 khabarjoo\n"


def test_white_space_in_an_id_does_not_add_a_column() -> None:
    out = io.StringIO()
    write_run("1", [("خبر های\u00a0قم\n", 1.0)], out)
    assert out.getvalue() == "1 Q0 خبر%20های%C2%A0قم%0A 1 1.0 khabarjoo\n"
