"""Stored records: the kernel writes them as Python does, whatever is in them."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.calendars import TimedMidnight, tehran
from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.index.article import Article, record_of
from khabarjoo.index.packed_texts import CHARACTERS, in_both_codes, open_record, pack_record
from khabarjoo.index.stored_records import stored_record

ANY = st.text(st.characters(codec=None)) | st.text(st.sampled_from(CHARACTERS + '\\"\n\ufffe東\ud800'))


@given(ANY, ANY, st.lists(ANY, max_size=3), st.booleans())
def test_an_article_is_stored_as_its_record(title: str, body: str, tags: list[str], is_timed: bool) -> None:
    midnight = TimedMidnight.at(datetime(2024, 1, 1, tzinfo=tehran())) if is_timed else None
    article = Article("1", title, body=body, tags=tuple(tags), url="https://example.org/", published=midnight)
    text = record_of(article)
    assert stored_record(article) == (text.encode("utf-8", "surrogatepass"), pack_record(*in_both_codes(text)))
    assert json.loads(open_record(stored_record(article).packed))[2] == body


@pytest.mark.skipif(not has_kernel(), reason="the native kernel is not there")
def test_every_character_of_the_table_is_written_by_the_kernel() -> None:
    from khabarjoo import _native

    texts = [character for character in CHARACTERS if character != "\ufffe"]
    written = _native.RecordCode(CHARACTERS).write([*texts, texts, []])
    assert written
    text = json.dumps([*texts, texts, []], ensure_ascii=False, separators=(",", ":"))
    assert written == (text.encode(), bytes(map(CHARACTERS.index, text)))
    assert _native.RecordCode(CHARACTERS).write(["\ufffe"]) == ('["\ufffe"]'.encode(), None)
    assert _native.RecordCode(CHARACTERS).write(["\ud800"]) is None
