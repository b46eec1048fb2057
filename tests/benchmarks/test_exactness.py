"""The comparison of a real index with the independent scorer, on the bundled sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khabarjoo.index.file_sync import sync
from khabarjoo.seeds import pages_folder

QUERIES = 'q1\tخشکسالی\nq2\t"هوش مصنوعی"\n\nq3\tآب OR گلیم\n'


@pytest.fixture
def index(tmp_path: Path) -> Path:
    sync(tmp_path / "index", [pages_folder()])
    (tmp_path / "queries.tsv").write_text(QUERIES, encoding="utf-8")
    return tmp_path / "index"


def test_queries_of_the_file_and_random_ones_are_compared_and_counted(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import exactness

    assert exactness.main([str(index), str(index.parent / "queries.tsv"), "--random", "40"]) == 0
    printed = capsys.readouterr()
    figures = json.loads(printed.out)
    assert figures.keys() == {"queries", "differing", "seconds"}
    assert (figures["queries"], figures["differing"], printed.err) == (43, 0, "")


def test_what_differs_is_told_and_counted(
    index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import exactness

    from khabarjoo.searcher.local.column_engine import Answer, ColumnEngine

    monkeypatch.setattr(ColumnEngine, "best", lambda engine, plan, limit: Answer(1, 1, [0], [99.0]))
    assert exactness.main([str(index), str(index.parent / "queries.tsv"), "--random", "0"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["differing"] == 3
    assert "خشکسالی: " in printed.err
