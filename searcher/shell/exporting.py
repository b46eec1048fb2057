"""Carries out the commands that write hits down: citations, bibliographies, and files of many formats."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..output.office_files import DOCUMENTS, MissingPackage
from ..output.styles import is_terminal
from ..results import Page
from ..terminal_safety import one_line
from .command_table import number_in
from .commands import ENDINGS
from .near_names import nearest
from .shell_messages import ShellError

if TYPE_CHECKING:
    from ..results import Hit
    from .session import Session

MOST_EXPORTED = 1000

_Write = Callable[["Page", BinaryIO], None]

_FORMAT_OF_ENDING = {
    ".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".json": "json",
    ".jsonl": "jsonl", ".ids": "ids", ".trec": "trec", ".run": "trec",
}  # fmt: skip
_CITATION_OF_ENDING = {".bib": "bibtex", ".ris": "ris"}
_CITATIONS = {**_CITATION_OF_ENDING, ".txt": "text"}
_INSTEAD = {".docx": ("Word", ".html"), ".xlsx": ("Excel", ".csv")}
_ALL = ("all", "همه")


def cite(session: Session, typed: str) -> None:
    """Writes a citation of a hit, in the format named after its number, or of all hits."""
    from ..output.citations import write_citations

    number, _, style = typed.partition(" ")
    if number_in(number) is not None and Path(style).suffix.lower() in _CITATIONS:
        _cite_into(session, session.hit(number_in(number) or 0), style)
        return
    chosen = session.choice("cite", style) or "text"
    if number in _ALL:
        page = _listed(session)
        session.show(lambda out: write_citations([hit.article for hit in page], chosen, out, session.settings))
        return
    if number_in(number) is None:
        raise ShellError(session.usage("cite"))
    article = session.searcher.article(session.hit(number_in(number) or 0).id)
    write_citations([article], chosen, session.out, session.settings)
    if chosen != "text" and is_terminal(session.out):
        session.say("cited", name=session.name_of("cite"), number=number)


def _cite_into(session: Session, hit: Hit, typed: str) -> None:
    """Writes the citation of a hit to a file, in the format of its ending; its letters are as they were printed."""
    style = _CITATIONS[Path(typed).suffix.lower()]
    page = Page("", (hit,), 1, 1, took_ms=0.0)
    _save(session, typed, _as_text(partial(_cite_all, style)), overwrite=False, page=page)


def bibliography(session: Session, typed: str, *, overwrite: bool = False) -> None:
    """Cites every hit of what is listed, on the screen or, by the ending of a file's name, in that format."""
    if not typed:
        cite(session, _ALL[0])
        return
    ending = Path(typed).suffix.lower()
    if ending == ".docx":
        _save(session, typed, partial(_document, session, ending, bibliography=True), overwrite=overwrite)
        return
    style = _CITATIONS.get(ending)
    if style is None:
        raise ShellError(session.words("cannot read", file=one_line(typed), known=".txt .bib .ris .docx"))
    _save(session, typed, _as_text(partial(_cite_all, style)), overwrite=overwrite)


def export(session: Session, typed: str, *, overwrite: bool = False) -> None:
    """Writes the hits of what is listed to a file, in the format that its ending tells."""
    if not typed:
        raise ShellError(session.usage("export"))
    _save(session, typed, _writer(session, typed), overwrite=overwrite)


def _save(session: Session, typed: str, write: _Write, *, overwrite: bool, page: Page | None = None) -> None:
    """Writes a page, by default all of what is listed, to a file: whole or not at all."""
    page = page or _listed(session)
    path = Path(typed).expanduser()
    told = io.BytesIO()
    write(page, told)
    try:
        with path.open("wb" if overwrite else "xb") as file:
            file.write(told.getvalue())
    except FileExistsError as error:
        raise ShellError(session.words("exists", file=one_line(typed))) from error
    copies = sum(len(hit.copies) for hit in page)
    count, total, named = map(session.figure, (len(page), page.total, copies))
    key = "exported, with copies" if copies else "exported"
    session.say(key, count=count, total=total, copies=named, file=one_line(os.fspath(path)))


def _listed(session: Session) -> Page:
    """All hits of what is listed, as many as are written at most."""
    if session.listing is None:
        raise ShellError(session.words("no hits"))
    page = session.listing.page(session.searcher, 0, MOST_EXPORTED)
    if not page.hits:
        raise ShellError(session.words("nothing found"))
    return page


def _writer(session: Session, typed: str) -> _Write:
    """What writes a page to a file of this name."""
    from ..output import FORMATS, REPORTS

    ending = Path(typed).suffix.lower()
    if ending in DOCUMENTS:
        return partial(_document, session, ending)
    if ending in _CITATION_OF_ENDING:
        return _as_text(partial(_cite_all, _CITATION_OF_ENDING[ending]))
    name = _FORMAT_OF_ENDING.get(ending)
    if name is None:
        raise ShellError(_no_format(session, typed, ending))
    if name in REPORTS:
        return _as_text(partial(REPORTS[name], filters=session.standing, sort=session.sort))
    return _as_text(FORMATS[name])


def _no_format(session: Session, typed: str, ending: str) -> str:
    told = session.words("cannot read", file=one_line(typed), known=ENDINGS)
    near = nearest(ending.lstrip("."), (known.lstrip(".") for known in ENDINGS.split()))
    return f"{told} ({near})" if near else told


def _document(session: Session, ending: str, page: Page, file: BinaryIO, *, bibliography: bool = False) -> None:
    try:
        DOCUMENTS[ending](page, file, filters=session.standing, sort=session.sort, bibliography=bibliography)
    except MissingPackage as error:
        opens, instead = _INSTEAD[ending]
        told = session.words("needs extra", file=ending, package=error.package, opens=opens, instead=instead)
        raise ShellError(told) from error


def _cite_all(style: str, page: Page, out: io.StringIO) -> None:
    from ..output.citations import CITATION_FORMATS

    for hit in page:
        CITATION_FORMATS[style](hit.article, out)


def _as_text(write: Callable[[Page, io.StringIO], None]) -> _Write:
    """A writer of text as one of bytes, in UTF-8."""

    def write_bytes(page: Page, file: BinaryIO) -> None:
        told = io.StringIO(newline="")
        write(page, told)
        file.write(told.getvalue().encode("utf-8", "backslashreplace"))

    return write_bytes
