"""Indexes of the formats that were released, kept as they were written, are opened."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import khabarjoo
from khabarjoo.index.manifest import FORMAT_VERSION
from khabarjoo.index.repair import remake
from khabarjoo.index.store import open_snapshot
from khabarjoo.index.verify import verify
from tests.index.formats.make_sample import ARTICLES, DELETED, SOURCES

FORMATS = Path(__file__).with_name("formats")
KEPT = sorted(path.name for path in FORMATS.iterdir() if path.name.isdigit())


def test_there_is_one_of_the_current_format_and_it_is_small() -> None:
    assert str(FORMAT_VERSION) in KEPT
    assert sum(file.stat().st_size for file in FORMATS.rglob("*") if file.is_file()) < 200_000


@pytest.mark.parametrize("version", KEPT)
def test_all_of_it_is_read(version: str) -> None:
    snapshot = open_snapshot(FORMATS / version, any_analyzer=True)
    found = [live.segment.article(doc) for live in snapshot.segments for doc in live.live().tolist()]
    assert sorted(found, key=lambda article: article.id) == list(ARTICLES)
    assert snapshot.sources() == SOURCES
    assert verify(FORMATS / version, sample=0).damage == []


@pytest.mark.parametrize("version", KEPT)
def test_it_is_made_anew_from_itself_and_searched(version: str, tmp_path: Path) -> None:
    shutil.copytree(FORMATS / version, tmp_path / "index")
    done = remake(tmp_path / "index")
    assert (done.articles, done.lost) == (len(ARTICLES), [])
    with khabarjoo.open(tmp_path / "index") as news:
        assert [news.article(article.id) for article in ARTICLES] == list(ARTICLES)
        assert [hit.id for hit in news.search("کتاب‌های درسی").hits] == ["r1"]
        assert [hit.id for hit in news.search("همکاریهای بین المللی").hits] == ["r2"]
        assert DELETED not in {id for id, _ in news.rank("پیش از این باران برف متن")}
    assert verify(tmp_path / "index").damage == []
