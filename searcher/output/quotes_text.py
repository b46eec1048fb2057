"""Writes what somebody is reported to have said: for people, as Markdown, CSV and JSON lines.

Each quote has the speaker as printed, the key, the role as printed there, the kind, the text, where it stands, the
date, the outlet and how certain it is who speaks. What is not certain enough stands under «شاید».
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..bidi.reordering import mostly_right_to_left
from ..config import DEFAULTS, Settings
from ..quotes import Quote
from ..terminal_safety import Sink
from .hits_data import BYTE_ORDER_MARK, dump, quote_record, safe_cell
from .hits_text import about_line, quote_paragraphs
from .markdown_report import escaped
from .publication_dates import iso_as_known
from .styles import Paragraph, Span, Style, is_terminal, write_paragraphs

if TYPE_CHECKING:
    from ..results import Quotes

_PERHAPS = "شاید"
_COLUMNS = (
    "id", "speaker", "key", "printed", "role", "kind", "verb", "text", "field", "start", "end", "shown", "certainty",
    "resolution", "naming", "published", "published_jalali", "source", "title", "url",
)  # fmt: skip


def write_quotes_text(quotes: Quotes, out: Sink, *, settings: Settings | None = None) -> None:
    """Writes quotes for people, those that are but perhaps the speaker's last, under a heading."""
    paragraphs = _paragraphs(quotes.quotes, settings or DEFAULTS, on_screen=is_terminal(out))
    write_paragraphs(paragraphs, out, settings)


def _paragraphs(quotes: Sequence[Quote], settings: Settings, *, on_screen: bool) -> Iterator[Paragraph]:
    is_first = True
    for heading, some in _parted(quotes):
        if heading:
            yield Paragraph([Span(heading, Style.TITLE)], "", True)
        for quote in some:
            if not is_first:
                yield Paragraph([])
            is_first = False
            article = quote.article
            about = about_line(article.source, "", article.published, quote.id, settings=settings, on_screen=on_screen)
            yield Paragraph([Span(about, Style.FAINT)], "", mostly_right_to_left(quote.text))
            yield from quote_paragraphs(quote)


def _parted(quotes: Sequence[Quote]) -> Iterator[tuple[str, list[Quote]]]:
    """Those shown as the speaker's, and those that are perhaps his, with a heading."""
    yield "", [quote for quote in quotes if quote.statement.is_shown]
    if perhaps := [quote for quote in quotes if not quote.statement.is_shown]:
        yield _PERHAPS, perhaps


def write_quotes_markdown(quotes: Quotes, out: Sink) -> None:
    """Writes quotes in Markdown, each as a quotation with who is reported to say it, where and when."""
    blocks = []
    for heading, some in _parted(quotes.quotes):
        blocks += [f"## {heading}"] if heading else []
        for quote in some:
            article = quote.article
            about = about_line(article.source, "", article.published, article.title, quote.id)
            blocks.append(f"> {escaped(quote.text)}")
            blocks.append(f"— {escaped(quote.attribution)} · {escaped(about)}")
    out.write('<div dir="rtl" lang="fa">\n\n' + "\n\n".join(blocks) + "\n\n</div>\n")


def write_quotes_csv(quotes: Quotes, out: Sink) -> None:
    """Writes a header and a row for each quote; ``published`` is a day alone where no hour is known."""
    if not is_terminal(out):
        out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out)
    rows.writerow(_COLUMNS)
    for quote in quotes.quotes:
        record = quote_record(quote) | {"published": iso_as_known(quote.article.published)}
        rows.writerow([safe_cell(str(record[name] if record[name] is not None else "")) for name in _COLUMNS])


def write_quotes_jsonl(quotes: Quotes, out: Sink) -> None:
    """Writes each quote as a JSON object, one a line."""
    for quote in quotes.quotes:
        dump(quote_record(quote), out, indent=None)


QUOTE_FORMATS: dict[str, Callable[[Quotes, Sink], None]] = {
    "text": write_quotes_text,
    "markdown": write_quotes_markdown,
    "csv": write_quotes_csv,
    "jsonl": write_quotes_jsonl,
}
