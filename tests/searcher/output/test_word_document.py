"""A report for Word: right to left, with links, and nothing in it that XML cannot hold."""

import io
import zipfile

import pytest

docx = pytest.importorskip("docx")

from khabarjoo.searcher.output.office_files import DOCUMENTS, printable  # noqa: E402
from khabarjoo.searcher.query.plan import Filters  # noqa: E402


def written(page, **options):
    file = io.BytesIO()
    DOCUMENTS[".docx"](page, file, **options)
    return file


def test_a_report_has_the_question_the_filters_and_each_hit_with_its_facts(page, hit) -> None:
    file = written(page(hit(1), hit(2, title="برف", id="b2")), filters=Filters.of(source="پیک"), sort="newest")
    texts = [paragraph.text for paragraph in docx.Document(file).paragraphs]
    assert texts[0] == "گزارش جست‌وجو: باران"
    assert "منبع: پیک" in texts
    at = next(number for number, text in enumerate(texts) if text.startswith("1. "))
    assert "پیک باران · هواشناسی" in texts[at + 1]
    assert texts[at + 2] == "دیروز باران بارید."


def test_it_runs_from_right_to_left_and_titles_lead_to_the_articles(page, hit) -> None:
    file = written(page(hit(1)))
    with zipfile.ZipFile(file) as parts:
        body = parts.read("word/document.xml").decode()
        links = parts.read("word/_rels/document.xml.rels").decode()
    assert body.count("<w:bidi/>") == body.count("<w:p>")
    assert "<w:rtl/>" in body
    assert "<w:bCs/>" in body
    assert 'Target="https://example.org/1" TargetMode="External"' in links


def test_a_bibliography_has_the_citations_alone(page, hit) -> None:
    texts = [paragraph.text for paragraph in docx.Document(written(page(hit(1)), bibliography=True)).paragraphs]
    assert texts == [
        "کتابنامه: باران",
        "پیک باران. «باران در رشت». ۲ بهمن ۱۳۹۶ (2018-01-22). کد خبر 77. https://example.org/1",
    ]


@pytest.mark.parametrize("planted", ["\x00", "\x1b[31m", "\uffff", "\ud800", "\x0b", "]]>", "<w:p/>"])
def test_nothing_planted_breaks_the_file(page, hit, planted: str) -> None:
    file = written(page(hit(1, title=f"باران{planted} در", id=planted or "x", url=f"https://x.org/{planted}")))
    assert any("باران" in paragraph.text for paragraph in docx.Document(file).paragraphs)
    assert "\x00" not in printable(planted)
