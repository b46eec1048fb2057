"""``khabarjoo batch``: many queries in one process, ranked for measuring or for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from khabarjoo.analyzers.calendars import DateError

from ..output.hits_data import dump, write_run
from ..output.messages import complain, note, note_counts, suggestion
from ..terminal_safety import Sink
from .opening import open_index
from .options import Indexes, format_option, indexes_option, limit_option
from .streams import Exit, open_bytes, raw_output, text_lines

if TYPE_CHECKING:
    from ..searcher import Searcher


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
@indexes_option
@limit_option(1000, "Hits of each query.")
@format_option(_FORMATS, "trec")
@click.option("--suggest", is_flag=True, help="Search what is suggested for a query that finds nothing, and say so.")
@click.argument("queries", type=click.Path(allow_dash=True), metavar="QUERIES.tsv")
def batch(folder: Indexes, limit: int, format_name: str, suggest: bool, queries: str) -> int:
    """Rank articles for each query of a file.

    Each line is a query id, a tab and the query; - reads them from standard input. A line that is neither
    empty nor a query is named on standard error and left out. The exit code is 2 only when no line could be
    searched. With --suggest a query that finds nothing is ranked by what search would show for it, and every
    suggestion is told on standard error, with its line.

    \b
    Examples:
      khabarjoo batch queries.tsv > run.trec
      khabarjoo batch --limit 10 --format jsonl queries.tsv
      khabarjoo batch --suggest queries.tsv > run.trec
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
                text = _better(index, query, queries) if suggest else query.text
                ranking = index.rank(text, limit=limit)
            except DateError as error:
                refuse(query.line, error)
                continue
            if partial := index.partial(text):
                note(f"{queries}, line {query.line}: {partial.english}")
            write(query, ranking, out)
            searched += 1
            found += bool(ranking)
    if bad and searched:
        note_counts(f"searched {searched} queries, left out {len(bad)} lines")
    if not searched:
        complain(f"no query in {queries}")
        return Exit.ERROR
    return Exit.FOUND if found else Exit.NOTHING_FOUND


def _better(index: Searcher, query: Query, name: str) -> str:
    """What to rank for a query: itself, or what is suggested, as far as `search` would show that by itself."""
    page = index.search(query.text, limit=0)
    if page.suggestion is None:
        return query.text
    note(f"{name}, line {query.line}: {suggestion(page)}")
    return page.suggestion.query if page.suggestion.applied else query.text


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
