import json

from tests.searcher.conftest import make_hit


def test_the_last_argument_is_the_id_and_the_others_are_the_query(run, fake) -> None:
    ran = run("explain", "باران", "رشت", "a1")
    assert ran == (0, "     5.000  باران\n     2.250  باران، in the title\n     7.250  score of a1\n", "")
    assert fake.asked == [("باران رشت", {})]


def test_json_adds_up(run, fake) -> None:
    found = json.loads(run("explain", "باران", "a1", "--format", "json").out)
    assert found["score"] == sum(line["value"] for line in found["lines"])


def test_several_ids_behind_the_query_are_explained_one_after_another(run, fake) -> None:
    fake.hits = [make_hit(1, id="a1"), make_hit(2, id="b2")]
    out = run("explain", "باران", "رشت", "a1", "b2").out
    assert "7.250  score of a1\n\n     5.000" in out and out.endswith("score of b2\n")
    assert {query for query, _ in fake.asked} == {"باران رشت"}


def test_a_query_without_an_id_is_told_what_is_missing(run, fake) -> None:
    code, _, err = run("explain", "زلزله", "بم")
    assert (code, "behind the query stands the id" in err) == (1, True)


def test_an_article_that_does_not_match_is_exit_1(run, fake) -> None:
    assert run("explain", "قطار", "a1") == (1, "     0.000  score of a1\n", "")


def test_an_id_of_no_article_is_one_line_and_exit_1(run, fake) -> None:
    code, out, err = run("explain", "باران", "x9")
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_an_id_without_a_query_is_wrong_usage(run, fake) -> None:
    assert run("explain", "a1").code == 2
