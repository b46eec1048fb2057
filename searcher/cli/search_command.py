"""``khabarjoo search`` and ``similar``: a query, or an article, to a page of hits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from ..output import FORMATS, REPORTS, WITH_FIELDS
from .opening import open_index
from .options import (
    Indexes,
    fields_option,
    filter_options,
    format_option,
    hits_option,
    indexes_option,
    is_limited_by_default,
    limit_option,
    settings,
)
from .query_words import QueryCommand
from .streams import Exit, raw_output

if TYPE_CHECKING:
    from ..engine import Sort
    from ..query.plan import Filters
    from ..results import Page
    from ..terminal_safety import Sink


_OFFICE = ("xlsx", "docx")
PAGE_FORMATS = (*FORMATS, *_OFFICE)
"""What the page of a search can be written as: files for Excel and Word, too."""

_TELLING_NO_TOTAL = ("csv", "jsonl", "markdown", "html", *_OFFICE)
"""The formats in whose files nobody sees that more was found."""


@click.command(cls=QueryCommand)
@indexes_option
@hits_option("Hits shown, or all.")
@click.option("--offset", type=click.IntRange(min=0), default=0, metavar="N", help="Hits to leave out first.")
@filter_options
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="The best answer first, or by date.",
)
@format_option(PAGE_FORMATS, "text")
@fields_option
@click.option("--save", "name", metavar="NAME", help="Keep the search under a name, for: khabarjoo run NAME.")
@click.option("--all-copies", is_flag=True, help="Show every copy of an article, not only the best ranked.")
@click.option("--explain", is_flag=True, help="Tell first how the query is read.")
@click.option("-0", "--null", "nul", is_flag=True, help="End each id with NUL, for xargs -0.")
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
def search(
    folder: Indexes,
    limit: int | None,
    offset: int,
    sort: Sort,
    format_name: str,
    fields: Sequence[str],
    name: str | None,
    all_copies: bool,
    explain: bool,
    nul: bool,
    words: Sequence[str],
    filters: Filters,
) -> int:
    """Find articles, the best answer first.

    Articles with any of the words are found, but those with a word after a dash; * is every article. Counts and
    the time go to standard error, hits to standard output; in a file for programs or people (csv, jsonl, markdown,
    html) there are as many hits as on the screen, which is told, and --limit all writes every one. Matched words
    are bold, underlined and coloured on a terminal, plain elsewhere, and without colours when NO_COLOR is set. Copies
    of one story by several outlets are one hit, which names them (not in the trec format); counts are of articles.
    Several indexes are searched as one; a hit then says which index it is in, and an id that stands in two is told as
    INDEX:ID. --save keeps the search for: khabarjoo run.

    \b
    Examples:
      khabarjoo search همکاری‌های جهاد دانشگاهی
      khabarjoo search زلزله -بم -"سازمان ملل"
      khabarjoo search زلزله --since ۱۴۰۱/۰۶ --until 2023-12-31 --sort newest
      khabarjoo search بودجه --source ایلنا --limit all --format csv > budget.csv
      khabarjoo search خشکسالی --limit 50 --format html > report.html
      khabarjoo search خشکسالی --limit all --format xlsx > drought.xlsx
      khabarjoo search قم --format jsonl --fields rank,id,title,body > qom.jsonl
      khabarjoo search قم --format ids -0 | xargs -0 -n1 khabarjoo show
      khabarjoo search زلزله --index archive.index --index daily.index
    """
    write = writer_of(format_name, fields, nul=nul, filters=filters, sort=sort)
    fold = not all_copies and format_name != "trec"  # a run is to list every article
    query = " ".join(words)
    with open_index(folder, first_search=True) as index:
        page = index.search(query, limit=limit, offset=offset, sort=sort, fold_duplicates=fold, filters=filters)
        if name is not None:
            from .run_command import keep

            keep(index, name, query, filters, sort, folds=fold)
        write_page(page, write, format_name, sort=sort, explain=explain)
    return Exit.FOUND if page.hits else Exit.NOTHING_FOUND


def writer_of(
    format_name: str, fields: Sequence[str], *, nul: bool = False, filters: Filters, sort: Sort
) -> Callable[[Page, Sink], None]:
    """Returns what writes a page in a format, with the options beside it. Raises UsageError where they do not fit."""
    if nul and format_name != "ids":
        raise click.UsageError("-0 goes with --format ids only")
    if fields and format_name not in WITH_FIELDS:
        raise click.UsageError(f"--fields goes with --format {' or '.join(WITH_FIELDS)}")
    if nul:
        from ..output.hits_data import write_ids  # late, as few searches write data

        return partial(write_ids, end="\0")
    if fields:
        return partial(WITH_FIELDS[format_name], fields=fields)
    if format_name in _OFFICE:
        return _office_writer(format_name, filters, sort)
    if format_name in REPORTS:
        return partial(REPORTS[format_name], filters=filters, sort=sort)
    return FORMATS[format_name]


def _office_writer(format_name: str, filters: Filters, sort: Sort) -> Callable[[Page, Sink], None]:
    """What writes a page to standard output as a file of Excel or Word. Raises UsageError where that is a terminal."""
    if sys.stdout.isatty():
        raise click.UsageError(f"{format_name} is for a file: --format {format_name} > hits.{format_name}")

    def write(page: Page, out: Sink) -> None:
        import io  # late, both, as few write such files

        from ..output.office_files import DOCUMENTS, MissingPackage

        told = io.BytesIO()
        try:
            DOCUMENTS[f".{format_name}"](page, told, filters=filters, sort=sort)
        except MissingPackage as error:
            other = "csv" if format_name == "xlsx" else "html"
            raise click.UsageError(
                f"{format_name} needs a package: pip install '{error.package}'; without it {other} is read as well"
            ) from error
        sys.stdout.flush()
        sys.stdout.buffer.write(told.getvalue())

    return write


def write_page(
    page: Page,
    write: Callable[[Page, Sink], None],
    format_name: str,
    *,
    sort: Sort,
    explain: bool = False,
    counted: bool = True,
) -> None:
    """Writes a page, after what there is to say of it: how many were found only if ``counted``."""
    from ..output.messages import counts, note, suggestion  # late, as options are completed without them

    chosen = settings()
    language = chosen.language_of_messages()
    if explain and page.explanation:
        note(page.explanation, chosen)
    for remark in page.notes:
        note(remark.persian if language == "fa" else remark.english, chosen)
    if format_name == "text" and counted:
        note(counts(page, by_date=sort != "relevance", language=language), chosen)
    if hint := suggestion(page, language=language):
        note(hint, chosen)
    if format_name in _TELLING_NO_TOTAL and not sys.stdout.isatty():
        from .cli_messages import message  # late, as most pages go to a terminal

        left, written = left_out(page, by_date=sort != "relevance"), len(page)
        if left or counted:
            note(message("not all" if left else "written", language, written=written, total=written + left), chosen)
    if format_name == "text":
        from ..output.hits_text import write_text

        write_text(page, sys.stdout, settings=chosen)
    else:
        write(page, raw_output())


def left_out(page: Page, *, by_date: bool) -> int:
    """Returns how many articles follow those of a page that goes into a file, unless so many were asked for."""
    if sys.stdout.isatty() or not is_limited_by_default():
        return 0
    total = page.total_all if by_date and page.total_all else page.total
    return max(total - page.offset - len(page) - sum(len(hit.copies) for hit in page), 0)


@click.command()
@indexes_option
@limit_option(None, "Articles shown.")
@format_option(FORMATS, "text")
@click.argument("id")
def similar(folder: Indexes, limit: int, format_name: str, id: str) -> int:
    """Find articles about the same things as another.

    They are found by the words that tell that article from the rest, the most alike first.

    \b
    Examples:
      khabarjoo similar a01
      khabarjoo similar a01 --limit 3 --format json
    """
    with open_index(folder) as index:
        page = index.similar(id, limit=limit)
        if format_name == "text":
            from ..output.hits_text import write_text

            write_text(page, sys.stdout, settings=settings())
        else:
            FORMATS[format_name](page, raw_output())
    return Exit.FOUND if page.hits else Exit.NOTHING_FOUND
