"""How often forms that match are in an article: as often as reading it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from corpus import make_live, random_articles

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.compounds import Term
from khabarjoo.index.article import Article
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.searcher.highlight import FieldCounts
from khabarjoo.searcher.local.marking import Occurrences
from khabarjoo.searcher.query.plan import Exact, Fuzzy, Leaf, Pattern, Word


def counted(text: str, matches: Callable[[Term], bool]) -> Counter[str]:
    return Counter(token.term.form for token in default_analyzer().tokens(text) if matches(token.term))


LEAVES: list[tuple[Leaf, Callable[[Term], bool]]] = [
    (Word("همکاری", ()), lambda term: "همکاری" in (term.lemma, *term.parts)),
    (Word("بین", ()), lambda term: "بین" in (term.lemma, *term.parts)),
    (Word("باران", (), field="title"), lambda term: "باران" in (term.lemma, *term.parts)),
    (Word("هیچ‌جا", ()), lambda term: False),
    (Exact("باران"), lambda term: term.form == "باران"),
    (Pattern("ب*"), lambda term: term.form.startswith("ب")),
    (Fuzzy("باراز", 1), lambda term: term.form == "باران"),
]


@pytest.mark.parametrize("wide", [0xFFFF, 0, 6], ids=["narrow", "all wide", "some wide"])
@pytest.mark.parametrize(("leaf", "matches"), LEAVES)
def test_forms_are_counted_in_each_field_whether_they_fit_the_forward_view_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaf: Leaf, matches: Callable[[Term], bool], wide: int
) -> None:
    for module in ("khabarjoo.index.segment_writer", "khabarjoo.index.segment", "khabarjoo.searcher.local.marking"):
        monkeypatch.setattr(f"{module}.WIDE", wide)
    articles = random_articles(Random(1), 20)
    reader = SegmentReader(make_live(tmp_path / "segment", articles))
    occurrences = Occurrences([leaf])
    for doc, article in enumerate(articles):
        expected = FieldCounts(*(counted(text, matches) for text in (article.title, article.lead, article.body)))
        assert occurrences.of(reader, doc) == expected


def test_leaves_are_counted_together_and_a_form_of_both_once(tmp_path: Path) -> None:
    reader = SegmentReader(make_live(tmp_path / "segment", [Article("a", "باران", body="برف و باران، باران")]))
    leaves: list[Leaf] = [Word("باران", ()), Exact("باران"), Exact("برف")]
    assert Occurrences(leaves).of(reader, 0) == ({"باران": 1}, {}, {"برف": 1, "باران": 2})
    assert Occurrences([]).of(reader, 0) == ({}, {}, {})


def test_each_segment_has_its_own_forms(tmp_path: Path) -> None:
    one = SegmentReader(make_live(tmp_path / "one", [Article("a", "باران")]))
    other = SegmentReader(make_live(tmp_path / "other", [Article("b", "برف تهران باران‌ها")]))
    occurrences = Occurrences([Word("باران", ())])
    assert occurrences.of(one, 0).title == {"باران": 1}
    assert occurrences.of(other, 0).title == {"بارانها": 1}
