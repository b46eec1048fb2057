"""Copies of a story: which articles tell it in nearly the same words, and two of them side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from khabarjoo.analyzers.digits import latin_digits
from khabarjoo.index.article import Article

from ..hit_headings import heading_of
from ..query.keywords import spelled
from ..results import Fragment, Hit
from ..terminal_safety import clean
from .addresses import Asked
from .site import Failure

if TYPE_CHECKING:
    from ..searcher import Searcher
    from .site import Site

_LOOKED_AT = 12  # similar articles among which copies are looked for
_ALIKE = 0.5  # of the shingles of two texts that both have
_SHINGLE = 3  # words in a row
_FEWEST = 20  # shingles of a text that can be a copy
_LONGEST = 6000  # words of a text that are compared
_PIECE = re.compile(r"\w[\w\u200c]*|\n+|[^\w\n]+")


class Side(NamedTuple):
    """One of two articles: itself, and its paragraphs with what the other does not have marked."""

    article: Article
    heading: list[Fragment]
    paragraphs: list[Markup]
    address: str


def copies_of(searcher: Searcher, article: Article) -> list[Hit]:
    """Returns the articles that tell the same in nearly the same words, the most similar first."""
    own = _shingles(article)
    if len(own) < _FEWEST:
        return []
    found = []
    for hit in searcher.similar(article.id, limit=_LOOKED_AT):
        others = _shingles(hit.article)
        both = len(own & others)
        if len(others) >= _FEWEST and both >= _ALIKE * min(len(own), len(others)) and both * 4 >= len(own | others):
            found.append(hit)
    return found


def compare(site: Site, request: Request) -> Response:
    """Returns the page with two articles side by side."""
    asked = Asked.of(request.query_params.multi_items())
    ids = request.query_params.get("id", ""), request.query_params.get("with", "")
    if not all(ids):
        raise Failure(404, "no page")
    with site.room.desk() as desk:
        one, other = (desk.searcher.article(id) for id in ids)
        context: dict[str, Any] = {"sides": list(_sides(one, other, asked)), "searcher": desk.searcher}
        return site.render(request, "compare.html", asked, **context)


def _sides(one: Article, other: Article, asked: Asked) -> Iterator[Side]:
    pieces = [_pieces(_text(article)) for article in (one, other)]
    first, second = ([_key(piece) for piece in each] for each in pieces)
    matcher = SequenceMatcher(None, first, second)  # which starts no match at a word that is everywhere: that is slow
    same: tuple[set[int], set[int]] = (set(), set())
    for block in matcher.get_matching_blocks():
        same[0].update(range(block.a, block.a + block.size))
        same[1].update(range(block.b, block.b + block.size))
    for article, each, kept, name in zip((one, other), pieces, same, ("del", "ins"), strict=True):
        heading = [Fragment(heading_of(article), False)]
        yield Side(article, heading, list(_marked(each, kept, name)), asked.article(article.id))


def _marked(pieces: Sequence[str], kept: set[int], name: str) -> Iterator[Markup]:
    """Paragraphs, in which runs of pieces that are not kept stand in an element."""
    begin, end = Markup(f"<{name}>"), Markup(f"</{name}>")
    html, is_open = Markup(""), False
    for place, piece in enumerate(pieces):
        is_break, differs = "\n" in piece, place not in kept
        if is_open and (is_break or not differs):
            html, is_open = html + end, False
        if is_break:
            if html.striptags().strip():
                yield html
            html = Markup("")
            continue
        if differs and not is_open and piece.strip():
            html, is_open = html + begin, True
        html += escape(piece)
    if is_open:
        html += end
    if html.striptags().strip():
        yield html


def _text(article: Article) -> str:
    return clean("\n".join(part for part in (article.lead, article.body) if part.strip()))


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(text)[: 2 * _LONGEST]


def _key(piece: str) -> str:
    """What two pieces have in common that say the same: spelling and white space are no difference."""
    return spelled(latin_digits(piece)) or piece.strip() or ("\n" if "\n" in piece else " ")


def _shingles(article: Article) -> set[tuple[str, ...]]:
    words = [_key(word) for word in re.findall(r"\w[\w\u200c]*", _text(article))[:_LONGEST]]
    return set(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))
