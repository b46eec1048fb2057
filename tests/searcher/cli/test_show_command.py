import json


def test_an_article_is_shown_whole(run, fake) -> None:
    code, out, err = run("show", "a1")
    assert (code, err) == (0, "")
    assert out == "باران در رشت\nپیک باران · a1\nرشت\n/news/a.jsonl\n\nخلاصه\n\nسطر یک\nسطر دو\n"
    assert fake.asked == []


def test_the_file_an_article_came_from_is_told(run, fake) -> None:
    record = json.loads(run("show", "a1", "--format", "json").out)
    assert (record["origin"], record["untitled"]) == ("/news/a.jsonl", False)


def test_a_query_marks_its_words(run, fake) -> None:
    record = json.loads(run("show", "a1", "--query", "باران", "--format", "json").out)
    assert record["marked"]["title"] == [{"text": "باران در رشت", "match": True}]
    assert fake.asked == [("باران", {})]


def test_an_id_that_no_article_has_is_nothing_found(run, fake) -> None:
    assert run("show", "ناموجود") == (1, "", "khabarjoo: no article has the id “ناموجود”\n")
