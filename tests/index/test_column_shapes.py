"""Shapes of columns: with every checksum right, what cannot be a segment is refused before room is made for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

import khabarjoo
from khabarjoo.index import columns as columns_module
from khabarjoo.index import format_limits
from khabarjoo.index.article import Article
from khabarjoo.index.column_shapes import SHAPES, troubles
from khabarjoo.index.columns import Array, Columns, ColumnsError, write_columns
from khabarjoo.index.errors import IndexDamaged
from khabarjoo.index.packed_texts import Strings, in_both_codes, open_record, pack_record
from khabarjoo.index.segment import LAST_MOMENT, SEGMENT_FILE, UNDATED, Segment
from khabarjoo.searcher.cli.main import main
from tests.corpus import make_index, make_segment, random_articles
from tests.index.tamper_harness import Target, without_what_no_answer_depends_on

ARTICLES = [
    Article("a", "باران تهران", "در ایران", "برف و باران", tags=("برف", "نفت"), source="ایسنا"),
    Article("b", "همکاری دانشگاه", "", "کتاب‌های دانشگاه", tags=("نفت",), source="مهر", category="علمی"),
]


@pytest.fixture(autouse=True, params=["small", "large"])
def column_size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every test is tried with columns that are looked at whole, and as if they were too large for that."""
    if request.param == "large":
        monkeypatch.setattr(columns_module, "_SMALL", -1)
    return str(request.param)


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Segment]:
    """Opens a segment with other columns than were written, and checksums that are right."""
    make_segment(tmp_path / "s", ARTICLES)

    def change(**columns: Callable[[Array], Array]) -> Segment:
        file = tmp_path / "s" / SEGMENT_FILE
        opened = Columns(file)
        arrays = {name: opened[name].copy() for name in opened.names}
        for name, made in columns.items():
            name = name.replace("__", ".")
            arrays[name] = made(arrays[name])
        del opened
        with file.open("wb") as out:
            write_columns(out, arrays)
        return Segment(tmp_path / "s")

    return change


def test_every_column_of_a_segment_has_a_shape_and_it_fits(tmp_path: Path) -> None:
    segment = make_segment(tmp_path / "s", random_articles(Random(1), 30))
    assert set(segment.columns.names) == set(SHAPES)
    assert list(troubles(segment.columns)) == []


def test_an_empty_segment_has_these_shapes_too(tmp_path: Path) -> None:
    assert list(troubles(make_segment(tmp_path / "s", []).columns)) == []
    assert list(troubles(make_segment(tmp_path / "t", [Article("a")]).columns)) == []


@pytest.mark.parametrize("name", ["source.names", "tag.names", "lemmas", "forms", "ids"])
def test_names_whose_runs_overlap_are_refused_before_they_are_cut(changed: Callable[..., Segment], name: str) -> None:
    size = 1 << 20
    ends = np.zeros(8001, np.uint32)
    ends[1::2] = size  # as names they would take four gigabytes
    with pytest.raises(ColumnsError, match=r"column .* runs|where there should be"):
        segment = changed(
            **{
                name.replace(".", "__"): lambda _: np.full(size, 97, np.uint8),
                f"{name}.ends".replace(".", "__"): lambda _: ends,
            }
        )
        list(Strings(segment.columns, name))


@pytest.mark.parametrize("facet", ["source", "category", "tag", "code", "origin"])
def test_a_number_of_a_name_that_is_none_is_refused(changed: Callable[..., Segment], facet: str) -> None:
    def far(numbers: Array) -> Array:
        return np.full(len(numbers), 2**32 - 2, np.uint32)  # a count of each would take 32 GiB

    segment = changed(**{facet: far})
    if len(segment.columns.peek(facet)):
        with pytest.raises(ColumnsError, match=f"column {facet} has 4294967294 where numbers end at"):
            getattr(segment, {"category": "categories"}.get(facet, f"{facet}s"))


@pytest.mark.parametrize("name", [name for name in SHAPES if name.endswith("ends")])
@pytest.mark.parametrize("kind", ["descending", "beyond", "too few", "type"])
def test_ends_that_cut_nothing_are_found(changed: Callable[..., Segment], name: str, kind: str) -> None:
    others: dict[str, Callable[[Array], Array]] = {
        "descending": lambda ends: np.append(ends[:-1], 0).astype(np.uint32) if ends[-1] else ends[:-1],
        "beyond": lambda ends: ends.astype(np.uint32) + np.uint32(10**6),
        "too few": lambda ends: ends[:-1],
        "type": lambda ends: ends.astype(np.float32),
    }
    with pytest.raises(ColumnsError, match="column"):
        for why in troubles(changed(**{name.replace(".", "__"): others[kind]}).columns):
            raise ColumnsError(why)


def test_a_field_longer_than_its_article_is_refused(changed: Callable[..., Segment]) -> None:
    segment = changed(forward__fields=lambda fields: np.full(len(fields), 2**32 - 1, np.uint32))
    with pytest.raises(ColumnsError, match="gives an article more words than it has"):
        _ = segment.field_lengths


def test_postings_of_articles_that_are_none_are_refused(changed: Callable[..., Segment]) -> None:
    def beyond(docs: Array) -> Array:
        return np.full(len(docs), 2**32 - 2, np.uint32)

    with pytest.raises(ColumnsError, match=r"postings\.docs"):
        changed(postings__docs=beyond).postings(0)


def bomb(size: int, head: bytes = b"\x01") -> bytes:
    packer = zlib.compressobj(9, wbits=-15)
    return head + packer.compress(bytes(size)) + packer.flush()


@pytest.mark.parametrize("head", [b"\x01", b"\x00"])
def test_a_record_opens_to_no_more_than_an_article_may_be(monkeypatch: pytest.MonkeyPatch, head: bytes) -> None:
    monkeypatch.setattr(format_limits, "ARTICLE_CHARACTERS", 1000)
    with pytest.raises(ValueError, match="a stored record opens to over"):
        open_record(bomb(100_000, head))
    for text in ("a" * 1000, "\U0001f4f0" * 1000):
        assert open_record(pack_record(*in_both_codes(text))) == text


@pytest.mark.parametrize("text", ["[]", "{}", "null", "7", '["a"]', '["","","","","",["x",1],"",""]', "[" * 10_000])
def test_a_record_of_something_else_is_damage(changed: Callable[..., Segment], text: str) -> None:
    record = np.frombuffer(pack_record(*in_both_codes(text)), np.uint8)
    segment = changed(
        stored=lambda _: record, stored__ends=lambda _: np.array([0, len(record), len(record)], np.uint32)
    )
    with pytest.raises(ColumnsError, match="stored"):
        segment.article(0)


@pytest.mark.parametrize("seconds", [2**62, LAST_MOMENT + 1, -(2**62), UNDATED + 1])
def test_a_date_of_no_year_is_left_out_and_told(changed: Callable[..., Segment], seconds: int) -> None:
    segment = changed(published=lambda _: np.array([seconds, LAST_MOMENT], np.int64))
    assert segment.article(0).published is None
    assert segment.article(1).published is not None
    assert segment.flaws == ["column published has 1 dates of no year, which are left out"]


def test_a_directory_longer_than_any_segment_needs_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "c"
    with file.open("wb") as out:
        write_columns(out, {f"{number}{'a' * 100_000}": np.zeros(1, np.uint8) for number in range(11)})
    with pytest.raises(ColumnsError, match="broken directory"):
        Columns(file)


# -- whole indexes -----------------------------------------------------------------------------------------------------


def run_harness(*arguments: str) -> dict[str, Any]:
    if not hasattr(os, "fork"):
        pytest.skip("the harness forks")
    harness = Path(__file__).with_name("tamper_harness.py")
    path = os.pathsep.join(map(str, harness.parents[1:3]))
    output = subprocess.run(
        [sys.executable, harness, *arguments],
        env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert output.returncode == 0, output.stderr
    return dict(json.loads(output.stdout))


def test_no_command_grows_hangs_or_lies_on_an_index_somebody_tampered_with(column_size: str) -> None:
    """Two thousand ways: benchmarks/tamper.py."""
    found = run_harness("18", "3" if column_size == "small" else "4")
    assert found["failures"] == []
    assert found["ways"] == 18
    assert found["told"] > 9


@pytest.fixture
def target(tmp_path: Path) -> Target:
    make_index(tmp_path / "index", ARTICLES)
    return Target(tmp_path / "index", Random(1))


def test_one_date_of_no_year_leaves_the_answer_and_is_told_after_it(target: Target) -> None:
    target.set("published", np.array([2**62, UNDATED], np.int64))
    hits = []
    with pytest.raises(IndexDamaged, match="1 dates of no year"), khabarjoo.open(target.index) as news:
        hits = [(hit.id, hit.published) for hit in news.search("باران").hits]
    assert hits == [("a", None)]


def test_a_command_shows_the_answer_and_ends_with_the_exit_code_of_damage(
    target: Target, capfd: pytest.CaptureFixture[str]
) -> None:
    target.set("published", np.array([2**62, UNDATED], np.int64))
    assert main(["search", "--index", str(target.index), "باران"]) == 4
    out, err = capfd.readouterr()
    assert "باران تهران" in out
    assert "is damaged" in err.splitlines()[-1]


@pytest.mark.parametrize("name", ["forms.lemma", "forward", "keywords", "lemmas.forms"])
def test_a_number_that_leads_nowhere_is_damage_and_no_traceback(target: Target, name: str) -> None:
    target.set(name, np.full(len(target.arrays[name]), 60_000, np.uint16))
    with pytest.raises(IndexDamaged, match="column"), khabarjoo.open(target.index) as news:
        news.search('"باران تهران" OR کتاب*')
        news.similar("a")
        news.explain("باران", "a")
        _ = news.search("باران").hits[0].snippet


def test_wider_numbers_of_the_same_value_say_the_same_and_the_size_is_told_as_it_is(
    target: Target, capfd: pytest.CaptureFixture[str]
) -> None:
    def told() -> str:
        for words in (["search", "باران", "--format", "json"], ["facets", "باران"], ["verify"], ["stats"]):
            assert main([words[0], "--index", str(target.index), *words[1:]]) == 0
        return capfd.readouterr().out

    before = told()
    wider = {name: "<u8" if name.endswith("ends") else "<u4" for name, shape in SHAPES.items() if "<u4" in shape.kinds}
    target.arrays |= {name: target.arrays[name].astype(kind) for name, kind in wider.items()}
    target.seal()
    after = told()
    assert after != before
    assert without_what_no_answer_depends_on(after) == without_what_no_answer_depends_on(before)
