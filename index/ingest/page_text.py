"""Page text: what a scraper, or a person with a mouse, copies from a news page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..article import Article
from .encoding import mend
from .page_facts import facts
from .page_layout import arrange
from .page_rows import rows, split_lines
from .source import Input, Notice, Reading, Skipped, unread_date


def read(source: Input) -> Iterator[Reading]:
    """Yields the one article of a text file."""
    text = source.whole()
    if not text.strip("\ufeff \t\r\n"):
        yield Skipped(source.where, "it is empty")
        return
    if source.is_damaged(text):
        yield Notice(source.where, f"it holds bytes that are not {source.encoding}; they are read as \ufffd")
        text = mend(text)
    yield from read_lines(split_lines(text), source)


def read_lines(lines: Sequence[str], source: Input) -> Iterator[Reading]:
    """Yields the one article that the lines of a page or document are."""
    article, unread = _article(lines, source.name)
    if article.title or article.body or article.lead:
        if unread:
            yield unread_date(source.where, unread)
        yield article
    else:
        yield Skipped(source.where, "it holds page furniture only: no title and no text was found")


def article_of(lines: Sequence[str], *, id: str) -> Article:
    """Returns the article in a page's lines.

    >>> page = ["خانه » اقتصادی", "۵ مهر ۱۴۰۲", "", "باران آمد", "", "در شمال باران آمد.", "ارسال نظر"]
    >>> article = article_of(page, id="1")
    >>> article.title, article.body, article.category
    ('باران آمد', 'در شمال باران آمد.', 'اقتصادی')
    """
    return _article(lines, id)[0]


def _article(lines: Sequence[str], id: str) -> tuple[Article, str]:
    """The article, and the date that the page prints and nobody can read."""
    page = rows(lines)
    layout = arrange(page)
    found = facts(page, layout)
    article = Article(
        id=id,
        title=layout.title,
        lead=layout.lead,
        body="\n".join(layout.body),
        published=found.published,
        source=found.source,
        category=found.category,
        tags=found.tags,
        url=found.url,
        code=found.code,
    )
    return article, found.unread_date
