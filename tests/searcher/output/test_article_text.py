import io
import json
from datetime import UTC, datetime

import pytest

from khabarjoo.index.article import Article
from khabarjoo.searcher.config import Settings
from khabarjoo.searcher.output.article_text import Marks, write_article_json, write_article_text
from khabarjoo.searcher.results import Fragment

ARTICLE = Article(
    id="a1",
    title="باران در رشت",
    lead="دیروز باران بارید.",
    body="سطر یک\nسطر دو",
    published=datetime(2018, 1, 22, 5, 11, tzinfo=UTC),
    source="پیک باران",
    category="هواشناسی",
    tags=("رشت", "باران"),
    url="https://example.org/1",
    code="77",
)
MARKS = Marks(
    [Fragment("باران", True), Fragment(" در رشت", False)],
    [Fragment("دیروز ", False), Fragment("باران", True), Fragment(" بارید.", False)],
    [Fragment(ARTICLE.body, False)],
)


def test_an_article_is_its_title_its_facts_and_its_text() -> None:
    out = io.StringIO()
    write_article_text(ARTICLE, None, out)
    assert out.getvalue() == (
        "باران در رشت\n"
        "پیک باران · هواشناسی · ۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018-01-22) · a1\n"
        "کد خبر: 77\n"
        "رشت، باران\n"
        "https://example.org/1\n"
        "\n"
        "دیروز باران بارید.\n"
        "\n"
        "سطر یک\nسطر دو\n"
    )


def test_an_article_that_says_little_is_short() -> None:
    out = io.StringIO()
    write_article_text(Article(id="x", body="متن"), None, out)
    assert out.getvalue() == "متن\nx\n\nمتن\n"


def test_on_a_terminal_every_match_is_coloured(terminal) -> None:
    write_article_text(ARTICLE, MARKS, terminal, settings=Settings(bidi="off"))
    lines = terminal.getvalue().splitlines()
    assert lines[0] == "\x1b[1;4;33mباران\x1b[0m\x1b[1m در رشت\x1b[0m"
    assert "دیروز \x1b[1;4;33mباران\x1b[0m بارید." in lines


def test_on_a_terminal_without_bidi_lines_are_in_its_order_on_the_right(terminal) -> None:
    write_article_text(ARTICLE, MARKS, terminal)
    lines = terminal.getvalue().splitlines()
    assert lines[0] == " " * 68 + "\x1b[1mﺖﺷﺭ ﺭﺩ \x1b[0m\x1b[1;4;33mﻥﺍﺭﺎﺑ\x1b[0m"
    assert lines[4] == " " * 59 + "\x1b[2mhttps://example.org/1\x1b[0m"
    assert lines[6] == " " * 62 + ".ﺪﯾﺭﺎﺑ \x1b[1;4;33mﻥﺍﺭﺎﺑ\x1b[0m ﺯﻭﺮﯾﺩ"


def test_each_line_of_a_text_runs_in_its_own_direction(terminal) -> None:
    body = "نخست فارسی آمد.\nThen came English words.\nBBC"
    write_article_text(
        Article(id="x", title="آزمون دو زبان", body=body), None, terminal, settings=Settings(colours="never")
    )
    *_, persian, english, short = terminal.getvalue().splitlines()
    assert persian == " " * 65 + ".ﺪﻣﺁ ﯽﺳﺭﺎﻓ ﺖﺴﺨﻧ"
    assert english == "Then came English words."
    assert short == " " * 77 + "BBC"


def test_nothing_planted_reaches_the_terminal(terminal) -> None:
    evil = "م\x1b[2J\u202e"
    article = Article(evil, evil, evil, evil, None, evil, evil, (evil,), evil, evil)
    write_article_text(article, None, terminal)
    assert "\x1b[2J" not in terminal.getvalue()
    assert "\u202e" not in terminal.getvalue()


@pytest.mark.parametrize("marks", [None, MARKS])
def test_json_has_every_field_and_the_marks_when_asked(marks: Marks | None) -> None:
    out = io.StringIO()
    write_article_json(ARTICLE, marks, out)
    record = json.loads(out.getvalue())
    marked = record.pop("marked")
    assert record == {
        "format_version": 1,
        "id": "a1",
        "title": "باران در رشت",
        "lead": "دیروز باران بارید.",
        "body": "سطر یک\nسطر دو",
        "published": "2018-01-22T08:41:00+03:30",
        "published_jalali": "1396/11/02",
        "published_precision": "minute",
        "source": "پیک باران",
        "category": "هواشناسی",
        "tags": ["رشت", "باران"],
        "url": "https://example.org/1",
        "code": "77",
        "untitled": False,
        "origin": "",
    }
    if marks is None:
        assert marked is None
    else:
        assert list(marked) == ["title", "lead", "body"]
        assert marked["title"] == [{"text": "باران", "match": True}, {"text": " در رشت", "match": False}]
