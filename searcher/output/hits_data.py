"""Writes hits for programs: JSON, JSON lines, CSV, ids and TREC runs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from .. import dataframes
from ..results import Copy, Fragment, Hit, Page
from ..terminal_safety import Sink, one_line
from .messages import complain
from .publication_dates import iso, iso_as_known
from .styles import is_terminal

if TYPE_CHECKING:
    from ..quotes import Quote

FORMAT_VERSION = 1

# Legal in JSON, but not safe on a terminal or in every encoding; escaped, they are still the same text.
_ESCAPED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff]")


def write_json(page: Page, out: Sink, *, fields: Sequence[str] = ()) -> None:
    """Writes the page as one JSON object."""
    suggestion = page.suggestion
    dump(
        {
            "format_version": FORMAT_VERSION,
            "query": page.query,
            "total": page.total,
            "total_all": page.total_all,
            "explanation": page.explanation,
            "took_ms": round(page.took_ms, 3),
            "partial": page.partial.english if page.partial else None,
            "suggestion": None if suggestion is None else suggestion._asdict(),
            "hits": [hit_record(hit, fields) for hit in page],
        },
        out,
    )


FIELDS: dict[str, Callable[[Hit], object]] = dataframes.FIELDS | {
    "published": lambda hit: iso(hit.published),
    "snippet": lambda hit: piece_records(hit.snippet),
    "copies": lambda hit: [_copy_record(copy) for copy in hit.copies],
    "quotes": lambda hit: [quote_record(quote) for quote in hit.quotes],
}
"""All that can be told of a hit, by its name; its texts are the article's own, character for character.

``untitled`` tells that the title is the article's first sentence, for want of one; ``published_precision`` is
``minute``, or ``day`` where no hour is known; ``index`` is which of several indexes it is in.
"""

_ON_DEMAND = ("rank", "lead", "body")


def hit_record(hit: Hit, fields: Sequence[str] = ()) -> dict[str, object]:
    """Returns a hit as JSON has it: these `FIELDS`, else all but rank and texts, and its index if it has one."""
    if fields:
        return {name: FIELDS[name](hit) for name in fields}
    return {name: of(hit) for name, of in FIELDS.items() if name not in _ON_DEMAND and _is_told(hit, name)}


def _is_told(hit: Hit, name: str) -> bool:
    """Whether there is anything to tell: which index, of several; what was said, if that was asked."""
    return bool(hit.index if name == "index" else hit.quotes) if name in ("index", "quotes") else True


def quote_record(quote: Quote) -> dict[str, object]:
    """Returns a quote as JSON has it; ``start`` and ``end`` are places in the field, in characters."""
    from khabarjoo.analyzers.reported_speech import name_key  # late, as few ask for what somebody said

    from .publication_dates import jalali_numbers

    said, article = quote.statement, quote.article
    return {
        "id": quote.id,
        "speaker": said.name,
        "key": name_key(said.name),
        "printed": said.printed,
        "role": said.role,
        "kind": said.kind,
        "verb": said.verb,
        "text": quote.text,
        "field": said.field,
        "start": said.start,
        "end": said.end,
        "shown": said.is_shown,
        "certainty": said.certainty,
        "resolution": said.resolution,
        "naming": quote.naming,
        "published": iso(article.published),
        "published_jalali": jalali_numbers(article.published),
        "published_precision": article.published_precision,
        "source": article.source,
        "title": article.title,
        "url": article.url,
    }


def _copy_record(copy: Copy) -> dict[str, object]:
    return {"id": copy.id, "source": copy.source, "published": iso(copy.published)}


def piece_records(pieces: Iterable[Fragment]) -> list[dict[str, object]]:
    """Returns marked text as JSON has it."""
    return [{"text": piece.text, "match": bool(piece.match)} for piece in pieces]


def dump(value: object, out: Sink, *, indent: int | None = 2) -> None:
    """Writes a value as JSON in Persian letters, with a line end; ``indent=None`` keeps it in one line."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    out.write(_ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n")


def write_jsonl(page: Page, out: Sink, *, fields: Sequence[str] = ()) -> None:
    """Writes each hit as the JSON object it is in the json format, one a line."""
    for hit in page:
        dump(hit_record(hit, fields), out, indent=None)


COLUMNS = (
    "rank", "id", "score", "title", "published", "published_jalali",
    "source", "category", "tags", "url", "code", "snippet", "copies",
)  # fmt: skip
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"

# What spreadsheets take for the start of a formula (OWASP, "CSV Injection"), with the full-width letters.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def write_csv(page: Page, out: Sink, *, fields: Sequence[str] = ()) -> None:
    """Writes a header and a row for each hit: tags and ids of copies separated by ``; ``, the snippet in one line.

    Where no hour is known, ``published`` is a day alone; JSON has midnight in Tehran, and tells its precision.
    """
    columns = fields or COLUMNS
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)  # line ends are those of RFC 4180, as cells may hold the others
    rows.writerow(columns)
    rows.writerows([_cell(hit, name) for name in columns] for hit in page)


def _cell(hit: Hit, name: str) -> object:
    value = iso_as_known(hit.published) if name == "published" else dataframes.FIELDS[name](hit)
    if name == "snippet":
        value = " ".join(str(value).split())
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe_cell(value) if isinstance(value, str) else "" if value is None else value


def safe_cell(text: str) -> str:
    """Returns the text as a cell that no spreadsheet runs: an apostrophe before what would start a formula.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("خبر")
    ("'=HYPERLINK(1)", 'خبر')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def write_ids(page: Page, out: Sink, *, end: str = "\n") -> None:
    """Writes each hit's id and ``end``; NUL as the end is safe for any id (``xargs -0``).

    On a terminal each is in one line. An id that holds a NUL, which no argument of a command can, is left out where
    NUL is the end, and named on standard error.
    """
    shown = one_line if is_terminal(out) else str
    for hit in page:
        if end == "\0" and end in hit.id:
            told = hit.id.replace(end, "\\0")
            complain(f"left out the id “{told}”: it holds a NUL, which ends an id here; use --format jsonl")
        else:
            out.write(shown(hit.id) + end)


SINGLE_QUERY = "q"
"""The query id in the run of a single search."""

_RUN = "khabarjoo"
_SPACE = re.compile(r"\s")


def write_trec(page: Page, out: Sink) -> None:
    """Writes the hits as a run of one query."""
    for hit in page:
        out.write(_line(SINGLE_QUERY, hit.id, hit.rank, hit.score))


def write_run(qid: str, ranking: Iterable[tuple[str, float]], out: Sink) -> None:
    """Writes the ranking of one query, ids with their scores, the best first."""
    for rank, (id, score) in enumerate(ranking, start=1):
        out.write(_line(qid, id, rank, score))


def _line(qid: str, id: str, rank: int, score: float) -> str:
    return f"{qid} Q0 {_one_word(id)} {rank} {float(score)!r} {_RUN}\n"


def _one_word(id: str) -> str:
    """The id with its white space percent-encoded: columns of a run are separated by spaces."""
    return _SPACE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), id)
