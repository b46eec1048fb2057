"""HTML pages: the article by density of text, its facts by metadata, then by the same rules as page text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from khabarjoo.analyzers.dates import DateError

from ..article import Article
from ..news import outlets, sections
from ..news.furniture import Furniture, furniture
from ..news.furniture_patterns import Meaning
from ..news.line_matching import letters
from .embedded_state import Stated, stated_article
from .encoding import mend
from .headline import (
    MOST_CRUMBS,
    PARTED,
    SHORTEST_LEAD,
    SITE_NAMES,
    Headline,
    bare_title,
    hung_on,
    is_telegram,
    text_at,
)
from .html_blocks import Page
from .html_labels import Labels
from .html_metadata import Metadata, metadata
from .main_text import MainText, main_text
from .markup import lines, parse, plain
from .page_facts import Facts, facts
from .page_layout import arrange
from .page_rows import PageRow, rows
from .records import moment, split_tags
from .source import Input, Notice, Reading, Skipped, unread_date

_PUBLISHED = (
    "article:published_time datepublished og:published_time og:article:published_time publishdate publish_date pubdate"
    " publish-date published_time dcterms.created dcterms.date dc.date.issued dc.date parsely-pub-date"
    " sailthru.date date article.published"
).split()
_BREADCRUMBS = '[class*="breadcrumb"], [id*="breadcrumb"], [itemtype*="BreadcrumbList"], .crumbs'
_MOST_MOMENTS = 100
_FEWEST_DIGITS = 4  # of a date, even one that nobody can read
_MOST_TAGS = 50
# More links under a label of tags are the cloud of all the site's.
_MOST_OF_ARTICLE = 20
# Text that the page's state or its JSON-LD has is taken where the page itself shows less than this much of it.
_LEAST_SHOWN = 0.5
_SHORTEST_DESCRIPTION = 60
_MOST_LEFT = 1 / 3
_FEWEST_LEFT = 2


def read(source: Input) -> Iterator[Reading]:
    """Yields the one article of an HTML page, after notices of what of it was not read."""
    text = source.whole()
    if source.is_damaged(text):
        yield Notice(source.where, f"it holds bytes that are not {source.encoding}; they are read as \ufffd")
        text = mend(text)
    article, losses = _read(parse(text), source)
    if article.title or article.lead or article.body:
        yield from losses
        yield article
    else:
        yield Skipped(source.where, "it is empty" if text.isspace() else "it is HTML without a title and a text")


def _read(tree: LexborHTMLParser, source: Input) -> tuple[Article, list[Notice]]:
    """The article in a page, and what is to be said of what the page has and the article has not."""
    head = metadata(tree)
    body = tree.body or tree.root
    if body is None:
        return Article(id=source.name, title=bare_title(tree, head)), []
    reader = _Reader(tree, head, body)
    article, loss = reader.article(source.name)
    notices = [Notice(source.where, loss)] if loss else []
    if article.published is None and reader.unread:
        notices.append(unread_date(source.where, reader.unread[0]))
    return article, notices


@dataclass(slots=True)
class _Looker:
    """Tells furniture, and remembers what it told."""

    known: dict[str, Furniture | None]

    def __call__(self, text: str) -> Furniture | None:
        try:
            return self.known[text]
        except KeyError:
            found = self.known[text] = furniture(text)
            return found


class _Reader:
    """One page being read."""

    def __init__(self, tree: LexborHTMLParser, head: Metadata, body: LexborNode) -> None:
        self._tree, self._head, self._body = tree, head, body
        self._page = Page(body)
        self._look = _Looker({})
        self._labels = Labels(self._look)
        self._headline = Headline(tree, head, self._page, self._look)
        self.unread: list[str] = []
        """What the page gives as its date and nobody can read."""

    def article(self, id: str) -> tuple[Article, str]:
        """Returns the article, and what is to be said of its loss."""
        page, head = self._page, self._head
        title, title_at = self._headline.title()
        known = bool(title)
        main = main_text(page, self._look, title_at)
        if not title and main.seed is not None:
            title, title_at = self._headline.above(main)
            known = bool(title)
            main = main_text(page, self._look, title_at) if title else main
        kicker = self._headline.kicker(title, title_at)
        lead = self._headline.lead(main, title, title_at, kicker)
        text = rows(self._labels.texts(line for line in main.text if line.text != kicker), self._look)
        layout = arrange(text, title, lead)
        around = rows(self._labels.texts(main.around), self._look)
        stated = facts(around, arrange(around, layout.title))
        title, lead, body = layout.title, layout.lead, "\n".join(layout.body)
        loss = _loss(main, text, (title, kicker, lead, body))
        other = self._other_text(title, lead, body)
        if other is not None:
            title, lead, body = other.title or title, other.lead, other.body
            loss = ""
        elif known and not lead and not body:
            loss = "it has a title and no text; where a program of the page fetches it, save the page as it is shown"
        url = next(filter(_is_url, (head.canonical, *head.all("og:url"), *head.linked("url"), stated.url)), "")
        found = Article(
            id=id,
            title=title,
            lead="\n".join(filter(None, (kicker if kicker not in (lead, title) else "", lead))),
            body=body,
            published=self._published(main, title_at, stated) or (other.published if other else None),
            source=self._source(title, stated, other) or outlets.of_address(url),
            category=_category(self._tree, head, title) or stated.category or (other.category if other else ""),
            tags=self._tags(main, stated) or (other.tags if other else ()),
            url=url or (other.url if other else ""),
            code=stated.code or (other.code if other else ""),
        )
        return found, loss

    def _published(self, main: MainText, title_at: int, stated: Facts) -> datetime | None:
        """The moment that the head states, else that under a label, else that in the page's markup."""
        stated_at_top = (*self._head.all(*_PUBLISHED), *self._head.linked("datePublished"))
        head = next(_moments(stated_at_top, self.unread), None)
        if head is not None:
            return head
        shown = {line.place for line in main.around}
        times = sorted(
            (
                element
                for element in self._page.elements
                if (element.tag == "time" or element.attributes.get("itemprop") == "datePublished")
                and element.first in shown
            ),
            key=lambda element: abs(element.first - title_at) if title_at >= 0 else 0,
        )
        texts = (element.attributes.get("datetime") or element.attributes.get("content") or "" for element in times)
        timed = next(_moments(islice(texts, _MOST_MOMENTS), self.unread), None)
        self.unread += filter(None, [stated.unread_date])
        if stated.is_labelled and stated.published is not None:
            same_day = timed is not None and abs((timed - stated.published).total_seconds()) < 86_400
            return timed if same_day and not stated.has_clock else stated.published
        return timed or stated.published

    def _source(self, title: str, stated: Facts, other: Stated | None) -> str:
        head, tree = self._head, self._tree
        site = (*head.all(*SITE_NAMES), *head.linked("publisher"))
        if is_telegram(head):
            site = (*head.all("og:title"),)
        names = [PARTED.split(name)[0].strip() for name in site]
        page_titles = list(text_at(tree, "title"))
        hung = hung_on(page_titles, title)
        known = (outlets.known(name) for name in (*site, *page_titles))
        titled = (outlets.of_heading(part) for title in page_titles for part in PARTED.split(title))
        candidates = (
            *known,
            *map(outlets.named, names),
            *names,
            other.source if other else "",
            hung if outlets.is_name(hung) else "",
            stated.source,
            *titled,
            outlets.named(hung),
        )
        return next(filter(None, candidates), "")

    def _tags(self, main: MainText, stated: Facts) -> tuple[str, ...]:
        head = self._head
        linked = (" ".join(lines(node)).lstrip("#") for node in self._body.css('a[rel~="tag"]')[:_MOST_TAGS])
        groups = [group for group in self._labels.groups if group]
        labelled = next((group for group in groups if len(group) <= _MOST_OF_ARTICLE), next(iter(groups), []))
        candidates = (
            [tag for value in head.all("article:tag", "og:article:tag") for tag in split_tags(value)],
            [tag.lstrip("#").replace("_", " ").strip() for tag in labelled],
            list(stated.tags),
            [tag.strip() for tag in linked],
            [tag for value in head.linked("keywords") for tag in split_tags(value)],
            list(self._called_tags(main)),
            [tag for value in head.all("keywords", "news_keywords") for tag in split_tags(value)],
        )
        return next((tuple(dict.fromkeys(filter(None, tags))) for tags in candidates if tags), ())

    def _called_tags(self, main: MainText) -> Iterator[str]:
        """The links of an element that is called tags and holds nothing else."""
        shown = {line.place for line in main.around}
        for element in self._page.elements:
            if element.prose or element.names.isdisjoint(("tags", "tag", "keywords")) or not element.lines:
                continue
            if element.first not in shown or element.lines - element.links > 1:
                continue
            for line in self._page.inside(element):
                yield from (link.lstrip("#") for link in line.links)
            return

    def _other_text(self, title: str, lead: str, body: str) -> Stated | None:
        """The article as JSON-LD, the state of the page's program or its description has it, where it isn't shown."""
        shown = len(lead) + len(body)
        head = self._head
        linked = plain("\n".join(head.linked("articleBody") or head.linked("text")))
        if linked and shown < _LEAST_SHOWN * len(linked):
            return Stated(title=plain(next(iter(head.linked("headline")), "")) or title, body=linked)
        found = stated_article(self._tree, title) if shown < _SHORTEST_DESCRIPTION * 5 else None
        if found is not None and found.body and shown < _LEAST_SHOWN * len(found.body):
            return found
        if shown >= SHORTEST_LEAD:
            return None
        descriptions = (plain(text) for text in head.all("og:description", "description", "twitter:description"))
        described = max(descriptions, key=len, default="")
        if len(described) < _SHORTEST_DESCRIPTION:
            return None
        if is_telegram(head):
            first, _, rest = described.partition("\n")
            return Stated(title=first.strip(), body=rest.strip() or described)
        return Stated(title=title, lead=described)


def _loss(main: MainText, text: Sequence[PageRow], kept: Iterable[str]) -> str:
    """What is to be said where more than a third of the running text is left out."""
    inside = {letters(line) for part in kept for line in part.split("\n")}
    left = sum(len(line.text) for line in main.left if letters(line.text) not in inside)
    count = sum(letters(line.text) not in inside for line in main.left)
    for row in text:
        if row.tells(Meaning.COMMENTS, Meaning.OTHERS, Meaning.RELATED):
            break
        if row.is_own and row.is_sentence and row.key not in inside and not any(row.key in key for key in inside):
            left += len(row.text)
            count += 1
    whole = main.running + sum(len(line.text) for line in main.left)
    if not whole or count < _FEWEST_LEFT or left <= _MOST_LEFT * whole:
        return ""
    return f"{100 * left // whole} % of its running text was taken for no part of the article and left out"


def _moments(texts: Iterable[str], unread: list[str]) -> Iterator[datetime]:
    """The moments that these texts are, best first; those that nobody can read are put to ``unread``."""
    for text in texts:
        try:
            found = moment(text)
        except (DateError, OverflowError, ValueError):
            if sum(map(str.isdigit, text)) >= _FEWEST_DIGITS:
                unread.append(text)
            continue
        if found is not None:
            yield found


def _category(tree: LexborHTMLParser, head: Metadata, title: str) -> str:
    crumbs = (
        " ".join(lines(item)) for node in tree.css(_BREADCRUMBS)[:1] for item in node.css("a, li, span")[:MOST_CRUMBS]
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


def _is_url(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))
