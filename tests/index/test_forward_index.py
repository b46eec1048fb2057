"""The forward view of many articles at once, against a plain reading of each article's words."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from khabarjoo.index import forward_index
from khabarjoo.index.article import Article
from khabarjoo.index.segment import Segment
from tests.corpus import make_segment, random_articles, words_of

FIELDS = ("", "title", "lead", "body")
COUNT = 30


@pytest.fixture(params=[0xFFFF, 0, 1, 6], ids=["narrow", "all wide", "most wide", "some wide"])
def wide(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """From which number on forms do not fit the forward view."""
    for module in ("segment_writer", "segment", "forward_index"):
        monkeypatch.setattr(f"khabarjoo.index.{module}.WIDE", request.param)
    return int(request.param)


@pytest.fixture
def articles() -> list[Article]:
    return random_articles(Random(5), COUNT)


@pytest.fixture
def segment(wide: int, articles: list[Article], tmp_path: Path) -> Segment:
    return make_segment(tmp_path / "s", articles)


def forms_in(segment: Segment, article: Article, field: str) -> list[int]:
    """The forms of an article's words in one field or all, found by their letters and lemmas."""
    keys = [(form, segment.lemmas[lemma]) for form, lemma in zip(segment.forms, segment.form_lemmas, strict=True)]
    words = [word for word in words_of(article) if field in ("", word.field)]
    return [keys.index((word.token.term.form, word.token.term.lemma)) for word in words]


def some_docs(rng: Random) -> np.ndarray:
    return np.array(sorted(rng.sample(range(COUNT), rng.randrange(COUNT + 1))), np.intp)


def some_forms(rng: Random, segment: Segment) -> np.ndarray:
    return np.array(rng.sample(range(len(segment.forms)), rng.randrange(6)), np.uint16)


@pytest.mark.parametrize("field", FIELDS)
def test_the_values_of_all_words_are_read(field: str, segment: Segment, articles: list[Article]) -> None:
    rng = Random(field)
    for _ in range(10):
        docs = some_docs(rng)
        table, expected = forward_index.form_table(segment, np.uint16), dict.fromkeys(range(len(segment.forms)), 0)
        for value in (1, 2, 300):
            forms = some_forms(rng, segment)
            table[forms] |= value
            for form in forms.tolist():
                expected[form] |= value
        found = forward_index.read(segment, *forward_index.field(segment, docs, field), table)
        values = [[expected[form] for form in forms_in(segment, articles[doc], field)] for doc in docs]
        starts = np.cumsum([0, *map(len, values)])[:-1] if len(docs) else []
        assert found.starts.tolist() == list(starts)
        assert found.values.tolist() == [value for row in values for value in row]
        places = [place for place, value in enumerate(found.values.tolist()) if value]
        assert found.places().tolist() == places
        owners = [number for number, row in enumerate(values) for value in row if value]
        assert found.owners(found.places()).tolist() == owners


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.uint32, np.uint64])
def test_values_may_be_of_any_width(kind: type, segment: Segment) -> None:
    value = int(np.iinfo(kind).max)
    table = forward_index.form_table(segment, kind)
    table[segment.forms_of(0)] = value
    found = forward_index.read(segment, *forward_index.whole(segment, np.arange(COUNT)), table)
    assert set(found.values.tolist()) == {0, value}
    assert found.places().tolist() == np.flatnonzero(found.values).tolist()


@pytest.mark.parametrize("field", FIELDS)
def test_occurrences_are_counted(field: str, segment: Segment, articles: list[Article]) -> None:
    rng = Random(field)
    for _ in range(10):
        docs, groups = some_docs(rng), [some_forms(rng, segment) for _ in range(2)]
        wanted = {form for forms in groups for form in forms.tolist()}
        by_hand = [sum(form in wanted for form in forms_in(segment, articles[doc], field)) for doc in docs]
        assert forward_index.count(segment, docs, groups, field).tolist() == by_hand


@pytest.mark.parametrize("longest", [None, 0, 1, 7, 1000])
def test_stretches_of_whole_articles_may_be_cut(longest: int | None, segment: Segment, articles: list[Article]) -> None:
    docs = np.arange(COUNT)
    starts, ends = forward_index.whole(segment, docs, longest)
    for doc, start, end in zip(docs.tolist(), starts.tolist(), ends.tolist(), strict=True):
        forms = forms_in(segment, articles[doc], "")
        assert segment.words_at(np.arange(start, end)).tolist() == forms[:longest]


def test_of_no_articles_nothing_is_read(segment: Segment) -> None:
    none = np.zeros(0, np.intp)
    found = forward_index.read(
        segment, *forward_index.whole(segment, none), forward_index.form_table(segment, np.uint8)
    )
    assert (len(found.values), len(found.starts), len(found.places())) == (0, 0, 0)
    assert forward_index.count(segment, none, [segment.forms_of(0)]).tolist() == []
    assert forward_index.count(segment, np.arange(2), []).tolist() == [0, 0]
