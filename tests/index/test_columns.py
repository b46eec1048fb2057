"""Files of columns: what is written comes back, and what is damaged is refused."""

from __future__ import annotations

import io
import json
import struct
import tempfile
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.index.columns import (
    Array,
    Columns,
    ColumnsError,
    ends_of,
    narrowest,
    sizes_of,
    write_columns,
)

TYPES = ("u1", "<u2", "<u4", "<i4", "<i8", "<u8", "<f4")

arrays = st.sampled_from(TYPES).flatmap(
    lambda kind: st.binary(max_size=130).map(
        lambda data: np.frombuffer(data[: len(data) // np.dtype(kind).itemsize * np.dtype(kind).itemsize], kind)
    )
)


def to_bytes(columns: dict[str, Array]) -> bytes:
    file = io.BytesIO()
    write_columns(file, columns)
    return file.getvalue()


def open_bytes(data: bytes, *, salvage: bool = False) -> Columns:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        return Columns(Path(file.name), salvage=salvage)


def salvage_bytes(data: bytes) -> Columns:
    return open_bytes(data, salvage=True)


def with_header(header: bytes) -> bytes:
    return struct.pack("<8sII", b"KHJCOL02", len(header), zlib.crc32(header)) + header + bytes(256)


def with_directory(directory: object) -> bytes:
    return with_header(json.dumps(directory).encode())


@given(st.dictionaries(st.text(max_size=8), arrays, max_size=4))
def test_arrays_of_every_type_come_back_as_they_were(columns: dict[str, Array]) -> None:
    opened = open_bytes(to_bytes(columns))
    for name, array in columns.items():
        assert opened[name].dtype == array.dtype
        assert opened[name].tobytes() == array.tobytes()


def test_every_array_starts_at_a_multiple_of_64_bytes() -> None:
    data = to_bytes({"one": np.frombuffer(b"FIRST", np.uint8), "two": np.frombuffer(b"SECOND", np.uint8)})
    assert data.index(b"FIRST") % 64 == data.index(b"SECOND") % 64 == len(data) % 64 == 0


def test_an_array_that_is_not_contiguous_is_written_whole(tmp_path: Path) -> None:
    assert open_bytes(to_bytes({"odd": np.arange(10, dtype=np.int64)[1::2]}))["odd"].tolist() == [1, 3, 5, 7, 9]


def test_columns_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        open_bytes(to_bytes({"a": np.zeros(3, np.uint8)}))["a"][0] = 1


def test_bytes_are_the_column_without_a_copy() -> None:
    columns = open_bytes(to_bytes({"a": np.zeros(70, np.uint8), "b": np.frombuffer(b"text", np.uint8)}))
    assert bytes(columns.bytes("b")) == b"text"
    assert columns.bytes("b").readonly


def test_a_type_the_format_has_no_name_for_is_not_written() -> None:
    with pytest.raises(ColumnsError, match="column a has type complex128"):
        to_bytes({"a": np.zeros(1, np.complex128)})


def test_a_missing_column_is_named() -> None:
    columns = open_bytes(to_bytes({"a": np.zeros(1, np.uint8)}))
    with pytest.raises(ColumnsError, match="column b is missing"):
        columns["b"]
    with pytest.raises(ColumnsError, match="column b is missing"):
        columns.bytes("b")


def test_size_in_bytes_is_that_of_the_file() -> None:
    data = to_bytes({"a": np.arange(1000, dtype=np.int64)})
    assert open_bytes(data).size_bytes == len(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"KHJ", "is not a file of columns"),
        (b"SQLite format 3\0" + bytes(100), "is not a file of columns"),
        (b"KHJCOL02", "broken directory"),
        (struct.pack("<8sII", b"KHJCOL02", 2**32 - 1, 0) + b"{}", "cut short"),
        (struct.pack("<8sII", b"KHJCOL02", 2, 0) + b"{}", "broken directory"),
        (with_directory([]), "broken directory"),
        (with_directory("x"), "broken directory"),
        (with_directory({"a": 1}), "broken directory"),
        (with_directory({"a": ["|u1", 0, 1]}), "broken directory"),
        (with_directory({"a": ["|O", 0, 1, 0]}), "broken directory"),
        (with_directory({"a": [["|u1"], 0, 1, 0]}), "broken directory"),
        (with_directory({"a": ["|u1", -1, 1, 0]}), "broken directory"),
        (with_directory({"a": ["|u1", 0, -1, 0]}), "broken directory"),
        (with_directory({"a": ["|u1", 0, 1.5, 0]}), "broken directory"),
        (with_directory({"a": ["|u1", "0", 1, 0]}), "broken directory"),
        (with_directory({"a": ["<u8", 0, 33, 0]}), "cut short"),
        (with_directory({"a": ["|u1", 10**30, 1, 0]}), "cut short"),
        (with_header(b"[" * 200_000), "broken directory"),
    ],
)
def test_what_is_no_file_of_columns_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ColumnsError, match=why):
        open_bytes(data)


@given(st.data())
def test_damage_anywhere_is_refused_or_harmless(data: st.DataObject) -> None:
    columns: dict[str, Array] = {"docs": np.arange(40, dtype=np.uint16), "ends": np.arange(9, dtype=np.int64)}
    whole = bytearray(to_bytes(columns))
    if data.draw(st.booleans(), "cut"):
        del whole[data.draw(st.integers(0, len(whole) - 1), "length") :]
    else:
        whole[data.draw(st.integers(0, len(whole) - 1), "place")] ^= data.draw(st.integers(1, 255), "bits")
    try:
        opened = open_bytes(bytes(whole))
        assert {name: opened[name].tolist() for name in columns} == {n: a.tolist() for n, a in columns.items()}
    except ValueError as error:
        assert isinstance(error, ColumnsError)


def test_a_small_array_is_checked_when_it_is_asked_for_and_a_large_one_on_demand() -> None:
    data = bytearray(to_bytes({"small": np.full(9, 7, np.uint8), "large": np.full(1 << 20, 9, np.uint8)}))
    fine = open_bytes(bytes(data))
    assert fine.broken() == []
    data[data.index(bytes([7] * 9))] = 8
    data[data.index(bytes([9] * 9))] = 8
    columns = open_bytes(bytes(data))
    assert columns["large"][0] == 8
    for ask in (columns.__getitem__, columns.bytes, columns.__getitem__):
        with pytest.raises(ColumnsError, match="column small is not what was written"):
            ask("small")
    assert columns.broken() == ["small", "large"]
    assert columns.fingerprint == fine.fingerprint


def test_other_contents_have_another_fingerprint() -> None:
    one, other = (open_bytes(to_bytes({"a": np.array([n], np.uint8)})) for n in (1, 2))
    assert one.size_bytes == other.size_bytes
    assert one.fingerprint != other.fingerprint


def test_what_is_left_of_a_damaged_file_can_be_salvaged() -> None:
    arrays: dict[str, Array] = {"large": np.arange(5000, dtype=np.uint16), "small": np.arange(9, dtype=np.int64)}
    whole = to_bytes(arrays)
    broken_head = bytes([whole[0], whole[1] ^ 1]) + whole[2:]
    broken_directory = whole.replace(b"large", b"lurge", 1)
    for data in (broken_head, broken_directory):
        with pytest.raises(ColumnsError):
            open_bytes(data)
        columns = salvage_bytes(data)
        assert {name: columns[name].tolist() for name in columns.names} == {n: a.tolist() for n, a in arrays.items()}
    half = salvage_bytes(whole[: len(whole) // 2 | 1])
    assert half["small"].tolist() == list(range(9))
    assert half["large"].tolist() == list(range(len(half["large"])))
    assert 2000 < len(half["large"]) < 2500
    assert half.broken() == ["large"]
    for nothing in (b"", b"KHJCOL02", bytes(1000), broken_directory[: len(broken_directory) // 2]):
        with pytest.raises(ColumnsError):
            salvage_bytes(nothing)


@given(st.lists(st.integers(0, 2**64 - 1), max_size=5))
def test_narrowest_keeps_the_numbers_in_the_least_bytes_that_hold_them(values: list[int]) -> None:
    narrow = narrowest(np.array(values, np.uint64))
    top = max(values, default=0)
    assert narrow.tolist() == values
    assert narrow.itemsize == next(size for size in (1, 2, 4, 8) if top < 256**size)


@given(st.lists(st.integers(0, 70_000)))
def test_ends_cut_runs_of_the_sizes_given(sizes: list[int]) -> None:
    ends = ends_of(np.array(sizes, np.int64))
    assert ends[0] == 0
    assert np.diff(ends.astype(np.int64)).tolist() == sizes
    assert sizes_of(ends).tolist() == sizes
