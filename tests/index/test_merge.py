"""Merging: the segment answers everything as one that was built whole from the articles kept."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabarjoo.index.article import Article
from khabarjoo.index.merge import Part, merge
from khabarjoo.index.segment import SEGMENT_FILE, Segment, all_docs
from tests.corpus import any_texts, contents, make_segment, persian_texts, random_articles

Split = list[list[Article]]

articles = st.builds(
    Article,
    id=any_texts,
    title=persian_texts(4),
    lead=persian_texts(4),
    body=st.one_of(persian_texts(12), any_texts),
    source=st.sampled_from(("", "ایسنا", "مهر", "\ud800")),
    tags=st.lists(st.sampled_from(("نفت", "برف", "")), max_size=2, unique=True).map(tuple),
    code=st.sampled_from(("", "7", "8")),
)
some = st.lists(articles, min_size=1, max_size=9, unique_by=lambda article: article.id)


def merged(folder: Path, split: Split, kept: list[list[bool]]) -> Segment:
    parts = []
    for number, (run, keep) in enumerate(zip(split, kept, strict=True)):
        parts.append(Part(make_segment(folder / f"part{number}", run), np.flatnonzero(keep)))
    assert merge(parts, folder / "merged") == folder / "merged" / SEGMENT_FILE
    return Segment(folder / "merged")


def check(folder: Path, split: Split, kept: list[list[bool]]) -> None:
    """Compares the segment merged with one built whole."""
    segment = merged(folder, split, kept)
    left = [a for run, keep in zip(split, kept, strict=True) for a, k in zip(run, keep, strict=True) if k]
    found, expected = contents(segment), contents(make_segment(folder / "whole", left))
    for name, value in expected.items():
        assert found[name] == value, name


@settings(max_examples=60)
@given(some, st.data())
def test_a_merged_segment_answers_as_one_built_whole(written: list[Article], data: Any) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(written)), max_size=3)))
    split = [written[a:b] for a, b in zip([0, *cuts], [*cuts, len(written)], strict=True)]
    kept = [[data.draw(st.booleans()) for _ in run] for run in split]
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), split, kept)


@pytest.mark.parametrize("seed", range(5))
def test_any_split_with_any_deletions_answers_as_one_built_whole(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    split = [random_articles(rng, rng.choice((1, 7, 40)), prefix=f"{run}-") for run in range(rng.choice((1, 2, 4)))]
    kept = [[rng.random() < 0.7 for _ in run] for run in split]
    check(tmp_path, split, kept)


@pytest.mark.parametrize("wide", [1, 4])
def test_forms_that_do_not_fit_the_forward_view_are_merged_too(
    wide: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khabarjoo.index.segment_writer.WIDE", wide)
    monkeypatch.setattr("khabarjoo.index.segment.WIDE", wide)
    split = [random_articles(Random(run), 12, prefix=f"{run}-") for run in range(2)]
    check(tmp_path, split, [[doc % 3 != run for doc in range(12)] for run in range(2)])
    assert len(Segment(tmp_path / "merged").columns["forward.wide"]) > 0


def test_merging_merged_segments_comes_to_the_same_as_merging_once(tmp_path: Path) -> None:
    runs = [make_segment(tmp_path / str(n), random_articles(Random(n), 10, prefix=f"{n}-")) for n in range(4)]
    merge([Part(run, all_docs(run)) for run in runs], tmp_path / "once")
    for name, pair in (("left", runs[:2]), ("right", runs[2:])):
        merge([Part(run, all_docs(run)) for run in pair], tmp_path / name)
    halves = [Segment(tmp_path / name) for name in ("left", "right")]
    merge([Part(half, all_docs(half)) for half in halves], tmp_path / "twice")
    assert contents(Segment(tmp_path / "once")) == contents(Segment(tmp_path / "twice"))


def test_no_column_is_lost(tmp_path: Path) -> None:
    run = random_articles(Random(3), 20)
    segment, whole = merged(tmp_path, [run], [[True] * 20]), make_segment(tmp_path / "whole", run)
    names = whole.columns.names
    assert sorted(segment.columns.names) == sorted(names)
    # Names that are equally common may be numbered otherwise, and words too; all else is byte for byte the same.
    same = [name for name in names if not name.startswith(("forms", "forward", "lemmas.forms"))]
    assert {name: segment.columns[name].tolist() for name in same} == {n: whole.columns[n].tolist() for n in same}


def test_forms_are_still_numbered_from_the_commonest(tmp_path: Path) -> None:
    split = [random_articles(Random(run), 20, prefix=f"{run}-") for run in range(3)]
    segment = merged(tmp_path, split, [[True] * 20] * 3)
    counts = np.bincount(segment.words_at(np.arange(int(segment.doc_ends[-1]))), minlength=len(segment.forms))
    assert counts.tolist() == sorted(counts.tolist(), reverse=True)
    assert counts.min() > 0


def test_words_and_names_of_deleted_articles_alone_are_gone(tmp_path: Path) -> None:
    run = [Article("a", "باران", source="ایسنا"), Article("b", "همکاری‌های بین‌المللی", source="مهر", tags=("نفت",))]
    segment = merged(tmp_path, [run], [[True, False]])
    assert list(segment.lemmas) == list(segment.forms) == ["باران"]
    assert (segment.sources.names, segment.tags.names) == (["ایسنا"], [])
    assert segment.doc_number("b") == -1


def test_one_spelling_of_two_words_stays_two_forms(tmp_path: Path) -> None:
    both = [[Article(f"{run}-{n}", title) for n, title in enumerate(("كتابهاي", "کتاب‌های"))] for run in range(2)]
    segment = merged(tmp_path, both, [[True, True]] * 2)
    assert contents(segment) == contents(make_segment(tmp_path / "whole", [a for run in both for a in run]))


@pytest.mark.parametrize("wordless", [0, 1, 2])
def test_a_segment_without_a_word_is_merged_as_any_other(wordless: int, tmp_path: Path) -> None:
    split = [[Article("a", "باران")], [Article("b", "برف")], [Article("c", "باد")]]
    split[wordless] = [Article("d", "؟!"), Article("e")]
    check(tmp_path, split, [[True] * len(run) for run in split])


def test_nothing_kept_is_a_segment_of_nothing(tmp_path: Path) -> None:
    segment = merged(tmp_path, [random_articles(Random(1), 5)] * 2, [[False] * 5] * 2)
    assert contents(segment) == contents(make_segment(tmp_path / "whole", []))


def test_the_same_parts_give_the_same_bytes(tmp_path: Path) -> None:
    parts = [make_segment(tmp_path / str(n), random_articles(Random(n), 10, prefix=f"{n}-")) for n in range(2)]
    paths = [merge([Part(part, all_docs(part)) for part in parts], tmp_path / name) for name in ("once", "again")]
    assert paths[0].read_bytes() == paths[1].read_bytes()
