import json

import pytest


def test_each_line_becomes_a_ranking_in_the_order_given(run, fake, tmp_path) -> None:
    queries = tmp_path / "queries.tsv"
    queries.write_text("\ufeff1\tباران\n\n2\tقطار\r\n3\tباران و برف\n", encoding="utf-8")
    code, out, err = run("batch", str(queries))
    assert (code, err) == (0, "")
    assert out == (
        "1 Q0 a1 1 7.25 khabarjoo\n1 Q0 b/2 2 3.5 khabarjoo\n3 Q0 a1 1 7.25 khabarjoo\n3 Q0 b/2 2 3.5 khabarjoo\n"
    )
    assert fake.asked == [
        ("باران", {"limit": 1000}),
        ("قطار", {"limit": 1000}),
        ("باران و برف", {"limit": 1000}),
    ]


def test_jsonl_has_a_line_for_each_query_even_without_hits(run, fake) -> None:
    code, out, _ = run("batch", "-", "--format", "jsonl", "--limit", "1", stdin="1\tباران\n2\tقطار\n")
    assert code == 0
    assert [json.loads(line) for line in out.splitlines()] == [
        {"qid": "1", "query": "باران", "hits": [{"id": "a1", "score": 7.25}]},
        {"qid": "2", "query": "قطار", "hits": []},
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("باران", "no tab between the query id and the query"),
        ("\tباران", "a query id is one word"),
        ("a b\tباران", "a query id is one word"),
        ("1\tبرف", "query id 1 is that of line 1 too"),
        ("9\tتاریخ:؟", "'؟' names no date"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_done(run, fake, line: str, why: str) -> None:
    code, out, err = run("batch", "-", stdin=f"1\tباران\n{line}\n3\tباران\n")
    assert code == 0
    assert out.count("\n") == 4
    assert err == f"khabarjoo: -, line 2: {why}\nsearched 2 queries, left out 1 line\n"


def test_when_no_query_finds_anything_the_exit_code_is_1(run, fake) -> None:
    assert run("batch", "-", stdin="1\tقطار\n") == (1, "", "")


def test_when_no_line_is_a_query_the_exit_code_is_2(run, fake) -> None:
    assert run("batch", "-", stdin="") == (2, "", "khabarjoo: no query in -\n")
    code, _, err = run("batch", "-", stdin="باران\n")
    assert code == 2
    assert err.endswith("khabarjoo: no query in -\n")


def test_bytes_that_are_not_utf8_are_a_query_that_finds_nothing(run, fake) -> None:
    assert run("batch", "-", stdin=b"1\t\xff\xfe\n").code == 1


def test_a_missing_file_is_one_line_and_exit_2(run, fake, tmp_path) -> None:
    path = tmp_path / "absent.tsv"
    assert run("batch", str(path)) == (2, "", f"khabarjoo: {path}: no such file or directory\n")


def test_suggestions_are_searched_and_told_when_they_are_asked_for(run, tmp_path) -> None:
    articles = tmp_path / "news.jsonl"
    articles.write_text('{"id": "a", "title": "باران بهاری", "body": "باران"}\n', encoding="utf-8")
    folder = str(tmp_path / "index")
    assert run("--index", folder, "index", str(articles))[0] == 0
    lines = "1\tbaran\n2\t«بهاری باران»\n3\tباران\n"
    code, out, err = run("--index", folder, "batch", "--suggest", "-", stdin=lines)
    assert [line.split()[:3] for line in out.splitlines()] == [[qid, "Q0", "a"] for qid in "123"]
    assert (code, "line 1: searched for: باران (Persian in Latin letters)" in err) == (0, True)
    assert "line 2: searched for: «بهاری باران»~10 (a phrase read as words near each other)" in err
    assert [line.split()[0] for line in run("--index", folder, "batch", "-", stdin=lines)[1].splitlines()] == ["3"]
