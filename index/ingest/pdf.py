"""PDF: the text of a document whose pages are text; two programs read it and each mends what the other gets wrong.

Poppler's pdftotext keeps numbers, spaces and ZWNJ but turns lam-alef around in what some makers write (سالم for سلام);
pypdf gets the words right but turns numbers around. So the text is poppler's, and a word of it that pypdf does not
know, but with its alef and lam turned, is that one. Both run in processes of their own, with an end to their memory and
time, as PDF is a format that programs are attacked with.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import combinations, zip_longest
from threading import Thread, Timer
from typing import IO

from khabarjoo.analyzers.dates import is_dateline

from . import limits
from .source import Input, Notice, Reading, Skipped, TooLarge

MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024
_COMPLAINT = 4096
_NO_PDFTOTEXT = "reading PDF needs pdftotext of poppler-utils (apt install poppler-utils, brew install poppler)"
_NO_PYPDF = "reading PDF needs pypdf; install it with: pip install 'khabarjoo[documents]'"
_NO_TEXT = "it has no text; scans (pictures of pages) are not read"
_WORDS_OF = """
import io, logging, sys, pypdf
logging.disable(logging.CRITICAL)
for number, page in enumerate(pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages):
    if number == int(sys.argv[1]): break
    try: text = page.extract_text()
    except Exception: text = ""
    sys.stdout.buffer.write((text + chr(12)).encode("utf-8", "replace"))
"""
_EMBEDDED = re.compile("\u202a([^\u202a-\u202e]*)\u202c")
_NEUTRAL = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e]")
_HEH_HAMZA = re.compile("^ه(.*)\n(.*) \u0654$", re.MULTILINE)
_HAMZA_ALONE = re.compile("^(.+)\n(.+)\n\\s*\u0654$", re.MULTILINE)
_HAMZA_FIRST = re.compile("\u0654ه|ه \u0654")
_WORD = re.compile(r"[\u0621-\u06cc\u200c]+")
_LETTERS = re.compile("[\u0621-\u06cc]")
_TURNED, _RIGHT = "ال", "لا"
_MOST_TURNED = 3
_STOP = re.compile(r"[.!؟?:…][»”\"')\]]*$")
_PAGE_OF = re.compile(r"(?:(?:https?|file)://\S+ )?\d{1,4}/\d{1,4}(?: (?:https?|file)://\S+)?")
_ADDRESS = re.compile(r"(?:https?|file)://\S+")
_MARKS_WITHIN = 3
_FULL_LINE = 0.8
_FEWEST_LETTERS = 20
# Words no Persian text is without, and how they read from the other end.
_COMMON = frozenset("و در به از که این را با است آن برای".split())
_BACKWARDS = frozenset(word[::-1] for word in _COMMON) - _COMMON


def is_pdf(head: bytes) -> bool:
    """Returns whether a file that begins with these bytes is a PDF."""
    return MAGIC in head[:_MAGIC_WITHIN]


def read(source: Input) -> Iterator[Reading]:
    """Yields the one article of a PDF."""
    from importlib.util import find_spec

    from . import page_text

    if find_spec("pypdf") is None:
        yield Skipped(source.where, _NO_PYPDF)
        return
    program = shutil.which("pdftotext")
    if program is None:
        yield Skipped(source.where, _NO_PDFTOTEXT)
        return
    data = source.stream.read(limits.DOCUMENT_BYTES + 1)
    if len(data) > limits.DOCUMENT_BYTES:
        raise TooLarge(f"it is larger than {limits.DOCUMENT_BYTES / 2**20:g} MB; {limits.raised_by('DOCUMENT_BYTES')}")
    pages = str(limits.PDF_PAGES + 1)
    text, why = _run([program, "-enc", "UTF-8", "-l", pages, "-", "-"], data)
    if why:
        yield Skipped(source.where, why)
        return
    first = text.split("\f")
    if len(first) > limits.PDF_PAGES + 1:  # each page ends in a form feed
        first = first[: limits.PDF_PAGES]
        why = f"only its first {limits.PDF_PAGES:,} pages are read; {limits.raised_by('PDF_PAGES')}"
        yield Notice(source.where, why)
    with_words = ""
    with suppress(TooLarge):
        with_words, _ = _run([sys.executable, "-I", "-c", _WORDS_OF, pages], data)
    if not with_words:
        yield Notice(source.where, "pypdf cannot read it, so that words with lam-alef may be misspelled")
    lines = list(_lines(first, with_words.split("\f")))
    if sum(len(_LETTERS.findall(line)) + sum(map(str.isalpha, line)) for line in lines) < _FEWEST_LETTERS:
        yield Skipped(source.where, _NO_TEXT)
    elif _is_backwards(lines):
        yield Skipped(source.where, "its text is stored in the order it is drawn, from left to right, and is not read")
    else:
        yield from page_text.read_lines(lines, source)


def _run(command: list[str], data: bytes) -> tuple[str, str]:
    """What a program writes about a PDF, or why it wrote nothing. Raises TooLarge where it writes without end."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=_bound if sys.platform != "win32" else None,
        )
    except OSError as error:
        return "", f"{command[0]} cannot be run: {error.strerror}"
    began = time.monotonic()
    watch = Timer(limits.PDF_SECONDS, process.kill)
    with process:
        assert process.stdin and process.stdout and process.stderr
        said: list[bytes] = []
        helpers = [Thread(target=_feed, args=(process.stdin, data)), Thread(target=_hear, args=(process.stderr, said))]
        for helper in (watch, *helpers):
            helper.start()
        try:
            written = process.stdout.read(limits.PAGE_BYTES + 1)
            if len(written) > limits.PAGE_BYTES:
                process.kill()
        finally:
            code = process.wait()
            watch.cancel()
            for helper in helpers:
                helper.join()
    if len(written) > limits.PAGE_BYTES:
        raise TooLarge(f"its text is over {limits.PAGE_BYTES:,} bytes; {limits.raised_by('PAGE_BYTES')}")
    if time.monotonic() - began >= limits.PDF_SECONDS:
        return "", f"reading it took over {limits.PDF_SECONDS} seconds; {limits.raised_by('PDF_SECONDS')}"
    text = written.decode("utf-8", "replace")
    if code and not text.strip():
        if b"password" in b"".join(said).lower():
            return "", "it is encrypted; take the password off it first"
        return "", "it is damaged, or asks for more memory or time than a document may take"
    return text, ""


def _feed(pipe: IO[bytes], data: bytes) -> None:
    with suppress(OSError), pipe:  # a program may end before it has read all
        pipe.write(data)


def _hear(pipe: IO[bytes], said: list[bytes]) -> None:
    """Keeps the first words of what a program complains of, and empties the pipe of the rest."""
    said.append(pipe.read(_COMPLAINT))
    while pipe.read(_COMPLAINT):
        pass


def _bound() -> None:
    """Ends the process that reads a document where it takes more than a document may."""
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, limits.PDF_MEMORY_BYTES),
        (resource.RLIMIT_CPU, limits.PDF_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        with suppress(OSError, ValueError):  # macOS knows some limits by name only
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _lines(first: list[str], second: list[str]) -> Iterator[str]:
    """The paragraphs of the pages, one a line, with the words that the second reader has right."""
    for first_page, second_page in zip_longest(first, second[: len(first)], fillvalue=""):
        words = frozenset(_WORD.findall(_plain(second_page)))
        page_text = _with_hamza(_plain(_EMBEDDED.sub(_in_order, first_page)))
        page_text = _WORD.sub(partial(_mended, known=words), page_text) if words else page_text
        yield from _paragraphs(_without_print_marks([" ".join(line.split()) for line in page_text.split("\n")]))


def _plain(text: str) -> str:
    """The text without bidi controls, in letters instead of their shapes."""
    return unicodedata.normalize("NFKC", _CONTROLS.sub("", text))


def _in_order(embedded: re.Match[str]) -> str:
    """What poppler embeds from left to right in a line, with the signs around it where they are read.

    Of « 1403» between two words the space is seen on the left, so it is read after the number.
    """
    match = _NEUTRAL.fullmatch(embedded[1])
    assert match is not None
    before, core, after = match.groups()
    return f"{after[::-1]}{core}{before[::-1]}"


def _with_hamza(page: str) -> str:
    """The page with the lines whole that poppler parts where the hamza over a final heh is drawn by itself."""
    page = _HEH_HAMZA.sub("\\2ه\u0654\\1", page)
    page = _HAMZA_ALONE.sub("\\2 \\1", page)
    return _HAMZA_FIRST.sub("ه\u0654", page)


def _mended(word: re.Match[str], known: frozenset[str]) -> str:
    return _turned(word[0], known)


def _turned(word: str, known: frozenset[str]) -> str:
    """The word with those of its alefs and lams turned that make it one the second reader has."""
    if _TURNED not in word or word in known:
        return word
    places = [match.start() for match in re.finditer(f"(?={_TURNED})", word)][:_MOST_TURNED]
    for size in range(1, len(places) + 1):
        for chosen in combinations(places, size):
            letters = list(word)
            for place in chosen:
                letters[place : place + 2] = _RIGHT
            if (turned := "".join(letters)) in known:
                return turned
    return word


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """The lines of a page joined: a paragraph goes on after a line that is about as long as any."""
    longest = max(map(len, lines), default=0)
    joined: list[str] = []
    for line in lines:
        if line:
            joined.append(line)
        is_full = len(line) >= _FULL_LINE * longest
        if joined and (not line or not is_full or (_STOP.search(line) and len(line) < longest * 0.97)):
            yield " ".join(joined)
            yield ""
            joined = []
    if joined:
        yield " ".join(joined)


def _without_print_marks(lines: list[str]) -> list[str]:
    """The lines of a page without what browsers print around it: the day of printing, the address and 1/2."""
    said = [place for place, line in enumerate(lines) if line]
    ends = said[-_MARKS_WITHIN:]
    if not any(_PAGE_OF.fullmatch(lines[place]) for place in ends):
        return lines
    marks = {place for place in said[:_MARKS_WITHIN] if is_dateline(lines[place])}
    marks |= {place for place in ends if _PAGE_OF.fullmatch(lines[place]) or _ADDRESS.fullmatch(lines[place])}
    return [line for place, line in enumerate(lines) if place not in marks]


def _is_backwards(lines: list[str]) -> bool:
    """Whether the words read from their ends, as in a PDF whose maker drew shapes from left to right."""
    words = [word for line in lines for word in line.split()]
    forward, backward = (sum(word in table for word in words) for table in (_COMMON, _BACKWARDS))
    return backward > forward
