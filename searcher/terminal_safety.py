"""Makes text from pages, file names and queries safe for a terminal.

What a page says may hold anything: sequences that move the cursor or rename the window, and bidi controls
that show a line in another order than it was written. None of it may reach a terminal. Bidi marks stay, since
they act like a letter, on their neighbours alone; embeddings, overrides and isolates go, since one left open
would turn around all that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

# A whole sequence goes, so that no debris like "[31m" is left. A string sequence without its end loses only
# its beginning: it must not swallow the rest of the page. No two classes overlap: matching takes linear time.
# What begins with ESC and a letter may also begin with one control of U+0080 to U+009F (C1, ECMA-48).
_ESCAPE_SEQUENCE = (
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor movement
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS: titles, clipboard
    "|\x1b[ -/]*[0-~]"  # two-character sequences: reset, character sets
)
_LINE_END = "\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]"
_UNSAFE = (
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls other than tab and newline
    "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides and isolates
    "\u206a-\u206f\ufff9-\ufffb]"  # deprecated shaping controls, interlinear annotation
)
_LONE_SURROGATE = "[\ud800-\udfff]"  # no encoding can write these
SUSPECT = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff"
"""All characters that `clean` may change, as ranges of a class of an expression."""

_ANY_SUSPECT = re.compile(f"[{SUSPECT}]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    r"""Returns the text without anything that could act on a terminal; line ends of all kinds become ``\n``.

    >>> clean("\x1b[31mخبر\x1b[0m\x07 \u202eقم\r\n")
    'خبر قم\n'
    """
    if not _ANY_SUSPECT.search(text):  # as nearly all
        return text
    text = re.sub(_ESCAPE_SEQUENCE, "", text)
    text = re.sub(_LINE_END, "\n", text)
    text = re.sub(_UNSAFE, "", text)
    return re.sub(_LONE_SURROGATE, "\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    r"""Returns `clean` text in one line, each run of white space one space.

    >>> one_line("قم\n\n خبر\t")
    'قم خبر '
    """
    return _SPACES.sub(" ", clean(text))


def without_sequences(texts: Sequence[str]) -> list[str]:
    r"""Returns texts that follow one another, without the escape sequences in them, those included that several share.

    >>> without_sequences(["خبر \x1b[3", "1", "m قم"])
    ['خبر ', '', ' قم']
    """
    whole = "".join(texts)
    sequences = [match.span() for match in re.finditer(_ESCAPE_SEQUENCE, whole)]
    if not sequences:
        return list(texts)
    found: list[str] = []
    at = end = 0  # of the text that is next, and of the sequence before it
    rest = iter([*sequences, (len(whole), len(whole))])
    start, after = next(rest)
    for text in texts:
        stop, kept = at + len(text), ""
        at = max(at, end)
        while at < stop:
            kept += whole[at : min(start, stop)]
            if start >= stop:
                break
            at = end = after
            start, after = next(rest)
        found.append(kept)
        at = stop
    return found


class Sink(Protocol):
    """Where writers write: any text stream."""

    def write(self, text: str, /) -> object:
        """Takes the text."""


class CleanSink:
    """A stream to a terminal that lets only clean text through, for formats that print text as it is."""

    def __init__(self, stream: Sink) -> None:
        self._stream = stream

    def write(self, text: str, /) -> object:
        """Writes the text, cleaned."""
        return self._stream.write(clean(text))

    def isatty(self) -> bool:
        """Returns whether a terminal is behind it."""
        return True
