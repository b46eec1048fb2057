"""Compaction: few segments, whatever is added, for little work each time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.index import merge_policy
from khabarjoo.index.article import Article
from khabarjoo.index.index_writer import SEGMENT_ARTICLES
from khabarjoo.index.segment import Segment
from khabarjoo.index.store import LiveSegment
from tests.corpus import make_live, make_segment

STEEP = merge_policy._STEEPNESS
ALWAYS = merge_policy._MERGED_AT_ONCE
PER_ADDED = merge_policy._PER_ADDED


class Sizes:
    """Segments that are nothing but their sizes, and what compacting them has cost."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.rewritten = 0
        self.most_at_once = 0

    def add(self, *sizes: int) -> None:
        self.sizes += sizes
        budget = max(ALWAYS, PER_ADDED * sum(sizes))
        first = merge_policy._first_to_merge(self.sizes, budget)
        last = self.sizes[first:]
        if len(last) > 1:
            self.rewritten += sum(last)
            self.most_at_once = max(self.most_at_once, sum(last))
            assert sum(last) <= min(budget, SEGMENT_ARTICLES)
            self.sizes[first:] = [sum(last)]


@given(st.lists(st.integers(1, 50), min_size=1, max_size=60))
def test_sizes_fall_steeply_whatever_is_added(added: list[int]) -> None:
    segments = Sizes()
    for size in added:
        segments.add(size)
        for larger, smaller in zip(segments.sizes, segments.sizes[1:], strict=False):
            assert larger > STEEP * smaller
    assert sum(segments.sizes) == sum(added)


@pytest.mark.parametrize("each", [1, 10, 100])
def test_many_small_runs_leave_few_segments_and_rewrite_an_article_a_few_times(each: int) -> None:
    segments = Sizes()
    most = 0
    for _ in range(2000):
        segments.add(each)
        most = max(most, len(segments.sizes))
    full = 2000 * each // (ALWAYS // (1 + STEEP))  # those too large to be merged by so small a run
    assert most <= 6 + full
    assert segments.rewritten <= 2000 * each * 12
    assert segments.most_at_once <= ALWAYS


def test_a_run_merges_no_more_than_its_additions_allow() -> None:
    segments = Sizes()
    segments.sizes = [ALWAYS, ALWAYS]
    segments.add(ALWAYS // 100)
    assert segments.sizes == [ALWAYS, ALWAYS, ALWAYS // 100]
    segments.sizes = [ALWAYS, ALWAYS]
    segments.add(ALWAYS)
    assert segments.sizes == [3 * ALWAYS]


def test_no_segment_grows_larger_than_its_numbers_allow() -> None:
    segments = Sizes()
    for _ in range(20):
        segments.add(SEGMENT_ARTICLES // 3)
    assert max(segments.sizes) <= SEGMENT_ARTICLES
    assert len(segments.sizes) <= 8


# -- with segments -----------------------------------------------------------------------------------------------------


@pytest.fixture
def next_folder(tmp_path: Path) -> Callable[[], Path]:
    numbers = count(1)
    return lambda: tmp_path / f"new{next(numbers)}"


def live_of(folder: Path, size: int, deleted: int = 0) -> LiveSegment:
    """A segment of so many live articles, after so many deleted ones."""
    articles = [Article(f"{folder.name}-{n}", "باران برف") for n in range(size + deleted)]
    return make_live(folder, articles, {article.id for article in articles[:deleted]})


def ids(segments: list[LiveSegment]) -> list[str]:
    return [live.segment.ids[doc] for live in segments for doc in live.live().tolist()]


@pytest.mark.parametrize("seed", range(4))
def test_articles_and_their_order_are_kept(seed: int, tmp_path: Path, next_folder: Callable[[], Path]) -> None:
    rng = Random(seed)
    segments = [live_of(tmp_path / f"s{n}", rng.choice((0, 1, 2, 9)), rng.choice((0, 1, 5))) for n in range(6)]
    compacted = merge_policy.compact(segments, 3, next_folder)
    assert ids(compacted) == ids(segments)
    assert len(compacted) < len(segments)
    assert all(len(live) for live in compacted)


def test_what_is_large_is_left_alone_and_what_is_small_is_merged(
    tmp_path: Path, next_folder: Callable[[], Path]
) -> None:
    segments = [live_of(tmp_path / f"s{n}", size) for n, size in enumerate((30, 2, 1, 2))]
    large, small = merge_policy.compact(segments, 2, next_folder)
    assert large is segments[0]
    assert (small.name, len(small), small.deleted.tolist()) == ("new1", 5, [])
    assert small.segment.folder == tmp_path / "new1"


def test_nothing_to_do_writes_nothing(tmp_path: Path, next_folder: Callable[[], Path]) -> None:
    assert merge_policy.compact([], 0, next_folder) == []
    segments = [live_of(tmp_path / "a", 9), live_of(tmp_path / "b", 2)]
    assert merge_policy.compact(segments, 2, next_folder) == segments
    assert not (tmp_path / "new1").exists()


def test_a_segment_mostly_deleted_is_written_anew_and_one_half_deleted_is_not(
    tmp_path: Path, next_folder: Callable[[], Path]
) -> None:
    half, mostly = live_of(tmp_path / "half", 40, 40), live_of(tmp_path / "mostly", 3, 4)
    kept, anew = merge_policy.compact([half, mostly], 0, next_folder)
    assert kept is half
    assert (len(anew.segment), anew.deleted.tolist(), ids([anew])) == (3, [], ids([mostly]))


def test_a_segment_mostly_deleted_but_large_waits_for_a_run_that_adds_enough(
    tmp_path: Path, next_folder: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khabarjoo.index.merge_policy._MERGED_AT_ONCE", 4)
    large = live_of(tmp_path / "large", 9, 20)
    assert merge_policy.compact([large], 1, next_folder) == [large]
    (anew,) = merge_policy.compact([large], 2, next_folder)
    assert ids([anew]) == ids([large])


def test_segments_without_a_live_article_are_left_out(tmp_path: Path, next_folder: Callable[[], Path]) -> None:
    assert merge_policy.compact([live_of(tmp_path / "s", 0, 3)], 0, next_folder) == []


def test_wordless_articles_are_merged_too(tmp_path: Path, next_folder: Callable[[], Path]) -> None:
    wordless = make_segment(tmp_path / "wordless", [Article("؟", "؟!")])
    segments = [live_of(tmp_path / "s", 1), LiveSegment("wordless", wordless, np.zeros(0, np.intp))]
    (merged,) = merge_policy.compact(segments, 1, next_folder)
    assert ids([merged]) == ["s-0", "؟"]
    assert isinstance(merged.segment, Segment)


def test_when_segments_are_many_a_run_merges_more_than_it_otherwise_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge_policy, "_MERGED_AT_ONCE", 3)
    monkeypatch.setattr(merge_policy, "_MANY", 4)
    numbers = count()

    def folder() -> Path:
        return tmp_path / f"merged-{next(numbers)}"

    segments = [make_live(tmp_path / f"s{n}", [Article(f"{n}-{k}", "باران") for k in range(3)]) for n in range(4)]
    assert len(merge_policy.compact(segments, 0, folder)) == 4
    segments.append(make_live(tmp_path / "s4", [Article("4-0", "باران")]))
    (merged,) = merge_policy.compact(segments, 0, folder)
    assert [merged.segment.ids[doc] for doc in range(3)] == ["0-0", "0-1", "0-2"]
    assert len(merged) == 13
