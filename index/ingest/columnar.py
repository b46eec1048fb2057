"""Parquet and Arrow, by pyarrow: a row a record, some rows at a time.

pyarrow takes 141 to 170 MB where polars takes 181 (``pip install --target`` and ``du -sm``), and reads both in batches;
it is an extra, as few have such files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from . import limits
from .compression import Budget
from .records import Record, Records
from .source import Options, Reading, Skipped

_PARQUET, _ARROW, _ARROW_STREAM = b"PAR1", b"ARROW1", b"\xff\xff\xff\xff"
_NO_READER = "reading Parquet and Arrow files needs pyarrow; install it with: pip install 'khabarjoo[parquet]'"
_ROWS = 64  # at a time: texts in a dictionary take their full space only when they are rows
_THRIFT_BYTES = 64 << 20


def is_columnar(head: bytes) -> bool:
    """Returns whether a file that begins with these bytes is Parquet or Arrow, a file of it or a stream."""
    return head.startswith((_PARQUET, _ARROW)) or (head.startswith(_ARROW_STREAM) and head[8:16].strip(b"\0") != b"")


def read(stream: BinaryIO, head: bytes, where: str, name: str, options: Options, budget: Budget) -> Iterator[Reading]:
    """Yields the articles of the rows."""
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ModuleNotFoundError:
        yield Skipped(where, _NO_READER)
        return
    except ImportError as error:
        yield Skipped(where, f"pyarrow cannot be used here: {error}")
        return
    records = Records(where, options.mapping)
    try:
        batches = _parquet(pa, stream, budget) if head.startswith(_PARQUET) else _arrow(pa, stream, head, budget)
        yield from records.articles(_rows(pa, batches, where, name))
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        why = " ".join(str(error).split())[:200]
        yield Skipped(where, f"it is damaged ({why}); what stands before the damage was read")


def _rows(pa: Any, batches: Iterator[Any], where: str, name: str) -> Iterator[Record]:
    number = 0
    for batch in batches:
        for row in _in_microseconds(pa, batch).to_pylist():
            number += 1
            values = {key: _text(value) for key, value in row.items()}
            yield Record(values, f"{name}:{number}", f"{where}[{number}]")


def _in_microseconds(pa: Any, batch: Any) -> Any:
    """The rows with moments that Python has; those of pandas are in nanoseconds."""
    for place, field in enumerate(batch.schema):
        if pa.types.is_timestamp(field.type) and field.type.unit == "ns":
            kind = pa.timestamp("us", field.type.tz)
            column = batch.column(place).cast(kind, safe=False)
            batch = batch.set_column(place, pa.field(field.name, kind), column)
    return batch


def _text(value: object) -> object:
    """A value as JSON would have it: moments as texts."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _parquet(pa: Any, stream: BinaryIO, budget: Budget) -> Iterator[Any]:
    file = pa.parquet.ParquetFile(
        stream, thrift_string_size_limit=_THRIFT_BYTES, thrift_container_size_limit=_THRIFT_BYTES
    )
    for number in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(number)
        sizes = (group.column(place).total_uncompressed_size for place in range(group.num_columns))
        if max(sizes, default=0) > 4 * limits.DOCUMENT_BYTES:
            raise ValueError(f"a column of it takes over {4 * limits.DOCUMENT_BYTES >> 20:,} MB at once")
        for batch in file.iter_batches(batch_size=_ROWS, row_groups=[number], use_threads=False):
            budget.spend(batch.nbytes)
            yield batch


def _arrow(pa: Any, stream: BinaryIO, head: bytes, budget: Budget) -> Iterator[Any]:
    if head.startswith(_ARROW):
        reader = pa.ipc.open_file(stream)
        batches = (reader.get_batch(number) for number in range(reader.num_record_batches))
    else:
        batches = iter(pa.ipc.open_stream(stream))
    for batch in batches:
        batch.validate(full=True)  # offsets that lead out of it would end the process
        budget.spend(batch.nbytes)
        for start in range(0, batch.num_rows, _ROWS):
            yield batch.slice(start, _ROWS)
