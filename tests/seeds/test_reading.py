"""The readers find in every page of the sample what its writer put there, and nothing of the furniture around it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from khabarjoo.analyzers.calendars import tehran
from khabarjoo.analyzers.normalizer import fold, join_parts
from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Reading, read
from khabarjoo.seeds import pages_folder

Facts = dict[str, Any]

FOLDER = pages_folder().parent
FILES = {
    file["file"]: file["articles"]
    for file in json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["files"]
}
CASES = [pytest.param(file, facts, id=facts["id"]) for file, listed in FILES.items() for facts in listed]

each_article = pytest.mark.parametrize(("file", "facts"), CASES)


@cache
def readings(file: str) -> tuple[Reading, ...]:
    return tuple(read(FOLDER / file, name=file.removeprefix("pages/")))


def article(file: str, id: str) -> Article:
    (found,) = (reading for reading in readings(file) if isinstance(reading, Article) and reading.id == id)
    return found


def folded(text: str) -> str:
    """Text with every word in its folded, joined spelling; spaces and punctuation count."""
    return " ".join(join_parts(fold(word)) for word in text.split())


def words(text: str) -> list[str]:
    """The words of a text in their folded, joined spelling."""
    return [join_parts(fold(word)) for word in re.findall(r"[\w\u0654\u200c]+", text)]


def stands_in(phrase: str, text: str) -> bool:
    return f" {' '.join(words(phrase))} " in f" {' '.join(words(text))} "


@pytest.mark.parametrize("file", FILES)
def test_a_file_gives_its_articles_in_order_without_complaint(file: str) -> None:
    assert [getattr(reading, "id", reading) for reading in readings(file)] == [facts["id"] for facts in FILES[file]]


@each_article
@pytest.mark.parametrize("fact", ["title", "source", "category", "code"])
def test_a_fact_is_found(file: str, facts: Facts, fact: str) -> None:
    assert folded(getattr(article(file, facts["id"]), fact)) == folded(facts[fact])


@each_article
def test_the_tags_are_found_in_order(file: str, facts: Facts) -> None:
    assert [folded(tag) for tag in article(file, facts["id"]).tags] == [folded(tag) for tag in facts["tags"]]


@each_article
def test_the_moment_of_publication_is_exact(file: str, facts: Facts) -> None:
    found, stated = article(file, facts["id"]).published, facts["published"]
    if stated is None:
        assert found is None
        return
    moment = datetime.fromisoformat(stated)
    assert found == (moment if moment.tzinfo else moment.replace(tzinfo=tehran()))


@each_article
def test_the_text_begins_and_ends_where_the_article_does(file: str, facts: Facts) -> None:
    found = article(file, facts["id"])
    text, first, last = (words(text) for text in (f"{found.lead}\n{found.body}", facts["first"], facts["last"]))
    assert text[: len(first)] == first
    assert text[-len(last) :] == last


@each_article
def test_no_furniture_is_left(file: str, facts: Facts) -> None:
    found = article(file, facts["id"])
    parts = {"title": found.title, "lead": found.lead, "body": found.body}
    left = [(part, phrase) for part, text in parts.items() for phrase in facts["absent"] if stands_in(phrase, text)]
    assert left == []


@each_article
def test_the_article_has_the_length_of_a_news_story(file: str, facts: Facts) -> None:
    found = article(file, facts["id"])
    assert 80 <= len(f"{found.lead}\n{found.body}".split()) <= 300
