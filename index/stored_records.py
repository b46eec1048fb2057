"""What is stored of an article, written: in UTF-8, which its digest is of, and packed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from khabarjoo.analyzers.native_kernel import has_kernel

from .article import Article, members_of, record_of
from .packed_texts import CHARACTERS, in_both_codes, pack_record

if TYPE_CHECKING:
    from khabarjoo import _native


class StoredRecord(NamedTuple):
    """A record of `record_of`, as bytes."""

    utf8: bytes
    packed: bytes


def stored_record(article: Article) -> StoredRecord:
    """Returns the record of an article."""
    # None where it has half surrogates, too.
    written = _code().write(members_of(article)) if has_kernel() else None
    utf8, coded = written or in_both_codes(record_of(article))
    return StoredRecord(utf8, pack_record(utf8, coded))


@lru_cache(maxsize=1)
def _code() -> _native.RecordCode:
    from khabarjoo import _native

    return _native.RecordCode(CHARACTERS)
