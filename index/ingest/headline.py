"""The headline of an HTML page, and what leads from it to the text: kicker and lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from ..news import outlets, sections
from ..news.line_matching import letters
from .html_blocks import Element, Line, Page
from .html_evidence import Look
from .html_metadata import Metadata
from .main_text import MainText, emphasised
from .markup import lines
from .page_layout import leads_up

SITE_NAMES = ("og:site_name", "application-name", "dc.publisher", "publisher", "twitter:site:name")
_TITLES = ("og:title", "twitter:title", "dc.title", "title")
_LEAD_WORDS = frozenset(
    "lead lid summary introtext intro standfirst excerpt subtitle sutitr soutitr subtitr abstract".split()
)
_KICKER_WORDS = frozenset(
    "rutitr rootitr routitr rotitr roottitr kicker uptitle overline pretitle surtitle uppertitle".split()
)
_HEADINGS = ("h1", "h2", "h3")
# A run of spaces is looked at from its beginning alone, or a long one would take the square of its length.
PARTED = re.compile(r"(?:(?<!\s)\s++)?+(?:[|»›]|::)\s*+|(?<!\s)\s++[–—-]\s++")
_LONGEST_KICKER = 120
_LONGEST_LEAD = 1200
_LONGEST_FIRST = 600
_LINES_OF_LEAD = 4
SHORTEST_LEAD = 20
_LONGEST_TITLE = 500
_LONGEST_HEADING = 220
_MOST_HEADINGS = 200
# A heading that is less of the page's title than this is the name of the site in it.
_LEAST_OF_TITLE = 0.5
# A heading that shares this much of its words with the page's title is another wording of it.
_LEAST_ALIKE = 0.4
_NEAR = 4
_FAR_ABOVE = 8
_SHORTEST_TITLE = 10
_LONGEST_SITE = 3
MOST_CRUMBS = 20
_TELEGRAM = ("t.me", "telegram.me", "telegram.dog")
_REPORT = re.compile(r"به[\s\u200c]*(?:گزارش|نقل\s+از)")


class Headline:
    """The search for the headline of one page."""

    def __init__(self, tree: LexborHTMLParser, head: Metadata, page: Page, look: Look) -> None:
        self._tree, self._head, self._page, self._look = tree, head, page, look

    def title(self) -> tuple[str, int]:
        """Returns the headline and the place of its line, -1 where the page doesn't show it."""
        titles = list(_titles(self._tree, self._head))
        sites = _sites(self._head)
        shown = list(islice(self._headings(), _MOST_HEADINGS))
        firsts = [(text, place) for text, place, tag in shown if tag == "h1"]
        for title in titles:
            parts = sorted(map(letters, PARTED.split(title)), key=len)
            names = parts[:-1]
            sites |= {key for text, _ in firsts if (key := letters(text)) and any(key in name for name in names)}
            sites |= {letters(text) for text, _, _ in shown}.intersection(names)
        headings = [
            (text, place, tag)
            for text, place, tag in shown
            if (key := letters(text)) and key not in sites and not outlets.of_heading(text)
        ]
        keys = list(map(letters, titles))
        for level in _HEADINGS:
            repeated = [
                (text, place)
                for text, place, tag in headings
                if tag == level and any(_is_title_in(letters(text), key) for key in keys)
            ]
            if repeated:
                return max(repeated, key=lambda heading: (len(letters(heading[0])), -heading[1]))
        words = list(map(_telling, titles))
        for text, place, tag in headings:
            own = _telling(text)
            if tag == "h1" and len(own) > 2 and any(len(own & of) >= _LEAST_ALIKE * len(own) for of in words):
                return text, place
        bare = next(filter(None, (_without_site(title, sites) for title in titles)), "")
        first = next((text for text, _, tag in headings if tag == "h1"), "")
        title = first if len(_telling(bare)) <= _LONGEST_SITE < len(_telling(first)) else bare or first
        line = self._line_of(title) or self._line_in(title, sites)
        if line is None:
            return title, -1
        return line.text, line.place

    def above(self, main: MainText) -> tuple[str, int]:
        """Returns the last heading above the text, in a page whose head doesn't name the article."""
        start = main.text[0].place if main.text else 0
        found = [
            (text, place)
            for text, place, _ in self._headings()
            if start - _FAR_ABOVE <= place <= start + 1
            and _SHORTEST_TITLE <= len(text) <= _LONGEST_HEADING
            and not outlets.of_heading(text)
            and self._look(text) is None
        ]
        return found[-1] if found else ("", -1)

    def _headings(self) -> Iterator[tuple[str, int, str]]:
        for element in self._page.elements:
            if element.tag in _HEADINGS and element.size <= _LONGEST_TITLE and element.first < element.last:
                yield " ".join(self._page.text_of(element)), element.first, element.tag

    def _line_of(self, title: str) -> Line | None:
        """The line that is the headline, rather one that is no link."""
        key = letters(title)
        found = [line for line in self._page.lines if len(line.text) <= _LONGEST_TITLE and letters(line.text) == key]
        return min(found, key=lambda line: line.is_link, default=None) if key else None

    def _line_in(self, title: str, sites: set[str]) -> Line | None:
        """The line that most of a title is, with the names of sections and the site hung on."""
        key = letters(title)
        found = (
            line
            for line in self._page.lines
            if len(line.text) <= _LONGEST_HEADING
            and not line.is_link
            and len(own := letters(line.text)) >= _LEAST_OF_TITLE * len(key)
            and own in key
            and own not in sites
        )
        return max(found, key=lambda line: len(line.text), default=None) if key else None

    def kicker(self, title: str, title_at: int) -> str:
        """Returns the line above or below the headline that is called one."""
        for element in self._page.elements:
            if element.names.isdisjoint(_KICKER_WORDS) or abs(element.first - title_at) > _NEAR:
                continue
            text = " ".join(self._page.text_of(element))
            if 0 < len(text) <= _LONGEST_KICKER and letters(text) != letters(title) and self._look(text) is None:
                return text
        if title_at < 1 or title_at >= len(self._page.lines):
            return ""
        above, line = self._page.lines[title_at - 1 : title_at + 1]
        together = next(element for element in line.element.around() if element.first < title_at)
        is_head = together.tag != "body" and above.element.is_within(together) and not above.is_link
        is_unlike = above.element.signature != line.element.signature
        is_short = len(above.text) < min(len(title), _LONGEST_KICKER) and is_unlike
        is_short = len(above.text.split()) > 1 and (is_short or leads_up(above.text, title))
        return above.text if is_head and is_short and self._look(above.text) is None else ""

    def lead(self, main: MainText, title: str, title_at: int, kicker: str) -> str:
        """Returns the lead: what the page calls so above the text, what stands apart there, or its description."""
        text = [
            line
            for line in main.text
            if line.is_running and line.place > title_at and line.text != kicker and self._look(line.text) is None
        ]
        start = text[0].place if text else len(self._page.lines)
        called = (
            "\n".join(self._page.text_of(element))
            for element in self._page.elements
            if not element.names.isdisjoint(_LEAD_WORDS)
            and title_at - _NEAR <= element.first <= start
            and not element.first <= title_at < element.last
            and element.lines <= (_LINES_OF_LEAD if element.first > title_at else 1)
            and not any(line.is_link or self._look(line.text) for line in self._page.inside(element))
        )
        elsewhere = ("", letters(title), letters(kicker))
        for lead in called:
            if SHORTEST_LEAD <= len(lead) <= _LONGEST_LEAD and letters(lead) not in elsewhere:
                return lead
        if len(text) > 1 and self._stands_apart(text[0], text[1], main.seed):
            return text[0].text
        shown = letters(" ".join(line.text for line in main.around))
        inner = letters(" ".join(line.text for line in main.text))
        for description in (*self._head.all("description", "og:description"), *self._head.linked("description")):
            key = letters(description)
            if len(description) >= SHORTEST_LEAD and key in shown and key not in inner and key != letters(title):
                return description
        return ""

    def _stands_apart(self, first: Line, second: Line, seed: Element | None) -> bool:
        """Whether the first paragraph is the lead by its place or its look."""
        if not SHORTEST_LEAD <= len(first.text) <= _LONGEST_FIRST or _REPORT.match(first.text):
            return False
        is_before = seed is not None and first.place < seed.first <= second.place
        return is_before or (emphasised(first) and not emphasised(second))


def _titles(tree: LexborHTMLParser, head: Metadata) -> Iterator[str]:
    if is_telegram(head):
        return iter(())
    titles = (*head.all(*_TITLES), *head.linked("headline"), *text_at(tree, "title"))
    return (title for title in titles if len(title) <= _LONGEST_TITLE)


def bare_title(tree: LexborHTMLParser, head: Metadata) -> str:
    """Returns the title in a page's head, without the names of the site and its sections."""
    sites = _sites(head)
    return next(filter(None, (_without_site(title, sites) for title in _titles(tree, head))), "")


def _telling(text: str) -> set[str]:
    """The words of a title that are longer than its particles."""
    return {key for word in text.split() if len(key := letters(word)) > 2}


def _is_title_in(heading: str, title: str) -> bool:
    """Whether a heading is the headline in a title: most of it, or all before the names of sections hung on."""
    return bool(heading) and heading in title and len(heading) >= _LEAST_OF_TITLE * min(len(title), 2 * len(heading))


def text_at(tree: LexborHTMLParser, selector: str) -> Iterator[str]:
    """Returns the texts of the first elements that a selector finds, a line each."""
    return filter(None, (" ".join(lines(node)) for node in tree.css(selector)[:MOST_CRUMBS]))


def _sites(head: Metadata) -> set[str]:
    """The keys of the names that the page gives its site."""
    return {
        letters(part) for name in (*head.all(*SITE_NAMES), *head.linked("publisher")) for part in PARTED.split(name)
    }


def _without_site(title: str, sites: set[str]) -> str:
    """A title without the names of the site and its sections around it."""
    parts = PARTED.split(title)
    is_site = [
        letters(part) in sites or outlets.is_name(part) or (len(parts) > 1 and sections.is_section(part))
        for part in parts
    ]
    kept = [part for part, site in zip(parts, is_site, strict=True) if not site]
    if len(kept) == len(parts) > 1 and len(parts[-1].split()) <= 3 < len(parts[0].split()):
        kept = kept[:-1]
    return title[title.index(kept[0]) : title.rindex(kept[-1]) + len(kept[-1])].strip() if kept else ""


def hung_on(titles: Iterable[str], headline: str) -> str:
    """Returns the name of the site that a page's title has beside the headline, first or last."""
    for title in titles:
        parts = PARTED.split(title)
        keys = list(map(letters, parts))
        rest = [part for part, key in zip(parts, keys, strict=True) if key and not sections.is_section(part)]
        if len(parts) > 1 and letters(headline) in keys:
            for part in (rest[-1], rest[0]) if rest else ():
                if letters(part) != letters(headline) and len(part.split()) <= _LONGEST_SITE:
                    return part
    return ""


def is_telegram(head: Metadata) -> bool:
    """Returns whether a page previews a message of Telegram, whose title is the channel's name."""
    sites = (letters(name) for name in head.all("og:site_name", "twitter:site"))
    addresses = (head.canonical, *head.all("og:url", "al:ios:url", "al:android:url", "twitter:app:url:iphone"))
    hosts = (address.partition("://")[2].partition("/")[0].lower() for address in addresses)
    return any(site in ("telegram", "telegramorg") for site in sites) or any(
        host in _TELEGRAM or address.startswith("tg:") for host, address in zip(hosts, addresses, strict=True)
    )
