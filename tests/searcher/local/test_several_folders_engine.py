"""Several indexes as one: the same hits, scores and counts as one index of all their articles."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

import khabarjoo
from khabarjoo.index.article import Article
from khabarjoo.index.errors import NoIndex
from khabarjoo.searcher.local.folder_engine import FolderEngine, open_folders
from tests.corpus import make_index, random_articles
from tests.searcher.brute_force import of_snapshot
from tests.searcher.random_plans import RandomPlans

STORY = (
    "شورای شهر رشت دیشب برنامهٔ تازهٔ حمل و نقل را با رای همهٔ اعضا تصویب کرد و شهردار از آن استقبال کرد. این طرح سه "
    "خط اتوبوس و یک مسیر دوچرخه از میدان مرکزی تا دانشگاه گیلان پیش‌بینی می‌کند و هزینهٔ آن از درآمد پارکینگ‌های عمومی "
    "پرداخت خواهد شد. مخالفان گفتند کوچه‌های قدیمی گنجایش چنین رفت و آمدی ندارند و باید نخست پیاده‌روها مرمت شوند."
)


@pytest.mark.parametrize("seed", range(3))
def test_several_indexes_answer_as_one_of_all_articles(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    batches = [random_articles(rng, size, f"{place}-") for place, size in enumerate((30, 12, 1))]
    for place, batch in enumerate(batches):
        make_index(tmp_path / f"part{place}", batch[::2], batch[1::2])
    whole = make_index(tmp_path / "whole", *batches)
    one, several = FolderEngine(whole), open_folders([tmp_path / f"part{place}" for place in range(3)])
    plain = of_snapshot(whole).plain
    plans = RandomPlans(rng, list(plain.places), plain.articles)
    facets = ("source", "category", "tag", "year", "month")
    for _ in range(50):
        plan = plans.plan()
        for sort in ("relevance", "newest", "oldest"):
            expected, found = (engine.search(plan, 100, sort=sort) for engine in (one, several))  # type: ignore[arg-type]
            assert (found.total, found.total_all) == (expected.total, expected.total_all)
            assert [(hit.id, hit.score) for hit in found.hits] == [(hit.id, hit.score) for hit in expected.hits]
        assert several.facets(plan, facets, 5) == one.facets(plan, facets, 5)  # type: ignore[arg-type]
        assert several.timeline(plan, None) == one.timeline(plan, None)
        for hit in found.hits[:2]:
            theirs = one.find(hit.id)
            assert theirs
            assert several.explain(plan, hit) == one.explain(plan, theirs)
            assert hit.collection == f"part{hit.id[0]}"
    assert len(several) == len(one)
    assert several.names("tag") == one.names("tag")
    assert several.dates() == one.dates()
    assert several.stats()._replace(size_bytes=0, path="") == one.stats()._replace(size_bytes=0, path="")


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    here = [Article("1", "باران در رشت", STORY, source="مهر"), Article("2", "برف")]
    there = [Article("1", "باران در قم", source="ایسنا"), Article("3", "باران در رشت", STORY, source="ایرنا")]
    make_index(tmp_path / "old", here)
    make_index(tmp_path / "new", there)
    return [tmp_path / "old", tmp_path / "new"]


def test_an_id_that_stands_in_two_is_told_apart(folders: list[Path]) -> None:
    with khabarjoo.open(folders) as news:
        page = news.search("باران")
        assert sorted((hit.id, hit.index) for hit in page) == [("3", "new"), ("new:1", "new"), ("old:1", "old")]
        for hit in page:
            assert hit.article.id == hit.id
            assert news.article(hit.id) == hit.article
        assert (news.article("1").title, news.article("2").id) == ("باران در رشت", "2")
        assert news.article("new:3").id == "3"
        assert {article.id for article, _ in news.articles()} == {"old:1", "2", "new:1", "3"}
        assert news.explain("باران", "new:1").lines
        assert "old:1" not in [hit.id for hit in news.similar("old:1")]
        with pytest.raises(khabarjoo.NoSuchArticle):
            news.article("new:2")


def test_copies_are_folded_across(folders: list[Path]) -> None:
    with khabarjoo.open(folders) as news:
        folded = {hit.id: [copy.id for copy in hit.copies] for hit in news.search("رشت", fold_duplicates=True)}
        assert folded in ({"old:1": ["3"]}, {"3": ["old:1"]})


def test_indexes_of_one_name_go_by_their_paths(tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "news", tmp_path / "b" / "news"]
    for path in paths:
        make_index(path, [Article("1", "باران")])
    with khabarjoo.open(paths) as news:
        assert [hit.id for hit in news.search("باران")] == [f"{path}:1" for path in paths]


def test_one_index_given_twice_is_one_and_a_missing_one_is_named(folders: list[Path]) -> None:
    with khabarjoo.open([folders[0], folders[0] / ".." / "old"]) as news:
        assert [(hit.id, hit.index) for hit in news.search("باران")] == [("1", "")]
        assert news.path == folders[0]
    with pytest.raises(NoIndex, match="nowhere"):
        khabarjoo.open([folders[0], folders[0].with_name("nowhere")])
    with pytest.raises(ValueError, match="no index"):
        khabarjoo.open([])


def test_commands_take_several_indexes(folders: list[Path], run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    several = ("--index", str(folders[0]), "--index", str(folders[1]))
    code, out, _ = run("search", *several, "--all-copies", "--format", "json", "باران")
    assert code == 0
    assert {(hit["id"], hit["index"]) for hit in json.loads(out)["hits"]} == {
        ("old:1", "old"),
        ("new:1", "new"),
        ("3", "new"),
    }
    assert run(*several, "search", "--format", "ids", "برف").out == "2\n"
    assert '"index"' not in run("search", "--index", str(folders[0]), "--format", "json", "باران").out
    assert "باران در قم" in run("show", *several, "new:1").out
    assert json.loads(run("facets", *several, "--by", "source", "--format", "json", "باران").out)["articles"] == 3
    refused = run(*several, "verify")
    assert (refused.code, "one index at a time" in refused.err) == (2, True)
    assert run(*several, stdin="باران\n").code == 0
