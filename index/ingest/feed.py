"""Feeds: RSS of every version, Atom, and what WordPress exports, an article an item.

The parser is expat, fed piece by piece. A document that declares entities of its own is refused before the first of
them, nothing outside the file is ever opened, and how deep and how long things may be is limited. What feeds often get
wrong (a bare ``&``, ``&zwnj;`` without a declaration, control characters, undeclared prefixes) is read all the same.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from xml.parsers import expat

from ..news import outlets, sections
from ..news.line_matching import letters
from . import limits, wordpress
from .encoding import mend
from .markup import TooDeep, plain
from .records import read_record
from .source import Input, Notice, Reading, Skipped, TooLarge

# Namespaces by the prefix they usually have, for feeds that choose another; those with '' are the feed's own.
_PREFIXES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://wordpress.org/export/1.0/": "wp",
    "http://wordpress.org/export/1.1/": "wp",
    "http://wordpress.org/export/1.2/": "wp",
}
_ROOTS = ("rss", "feed", "rdf:rdf")
_ITEMS = ("item", "entry")
_CHANNELS = ("channel", "feed")
# What elements of an item say, best first (RSS 2.0, RSS 1.0 with its modules, RFC 4287, Dublin Core, Media RSS).
_FIELDS = {
    "id": ("guid", "id", "dc:identifier"),
    "title": ("title", "dc:title", "media:title"),
    "lead": ("excerpt:encoded", "description", "summary", "dc:description", "itunes:summary", "media:description"),
    "body": ("content:encoded", "content"),
    "published": ("pubdate", "published", "issued", "dcterms:issued", "dcterms:created", "created"),
    "date": ("dc:date", "dcterms:date", "updated", "modified", "dcterms:modified"),
    "url": ("feedburner:origlink", "link"),
    "source": ("source", "source/title", "dc:source"),
    "keywords": ("media:keywords", "itunes:keywords"),
}
_CATEGORIES = ("category", "dc:subject", "media:category")
_MARKED_UP = ("title", "summary", "content", "description", "content:encoded")
_TAG_DOMAINS = ("post_tag", "tag", "tags", "keyword")
_PARTED = re.compile(r"[|»›–—:-]")
_LONGEST_NAME = 200
_SHORTEST_REPEATED = 20

_UNKNOWN = (
    "it is XML of a kind that is not read: no feed (RSS, Atom, WordPress), no MediaWiki, TREC, Hamshahri or TNews"
    " collection; convert it to JSON lines"
)
_CHUNK = 1 << 20
_LONGEST_REFERENCE = 40
_REFERENCE = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_OF_XML = frozenset("amp lt gt quot apos".split())
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Refused(ValueError):
    """A document that asks for what feeds have no need of. The text of the error says what."""


def read(source: Input) -> Iterator[Reading]:
    """Yields the articles of a feed, and what was wrong with items that give none."""
    parser = _FeedParser()
    number = 0
    is_damaged = False
    left_out: Counter[str] = Counter()
    try:
        for piece in _pieces(source):
            if not is_damaged and source.is_damaged(piece):
                is_damaged = True
                yield Notice(source.where, f"it holds bytes that are not {source.encoding}; they are read as \ufffd")
            parser.feed(mend(piece))
            for item in parser.take():
                number += 1
                if why := wordpress.left_out(item.texts, drafts=source.options.drafts):
                    left_out[why] += 1
                    continue
                default_id, where = f"{source.name}:{number}", f"{source.where}[{number}]"
                yield from read_record(_record(item, parser.title), default_id=default_id, where=where)
        parser.close()
        if left_out:
            told = ", ".join(f"{count:,} {kind}" for kind, count in left_out.most_common(10))
            drafts = "" if source.options.drafts else "; --drafts reads what is not published"
            yield Notice(source.where, f"it is an export of WordPress; left out of it: {told}{drafts}")
    except expat.ExpatError as error:
        why = f"it is not well-formed XML ({error}); what stands before was read"
        yield Skipped(
            source.where, why if parser.is_feed else f"{_UNKNOWN}, and not well-formed ({error})", unread=True
        )
    except _Refused as error:
        yield Skipped(source.where, str(error), unread=True)
    else:
        if not parser.is_feed:
            yield Skipped(source.where, _UNKNOWN)
        elif not number:
            yield Skipped(source.where, "it is a feed without items")


class _Item:
    """What one item says: texts by the names of elements, and categories with their domains."""

    def __init__(self, about: str) -> None:
        self.about = about
        self.texts: dict[str, str] = {}
        self.categories: list[tuple[str, str]] = []

    def first(self, field: str) -> str:
        """Returns the best text there is for a field."""
        return next((self.texts[name] for name in _FIELDS[field] if self.texts.get(name, "").strip()), "")


class _FeedParser:
    """Gathers items from XML."""

    def __init__(self) -> None:
        self.title = ""
        self.is_feed = False
        self._items: list[_Item] = []
        self._item: _Item | None = None
        self._path: list[str] = []
        self._item_depth = 0
        self._text: list[str] = []
        self._size = self._fed = 0
        self._prefixes: dict[str, str] = {}
        self._category = ("", "")
        self._expat = expat.ParserCreate()
        self._expat.buffer_text = True
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._gather
        self._expat.StartDoctypeDeclHandler = self._refuse_declarations
        self._expat.EntityDeclHandler = self._refuse_entities

    def feed(self, text: str) -> None:
        """Takes a piece of the document. Raises ExpatError, TooLarge, TooDeep and _Refused."""
        data = text.encode("utf-8")
        self._expat.Parse(text, False)
        self._fed += len(data)
        if self._fed - self._expat.CurrentByteIndex > limits.XML_TAG_CHARACTERS:
            raise TooLarge(f"a tag or comment in it is longer than {limits.XML_TAG_CHARACTERS:,} bytes")

    def close(self) -> None:
        """Says that this was all. Raises ExpatError."""
        self._expat.Parse("", True)

    def take(self) -> list[_Item]:
        """Returns the items that are complete, once."""
        taken, self._items = self._items, []
        return taken

    def _name(self, tag: str) -> str:
        prefix, _, local = tag.rpartition(":")
        prefix = self._prefixes.get(prefix, prefix) if prefix else ""
        return f"{prefix}:{local}".lower() if prefix else local.lower()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if name.startswith("xmlns:") and len(self._prefixes) < limits.XML_DEPTH:
                self._prefixes[name[6:]] = _PREFIXES.get(value, name[6:])
        name = self._name(tag)
        self._path.append(name)
        if len(self._path) > limits.XML_DEPTH:
            raise TooDeep(f"it is XML nested more than {limits.XML_DEPTH} deep")
        if len(self._path) == 1:
            self.is_feed = name in _ROOTS
        if self._item is None:
            if self.is_feed and name in _ITEMS:
                self._item, self._item_depth, self._size = _Item(attributes.get("rdf:about", "")), len(self._path), 0
            self._text = []
            return
        inside = self._path[self._item_depth :]
        if len(inside) == 1:
            self._text = []
            self._grow(len(name))
            self._note(name, attributes)
        elif inside[0] in _MARKED_UP:
            self._gather(_markup("<", name), is_markup=True)
        elif "/".join(inside) == "source/title":
            self._text = []

    def _note(self, name: str, attributes: dict[str, str]) -> None:
        """What an element of an item says by its attributes."""
        assert self._item is not None
        if name == "link" and attributes.get("href") and attributes.get("rel", "alternate") == "alternate":
            self._say("link", attributes["href"])
        if name in _CATEGORIES:
            domain = attributes.get("domain") or attributes.get("scheme") or ""
            self._category = (attributes.get("label") or attributes.get("term") or "", domain)
            self._grow(len("".join(self._category)))

    def _end(self, tag: str) -> None:
        inside = self._path[self._item_depth :] if self._item else []
        name = self._path.pop()
        if self._item is None:
            if name == "title" and self._path and self._path[-1] in _CHANNELS and not self.title:
                self.title = plain("".join(self._text)[:_LONGEST_NAME])
            self._text = []
        elif not inside:
            self._items.append(self._item)
            self._item = None
        elif len(inside) > 1 and inside[0] in _MARKED_UP:
            self._gather(_markup("</", name), is_markup=True)
        elif len(inside) == 1 and name in _CATEGORIES:
            self._item.categories.append((self._category[0] or "".join(self._text), self._category[1]))
        elif len(inside) == 1 or "/".join(inside) == "source/title":
            self._say("/".join(inside), "".join(self._text))

    def _say(self, name: str, text: str) -> None:
        """What the item says first under a name holds."""
        assert self._item is not None
        if not self._item.texts.get(name):
            self._item.texts[name] = text

    def _gather(self, text: str, *, is_markup: bool = False) -> None:
        if self._item is None:
            # Only titles are kept of what stands outside items.
            if self._path[-1:] == ["title"] and len(self._text) < _LONGEST_NAME:
                self._text.append(text[:_LONGEST_NAME])
            return
        inside = self._path[self._item_depth :]
        if len(inside) == 1 or (inside and inside[0] in _MARKED_UP) or "/".join(inside) == "source/title":
            is_escaped = len(inside) > 1 and not is_markup
            self._grow(len(text))
            self._text.append(html.escape(text, quote=False) if is_escaped else text)

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > limits.ITEM_CHARACTERS:
            raise TooLarge(
                f"an item of it is longer than {limits.ITEM_CHARACTERS:,} characters; the rest was not read;"
                f" {limits.raised_by('ITEM_CHARACTERS')}"
            )

    def _refuse_declarations(self, name: str, system: str | None, public: str | None, has_own: bool) -> None:
        if has_own:
            raise _Refused("it is XML with declarations of its own, which feeds have no need of")

    def _refuse_entities(self, *declared: object) -> None:
        raise _Refused("it is XML with entities of its own, which feeds have no need of")


def _markup(sign: str, name: str) -> str:
    """A tag of HTML as it was; nothing for tags of other vocabularies."""
    return "" if ":" in name else f"{sign}{name}>"


def _record(item: _Item, feed_title: str) -> dict[str, object]:
    """The record of an item, under the names that ``fields`` knows."""
    lead, body, url = item.first("lead"), item.first("body"), item.first("url").strip()
    if wordpress.POST_TYPE in item.texts:
        lead, body = wordpress.without_shortcodes(lead), wordpress.without_shortcodes(body)
    guid = item.first("id").strip()
    if not url and guid.lower().startswith(("http://", "https://")):
        url = guid
    if body and _repeats(lead, body):
        lead = ""
    category, tags = _filed(item.categories)
    return {
        "id": guid or item.about.strip() or url,
        "title": item.first("title"),
        "lead": lead,
        "body": body,
        "published": item.first("published")
        if wordpress.POST_TYPE not in item.texts
        else wordpress.published(item.texts),
        "date": item.first("date"),
        "source": outlet_of_title(plain(item.first("source"))) or outlet_of_title(feed_title, url),
        "category": category,
        "tags": [*tags, *(tag for tag in re.split("[,،]", item.first("keywords")) if tag.strip())],
        "url": url,
    }


def _repeats(lead: str, body: str) -> bool:
    """Whether a lead is only how the text begins, as software cuts it off."""
    key = letters(plain(lead[: 10 * _LONGEST_NAME]))
    if len(key) < _SHORTEST_REPEATED:
        return not key
    return letters(plain(body[: 20 * _LONGEST_NAME])).startswith(key[:-_SHORTEST_REPEATED])


def _filed(categories: list[tuple[str, str]]) -> tuple[str, list[str]]:
    """The category, a section's name rather than another, and the rest as tags."""
    named = [(plain(name), domain) for name, domain in categories if name.strip()]
    plainly = [name for name, domain in named if domain.lower() not in _TAG_DOMAINS]
    category = next((name for name in plainly if sections.is_section(sections.category(name))), "".join(plainly[:1]))
    return category, list(dict.fromkeys(name for name, _ in named if name != category))


def outlet_of_title(title: str, url: str = "") -> str:
    """Returns the outlet that a feed's title names, else that of an article's address, else how the title begins."""
    title = title[:_LONGEST_NAME].strip()
    parts = [part.strip() for part in _PARTED.split(title) if part.strip()]
    headings = (outlets.of_heading(part) for part in parts)
    return next(filter(None, (outlets.known(title), *headings, outlets.of_address(url), *parts[:1])), "")


def _pieces(source: Input) -> Iterator[str]:
    """The document in pieces, in which everything that looks like a reference is one that XML knows."""
    lines = source.lines()
    rest = lines.read(1).lstrip("\ufeff")
    while piece := lines.read(_CHUNK):
        piece = rest + piece
        at = piece.rfind("&", max(0, len(piece) - _LONGEST_REFERENCE))
        cut = at if at >= 0 and ";" not in piece[at:] else len(piece)
        yield _mended(piece[:cut])
        rest = piece[cut:]
    yield _mended(rest)


def _mended(piece: str) -> str:
    return _NOT_XML.sub("", _REFERENCE.sub(_reference, piece) if "&" in piece else piece)


def _reference(found: re.Match[str]) -> str:
    """A reference as XML knows it: HTML's names as their characters, a bare sign as itself."""
    name = found[1]
    if name in _OF_XML:
        return found[0]
    text = html.unescape(found[0]) if name else "&"
    return html.escape(text, quote=False)
