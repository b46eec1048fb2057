"""``khabarjoo show``, ``cite`` and ``explain``: one article, read, cited, and why it was found."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from khabarjoo.index.errors import NoSuchArticle

from ..output.article_text import ARTICLE_FORMATS, Marks, write_article_text
from ..output.citations import CITATION_FORMATS, write_citations
from ..output.explanation import EXPLANATION_FORMATS
from ..output.messages import complain, note, tell_partial
from .opening import open_index
from .options import Indexes, filter_options, format_option, indexes_option, settings
from .query_words import QueryCommand
from .streams import Exit, raw_output

if TYPE_CHECKING:
    from khabarjoo.index.article import Article

    from ..query.plan import Filters


@click.command()
@indexes_option
@click.option("--query", metavar="QUERY", help="Mark the words that match this query.")
@click.option("--open", "in_browser", is_flag=True, help="Open the original in a browser instead.")
@format_option(ARTICLE_FORMATS, "text")
@click.argument("id")
def show(folder: Indexes, query: str | None, in_browser: bool, format_name: str, id: str) -> int:
    """Print a whole article.

    ID is that of the article, or the address it was published at.

    \b
    Examples:
      khabarjoo show 004_اوچی
      khabarjoo show 004_اوچی --query 'جهاد دانشگاهی' | less -R
      khabarjoo show 004_اوچی --format json
      khabarjoo show https://www.isna.ir/news/97042714783
      khabarjoo show --open 004_اوچی
    """
    with open_index(folder) as index:
        article, origin = index.article(id), index.origin(id)
        if in_browser:
            return _open(article, origin)
        marks = None
        if query:
            *marked, complete = index.mark_whole(article, query)
            marks = Marks(*marked)
            if not complete:
                note("the article is too long for all words to be marked: those at its beginning are")
        if format_name == "text":
            write_article_text(article, marks, sys.stdout, origin=origin, settings=settings())
        else:
            ARTICLE_FORMATS[format_name](article, marks, sys.stdout, origin=origin)
    return Exit.FOUND


def _open(article: Article, origin: str) -> int:
    """Opens the address of an article in the browser of $BROWSER, or the system's."""
    import webbrowser

    from ..article_address import is_address
    from ..output.report import web_link

    link = web_link(article.url) or (web_link(f"https://{article.url.strip()}") if is_address(article.url) else "")
    if not link:
        complain(f"{article.id} tells no address of the web; it was read from {origin}")
        return Exit.NOTHING_FOUND
    if not webbrowser.open(link):
        complain(f"no browser could be opened (set $BROWSER to one); the address is {link}")
        return Exit.ERROR
    return Exit.FOUND


@click.command()
@indexes_option
@format_option(CITATION_FORMATS, "text")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
def cite(folder: Indexes, format_name: str, ids: Sequence[str]) -> int:
    """Cite articles, for a text or a reference manager.

    Days are those of both calendars. An id that is of no article is named on standard error, the others are
    cited all the same, and the exit code is 1.

    \b
    Examples:
      khabarjoo cite a01
      khabarjoo cite --format bibtex a01 a02 > news.bib
      khabarjoo search قم --format ids -0 | xargs -0 khabarjoo cite --format ris > news.ris
    """
    missing = False
    with open_index(folder) as index:
        for id in dict.fromkeys(ids):
            try:
                article = index.article(id)
            except NoSuchArticle as error:
                complain(error)
                missing = True
            else:
                write_citations([article], format_name, sys.stdout)
    return Exit.NOTHING_FOUND if missing else Exit.FOUND


@click.command(cls=QueryCommand)
@indexes_option
@filter_options
@format_option(EXPLANATION_FORMATS, "text")
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
@click.argument("id")
def explain(folder: Indexes, format_name: str, words: Sequence[str], id: str, filters: Filters) -> int:
    """Tell why an article has its score for a query.

    Each line is what a part of the query adds; together they are the score. When the article does not match,
    there is none, and the exit code is 1. Give the filters that the search had, too: what is like the best
    depends on which articles they leave. How a query is read is told by: khabarjoo search --explain.

    \b
    Examples:
      khabarjoo explain 'جهاد دانشگاهی' a01
      khabarjoo explain --since ۱۴۰۱ --source ایسنا دانشگاه a01
      khabarjoo explain --format json دانشگاه a01
    """
    with open_index(folder) as index:
        explanation = index.explain(" ".join(words), id, filters=filters)
    tell_partial(explanation.partial, settings())
    EXPLANATION_FORMATS[format_name](explanation, sys.stdout if format_name == "text" else raw_output())
    return Exit.FOUND if explanation.lines else Exit.NOTHING_FOUND
