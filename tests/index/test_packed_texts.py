"""Strings in columns and stored records: whatever goes in comes out, and damage is noticed."""

from __future__ import annotations

import io
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.index.columns import Columns, write_columns
from khabarjoo.index.packed_texts import (
    CHARACTERS,
    Strings,
    in_both_codes,
    one_byte_each,
    open_record,
    pack_record,
    pack_strings,
)
from tests.corpus import any_texts, persian_texts


def packed(strings: list[str]) -> Strings:
    file = io.BytesIO()
    write_columns(file, pack_strings("names", strings))
    with tempfile.NamedTemporaryFile() as temporary:
        Path(temporary.name).write_bytes(file.getvalue())
        return Strings(Columns(Path(temporary.name)), "names")


def utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@given(st.lists(any_texts))
def test_strings_come_back_as_they_were(strings: list[str]) -> None:
    opened = packed(strings)
    assert list(opened) == strings
    assert len(opened) == len(strings)
    assert [opened.raw(place) for place in range(len(opened))] == list(map(utf8, strings))


@given(st.sets(any_texts), any_texts)
def test_a_string_is_found_among_sorted_ones_where_it_stands(strings: set[str], other: str) -> None:
    ordered = sorted(strings, key=utf8)
    opened = packed(ordered)
    assert [opened.find(text) for text in ordered] == list(range(len(ordered)))
    assert opened.find(other) == (ordered.index(other) if other in strings else -1)
    assert opened.place(utf8(other)) == sum(utf8(text) < utf8(other) for text in ordered)


@given(any_texts)
def test_any_record_comes_back_as_it_was(text: str) -> None:
    assert open_record(pack_record(*in_both_codes(text))) == text


@given(persian_texts())
def test_persian_records_come_back_as_they_were(text: str) -> None:
    assert open_record(pack_record(*in_both_codes(text))) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "\ufffe",
        "\ufffd",
        "\ud800",
        "\udfff",
        "\ud83d\ude00",
        "😀",
        "a" * 10**6,
        "".join(map(chr, range(0x700))),
    ],
    ids=ascii,
)
def test_odd_records_come_back_as_they_were(text: str) -> None:
    assert open_record(pack_record(*in_both_codes(text))) == text


def test_persian_takes_one_byte_a_letter_before_deflating() -> None:
    text = "پژوهشگران ایران، «۱۴۰۳»؛ می\u200cشود"
    record = pack_record(*in_both_codes(text))
    assert record[0] == 1
    assert len(zlib.decompress(record[1:], -15)) == len(text)


def test_a_character_takes_one_byte_and_any_the_code_has_not_a_question_mark() -> None:
    codes = one_byte_each("a باران\u200c🌧")
    assert [CHARACTERS[code] for code in codes] == [*"a باران\u200c?"]


def test_text_with_any_other_character_is_kept_in_utf8() -> None:
    record = pack_record(*in_both_codes("باران 東京"))
    assert record[0] == 0
    assert zlib.decompress(record[1:], -15) == "باران 東京".encode()


@pytest.mark.parametrize("length", range(len(pack_record(*in_both_codes("باران در تهران")))))
def test_a_record_cut_short_is_no_record(length: int) -> None:
    with pytest.raises(ValueError, match="record"):
        open_record(pack_record(*in_both_codes("باران در تهران"))[:length])


@pytest.mark.parametrize(
    "record", [b"", b"\0", b"\1\xff\xff\xff", b"\7" + pack_record(*in_both_codes("باران"))[1:], b"plain text"]
)
def test_other_bytes_are_no_record(record: bytes) -> None:
    with pytest.raises(ValueError, match="record"):
        open_record(record)


@given(st.binary(max_size=60))
def test_random_bytes_raise_nothing_but_value_error(data: bytes) -> None:
    with suppress(ValueError):
        open_record(data)


@given(persian_texts(max_size=8), st.data())
def test_a_damaged_record_raises_nothing_but_value_error(text: str, data: st.DataObject) -> None:
    record = bytearray(pack_record(*in_both_codes(text)))
    record[data.draw(st.integers(0, len(record) - 1))] ^= data.draw(st.integers(1, 255))
    with suppress(ValueError):
        assert isinstance(open_record(bytes(record)), str)
