"""Word documents (.docx, Office Open XML): the paragraphs of the text as a page's lines.

The document is parsed as a stream by expat, without declarations of entities. Direction, tracked insertions, fields and
hyperlinks are seen through, since their words are text; deleted words and the instructions of fields are none.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from . import limits, zip
from .compression import Budget, spent
from .source import Input, Reading, Skipped, TooLarge

_BODY = "word/document.xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_BREAKS = frozenset({"br", "cr", "tab", "noBreakHyphen"})
_SPACES = {"noBreakHyphen": "-"}
_CHUNK = 1 << 16
_NO_TEXT = "it is a document without text; pictures of pages (scans) are not read"


def is_docx(suffix: str, head: bytes) -> bool:
    """Returns whether a zip that begins with these bytes is a Word document, by its name or its first files."""
    return zip.is_zip(head) and (suffix in (".docx", ".docm") or b"word/document.xml" in head)


def read(source: Input, budget: Budget) -> Iterator[Reading]:
    """Yields the one article of a Word document."""
    from . import page_text

    data = source.stream.read(limits.DOCUMENT_BYTES + 1)
    if len(data) > limits.DOCUMENT_BYTES:
        raise TooLarge(f"it is larger than {limits.DOCUMENT_BYTES / 2**20:g} MB; {limits.raised_by('DOCUMENT_BYTES')}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_BODY) as stream:
            lines = _Lines().of(spent(stream, budget))
    except TooLarge:
        raise
    except KeyError:
        yield Skipped(source.where, "it is a zip without the text of a Word document")
        return
    except (*zip.DAMAGE, expat.ExpatError) as error:
        yield Skipped(source.where, f"it is damaged ({error})")
        return
    if any(map(str.strip, lines)):
        yield from page_text.read_lines(lines, source)
    else:
        yield Skipped(source.where, _NO_TEXT)


class _Lines:
    """The paragraphs of a document, as its elements begin and end."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._words: list[str] = []
        self._size = 0
        self._depth = 0
        self._is_text = False
        self._left_out = 0

    def of(self, stream: io.BufferedReader) -> list[str]:
        """Raises TooLarge or expat's error."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._refuse
        while piece := stream.read(_CHUNK):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
        return self._done

    def _start(self, element: str, _: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > limits.XML_DEPTH:
            raise TooLarge(f"its elements are nested deeper than {limits.XML_DEPTH}; {limits.raised_by('XML_DEPTH')}")
        name = _local(element)
        if name in ("del", "moveFrom", "Fallback"):
            self._left_out += 1
        self._is_text = name == "t"
        if name in _BREAKS and not self._left_out:
            self._words.append(_SPACES.get(name, "\n" if name in ("br", "cr") else " "))

    def _end(self, element: str) -> None:
        self._depth -= 1
        self._is_text = False
        name = _local(element)
        if name in ("del", "moveFrom", "Fallback"):
            self._left_out -= 1
        elif name == "p":
            self._done += "".join(self._words).split("\n")
            self._words.clear()

    def _characters(self, text: str) -> None:
        if self._is_text and not self._left_out:
            self._size += len(text)
            if self._size > limits.PAGE_BYTES:
                raise TooLarge(f"it has over {limits.PAGE_BYTES:,} characters; {limits.raised_by('PAGE_BYTES')}")
            self._words.append(text)

    def _refuse(self, *_: object) -> None:
        raise TooLarge("it declares entities of its own, which no Word document has need of")


def _local(element: str) -> str:
    """The name of an element of WordprocessingML, and of the choice between a drawing and its fallback."""
    namespace, _, name = element.rpartition(" ")
    if namespace + " " in (_WORD, _STRICT) or name == "Fallback":
        return name
    return ""
