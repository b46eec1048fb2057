"""Queries that ask too much: ended at a known article, told, and never wrong about what was searched."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest

import khabarjoo
from khabarjoo import Limits
from khabarjoo.index.article import Article
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.searcher.cli.main import main
from khabarjoo.searcher.local.leaf_matches import LeafMatches
from khabarjoo.searcher.query.plan import Exact, Fuzzy, Near, Pattern, Word
from khabarjoo.searcher.query_limits import UNLIMITED, Allowance, LimitReached, Partial
from tests.corpus import make_index, make_live

ARTICLES = [Article(f"a{number:03}", body="باران بارید و برف آمد " * 20) for number in range(200)]
SMALL = Limits(seconds=0, positions=0.01)  # 10,000 words


def matched(folder: Path, leaf: object, limits: Limits) -> tuple[SegmentReader, LeafMatches]:
    reader = SegmentReader(make_live(folder / "s", ARTICLES))
    return reader, LeafMatches([reader], [leaf], limits)  # type: ignore[list-item]


def test_positions_are_taken_away_until_there_are_none() -> None:
    allowance = Allowance(Limits(seconds=0, positions=1))
    allowance.spend(999_999)
    assert (allowance.left, allowance.reached) == (1, "")
    with pytest.raises(LimitReached):
        allowance.spend(2)
    assert (allowance.left, allowance.reached) == (0, "position_limit")


def test_time_passes_until_none_is_left() -> None:
    clock = count().__next__
    allowance = Allowance(Limits(seconds=2.5, positions=0), clock)
    allowance.check()
    allowance.spend(10**12)
    with pytest.raises(LimitReached):
        allowance.check()
    assert allowance.reached == "time_limit"


def test_without_limits_nothing_is_ever_reached() -> None:
    allowance = Allowance(UNLIMITED)
    allowance.spend(10**15)
    assert (allowance.left, allowance.reached) == (None, "")


@pytest.mark.parametrize(
    "leaf",
    [Pattern("ب*"), Fuzzy("بارش", 2), Exact("باران"), Word("باران", (), field="body"),
     Near((Pattern("*ا*"), Pattern("*ر*")), 50, ordered=False), Near((Exact("باران"), Exact("بارید")))],
)  # fmt: skip
def test_what_was_searched_is_the_same_as_without_limits(tmp_path: Path, leaf: object) -> None:
    reader, all_of_it = matched(tmp_path / "1", leaf, UNLIMITED)
    some_reader, some = matched(tmp_path / "2", leaf, SMALL)
    end = some.searched(some_reader)
    assert 0 < end < len(ARTICLES)
    assert some.partial == Partial("position_limit", end, len(ARTICLES))
    assert all_of_it.partial is None
    docs, impacts = all_of_it.found(reader, leaf)  # type: ignore[arg-type]
    found, levels = some.found(some_reader, leaf)  # type: ignore[arg-type]
    assert found.tolist() == docs[docs < end].tolist()
    assert levels.tolist() == impacts[docs < end].tolist()


def test_a_limit_of_positions_ends_a_query_always_at_the_same_article(tmp_path: Path) -> None:
    ends = {matched(tmp_path / str(turn), Pattern("*ا*"), SMALL)[1].partial for turn in range(3)}
    assert len(ends) == 1


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("limits") / "index", ARTICLES).path


@pytest.mark.parametrize("query", ["*ا*", "*ا* AND *ب*", '"باران برف"~50', "باران +ب*", "باران~1"])
def test_every_hit_of_a_partial_page_is_a_hit_of_the_whole(index: Path, query: str) -> None:
    with khabarjoo.open(index, limits=SMALL) as some, khabarjoo.open(index, limits=UNLIMITED) as whole:
        page, all_of_it = some.search(query, limit=500), whole.search(query, limit=500)
        assert page.partial is not None
        assert all_of_it.partial is None
        assert 0 < page.total < all_of_it.total
        assert {hit.id for hit in page} < {hit.id for hit in all_of_it}


def test_what_must_not_match_is_left_out_of_partial_pages(index: Path) -> None:
    with khabarjoo.open(index, limits=SMALL) as news:
        page = news.search("باران -ب*")
        assert (page.total, page.partial is not None) == (0, True)


def test_plain_words_come_to_no_limit(index: Path) -> None:
    with khabarjoo.open(index, limits=Limits(seconds=1e-9, positions=1e-6)) as news:
        page = news.search("باران برف", limit=500)
        assert (page.total, page.partial, page.notes) == (len(ARTICLES), None, ())
        assert news.similar("a001").partial is None


def test_counts_and_explanations_tell_that_they_are_partial(index: Path) -> None:
    with khabarjoo.open(index, limits=SMALL) as news:
        assert news.facets("*ا*").partial == news.timeline("*ا*").partial == news.partial("*ا*") is not None
        explained = news.explain("*ا*", "a199")
        assert (explained.lines, explained.partial is not None) == ((), True)
        assert news.explain("*ا*", "a000").lines


def test_the_command_line_tells_it_in_every_format(
    index: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KHABARJOO_POSITION_LIMIT", "1")
    many = "*ا*" + "".join(f' "{a}* {b}*"~{far}' for a in "ابردیو" for b in "ابردیو" for far in (20, 30))
    for form in ("text", "json", "jsonl", "csv", "html", "markdown", "ids"):
        main(["--index", str(index), "search", "--format", form, "--limit", "2", "--", many])
        out, err = capfd.readouterr()
        assert "partial" in err or "ناتمام" in err, form
        if form == "json":
            assert "position_limit" in json.loads(out)["partial"]
        if form in ("html", "markdown"):
            assert "ناتمام" in out
    main(["--index", str(index), "search", "--format", "json", "باران"])
    assert json.loads(capfd.readouterr().out)["partial"] is None
