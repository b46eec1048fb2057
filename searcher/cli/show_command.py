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
from .paging import write_paged
from .query_words import QueryCommand
from .streams import Exit, raw_output

if TYPE_CHECKING:
    from khabarjoo.index.article import Article

    from ..query.plan import Filters
    from ..searcher import Searcher
    from ..terminal_safety import Sink


@click.command()
@indexes_option
@click.option("--query", metavar="QUERY", help="Mark the words that match this query.")
@click.option("--open", "in_browser", is_flag=True, help="Open the original in a browser instead.")
@click.option("--no-pager", is_flag=True, help="Write all of it at once, however long it is.")
@format_option(ARTICLE_FORMATS, "text")
@click.argument("id")
def show(folder: Indexes, query: str | None, in_browser: bool, no_pager: bool, format_name: str, id: str) -> int:
    """Print a whole article.

    ID is that of the article, or the address it was published at. On a terminal what is longer than the screen is
    shown in a pager: that of $KHABARJOO_PAGER or $PAGER, else one that leaves Persian as it is read; cat is none.

    \b
    Examples:
      khabarjoo show 004_اوچی
      khabarjoo show 004_اوچی --query 'جهاد دانشگاهی'
      khabarjoo show 004_اوچی --no-pager
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
            chosen = settings()

            def write(out: Sink) -> None:
                write_article_text(article, marks, out, origin=origin, settings=chosen)

            write(sys.stdout) if no_pager else write_paged(write, chosen)
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
                write_citations([article], format_name, sys.stdout, settings())
    return Exit.NOTHING_FOUND if missing else Exit.FOUND


@click.command(cls=QueryCommand)
@indexes_option
@filter_options
@format_option(EXPLANATION_FORMATS, "text")
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
@click.argument("id", metavar="ID...")
def explain(folder: Indexes, format_name: str, words: Sequence[str], id: str, filters: Filters) -> int:
    """Tell why an article has its score for a query.

    ID stands behind the query, as hits show it; several are explained one after another. Each line is what a part of
    the query adds; together they are the score that the hit has. A word adds more the rarer it is, and the more often
    it stands in the article; what else adds to a score says so in brackets. When the article does not match, there is
    none, and the exit code is 1. Give the filters that the search had, too: what is like the best depends on which
    articles they leave. How a query is read is told by: khabarjoo search --explain.

    \b
    Examples:
      khabarjoo explain 'جهاد دانشگاهی' a01
      khabarjoo explain --since ۱۴۰۱ --source ایسنا دانشگاه a01
      khabarjoo explain --format json دانشگاه a01
      khabarjoo explain زلزله بم a01 a02
    """
    out = sys.stdout if format_name == "text" else raw_output()
    found = False
    with open_index(folder) as index:
        words, ids = _query_and_ids(index, words, id)
        for place, each in enumerate(ids):
            explanation = index.explain(" ".join(words), each, filters=filters)
            if not place:
                tell_partial(explanation.partial, settings())
            elif format_name == "text":
                out.write("\n")
            EXPLANATION_FORMATS[format_name](explanation, out)
            found = found or bool(explanation.lines)
    return Exit.FOUND if found else Exit.NOTHING_FOUND


def _query_and_ids(index: Searcher, words: Sequence[str], last: str) -> tuple[Sequence[str], Sequence[str]]:
    """The words of the query, and the ids behind them. Raises NoSuchArticle where the last is none."""
    try:
        index.article(last)
    except NoSuchArticle as error:
        raise NoSuchId(last) from error
    ids = [last]
    for word in reversed(words[1:]):
        try:
            index.article(word)
        except NoSuchArticle:
            break
        ids.insert(0, word)
    return words[: len(words) + 1 - len(ids)], ids


class NoSuchId(NoSuchArticle):
    """What stands where the id of an article should is none."""

    def __str__(self) -> str:
        return f"{super().__str__()}; behind the query stands the id of an article, as hits show it"
