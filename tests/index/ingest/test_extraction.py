"""The extraction set: pages in the markup of the systems that Persian outlets use, read as they should be."""

from __future__ import annotations

import io
from functools import cache

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Reading, read_stream
from tests.extraction import agencies, web
from tests.extraction.changes import CHANGES, WRONG_NAMES, Change
from tests.extraction.making import Page
from tests.extraction.scoring import Read, Score, score

LEAST = 0.98
LEAST_OF_FACTS = 0.97


@cache
def pages() -> tuple[Page, ...]:
    return (*agencies.pages(), *web.pages())


def read(page: Page, content: bytes) -> tuple[Read, list[Reading]]:
    found = list(read_stream(io.BytesIO(content), where=page.name, name=f"{page.name}.html"))
    article = next((reading for reading in found if isinstance(reading, Article)), Article(id=""))
    return Read.of(article), [reading for reading in found if not isinstance(reading, Article)]


def shares(scores: list[Score]) -> tuple[float, float]:
    """Recall and precision over the paragraphs of all pages."""
    found = sum(one.found for one in scores)
    return found / sum(one.wanted for one in scores), found / (found + sum(one.strange for one in scores))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_of_the_set_is_read_whole_and_nothing_else(page: Page) -> None:
    read_of, others = read(page, page.content)
    found = score(page, read_of)
    assert (found.missing, found.extra) == ((), ())
    assert [name for name, is_right in found.facts if not is_right] == []
    assert others == []


def test_the_set_has_enough_pages_of_enough_systems() -> None:
    assert len(pages()) >= 60
    assert len({page.system for page in pages()}) >= 15
    assert len({page.name for page in pages()}) == len(pages())


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_text_stays_when_the_markup_is_another(change: Change) -> None:
    scores = [score(page, read(page, change(page.content))[0]) for page in pages()]
    recall, precision = shares(scores)
    assert recall >= LEAST
    assert precision >= LEAST
    facts = [is_right for one in scores for name, is_right in one.facts if name not in ("lead", "kicker", "tags")]
    assert sum(facts) / len(facts) >= LEAST_OF_FACTS


def test_names_that_say_the_wrong_thing_lose_little() -> None:
    scores = [score(page, read(page, WRONG_NAMES(page.content))[0]) for page in pages()]
    assert min(shares(scores)) >= 0.95
    assert not any(one.is_empty for one in scores)
