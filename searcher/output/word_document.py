"""A report, or a bibliography, that Word and LibreOffice Writer open: from right to left, each hit with its facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, BinaryIO

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from ..query.plan import Filters
from ..results import Fragment, Hit, Page
from .citations import citation
from .hits_text import copies_in_words
from .office_files import printable
from .publication_dates import both_calendars
from .report import CODE, NOTHING_FOUND, TITLE, direction, facts, headline, title, web_link

_FAINT = RGBColor(0x5D, 0x60, 0x66)
_BIBLIOGRAPHY = "کتابنامه"
_SMALL = Pt(9)
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "ltr", "rtl"


def write_docx(
    page: Page,
    file: BinaryIO,
    *,
    filters: Filters | None = None,
    sort: str = "",
    bibliography: bool = False,
    made: datetime | None = None,
) -> None:
    """Writes the report of a page found with these filters, or the citations of its hits alone."""
    made = made or datetime.now(UTC)
    document = Document()
    head = _BIBLIOGRAPHY if bibliography else TITLE
    about = document.core_properties
    about.title, about.author, about.comments = printable(f"{head}: {title(page)}"), "", ""
    about.created = about.modified = made.astimezone(UTC).replace(tzinfo=None)
    _run(_paragraph(document, "Heading 1"), f"{head}: {title(page)}")
    if bibliography:
        for hit in page:
            _run(_paragraph(document, "List Number"), citation(hit.article))
    else:
        for fact in facts(page, filters or Filters(), sort, made):
            _run(_paragraph(document), f"{fact.name}: {fact.value}", faint=True)
        for hit in page:
            _hit(document, hit)
        if not page.hits:
            _run(_paragraph(document), NOTHING_FOUND)
    document.save(file)


def _hit(document: Any, hit: Hit) -> None:
    """A heading that leads to the article, its facts, and what in it answers the query."""
    heading = _paragraph(document, "Heading 2", direction("".join(piece.text for piece in headline(hit))))
    _run(heading, f"{hit.rank}. ")
    _pieces(heading, headline(hit), link=web_link(hit.url))
    about = _paragraph(document)
    told = [hit.source, hit.category, *hit.tags]
    told += [both_calendars(hit.published)] if hit.published else []
    told += [f"{CODE}: {hit.code}"] if hit.code else []
    for number, fact in enumerate(filter(str.strip, [*told, hit.id])):
        _run(about, " · " if number else "", faint=True)
        _run(about, fact, faint=True, way=direction(fact))
    if hit.snippet:
        _pieces(_paragraph(document, way=direction("".join(piece.text for piece in hit.snippet))), hit.snippet)
    if hit.copies:
        _run(_paragraph(document), copies_in_words(hit.copies), faint=True)


def _paragraph(document: Any, style: str = "Normal", way: str = _RIGHT_TO_LEFT) -> Any:
    paragraph = document.add_paragraph(style=style)
    if way == _RIGHT_TO_LEFT:
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(
            OxmlElement("w:bidi"), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    return paragraph


def _pieces(paragraph: Any, pieces: Iterable[Fragment], *, link: str = "") -> None:
    for piece in pieces:
        _run(paragraph, piece.text, bold=piece.match, link=link)


def _run(
    paragraph: Any,
    text: str,
    *,
    bold: bool = False,
    faint: bool = False,
    link: str = "",
    way: str = _RIGHT_TO_LEFT,
) -> None:
    """Adds a stretch of text, with what Word wants to know of text that runs from right to left."""
    shown = printable(f"|{text}|")[1:-1]  # spaces at the ends are kept
    if not shown:
        return
    run = paragraph.add_run(shown)
    if way == _RIGHT_TO_LEFT:
        run.font.rtl = True
        language = OxmlElement("w:lang")
        language.set(qn("w:bidi"), "fa-IR")
        run._r.get_or_add_rPr().append(language)
    if bold:
        run.font.bold = run.font.cs_bold = True
    if faint:
        run.font.size, run.font.color.rgb = _SMALL, _FAINT
    if link:
        _link(paragraph, run, link)


def _link(paragraph: Any, run: Any, address: str) -> None:
    """Has a stretch lead to an address."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    link.append(run._r)
