"""Collections of documents in tags: TREC's SGML, Hamshahri 1 and 2, TNews, MediaWiki, Solr's XML; and Persica.

Documents are cut out of the stream by their tags, one at a time, and their fields by theirs. No tree is made and no
entity is declared, so what is not well-formed, as dozens of Hamshahri's files are not, costs its own document at most.

Formats: TREC (``<DOC><DOCNO>``, trec.nist.gov), Hamshahri 2 (``<HAMSHAHRI2>``, hamshahri.dtd), TNews and Persica as
hazm's readers know them, Hamshahri 1 (``.DID``, ``.Date``, ``.Cat``), WikiExtractor (``<doc id= title=>``), MediaWiki's
export (mediawiki.org, Help:Export).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from . import limits
from .encoding import mend
from .records import Record, Records
from .source import Input, Notice, Reading, Skipped, TooLarge, bounded
from .wikitext import plain_wikitext

_ROOT = r"<(?:\?xml[^<>]*>|!--(?:(?!-->).)*-->|!doctype[^<>\[]*>|(?!doc\b)[a-z][\w:.-]{0,40}\b[^<>]{0,2000}>)\s*"
BEGINNING = re.compile(
    rf"\s*(?:{_ROOT}){{0,6}}<doc\b[^<>]*>|\s*(?:{_ROOT}){{0,3}}<(?:tnews|news)\b[^<>]*>\s*<newsid|\s*(?:{_ROOT}){{0,3}}"
    rf"<mediawiki\b|\s*(?:{_ROOT}){{0,2}}<(?:response|add)\b[^<>]*>\s*<(?:lst\s+name=.responseHeader|doc\b)",
    re.IGNORECASE | re.DOTALL,
)
"""How a file begins that holds one of these collections in tags."""

DOTTED_BEGINNING = re.compile(r"\s*\.DID\s+\S")
"""How Hamshahri 1 begins."""

_CHUNK = 1 << 18
_LONGEST_TAG = 2000
_FIELD = re.compile(r"<([A-Za-z][\w.-]{0,40})((?:\s[^<>]{0,1000})?)>")
_ATTRIBUTE = re.compile(r"""([\w:.-]{1,40})\s*=\s*["']([^"']{0,1000})["']""")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_IMAGE = re.compile(r"<IMAGE\b[^<>]*>[^<>]*</IMAGE>", re.IGNORECASE)
_STRANGE_TAG = re.compile(r"</?[A-Za-z][\w.-]{0,20}(?:\s[^<>]{0,200})?/?>")
_HAMSHAHRI_ID = re.compile(r"HAM2-|H-\d{6}-", re.IGNORECASE)
_HAMSHAHRI = "همشهری"
_OLD_DATE = re.compile(r"\d\d[\\/]\d{1,2}[\\/]\d{1,2}")
_OLD_CENTURY = "13"  # of the Jalali years that Hamshahri 1 has in two digits
_WITHOUT_ZONE = re.compile(r"\d{4}\D\d\d?\D\d\d?[ T]\d\d?:\d\d(?::\d\d)?")

# What the elements of these collections are called, where that is not what `names` knows.
_RENAMED = {
    "docid": "docno",
    "headline": "title",
    "hl": "title",
    "ti": "title",
    "h3": "title",
    "leadpara": "lead",
    "posttitle": "subtitle",
    "description": "body",
    "newsid": "id",
    "utcdate": "published",
    "date1": "date",
}
_INNER = ("text",)  # elements whose own elements are only its words
# Elements of Solr's XML, whose attribute tells the field (solr.apache.org, "Response Writers", "Indexing with Update
# Handlers").
_NAMED = frozenset("str int long float double bool date text arr field".split())
_IN_LIST = re.compile(r"<(?:str|int|long|date|text)\b[^<>]*>([^<>]*)</")
_PERSICA = ("id", "title", "text", "date", "time", "category", "category2")


def read(source: Input) -> Iterator[Reading]:
    """Yields the articles of a collection in tags."""
    yield from Records(source.where, source.options.mapping).articles(_documents(source))


def _documents(source: Input) -> Iterator[Record | Reading]:
    number = left_out = 0
    blocks = _Blocks(source)
    for block in blocks:
        number += 1
        where = f"{source.where}[{number}]"
        if isinstance(block, TooLarge):
            yield Skipped(where, str(block))
            continue
        tag, attributes, text = block
        if source.is_damaged(text):
            yield Notice(where, f"it holds bytes that are not {source.encoding}; they are read as \ufffd")
            text = mend(text)
        if tag == "page":
            record = _wiki_page(text)
            if record is None:
                left_out += 1
                continue
        else:
            record = _record(attributes, text)
        yield Record(record, f"{source.name}:{number}", where)
    if left_out:
        yield Notice(source.where, f"{left_out:,} pages are no articles (redirects, talk, categories and the like)")
    if not number:
        yield Skipped(source.where, "it is a collection without documents")


class _Blocks:
    """The documents of a stream: the tag, its attributes and what stands in it, each in turn."""

    _START = re.compile(r"<(doc|news|page)\b([^<>]{0,1000})>", re.IGNORECASE)

    def __init__(self, source: Input) -> None:
        self._text = source.lines()
        self._buffer = ""

    def __iter__(self) -> Iterator[tuple[str, str, str] | TooLarge]:
        at = 0
        while True:
            start = self._START.search(self._buffer, at)
            if start is None:
                self._buffer = self._buffer[max(at, len(self._buffer) - _LONGEST_TAG) :]
                at = 0
                if not self._fill():
                    return
                continue
            tag = start[1].lower()
            self._buffer = self._buffer[start.end() :]
            end = self._end(tag)
            if end is None:
                yield TooLarge(
                    f"it is longer than {limits.ITEM_CHARACTERS:,} characters; {limits.raised_by('ITEM_CHARACTERS')}"
                )
                at = 0
                continue
            yield tag, start[2], self._buffer[:end]
            at = end

    def _end(self, tag: str) -> int | None:
        """Where the document ends that has begun: before its end tag, the next document, or the end of the file."""
        ending = re.compile(rf"</{tag}\s*>|<{tag}\b[^<>]{{0,1000}}>", re.IGNORECASE)
        looked = 0
        while (found := ending.search(self._buffer, looked)) is None:
            if len(self._buffer) > limits.ITEM_CHARACTERS:
                self._skip_to(ending)
                return None
            looked = max(0, len(self._buffer) - _LONGEST_TAG)
            if not self._fill():
                return len(self._buffer)
        if found.start() > limits.ITEM_CHARACTERS:
            self._buffer = self._buffer[found.start() :]
            return None
        return found.start()

    def _skip_to(self, ending: re.Pattern[str]) -> None:
        while True:
            self._buffer = self._buffer[-_LONGEST_TAG:]
            if not self._fill():
                self._buffer = ""
                return
            if found := ending.search(self._buffer):
                self._buffer = self._buffer[found.start() :]
                return

    def _fill(self) -> bool:
        piece = self._text.read(_CHUNK)
        self._buffer += piece
        return bool(piece)


def _record(attributes: str, text: str) -> dict[str, object]:
    """The fields of one document, by the names that ``names`` knows."""
    found: dict[str, list[tuple[str, str]]] = {}
    record: dict[str, object] = dict(_ATTRIBUTE.findall(attributes))
    is_named = False
    at = 0
    while field := _FIELD.search(text, at):
        name = field[1].lower()
        end = re.compile(rf"</{re.escape(field[1])}\s*>", re.IGNORECASE).search(text, field.end())
        at = end.end() if end else len(text)
        content = text[field.end() : end.start() if end else len(text)]
        if name in _NAMED and (told := dict(_ATTRIBUTE.findall(field[2])).get("name")):
            _add(record, told, list(map(unescape, _IN_LIST.findall(content))) if name == "arr" else content.strip())
            is_named = True
            continue
        found.setdefault(name, []).append((field[2], content))
        if len(found) > limits.XML_DEPTH:
            break
    if is_named:
        return record
    if not found:  # WikiExtractor's documents are text between tags
        return {**record, "text": unescape(text).strip()}
    for name, contents in found.items():
        renamed = _RENAMED.get(name, name)
        words = "\n".join(_words(content) for _, content in contents)
        if name == "date":
            words = _words(_preferred(contents, "Persian"))
        elif name == "cat":
            words = _words(_preferred(contents, "fa")).split(".")[0]
        elif name == "utcdate" and _WITHOUT_ZONE.fullmatch(words.strip()):
            words = f"{words.strip()}+00:00"
        if renamed != name and renamed in found:
            renamed = name
        before = record.get(renamed)
        record[renamed] = f"{before}\n{words}" if before and renamed != "docno" else words
    if _HAMSHAHRI_ID.match(str(record.get("docno", "")).strip()):
        record.setdefault("source", _HAMSHAHRI)
    return record


def _add(record: dict[str, object], name: str, value: object) -> None:
    """Adds a value under a name that may have some already."""
    before = record.get(name)
    record[name] = [*(before if isinstance(before, list) else [before]), value] if before else value


def _preferred(contents: Iterable[tuple[str, str]], value: str) -> str:
    """The content of the element that has an attribute of this value, else of the first."""
    contents = list(contents)
    told = (content for attributes, content in contents if value in dict(_swapped(attributes)))
    return next(told, contents[0][1])


def _swapped(attributes: str) -> Iterator[tuple[str, str]]:
    return ((value, name) for name, value in _ATTRIBUTE.findall(attributes))


def _words(content: str) -> str:
    """The words of an element; those in CDATA are as they stand, tags that HTML has not are none."""
    content = _IMAGE.sub(" ", content)
    if "<![CDATA[" in content:
        content = _CDATA.sub(lambda found: found[1], content)
    if "<" in content:
        content = _STRANGE_TAG.sub(_kept_tag, content)
    return content.strip()


def _kept_tag(found: re.Match[str]) -> str:
    from .markup import BLOCKS

    name = re.sub(r"\W", " ", found[0]).split()[0].lower()
    return found[0] if name in BLOCKS or name in ("a", "b", "i", "em", "strong", "span", "script", "style") else " "


# -- MediaWiki ---------------------------------------------------------------------------------------------------------


def _wiki_page(text: str) -> dict[str, object] | None:
    """A page of a wiki in its article space; None for others, and for redirects."""
    if "<redirect" in text or _element(text, "ns") not in ("", "0"):
        return None
    wikitext = unescape(_element(text, "text"))
    if re.match(r"\s*#(?:redirect|تغییر_?مسیر)", wikitext, re.IGNORECASE):
        return None
    title = unescape(_element(text, "title"))
    body, categories = plain_wikitext(wikitext)
    return {
        "id": _element(text, "id"),
        "title": title,
        "text": body,
        "timestamp": _element(text, "timestamp"),
        "tags": list(categories),
    }


def _element(text: str, name: str) -> str:
    """What the first element of this name holds."""
    start = re.search(rf"<{name}\b[^<>]*(?<!/)>", text)
    end = text.find(f"</{name}>", start.end()) if start else -1
    return text[start.end() : end] if start and end >= 0 else ""


# -- without tags ------------------------------------------------------------------------------------------------------


def read_dotted(source: Input) -> Iterator[Reading]:
    """Yields the articles of Hamshahri 1: lines of ``.DID``, ``.Date`` and ``.Cat``, then the text."""
    yield from Records(source.where, source.options.mapping).articles(_dotted(source))


def _dotted(source: Input) -> Iterator[Record | Reading]:
    record: dict[str, str] = {}
    text: list[str] = []
    size = start = 0
    for number, line in enumerate(bounded(source.lines(), limits.LINE_CHARACTERS), start=1):
        name, _, value = line.strip().lstrip("\ufeff").partition("\t")
        field = name.split(" ")[0].lower() if name.startswith(".") else ""
        value = value or name.partition(" ")[2]
        if field == ".did":
            if record:
                yield _dotted_record(source, record, text, start)
            record, text, size, start = {"id": value.strip()}, [], 0, number
        elif field == ".date":
            record["date"] = _old_date(value.strip())
        elif field == ".cat":
            record["cat"] = value.strip()
        else:
            size += len(line)
            if size > limits.ITEM_CHARACTERS:
                raise TooLarge(f"a text in it is longer than {limits.ITEM_CHARACTERS:,} characters")
            text.append(line)
    if record:
        yield _dotted_record(source, record, text, start)


def _dotted_record(source: Input, record: dict[str, str], text: list[str], start: int) -> Record:
    values = {**record, "text": mend("".join(text)).strip(), "source": _HAMSHAHRI}
    return Record(values, f"{source.name}:{start}", f"{source.where}:{start}")


def _old_date(text: str) -> str:
    """A day with a year of two digits, as Hamshahri 1 writes it.

    >>> _old_date("75\\\\04\\\\02")
    '1375/04/02'
    """
    return f"{_OLD_CENTURY}{text.replace(chr(92), '/')}" if _OLD_DATE.fullmatch(text) else text


def persica(source: Input, lines: Iterable[str], start: int) -> Iterator[Record | Reading]:
    """Yields the records of Persica: a value a line, each but a record's last with a comma behind it."""
    values: list[str] = []
    begun = start
    for number, line in enumerate(lines, start=start):
        if not (text := line.strip()):
            continue
        begun = begun if values else number
        values.append(text.removesuffix(","))
        if not text.endswith(",") or len(values) > len(_PERSICA):
            where = f"{source.where}:{begun}"
            if len(values) == len(_PERSICA):
                yield Record(dict(zip(_PERSICA, map(mend, values), strict=True)), f"{source.name}:{begun}", where)
            else:
                yield Skipped(where, f"it has {len(values)} values where Persica has {len(_PERSICA)}")
            values = []
