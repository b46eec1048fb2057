"""What an HTML page says of itself in its head: meta elements, JSON-LD and links."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

# JSON-LD types of pages that are one article (schema.org), best first.
_ARTICLES = (
    "newsarticle",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "opinionnewsarticle",
    "backgroundnewsarticle",
    "article",
    "blogposting",
    "report",
    "liveblogposting",
)
_LONGEST_SCRIPT = 2**20
_MOST_NODES = 2000
_MOST_VALUES = 100


@dataclass(frozen=True, slots=True)
class Metadata:
    """Meta values by their lower-case names, the JSON-LD object of the article, and that of its breadcrumb."""

    meta: Mapping[str, list[str]]
    article: Mapping[str, object] = field(default_factory=dict)
    breadcrumb: tuple[str, ...] = ()
    canonical: str = ""

    def all(self, *names: str) -> Iterator[str]:
        """Returns the values of these meta elements, in the order of the names; no more than any page has."""
        return islice((value for name in names for value in self.meta.get(name, ())), _MOST_VALUES)

    def linked(self, name: str) -> list[str]:
        """Returns the texts of a member of the JSON-LD article, or of the names in it."""
        return list(_texts(self.article.get(name)))


def metadata(tree: LexborHTMLParser) -> Metadata:
    """Returns the metadata of a page."""
    meta: dict[str, list[str]] = defaultdict(list)
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if content := (attributes.get("content") or "").strip():
            meta[name.lower().strip()].append(content)
    scripts = (node.text() for node in tree.css("script") if _is_json(node.attributes.get("type")))
    objects = list(islice((found for script in scripts for found in _objects(script)), _MOST_NODES))
    link = tree.css_first('link[rel="canonical"]')
    return Metadata(
        meta,
        min((found for found in objects if _rank(found) < len(_ARTICLES)), key=_rank, default={}),
        next((_crumbs(found) for found in objects if "breadcrumblist" in _types(found)), ()),
        (link.attributes.get("href") or "").strip() if link is not None else "",
    )


def _is_json(kind: str | None) -> bool:
    return (kind or "").strip().lower() == "application/ld+json"


def _objects(script: str) -> Iterator[dict[str, object]]:
    """Every object in a JSON-LD script, breadth first, so that the page's own come before what they mention."""
    if len(script) > _LONGEST_SCRIPT:
        return
    try:
        waiting: list[object] = [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        return
    for value in waiting:
        members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        if len(waiting) < _MOST_NODES:
            waiting.extend(member for member in members if isinstance(member, dict | list))
        if isinstance(value, dict):
            yield value


def _types(found: Mapping[str, object]) -> list[str]:
    return [kind.lower().rpartition("/")[2] for kind in _texts(found.get("@type"))]


def _rank(found: Mapping[str, object]) -> int:
    return min((_ARTICLES.index(kind) for kind in _types(found) if kind in _ARTICLES), default=len(_ARTICLES))


def _crumbs(found: Mapping[str, object]) -> tuple[str, ...]:
    items = found.get("itemListElement")
    if not isinstance(items, list):
        return ()
    names = (next(_texts(item.get("name") or item.get("item")), "") for item in items if isinstance(item, dict))
    return tuple(filter(None, names))


def _texts(value: object) -> Iterator[str]:
    """The texts in a value: itself, its items, or the name it has."""
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, list):
        for item in value[:_MOST_NODES]:
            if not isinstance(item, list):
                yield from _texts(item)
    elif isinstance(value, dict) and isinstance(value.get("name"), str):
        yield from _texts(value["name"])
