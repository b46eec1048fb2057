"""Word documents: every word of the text and no other, limits, and books in EPUB."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Reading, Skipped, limits

ReadBytes = Callable[[str, bytes | str], list[Reading]]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TITLE = "قایق‌های خورشیدی در تالاب به آب انداخته شدند"
TEXT = "به گزارش پیک ساحل، این قایق‌ها هر کدام شش سرنشین دارند و با یک روز آفتاب چهل کیلومتر می‌پیمایند."


def packed(files: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def document(body: str, before: str = "") -> bytes:
    xml = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def paragraph(runs: str) -> str:
    return f"<w:p>{runs}</w:p>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


PAGE = paragraph(run(TITLE)) + paragraph(run("۱۵ فروردین ۱۴۰۳ ساعت ۲۱:۰۰")) + paragraph(run(TEXT))


def article(found: list[Reading]) -> Article:
    (one,) = found
    assert isinstance(one, Article), one
    return one


@pytest.mark.parametrize("name", ["a.docx", "a.docm", "a.bin", "a.DOCX"])
def test_title_date_and_text_are_read_whatever_the_file_is_called(readings: ReadBytes, name: str) -> None:
    found = article(readings(name, document(PAGE)))
    assert (found.title, found.body) == (TITLE, TEXT)
    assert found.published is not None
    assert found.published.isoformat() == "2024-04-03T17:30:00+00:00"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<w:dir w:val='rtl'>" + run("باران") + "</w:dir>", "باران"),
        ("<w:bdo w:val='rtl'>" + run("باران") + "</w:bdo>", "باران"),
        ("<w:fldSimple w:instr='DATE'>" + run("باران") + "</w:fldSimple>", "باران"),
        ("<w:hyperlink>" + run("باران") + "</w:hyperlink>", "باران"),
        ("<w:ins>" + run("باران") + "</w:ins><w:del><w:r><w:delText>برف</w:delText></w:r></w:del>", "باران"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("باران"), "باران"),
        ("<w:r><w:t>باران</w:t><w:tab/><w:t>آمد</w:t></w:r>", "باران آمد"),
        ("<w:r><w:t>خانه</w:t><w:noBreakHyphen/><w:t>باغ</w:t></w:r>", "خانه-باغ"),
        ("<w:r><w:t>بار</w:t></w:r><w:r><w:t>ان</w:t></w:r>", "باران"),
        ("<w:sdt><w:sdtContent>" + run("باران") + "</w:sdtContent></w:sdt>", "باران"),
    ],
)
def test_no_word_is_lost_and_none_is_added(readings: ReadBytes, runs: str, text: str) -> None:
    body = PAGE + paragraph(run("وی افزود: ") + runs + run(" و کار ادامه دارد."))
    assert article(readings("a.docx", document(body))).body.split("\n")[-1] == f"وی افزود: {text} و کار ادامه دارد."


@pytest.mark.parametrize("tag", ["br", "cr"])
def test_a_break_of_a_line_parts_words(readings: ReadBytes, tag: str) -> None:
    body = PAGE + paragraph(f"<w:r><w:t>باران بارید.</w:t><w:{tag}/><w:t>رودها پرآب شدند.</w:t></w:r>")
    assert article(readings("a.docx", document(body))).body.endswith("باران بارید.\nرودها پرآب شدند.")


def why(found: list[Reading]) -> str:
    (skipped,) = found
    assert isinstance(skipped, Skipped), skipped
    return skipped.why


def test_what_cannot_be_read_is_said(readings: ReadBytes) -> None:
    assert "scans" in why(readings("a.docx", document("<w:p/>")))
    assert "without the text" in why(readings("a.docx", packed({"x.txt": "x"})))
    assert "damaged" in why(readings("a.docx", document("<w:p>")))
    assert "damaged" in why(readings("a.docx", document(PAGE)[:200]))


def test_hostile_documents_are_refused_at_once(readings: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.perf_counter()
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    assert "entities" in why(readings("a.docx", document(paragraph(run("&b;")), entities)))
    assert "nested" in why(readings("a.docx", document("<w:p>" * 10_000)))
    monkeypatch.setattr(limits, "EXPANSION_BYTES", 10**6)
    assert "times its size" in why(readings("a.docx", document(f"<!--{' ' * 10**7}-->")))
    monkeypatch.setattr(limits, "PAGE_BYTES", 1000)
    assert "characters" in why(readings("a.docx", document(paragraph(run("ا" * 1001)))))
    monkeypatch.setattr(limits, "DOCUMENT_BYTES", 100)
    assert "larger than" in why(readings("a.docx", document(PAGE)))
    assert time.perf_counter() - began < 20


def test_a_book_in_epub_gives_its_chapters(readings: ReadBytes) -> None:
    chapter = f"<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>{TITLE}</h1><p>{TEXT}</p></body></html>"
    book = packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<container/>",
            "OEBPS/content.opf": "<package/>",
            "OEBPS/1.xhtml": chapter,
        }
    )
    found = article(readings("a.epub", book))
    assert (found.id, found.title, found.body) == ("a/OEBPS/1", TITLE, TEXT)
