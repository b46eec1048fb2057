"""What is marked in an article by the words that the index has of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.compounds import Term
from khabarjoo.index.article import Article
from khabarjoo.index.column_shapes import WIDE
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.searcher.local import marking
from khabarjoo.searcher.local.marking import MatchingForms
from khabarjoo.searcher.query.plan import Exact, Fuzzy, Leaf, Pattern, Word
from khabarjoo.searcher.snippets import PARTS
from tests.corpus import make_live, random_articles

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
def test_forms_are_found_in_each_field_whether_they_fit_the_forward_view_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaf: Leaf, matches: Callable[[Term], bool], wide: int
) -> None:
    for module in ("khabarjoo.index.segment_writer", "khabarjoo.index.segment"):
        monkeypatch.setattr(f"{module}.WIDE", wide)
    if wide != WIDE:  # the kernel's own is what it is
        monkeypatch.setattr("khabarjoo.index.segment_reader.has_kernel", lambda: False)
    articles = random_articles(Random(1), 20)
    reader = SegmentReader(make_live(tmp_path / "segment", articles))
    forms = MatchingForms([leaf])
    for doc, article in enumerate(articles):
        for part, text in zip(PARTS, (article.title, article.lead, article.body), strict=True):
            found = forms.of(reader, doc).matches(text, part)
            assert found is not None
            tokens = [token for token in default_analyzer().tokens(text) if matches(token.term)]
            assert list(found.starts) == [token.start for token in tokens]
            assert list(found.ends) == [token.end for token in tokens]


def marks(reader: SegmentReader, leaves: list[Leaf], text: str) -> list[str]:
    found = MatchingForms(leaves).of(reader, 0).matches(text, "body")
    assert found is not None
    return list(found.by)


def test_a_form_of_several_leaves_is_marked_once_by_a_lemma_if_it_is_of_one(tmp_path: Path) -> None:
    body = "برف و باران، باران‌ها"
    reader = SegmentReader(make_live(tmp_path / "segment", [Article("a", "باران", body=body)]))
    assert marks(reader, [Word("باران", ()), Exact("باران"), Exact("برف")], body) == ["برف", "باران", "باران"]
    assert marks(reader, [Pattern("باران*")], body) == ["باران", "بارانها"]
    assert marks(reader, [], body) == []


def test_a_compound_is_marked_for_itself_or_for_its_first_part_that_is_asked_for(tmp_path: Path) -> None:
    term = next(default_analyzer().tokens("حمل‌ونقل")).term
    first, second, *_ = term.parts
    body = f"حمل‌ونقل، {first}، {second}"
    reader = SegmentReader(make_live(tmp_path / "segment", [Article("a", body=body)]))
    assert marks(reader, [Word(second, ()), Word(first, ())], body) == [first, first, second]
    assert marks(reader, [Word(second, ()), Word("هیچ", ())], body) == [second, second]
    assert marks(reader, [Word(second, ()), Word(term.lemma, ()), Word(first, ())], body) == [term.lemma, first, second]


def test_each_segment_has_its_own_forms(tmp_path: Path) -> None:
    one = SegmentReader(make_live(tmp_path / "one", [Article("a", "باران")]))
    other = SegmentReader(make_live(tmp_path / "other", [Article("b", "برف تهران باران‌ها")]))
    forms = MatchingForms([Word("باران", ())])
    assert forms.of(one, 0).matches("باران", "title") == ([0], [5], ["باران"], True)
    assert forms.of(other, 0).matches("برف تهران باران‌ها", "title") == ([10], [18], ["باران"], True)


def test_a_text_with_too_many_matches_is_marked_at_its_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "MOST_MARKED", 2)
    body = "باران باران باران"
    reader = SegmentReader(make_live(tmp_path / "segment", [Article("a", body=body)]))
    found = MatchingForms([Word("باران", ())]).of(reader, 0).matches(body, "body")
    assert found == ([0, 6], [5, 11], ["باران"] * 2, False)
