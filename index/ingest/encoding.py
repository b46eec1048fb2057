"""Which characters a file's bytes stand for: UTF-8, UTF-16 with or without a mark, or an old Windows page.

Bytes that are no text in the encoding found become lone surrogates, which cannot occur in sound text, so that a reader
can tell damage from a replacement character the page itself prints. ``mend`` makes them printable again.
"""

from __future__ import annotations

import codecs
import re

# What is looked at before reading: enough to tell the encoding and the format, little enough to hold for every file.
HEAD_SIZE = 64 * 2**10

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PERSIAN_PAGE = "cp1256"  # Windows-1256: Arabic with پ چ ژ گ, what Persian pages were saved in before UTF-8
# Names a page may declare (WHATWG Encoding Standard, labels of the encodings Persian pages use). Those for Western
# text stand for pages whose editor was never told the language: the bytes are Windows-1256 all the same.
_DECLARED = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "windows-1256": _PERSIAN_PAGE,
    "cp1256": _PERSIAN_PAGE,
    "x-cp1256": _PERSIAN_PAGE,
    "iso-8859-6": "iso-8859-6",
    "x-mac-farsi": "mac_farsi",
    "windows-1252": _PERSIAN_PAGE,
    "iso-8859-1": _PERSIAN_PAGE,
}
_DECLARATION = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{1,20})""", re.IGNORECASE)
_DECLARATION_REACH = 4096
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
# High bytes of UTF-16 Persian text: 06 for its letters, 00 for spaces, digits and Latin.
_UTF16_HIGH = (0x00, 0x06)
_OBVIOUS = 0.7


def encoding_of(head: bytes) -> str | None:
    """Returns the encoding of a file that begins with these bytes, or None where they are no text at all.

    >>> encoding_of("خبر".encode()), encoding_of("خبر گروه".encode("cp1256")), encoding_of(b"GIF89a\\0\\1\\0")
    ('utf-8', 'cp1256', None)
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if utf16 := _utf16_without_mark(head):
        return utf16
    if len(head) - len(head.translate(None, _CONTROLS)) > len(head) // 20:
        return None
    as_utf8 = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(head)
    damaged = len(_LONE_SURROGATE.findall(as_utf8))
    if not damaged:
        return "utf-8"
    declared = _declared(head)
    if declared and declared != "utf-8":
        return declared
    sound = sum(char > "\x7f" for char in as_utf8) - damaged
    return "utf-8" if sound > damaged else _PERSIAN_PAGE


def decoding(encoding: str) -> tuple[str, str]:
    """Returns the codec and the error handler that read this encoding without ever failing."""
    return encoding, "replace" if _is_utf16(encoding) else "surrogateescape"


def decode(data: bytes, encoding: str) -> str:
    """Returns the text of these bytes; never fails. Damage comes out as lone surrogates (in UTF-16, as U+FFFD)."""
    codec, errors = decoding(encoding)
    return data.decode(codec, errors)


def is_damaged(text: str, encoding: str = "utf-8") -> bool:
    """Returns whether text so read holds bytes that could not be read, or half a character escaped in JSON."""
    if text.isascii():
        return False
    try:
        text.encode("utf-16-le")  # the fastest of all that refuse lone surrogates, several times as fast as searching
    except UnicodeEncodeError:
        return True
    return _is_utf16(encoding) and "\ufffd" in text


def mend(text: str) -> str:
    """Returns the text with U+FFFD for every lone surrogate, so that it can be stored and printed."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _is_utf16(encoding: str) -> bool:
    # Its damage comes in pairs of bytes, which surrogateescape cannot carry.
    return encoding.startswith("utf-16")


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 told by its high bytes, which are nearly all alike on one side in Persian or English text."""
    pairs = len(head) // 2
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if pairs > 1 and sum(map(head[start::2].count, _UTF16_HIGH)) >= _OBVIOUS * pairs:
            low = head[1 - start :: 2]
            return encoding if low.count(0) < pairs // 10 + 1 else None
    return None


def _declared(head: bytes) -> str | None:
    found = _DECLARATION.search(head[:_DECLARATION_REACH])
    return _DECLARED.get(found[1].decode("ascii", "replace").lower()) if found else None
