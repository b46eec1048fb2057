"""``khabarjoo search``, ``batch`` and ``similar``: queries to pages of hits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Unpack

import click

from khabarjoo.analyzers.calendars import DateError

from ..output import FORMATS, REPORTS
from ..output.hits_data import dump, write_ids, write_run
from ..output.hits_text import write_text
from ..output.messages import complain, counts, note, suggestion
from ..terminal_safety import Sink
from .opening import open_index
from .options import bidi_option, filter_options, format_option, index_option, limit_option, settings
from .streams import Exit, open_bytes, raw_output, text_lines

if TYPE_CHECKING:
    from ..output.report import Filters
    from ..searcher import Sort


@click.command()
@index_option
@limit_option(None, "Hits shown.")
@click.option("--offset", type=click.IntRange(min=0), default=0, metavar="N", help="Hits to leave out first.")
@filter_options
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="The best answer first, or by date.",
)
@format_option(FORMATS, "text")
@bidi_option
@click.option("--all-copies", is_flag=True, help="Show every copy of an article, not only the best ranked.")
@click.option("--explain", is_flag=True, help="Tell first how the query is read.")
@click.option("-0", "--null", "nul", is_flag=True, help="End each id with NUL, for xargs -0.")
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
def search(
    folder: Path | None,
    limit: int,
    offset: int,
    sort: Sort,
    format_name: str,
    all_copies: bool,
    explain: bool,
    nul: bool,
    words: Sequence[str],
    **filters: Unpack[Filters],
) -> int:
    """Find articles, the best answer first.

    Articles with any of the words are found. Put -- before a query that begins with a dash. Counts and the
    time go to standard error, hits to standard output; matched words are coloured on a terminal, and plain
    elsewhere or when NO_COLOR is set. Copies of one story by several outlets are one hit, which names them
    (not in the trec format); counts are of articles.

    \b
    Examples:
      khabarjoo search همکاری‌های جهاد دانشگاهی
      khabarjoo search زلزله --since ۱۴۰۱/۰۶ --until 2023-12-31 --sort newest
      khabarjoo search بودجه --source ایلنا --format csv > budget.csv
      khabarjoo search خشکسالی --limit 50 --format html > report.html
      khabarjoo search قم --format ids -0 | xargs -0 -n1 khabarjoo show
    """
    if nul and format_name != "ids":
        raise click.UsageError("-0 goes with --format ids only")
    write = partial(write_ids, end="\0") if nul else FORMATS[format_name]
    if format_name in REPORTS:
        write = partial(REPORTS[format_name], filters=filters, sort=sort)
    fold = not all_copies and format_name != "trec"  # a run is to list every article
    with open_index(folder) as index:
        page = index.search(" ".join(words), limit=limit, offset=offset, sort=sort, fold_duplicates=fold, **filters)
        chosen = settings()
        language = chosen.language_of_messages()
        if explain and page.explanation:
            note(page.explanation, chosen)
        for remark in page.notes:
            note(remark.persian if language == "fa" else remark.english, chosen)
        if format_name == "text":
            note(counts(page, by_date=sort != "relevance", language=language), chosen)
        if hint := suggestion(page, language=language):
            note(hint, chosen)
        if format_name == "text":
            write_text(page, sys.stdout, settings=chosen)
        else:
            write(page, raw_output())
    return Exit.FOUND if page.hits else Exit.NOTHING_FOUND


class Query(NamedTuple):
    """One line of the input."""

    line: int
    qid: str
    text: str


def _write_trec(query: Query, ranking: Sequence[tuple[str, float]], out: Sink) -> None:
    write_run(query.qid, ranking, out)


def _write_jsonl(query: Query, ranking: Sequence[tuple[str, float]], out: Sink) -> None:
    hits = [{"id": id, "score": float(score)} for id, score in ranking]
    dump({"qid": query.qid, "query": query.text, "hits": hits}, out, indent=None)


_FORMATS: dict[str, Callable[[Query, Sequence[tuple[str, float]], Sink], None]] = {
    "trec": _write_trec,
    "jsonl": _write_jsonl,
}


@click.command()
@index_option
@limit_option(1000, "Hits of each query.")
@format_option(_FORMATS, "trec")
@click.argument("queries", type=click.Path(allow_dash=True), metavar="QUERIES.tsv")
def batch(folder: Path | None, limit: int, format_name: str, queries: str) -> int:
    """Rank articles for each query of a file.

    Each line is a query id, a tab and the query; - reads them from standard input. A line that is neither
    empty nor a query is named on standard error and left out. The exit code is 2 only when no line could be
    searched.

    \b
    Examples:
      khabarjoo batch queries.tsv > run.trec
      khabarjoo batch --limit 10 --format jsonl queries.tsv
      cut -f 1,2 topics.tsv | khabarjoo batch -
    """
    write, out = _FORMATS[format_name], raw_output()
    searched = found = 0
    bad: list[int] = []

    def refuse(line: int, why: object) -> None:
        bad.append(line)
        complain(f"{queries}, line {line}: {why}")

    with open_bytes(queries) as stream, open_index(folder) as index:
        for query in _read(text_lines(stream), refuse):
            try:
                ranking = index.rank(query.text, limit=limit)
            except DateError as error:
                refuse(query.line, error)
                continue
            write(query, ranking, out)
            searched += 1
            found += bool(ranking)
    if bad and searched:
        note(f"searched {searched} queries, left out {len(bad)} lines")
    if not searched:
        complain(f"no query in {queries}")
        return Exit.ERROR
    return Exit.FOUND if found else Exit.NOTHING_FOUND


def _read(lines: Iterator[str], refuse: Callable[[int, object], None]) -> Iterator[Query]:
    """The queries of the lines; those that are none are refused with the reason."""
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        qid, tab, text = line.partition("\t")
        qid = qid.strip()
        if not tab:
            refuse(number, "no tab between the query id and the query")
        elif not qid or len(qid.split()) != 1:
            refuse(number, "a query id is one word")
        elif qid in seen:
            refuse(number, f"query id {qid} is that of line {seen[qid]} too")
        else:
            seen[qid] = number
            yield Query(number, qid, text)


@click.command()
@index_option
@limit_option(None, "Articles shown.")
@format_option(FORMATS, "text")
@bidi_option
@click.argument("id")
def similar(folder: Path | None, limit: int, format_name: str, id: str) -> int:
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
            write_text(page, sys.stdout, settings=settings())
        else:
            FORMATS[format_name](page, raw_output())
    return Exit.FOUND if page.hits else Exit.NOTHING_FOUND
