"""HTML pages: the article by density of text, its facts by metadata, then by the same rules as page text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from types import MappingProxyType

from selectolax.lexbor import LexborHTMLParser, LexborNode

from khabarjoo.analyzers.dates import DateError

from ..article import Article
from ..news import outlets, sections
from ..news.line_key import letters
from .encoding import mend
from .html_metadata import Metadata, metadata
from .main_text import Outline, main, outline, words
from .markup import elements, lines, parse, plain
from .page_facts import Facts, facts
from .page_layout import arrange
from .page_rows import rows
from .records import moment, split_tags
from .source import Input, Notice, Reading, Skipped

_PUBLISHED = (
    "article:published_time datepublished og:published_time og:article:published_time publishdate publish_date pubdate"
    " publish-date published_time dcterms.created dcterms.date dc.date.issued dc.date parsely-pub-date"
    " sailthru.date date article.published"
).split()
_SITE_NAMES = ("og:site_name", "application-name", "dc.publisher", "publisher", "twitter:site:name")
_TITLES = ("og:title", "twitter:title", "dc.title", "title")
_LEAD_WORDS = frozenset(
    "lead lid summary introtext intro standfirst excerpt subtitle sutitr soutitr subtitr abstract".split()
)
_KICKER_WORDS = frozenset("rutitr rootitr routitr rotitr kicker uptitle overline pretitle surtitle uppertitle".split())
_BREADCRUMBS = '[class*="breadcrumb"], [id*="breadcrumb"], [itemtype*="BreadcrumbList"], .crumbs'
# A run of spaces is looked at from its beginning alone, or a long one would take the square of its length.
_PARTED = re.compile(r"(?:(?<!\s)\s++)?+(?:[|»›]|::)\s*+|(?<!\s)\s++[–—-]\s++")
_LONGEST_KICKER = 200
_LONGEST_LEAD = 1200
_SHORTEST_LEAD = 20
_LONGEST_TITLE = 500
_MOST_MOMENTS = 100
_UNKNOWN: Mapping[int, int] = MappingProxyType({})
# A heading that is less of the page's title than this is the name of the site in it.
_LEAST_OF_TITLE = 0.5
_MOST_CRUMBS = 20
_MOST_TAGS = 50


def read(source: Input) -> Iterator[Reading]:
    """The one article of an HTML page."""
    text = source.whole()
    if source.is_damaged(text):
        yield Notice(source.where, f"it holds bytes that are not {source.encoding}; they are read as \ufffd")
        text = mend(text)
    article = article_of(parse(text), id=source.name)
    if article.title or article.lead or article.body:
        yield article
    else:
        yield Skipped(source.where, "it is empty" if text.isspace() else "it is HTML without a title and a text")


def article_of(tree: LexborHTMLParser, *, id: str) -> Article:
    """The article in the tree of a page."""
    head = metadata(tree)
    body = tree.body or tree.root
    if body is None:
        return Article(id=id, title=_title(tree, head, {}))
    page = outline(body)
    title = _title(tree, head, page.lengths)
    kicker = _text_of(body, page, _KICKER_WORDS, _LONGEST_KICKER)
    text = [line for line in lines(main(body, page), page.beside) if line != kicker]
    layout = arrange(rows(text), title, _lead(body, page, head, text))
    around = rows(lines(body, page.strange))
    stated = facts(around, arrange(around, layout.title))
    url = next(filter(_is_url, (head.canonical, *head.all("og:url"), *head.linked("url"), stated.url)), "")
    return Article(
        id=id,
        title=layout.title,
        lead="\n".join(filter(None, (kicker, layout.lead))),
        body="\n".join(layout.body),
        published=next(_moments(body, page, head), None) or stated.published,
        source=_source(tree, head, stated) or outlets.of_address(url),
        category=_category(tree, head, layout.title) or stated.category,
        tags=_tags(body, head, stated),
        url=url,
        code=stated.code,
    )


def _title(tree: LexborHTMLParser, head: Metadata, lengths: Mapping[int, int]) -> str:
    """The headline: the heading that the metadata repeats, or the metadata's, without the name of the site."""
    titles = (*head.all(*_TITLES), *head.linked("headline"), *_text_at(tree, "title"))
    stated = [title for title in titles if len(title) <= _LONGEST_TITLE]
    headings = {letters(heading): heading for heading in _text_at(tree, "h1", lengths)}
    sites = _sites(head)
    for key in map(letters, stated):
        sites |= {heading for heading in headings if heading in key and len(heading) < len(key) * _LEAST_OF_TITLE}
    repeated = (text for key, text in headings.items() if key not in sites and any(key in letters(t) for t in stated))
    bare = (_without_site(title, sites) for title in stated)
    others = (text for key, text in headings.items() if key not in sites)
    return next(filter(None, (*repeated, *bare, *others)), "")


def _text_at(tree: LexborHTMLParser, selector: str, lengths: Mapping[int, int] = _UNKNOWN) -> Iterator[str]:
    """The texts of some elements, but for those known to be too long for a title: headings may hold headings."""
    nodes = (node for node in tree.css(selector) if lengths.get(node.mem_id, 0) <= _LONGEST_TITLE)
    return filter(None, (" ".join(lines(node)) for node in nodes))


def _sites(head: Metadata) -> set[str]:
    """The keys of the names that the page gives its site."""
    return {
        letters(part) for name in (*head.all(*_SITE_NAMES), *head.linked("publisher")) for part in _PARTED.split(name)
    }


def _without_site(title: str, sites: set[str]) -> str:
    """A title without the names of the site around it."""
    parts = _PARTED.split(title)
    is_site = [letters(part) in sites or bool(outlets.of_heading(part)) for part in parts]
    kept = [part for part, site in zip(parts, is_site, strict=True) if not site]
    if len(kept) == len(parts) > 1 and len(parts[-1].split()) <= 3 < len(parts[0].split()):
        kept = kept[:-1]
    return title[title.index(kept[0]) : title.rindex(kept[-1]) + len(kept[-1])].strip() if kept else ""


def _text_of(body: LexborNode, page: Outline, names: frozenset[str], longest: int) -> str:
    """The text of the first element called by one of these names."""
    for node in elements(body, page.strange):
        if names.isdisjoint(words(node)):
            continue
        if 0 < page.lengths[node.mem_id] <= longest and (text := "\n".join(lines(node))):
            return text
    return ""


def _lead(body: LexborNode, page: Outline, head: Metadata, text: Iterable[str]) -> str:
    """The lead: what the page calls so, or the description that it shows above the text."""
    lead = _text_of(body, page, _LEAD_WORDS, _LONGEST_LEAD)
    if len(lead) >= _SHORTEST_LEAD:
        return lead
    shown = letters(" ".join(lines(body, page.strange)))
    inner = letters(" ".join(text))
    for description in (*head.all("description", "og:description"), *head.linked("description")):
        key = letters(description)
        if len(description) >= _SHORTEST_LEAD and key in shown and key not in inner:
            return description
    return ""


def _moments(body: LexborNode, page: Outline, head: Metadata) -> Iterator[datetime]:
    """The moments that the page's markup gives, best first."""
    times = (
        node.attributes.get("datetime") or node.attributes.get("content") or ""
        for node in elements(body, page.strange)
        if node.tag == "time" or node.attributes.get("itemprop") == "datePublished"
    )
    for text in (*head.all(*_PUBLISHED), *head.linked("datePublished"), *islice(times, _MOST_MOMENTS)):
        try:
            found = moment(text)
        except (DateError, OverflowError, ValueError):
            continue
        if found is not None:
            yield found


def _source(tree: LexborHTMLParser, head: Metadata, stated: Facts) -> str:
    names = [_PARTED.split(name)[0].strip() for name in (*head.all(*_SITE_NAMES), *head.linked("publisher"))]
    known = (outlets.known(name) for name in (*head.all(*_SITE_NAMES), *_text_at(tree, "title")))
    titled = (outlets.of_heading(part) for title in _text_at(tree, "title") for part in _PARTED.split(title))
    candidates = (*known, *map(outlets.named, names), *names, stated.source, *titled)
    return next(filter(None, candidates), "")


def _category(tree: LexborHTMLParser, head: Metadata, title: str) -> str:
    crumbs = (
        " ".join(lines(item)) for node in tree.css(_BREADCRUMBS)[:1] for item in node.css("a, li, span")[:_MOST_CRUMBS]
    )
    candidates = (
        *head.all("article:section", "og:article:section", "articlesection"),
        *head.linked("articleSection"),
        " » ".join(name for name in head.breadcrumb if letters(name) != letters(title)),
        " » ".join(filter(None, crumbs)),
        *(" ".join(lines(node)) for node in tree.css('a[rel~="category"]')[:1]),
    )
    found = (sections.category(plain(candidate)) for candidate in candidates)
    return next((name for name in found if name and letters(name) not in sections.HOME | {letters(title)}), "")


def _tags(body: LexborNode, head: Metadata, stated: Facts) -> tuple[str, ...]:
    linked = (" ".join(lines(node)).lstrip("#") for node in body.css('a[rel~="tag"]')[:_MOST_TAGS])
    candidates = (
        [tag for value in head.all("article:tag", "og:article:tag") for tag in split_tags(value)],
        [tag.strip() for tag in linked],
        list(stated.tags),
        [tag for value in head.linked("keywords") for tag in split_tags(value)],
        [tag for value in head.all("keywords", "news_keywords") for tag in split_tags(value)],
    )
    return next((tuple(dict.fromkeys(filter(None, tags))) for tags in candidates if tags), ())


def _is_url(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))
