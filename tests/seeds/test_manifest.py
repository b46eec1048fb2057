"""The sample is whole: what the manifest lists is what is in the folder, and it covers what it is meant to cover."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from khabarjoo.analyzers.calendars import jalali, tehran
from khabarjoo.analyzers.normalizer import fold, join_parts
from khabarjoo.seeds import make_manifest, pages_folder

FOLDER = pages_folder().parent
MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
ARTICLES = {article["id"]: article for file in MANIFEST["files"] for article in file["articles"]}

WIRE_PAIRS = {
    "a02": "a01",
    "a04": "a03",
    "b02": "b01",
    "b04": "b03",
    "c09": "c01",
    "nz-98-1104": "c02",
}
FACTS: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "title": str,
    "published": (str, type(None)),
    "source": str,
    "category": str,
    "code": str,
    "tags": list,
    "first": str,
    "last": str,
    "absent": list,
    "copy_of": (str, type(None)),
}


def joined(name: str) -> str:
    """A name without its spaces, so that the spellings of one outlet or subject are one."""
    return "".join(join_parts(fold(word)) for word in name.split())


def moment(published: str) -> datetime:
    """When an article was published; a day without an hour is its midnight in Tehran."""
    stated = datetime.fromisoformat(published)
    return stated if stated.tzinfo else stated.replace(tzinfo=tehran())


def test_the_manifest_has_a_format_and_a_licence() -> None:
    assert (MANIFEST["format"], MANIFEST["licence"]) == (1, "MIT")


def test_every_page_is_listed_once_and_nothing_else_is() -> None:
    listed = [file["file"] for file in MANIFEST["files"]]
    assert sorted(listed) == sorted(f"pages/{page.name}" for page in pages_folder().iterdir())


@pytest.mark.parametrize("file", MANIFEST["files"], ids=lambda file: file["file"])
def test_a_page_has_the_size_and_hash_it_is_listed_with(file: dict[str, Any]) -> None:
    data = (FOLDER / file["file"]).read_bytes()
    assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"])


def test_every_article_states_all_its_facts() -> None:
    for article in ARTICLES.values():
        assert article.keys() == FACTS.keys()
        assert all(isinstance(article[fact], kind) for fact, kind in FACTS.items())
        assert len(article["first"].split()) == len(article["last"].split()) == 5


def test_ids_are_unique() -> None:
    assert len(ARTICLES) == sum(len(file["articles"]) for file in MANIFEST["files"])


def test_the_sample_is_varied() -> None:
    assert len(ARTICLES) >= 60
    assert len({joined(article["source"]) for article in ARTICLES.values()}) >= 8
    assert len({joined(article["category"]) for article in ARTICLES.values()} - {""}) >= 8
    assert any(article["published"] is None for article in ARTICLES.values())


def test_every_year_from_1396_to_1405_has_news() -> None:
    dates = (article["published"] for article in ARTICLES.values() if article["published"])
    assert {jalali(moment(date)).year for date in dates} == set(range(1396, 1406))


def test_six_stories_are_told_twice_by_another_outlet_within_a_day() -> None:
    copies = {article["id"]: article["copy_of"] for article in ARTICLES.values() if article["copy_of"]}
    assert copies == WIRE_PAIRS
    for copy, original in ((ARTICLES[copy], ARTICLES[original]) for copy, original in copies.items()):
        assert joined(copy["source"]) != joined(original["source"])
        assert timedelta(0) < moment(copy["published"]) - moment(original["published"]) < timedelta(days=1)


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample that ``make_manifest`` takes for the sample."""
    folder = tmp_path / "seeds"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setattr(make_manifest, "pages_folder", lambda: folder / "pages")
    return folder


def test_making_the_manifest_of_unchanged_pages_changes_nothing(copied: Path) -> None:
    assert make_manifest.main() == 0
    assert (copied / "manifest.json").read_bytes() == (FOLDER / "manifest.json").read_bytes()


def test_making_the_manifest_takes_the_size_and_hash_of_a_changed_page(copied: Path) -> None:
    (copied / "pages" / "a01.txt").write_bytes(b"new")
    assert make_manifest.main() == 0
    changed = json.loads((copied / "manifest.json").read_text(encoding="utf-8"))["files"][0]
    original = MANIFEST["files"][0]
    assert changed == original | {"bytes": 3, "sha256": hashlib.sha256(b"new").hexdigest()}


def test_making_the_manifest_refuses_a_page_nobody_wrote_down(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (copied / "manifest.json").read_bytes()
    (copied / "pages" / "stranger.txt").write_text("خبر", encoding="utf-8")
    assert make_manifest.main() == 1
    assert "pages/stranger.txt" in capsys.readouterr().err
    assert (copied / "manifest.json").read_bytes() == before
