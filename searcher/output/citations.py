"""Citations of articles: BibTeX and RIS for reference managers, and a line to paste.

Both name the day in the Gregorian calendar, which is what reference managers compute with, and in the Jalali one in a
note. Titles are the article's own letters: no direction marks are added, so that they can be searched and sorted.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from khabarjoo.analyzers.calendars import format_jalali, tehran
from khabarjoo.index.article import Article

from ..bidi.isolation import isolated
from ..bidi.reordering import mostly_right_to_left
from ..config import Settings
from ..hit_headings import heading_of
from ..terminal_safety import Sink, clean, one_line
from .hits_text import UNTITLED
from .report import CODE, web_link
from .styles import Paragraph, Span, is_terminal, write_paragraphs

_KEY_PREFIX = "khabarjoo:"
_KEY = re.compile("[a-z0-9][a-z0-9._/-]*")
_NOT_OF_KEYS = re.compile("[^a-z0-9]+")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_RIS_END = "\r\n"

# Braces are written in words because BibTeX counts them even where TeX would not.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "&%$#_"},
    }
)  # fmt: skip


def write_bibtex(article: Article, out: Sink) -> None:
    """Writes an entry of type misc, for BibTeX and biblatex."""
    fields = "".join(f"  {name} = {value},\n" for name, value in _bibtex_fields(article))
    out.write(f"@misc{{{citation_key(article.id)},\n{fields}}}\n\n")


def write_ris(article: Article, out: Sink) -> None:
    """Writes a reference of type NEWS."""
    for tag, value in _ris_fields(article):
        out.write(f"{tag}  - {_line(value)}{_RIS_END}")
    out.write(_RIS_END)


def write_citation(article: Article, out: Sink) -> None:
    """Writes one line to paste: outlet, title, day in both calendars, code, address."""
    out.write(citation(article) + "\n")


def citation(article: Article) -> str:
    """Returns the citation of an article in one line."""
    return ". ".join(_citation(article))


def write_citations(articles: Iterable[Article], style: str, out: Sink, settings: Settings | None = None) -> None:
    """Writes citations of a style: as the screen needs them on a terminal, elsewhere as they are."""
    if not is_terminal(out):
        for article in articles:
            CITATION_FORMATS[style](article, out)
        return
    if style == "text":
        write_paragraphs(_paragraphs(articles), out, settings)
        return
    told = io.StringIO(newline="")
    for article in articles:
        CITATION_FORMATS[style](article, told)
    lines = clean(told.getvalue()).removesuffix("\n").split("\n")
    write_paragraphs((Paragraph([Span(line)]) for line in lines), out, settings)


def _paragraphs(articles: Iterable[Article]) -> Iterator[Paragraph]:
    """A paragraph for each citation, its facts isolated, so that a Latin one does not tear those beside it."""
    for article in articles:
        parts = list(_citation(article))
        told = ". ".join(map(isolated, parts))
        yield Paragraph([Span(told)], right_to_left=mostly_right_to_left(" ".join(parts[:2])))


CITATION_FORMATS: dict[str, Callable[[Article, Sink], None]] = {
    "text": write_citation,
    "bibtex": write_bibtex,
    "ris": write_ris,
}


def citation_key(id: str) -> str:
    """Returns the key of an article: the same every time, ASCII, and no other's, even to programs blind to case.

    >>> citation_key("isna/1401-77"), citation_key("A1")
    ('khabarjoo:isna/1401-77', 'khabarjoo:a1-8b4f0318')
    """
    if _KEY.fullmatch(id):
        return _KEY_PREFIX + id
    import hashlib  # late, as the help of all commands comes by here

    digest = hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    readable = _NOT_OF_KEYS.sub("-", id.lower()).strip("-")
    return _KEY_PREFIX + "-".join(filter(None, (readable, digest)))


def _bibtex_fields(article: Article) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{{{_tex(_title(article))}}}}}"  # in two pairs, so that no style changes its case
    if article.source:
        yield "howpublished", f"{{{_tex(article.source)}}}"
    if day := _gregorian(article.published):
        yield "year", f"{{{day.year:04}}}"
        yield "month", _MONTHS[day.month - 1]
        yield "day", f"{{{day.day}}}"
    if link := web_link(article.url):
        yield "url", f"{{{link}}}"
    if article.tags:
        yield "keywords", f"{{{', '.join(map(_tex, article.tags))}}}"
    if note := _note(article):
        yield "note", f"{{{_tex(note)}}}"
    yield "langid", "{persian}"


def _ris_fields(article: Article) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", citation_key(article.id)
    yield "TI", _title(article)
    if article.source:
        yield "T2", article.source
    if article.category:
        yield "SE", article.category
    if day := _gregorian(article.published):
        yield "PY", f"{day.year:04}"
        yield "DA", f"{day.year:04}/{day.month:02}/{day.day:02}/"
    if link := web_link(article.url):
        yield "UR", link
    for tag in article.tags:
        yield "KW", tag
    if note := _note(article):
        yield "N1", note
    yield "LA", "fa"
    yield "ER", ""


def _citation(article: Article) -> Iterator[str]:
    if article.source:
        yield _line(article.source)
    yield f"«{_line(_title(article))}»"
    if day := _gregorian(article.published):
        yield f"{_jalali(article.published)} ({day.isoformat()})".strip()
    if article.code:
        yield f"{CODE} {_line(article.code)}"
    if link := web_link(article.url):
        yield link


def _title(article: Article) -> str:
    return heading_of(article) or UNTITLED


def _note(article: Article) -> str:
    """The Jalali day and the outlet's own number."""
    return "؛ ".join(filter(None, (_jalali(article.published), f"{CODE}: {article.code}" if article.code else "")))


def _jalali(moment: datetime | None) -> str:
    try:
        return format_jalali(moment) if moment else ""
    except (ValueError, OverflowError):  # before the calendar begins, or at the end of time
        return ""


def _gregorian(moment: datetime | None) -> date | None:
    try:
        return moment.astimezone(tehran()).date() if moment else None
    except OverflowError:
        return None


def _tex(text: str) -> str:
    return _line(text).translate(_TEX)


def _line(text: str) -> str:
    return one_line(text).strip()
