"""Where in an HTML page the article is: the element whose paragraphs hold the most text that is no link."""

from __future__ import annotations

import re
from collections import defaultdict

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .markup import BLOCKS, SILENT

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
_WORD = re.compile(r"[a-z]+")
# Never beside anything, whatever they are called; nor is what holds more than this share of the page.
_PILLARS = ("html", "body", "main", "article")
_BIG_SHARE = 0.5
_SHORTEST_PARAGRAPH = 25


def strange(tree: LexborHTMLParser) -> frozenset[int]:
    """The ``mem_id`` of all that tells nothing of the article: menus, related news, comments, forms, captions."""
    return _marked(tree, _STRANGE, _STRANGE_WORDS)


def beside(tree: LexborHTMLParser) -> frozenset[int]:
    """The ``mem_id`` of everything that is not the article's text: what is strange to it, and what states its facts."""
    return _marked(tree, _STRANGE + _ABOUT, _STRANGE_WORDS | _FACT_WORDS)


def _marked(tree: LexborHTMLParser, tags: tuple[str, ...], names: frozenset[str]) -> frozenset[int]:
    body = tree.body
    if body is None:
        return frozenset()
    most = _BIG_SHARE * len(body.text())
    found = {node.mem_id for node in body.css(", ".join(tags))}
    for node in body.css("[class], [id], [hidden]"):
        is_named = "hidden" in node.attributes or not words(node).isdisjoint(names)
        if is_named and node.tag not in _PILLARS and len(node.text()) < most:
            found.add(node.mem_id)
    return frozenset(found)


def words(node: LexborNode) -> frozenset[str]:
    """The words of an element's class and id.

    >>> tree = LexborHTMLParser('<p class="news-lead clearfix" id="p2">')
    >>> sorted(words(tree.css_first("p")))
    ['clearfix', 'lead', 'news', 'p']
    """
    attributes = node.attributes
    return frozenset(_WORD.findall(f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()))


def main(tree: LexborHTMLParser, skip: frozenset[int]) -> LexborNode | None:
    """The element that holds the article's text; None in a page without any."""
    scores: dict[int, float] = defaultdict(float)
    nodes: dict[int, LexborNode] = {}
    body = tree.body
    if body is None:
        return None
    for node in body.css('[itemprop="articleBody"], [itemprop="articlebody"]'):
        if len(node.text(strip=True)) > _SHORTEST_PARAGRAPH and not is_within(node, skip):
            return node
    for node in body.css("p, div, td, section, article, blockquote, li, h2, h3, pre"):
        length = _own_length(node)
        if length < _SHORTEST_PARAGRAPH or is_within(node, skip):
            continue
        holder = node if node.tag in ("div", "td", "section", "article", "pre") else node.parent
        for share in (1.0, 0.5, 0.25):
            if holder is None or holder.mem_id == body.mem_id:
                break
            scores[holder.mem_id] += share * length
            nodes[holder.mem_id] = holder
            holder = holder.parent
    best = max(scores, key=scores.__getitem__, default=None)
    return nodes[best] if best is not None else body


def _own_length(node: LexborNode) -> int:
    """The length of a paragraph's text without its links; for another element, of its text outside paragraphs."""
    is_paragraph = node.tag in ("p", "li", "h2", "h3", "blockquote")
    length = 0
    child = node.child
    while child is not None:
        if child.tag == "-text":
            length += len((child.text_content or "").strip())
        elif child.tag != "a" and child.tag not in SILENT and (is_paragraph or child.tag not in BLOCKS):
            length += len(child.text(strip=True)) - sum(len(link.text(strip=True)) for link in child.css("a"))
        child = child.next
    return length


def is_within(node: LexborNode, skip: frozenset[int]) -> bool:
    """Whether an element is one of these or in one of them."""
    current: LexborNode | None = node
    while current is not None:
        if current.mem_id in skip:
            return True
        current = current.parent
    return False
