"""Where in an HTML page the article is: the element whose paragraphs hold the most text that is no link."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from .markup import SILENT, elements, walk

# Elements that stand beside an article (HTML's sectioning elements), never in it.
_STRANGE = ("nav", "aside", "form", "figcaption", "dialog", *sorted(SILENT))
_ABOUT = ("header", "footer")
# Words of class names and ids that themes give to what stands beside an article: first what tells nothing of it, then
# what states its facts.
_STRANGE_WORDS = frozenset(
    """nav navbar navigation menu submenu sidebar widget related relate relateds similar comment comments disqus respond
    reply social socials tagcloud ad ads adv advert advertise advertisement advertising banner promo sponsor newsletter
    subscribe subscription login register cookie cookies popup modal pagination pager paging rating rate poll survey
    vote
    latest popular hot mostviewed mostvisited trending recommended recommend suggestion suggestions suggested next prev
    previous ticker skip hidden bato sabavision yektanet mediaad topbar""".split()
)
_FACT_WORDS = frozenset(
    """breadcrumb breadcrumbs crumbs footer share sharing shares sharebox tags tag keywords print toolbar tools
    copyright shortlink caption credit byline author authorbox meta date time code service views visit""".split()
)
_PARAGRAPHS = frozenset("p li h2 h3 blockquote".split())
_HOLDERS = frozenset("div td section article pre main".split())
# Text amid text; links are left out, for lists of links are what articles are to be told from.
_INLINE = frozenset("b strong i em u span font small big mark q cite sub sup bdi bdo abbr time".split())
_BODY_PROPERTIES = ("articleBody", "articlebody")
# How much of a paragraph's length counts for the element it is in, and for those around that.
_SHARES = (1.0, 0.5, 0.25)
_WORD = re.compile(r"[a-z]+")
# Never beside anything, whatever they are called; nor is what holds more than this share of the page.
_PILLARS = ("html", "body", "main", "article")
_BIG_SHARE = 0.5
_SHORTEST_PARAGRAPH = 25


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands where in a page, as ``mem_id``.

    ``strange`` tells nothing of the article (menus, related news, comments, forms, captions); ``beside`` holds these
    and what states the article's facts around its text.
    """

    strange: frozenset[int]
    beside: frozenset[int]
    lengths: Mapping[int, int]


def outline(body: LexborNode) -> Outline:
    """The outline of a page's body."""
    lengths = _lengths(body)
    most = _BIG_SHARE * lengths[body.mem_id]
    strange, beside = set(), set()
    for node in elements(body):
        if node.tag in _PILLARS:
            continue
        named = words(node) if lengths[node.mem_id] < most else frozenset()
        if node.tag in _STRANGE or "hidden" in node.attributes or not named.isdisjoint(_STRANGE_WORDS):
            strange.add(node.mem_id)
        elif node.tag in _ABOUT or not named.isdisjoint(_FACT_WORDS):
            beside.add(node.mem_id)
    return Outline(frozenset(strange), frozenset(strange | beside), lengths)


def _lengths(body: LexborNode) -> dict[int, int]:
    """How long the text under each element is."""
    lengths: dict[int, int] = {}
    count = 0
    for node, is_start in walk(body):
        if node.tag == "-text":
            count += len((node.text_content or "").strip()) if is_start else 0
        else:
            lengths[node.mem_id] = count if is_start else count - lengths[node.mem_id]
    return lengths


def words(node: LexborNode) -> frozenset[str]:
    """The words of an element's class and id.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> sorted(words(LexborHTMLParser('<p class="news-lead clearfix" id="p2">').css_first("p")))
    ['clearfix', 'lead', 'news', 'p']
    """
    attributes = node.attributes
    return frozenset(_WORD.findall(f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()))


def main(body: LexborNode, page: Outline) -> LexborNode:
    """The element that holds the article's text; the body itself in a page without paragraphs."""
    scores: dict[int, float] = defaultdict(float)
    holders: dict[int, LexborNode] = {}
    for node in elements(body, page.beside):
        if node.tag not in _PARAGRAPHS | _HOLDERS:
            continue
        if node.attributes.get("itemprop") in _BODY_PROPERTIES and page.lengths[node.mem_id] > _SHORTEST_PARAGRAPH:
            return node
        length = _own_length(node)
        holder = node if node.tag in _HOLDERS else node.parent
        for share in _SHARES if length >= _SHORTEST_PARAGRAPH else ():
            if holder is None or holder.mem_id == body.mem_id:
                break
            scores[holder.mem_id] += share * length
            holders[holder.mem_id] = holder
            holder = holder.parent
    best = max(scores, key=scores.__getitem__, default=None)
    return body if best is None else holders[best]


def _own_length(node: LexborNode) -> int:
    """The length of a paragraph's text without its links; for another element, of its text outside paragraphs."""
    length = 0
    child = node.child
    while child is not None:
        if child.tag == "-text":
            length += len((child.text_content or "").strip())
        elif child.tag in _INLINE:
            length += len(child.text(strip=True))
        child = child.next
    return length
