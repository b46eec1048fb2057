"""SQLite: a row of a table is a record. The file is opened to be read only, and nothing that is stored in it runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from . import limits
from .field_names import FieldMap, has_text, known
from .records import Record, Records
from .source import Options, Reading, Skipped

MAGIC = b"SQLite format 3\0"
_MOST_TABLES = 1000
# Reading a table asks for these and no more; a view or a trigger would ask for functions.
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)


def is_database(head: bytes) -> bool:
    """Returns whether a file that begins with these bytes is an SQLite database."""
    return head.startswith(MAGIC)


def read(path: Path, where: str, name: str, options: Options) -> Iterator[Reading]:
    """Yields the articles of a table: the one that is asked for, else the only one that holds texts."""
    try:
        with closing(_opened(path)) as database:
            tables = _tables(database)
            table = options.table or _chosen(database, tables, options.mapping)
            if table not in tables:
                yield Skipped(where, _which(tables, options.table))
                return
            rows = _rows(database, table, where, name)
            yield from Records(where, options.mapping).articles(rows)
    except (sqlite3.Error, UnicodeError, OverflowError) as error:
        yield Skipped(where, f"it is damaged or cannot be read ({error}); what stands before was read")


def _opened(path: Path) -> sqlite3.Connection:
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    database = sqlite3.connect(address, uri=True, isolation_level=None)
    try:
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA query_only = ON")
        database.execute("PRAGMA cell_size_check = ON")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.CELL_CHARACTERS)
        database.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    except sqlite3.Error:
        database.close()
        raise
    return database


def _tables(database: sqlite3.Connection) -> list[str]:
    """The tables that hold rows of their own; of those that others are made of (FTS), none."""
    found = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' LIMIT ?", (_MOST_TABLES,)
    ).fetchall()
    virtual = [name for name, sql in found if str(sql).lstrip().upper().startswith("CREATE VIRTUAL")]
    return [
        name
        for name, _ in found
        if name not in virtual and not any(name.startswith(f"{shadowed}_") for shadowed in virtual)
    ]


def _chosen(database: sqlite3.Connection, tables: list[str], mapping: FieldMap) -> str:
    """The table that holds articles, if only one does; '' otherwise."""
    columns = {table: _columns(database, table) for table in tables}
    texts = [table for table, names in columns.items() if has_text(names, mapping) and known(names) > 1]
    return texts[0] if len(texts) == 1 else tables[0] if len(tables) == 1 else ""


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    return [column[1] for column in database.execute(f"PRAGMA table_info({_quoted(table)})")]


def _which(tables: list[str], wanted: str) -> str:
    named = ", ".join(tables[:20]) or "none"
    if wanted:
        return f"it has no table “{wanted}”; its tables are: {named}"
    return f"it is a database; say which table to read with --table; its tables are: {named}"


def _rows(database: sqlite3.Connection, table: str, where: str, name: str) -> Iterator[Record]:
    columns = _columns(database, table)
    database.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)
    # By name, as a column that is worked out when it is asked for is not among them.
    chosen = ", ".join(map(_quoted, columns))
    for number, row in enumerate(database.execute(f"SELECT {chosen} FROM {_quoted(table)}"), start=1):
        values = {column: None if isinstance(cell, bytes) else cell for column, cell in zip(columns, row, strict=True)}
        yield Record(values, f"{name}:{number}", f"{where}[{table}:{number}]")


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
