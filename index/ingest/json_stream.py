"""One JSON document read piece by piece, so that a list of any length is never in memory whole.

Values are parsed by Python's own decoder, each from the buffer it stands in, which grows as long as a value goes on.
Telegram Desktop writes control characters as ``\\x0B``, which JSON has not; they are mended where they are met.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import TextIO

from . import limits
from .source import TooLarge

_CHUNK = 1 << 20
_BLANK = re.compile(r"[ \t\r\n\ufeff]*")
_LITERAL_END = 12  # characters from the end within which an error may only mean that there is more to come
_HEX_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\x([0-9a-fA-F]{2})")

_DECODER = json.JSONDecoder(strict=False)  # once: `json.loads` makes one for each text otherwise


def parse(text: str) -> object:
    """Returns the value of a JSON text, with control characters as they are, which scrapers leave in.

    Raises:
        ValueError: it is not JSON, or nested too deep.
    """
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    except JSONDecodeError:
        if "\\x" not in text or (mended := mend_escapes(text)) == text:
            raise
        return _DECODER.decode(mended)


def mend_escapes(text: str) -> str:
    r"""Returns the text with the escapes of C, ``\x0B``, as JSON has them.

    >>> mend_escapes(r'"a\x0Bb\\x0B"')
    '"a\\u000Bb\\\\x0B"'
    """
    return _HEX_ESCAPE.sub(r"\1\\u00\2", text)


class JsonStream:
    """A document being read: where it stands is before a value, or before what follows one."""

    def __init__(self, text: str, more: TextIO) -> None:
        self._buffer = text
        self._at = 0
        self._more = more
        self._lines = 1
        self._ended = False
        self._decoder = json.JSONDecoder(strict=False)

    @property
    def line(self) -> int:
        """The number of the line it stands in, from 1."""
        return self._lines + self._buffer.count("\n", 0, self._at)

    def peek(self) -> str:
        """Returns the next character that is no blank; '' at the end."""
        while True:
            self._at = _BLANK.match(self._buffer, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._buffer) or not self._fill():
                return self._buffer[self._at : self._at + 1]

    def value(self) -> object:
        """Returns the value that stands next.

        Raises:
            ValueError: there is none, or it is broken.
            TooLarge: it alone is longer than ``limits.DOCUMENT_BYTES`` characters.
        """
        self.peek()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._buffer, self._at)
            except RecursionError:
                raise ValueError("it is nested too deep") from None
            except JSONDecodeError as error:
                if self._is_cut(error) and self._fill(twice=True):
                    continue
                if not self._mend(error):
                    raise
            else:
                if end == len(self._buffer) and self._fill():
                    continue  # a number may go on
                self._at = end
                return found

    def items(self) -> Iterator[None]:
        """Stands before each item of the list that is next, which is then to be read; ends behind the list."""
        yield from self._members("[", "]")

    def names(self) -> Iterator[str]:
        """Stands before each member of the object that is next, and gives its name; ends behind the object."""
        for _ in self._members("{", "}"):
            name = self.value()
            if not isinstance(name, str):
                raise ValueError("a name in it is no text")
            self._take(":")
            yield name

    def _members(self, opening: str, closing: str) -> Iterator[None]:
        self._take(opening)
        if self.peek() == closing:
            self._at += 1
            return
        while True:
            yield
            if self.peek() == closing:
                self._at += 1
                return
            self._take(",")

    def _take(self, sign: str) -> None:
        if (found := self.peek()) != sign:
            raise ValueError(f"“{found or 'its end'}” stands where “{sign}” should")
        self._at += 1

    def _is_cut(self, error: JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated string") or error.pos >= len(self._buffer) - _LITERAL_END

    def _mend(self, error: JSONDecodeError) -> bool:
        """Mends escapes that JSON has not; whether there were any."""
        rest = self._buffer[self._at :]
        mended = mend_escapes(rest) if "\\x" in rest else rest
        self._buffer = self._buffer[: self._at] + mended
        return mended != rest

    def _fill(self, *, twice: bool = False) -> bool:
        """Reads on, ``twice`` as much as there is of one value; whether there was more."""
        if self._ended:
            return False
        rest = len(self._buffer) - self._at
        if rest > limits.DOCUMENT_BYTES:
            raise TooLarge(
                f"a value in it is longer than {limits.DOCUMENT_BYTES:,} characters; write JSON lines, or"
                f" {limits.raised_by('DOCUMENT_BYTES')}"
            )
        piece = self._more.read(max(_CHUNK, rest) if twice else _CHUNK)
        self._ended = not piece
        self._lines += self._buffer.count("\n", 0, self._at)
        self._buffer = self._buffer[self._at :] + piece
        self._at = 0
        return bool(piece)
