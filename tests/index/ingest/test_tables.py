"""Parquet, Arrow and SQLite: rows are records."""

from __future__ import annotations

import gzip
import io
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Notice, Options, Reading, Skipped, read

ReadBytes = Callable[[str, bytes | str], list[Reading]]

ROWS = [
    {
        "id": n,
        "title": f"خبر {n}",
        "text": f"متن خبر شمارهٔ {n}",
        "date": datetime(2020, 4, n, 7, 30, tzinfo=UTC),
        "tags": ["سد", "آب"],
    }
    for n in range(1, 4)
]


def articles(found: list[Reading]) -> list[Article]:
    return [x for x in found if isinstance(x, Article)]


def whys(found: list[Reading]) -> list[str]:
    return [x.why for x in found if isinstance(x, Skipped | Notice)]


def columnar(kind: str) -> bytes:
    pa = pytest.importorskip("pyarrow", reason="Parquet and Arrow need pyarrow")
    import pyarrow.parquet as pq

    table, out = pa.Table.from_pylist(ROWS), io.BytesIO()
    if kind == "parquet":
        pq.write_table(table, out, row_group_size=2)
    else:
        with (pa.ipc.new_file if kind == "arrow" else pa.ipc.new_stream)(out, table.schema) as writer:
            writer.write_table(table)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["parquet", "arrow", "stream"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_rows_of_parquet_and_arrow_are_articles(readings: ReadBytes, kind: str, pack: Callable[[bytes], bytes]) -> None:
    found = readings("train-00000.parquet" if kind == "parquet" else "data.arrow", pack(columnar(kind)))
    assert [(x.id, x.title, x.tags) for x in articles(found)] == [(str(n), f"خبر {n}", ("سد", "آب")) for n in (1, 2, 3)]
    assert articles(found)[0].published == ROWS[0]["date"]
    assert whys(found) == []


@pytest.mark.parametrize("kind", ["parquet", "arrow", "stream"])
def test_damage_to_parquet_and_arrow_is_one_line(readings: ReadBytes, kind: str) -> None:
    whole = columnar(kind)
    for damaged in (whole[: len(whole) // 2], whole[:100] + b"\xff" * 200 + whole[300:], whole[:20]):
        found = readings("a.parquet", damaged)
        assert all(isinstance(x, Article | Skipped | Notice) for x in found)
        assert all("\n" not in why and "should not happen" not in why for why in whys(found))


def test_moments_of_pandas_are_read(readings: ReadBytes) -> None:
    pa = pytest.importorskip("pyarrow", reason="Parquet and Arrow need pyarrow")
    import pyarrow.parquet as pq

    moments = pa.array([1_585_899_000_123_456_789, None], pa.timestamp("ns", "UTC"))
    out = io.BytesIO()
    pq.write_table(pa.table({"title": ["الف", "ب"], "published_at": moments}), out)
    first, second = articles(readings("a.parquet", out.getvalue()))
    assert first.published is not None
    assert first.published.replace(microsecond=0) == datetime(2020, 4, 3, 7, 30, tzinfo=UTC)
    assert second.published is None


def test_without_pyarrow_the_extra_is_named(readings: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    data = columnar("parquet")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    assert whys(readings("a.parquet", data)) == [
        "reading Parquet and Arrow files needs pyarrow; install it with: pip install 'khabarjoo[parquet]'"
    ]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with sqlite3.connect(path) as made:
        made.execute('CREATE TABLE "خبر ها" (id INTEGER, title TEXT, body TEXT, date TEXT, picture BLOB)')
        made.execute("CREATE TABLE users (id INTEGER, name TEXT)")
        rows = [(n, f"خبر {n}", f"متن خبر {n}", f"1399/01/0{n}", b"\0\1") for n in (1, 2)]
        made.executemany('INSERT INTO "خبر ها" VALUES (?, ?, ?, ?, ?)', rows)
        made.execute("INSERT INTO users VALUES (1, 'م')")
    made.close()
    return path


def opened(path: Path, **options: Any) -> list[Reading]:
    return list(read(path, name=path.name, options=Options(**options)))


def test_the_only_table_with_articles_is_read(database: Path) -> None:
    found = opened(database)
    assert [(x.id, x.title, x.body) for x in articles(found)] == [(str(n), f"خبر {n}", f"متن خبر {n}") for n in (1, 2)]
    assert articles(found)[0].published is not None
    assert whys(found) == []
    assert [path.name for path in database.parent.iterdir()] == ["news.db"]


def test_of_several_tables_the_one_asked_for_is_read_or_all_are_named(database: Path) -> None:
    assert "its tables are: خبر ها, users" in whys(opened(database, table="nothing"))[0]
    with sqlite3.connect(database) as made:
        made.execute("CREATE TABLE old (title TEXT, body TEXT)")
        made.execute("INSERT INTO old VALUES ('کهنه', 'متن')")
    made.close()
    assert "say which table to read with --table" in whys(opened(database))[0]
    assert [x.title for x in articles(opened(database, table="old"))] == ["کهنه"]


def test_views_and_functions_of_a_database_never_run(database: Path) -> None:
    with sqlite3.connect(database) as made:
        made.execute(
            "CREATE VIEW endless AS WITH RECURSIVE t(title) AS (SELECT 1 UNION ALL SELECT title + 1 FROM t)"
            " SELECT title FROM t"
        )
        made.execute("CREATE TABLE made (title TEXT, body TEXT AS (hex(zeroblob(1000))))")
        made.execute("INSERT INTO made VALUES ('a')")
    made.close()
    assert "it has no table" in whys(opened(database, table="endless"))[0]
    found = opened(database, table="made")
    assert [(x.title, x.body) for x in articles(found)] == [("a", "")]


def test_a_database_that_is_damaged_or_packed_is_one_line(database: Path, readings: ReadBytes) -> None:
    data = database.read_bytes()
    assert "packed database" in whys(readings("a.db.gz", gzip.compress(data)))[0]
    for damaged in (data[:50], data[:5000], data[:100] + b"\xff" * 400 + data[500:]):
        found = readings("b.db", damaged)
        assert len(whys(found)) == 1
        assert "\n" not in whys(found)[0]
