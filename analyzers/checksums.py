"""Checksums of what is opened for every search: CRC-32 by the kernel, and SHA-256 without OpenSSL."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING, Any

from .native_kernel import has_kernel

if TYPE_CHECKING:
    from _hashlib import HASH

    from typing_extensions import Buffer


def crc32(data: Buffer, before: int = 0) -> int:
    """Returns the CRC-32 of some bytes, after others: zlib's, in a tenth of the time where the kernel is.

    >>> crc32(b"123456789") == 0xCBF43926
    True
    """
    if has_kernel():
        from khabarjoo import _native

        return _native.crc32(memoryview(data).cast("B"), before)
    return zlib.crc32(data, before)


def sha256(data: Buffer = b"") -> HASH:
    """Returns the SHA-256 of a few bytes, to which more may be added, as ``hashlib.sha256`` does.

    It is the interpreter's own: to load OpenSSL, as hashlib does, takes longer than opening an index. Of much, hashlib
    takes less time.

    >>> sha256(b"abc").hexdigest()[:16]
    'ba7816bf8f01cfea'
    """
    digest: HASH = _sha256()(data)
    return digest


@cache
def _sha256() -> Any:
    """What makes it, by the names it has in Python 3.12 and 3.11, as the standard library's ``random`` looks for it."""
    for module in ("_sha2", "_sha256", "hashlib"):
        try:
            return __import__(module).sha256
        except ImportError:
            continue
    raise ImportError("this Python has no SHA-256")
