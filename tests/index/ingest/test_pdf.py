"""PDF: the same page as six makers write it, in the letters, numbers and order it has, and what cannot be read."""

from __future__ import annotations

import shutil
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Notice, Reading, Skipped, limits, pdf, read
from khabarjoo.index.ingest.source import TooLarge

ReadBytes = Callable[[str, bytes | str], list[Reading]]

MADE = Path(__file__).with_name("pdf")
TITLE = "سلام به کتاب‌های تازهٔ کتابخانهٔ لاهیجان"
WORDS = "گزارش خبرنگار کتابخانه لاهیجان گشایش اطلاعات الان سلام هزینهٔ ریال بازسازی".split()
NUMBERS = "۱۵ ۱۴۰۳ ۱۴۰۲ ۱۳۹۸ ۱۲۳۴۵۶".split()
EMPTY = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n"
)


@pytest.fixture
def programs() -> None:
    pytest.importorskip("pypdf", reason="pypdf is not installed: pip install 'khabarjoo[documents]'")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext of poppler-utils is not installed")


def text_of(article: Article) -> str:
    return f"{article.title}\n{article.lead}\n{article.body}"


def why(found: list[Reading]) -> str:
    (skipped,) = found
    assert isinstance(skipped, Skipped), skipped
    return skipped.why


@pytest.mark.usefixtures("programs")
class TestWithPrograms:
    @pytest.mark.parametrize("path", sorted(MADE.glob("*.pdf")), ids=lambda path: path.stem)
    def test_a_page_has_its_words_and_numbers_whoever_made_it(self, path: Path) -> None:
        (article,) = read(path, name=path.name)
        assert isinstance(article, Article)
        letters = TITLE.replace("\u200c", "").replace("\u0654", "")
        assert article.title.replace("\u200c", "").replace("\u0654", "") == letters
        words = text_of(article).replace("\u0654", "").replace("،", " ").replace(".", " ").split()
        assert set(NUMBERS) <= set(words)
        assert {word.replace("\u0654", "") for word in WORDS} <= set(words)
        assert not {"سالم", "اطالعات", "االن", "الهیجان", "۲۰۴۱", "۳۰۴۱"} & set(words)

    def test_paragraphs_are_whole_and_latin_stands_where_it_is_read(self) -> None:
        path = MADE / "chromium.pdf"
        (article,) = read(path, name=path.name)
        assert isinstance(article, Article)
        first, second, third = article.body.split("\n")
        assert first.startswith("به گزارش خبرنگار ما، روز ۱۵ فروردین ۱۴۰۳ ساعت ۲۱:۳۰ کتابخانه\u200cای با ۱۴۰۲ کتاب در")
        assert second.startswith("مدیر کتابخانه گفت: «بر اساس برنامهٔ 2024 سازمان UNESCO، بیش از ۲۵٫۵ درصد")
        assert second.endswith("در library.example.ir هست.»")
        assert "(حدود ۳/۵ میلیارد)" in third

    def test_scans_are_named(self, readings: ReadBytes) -> None:
        *notices, skipped = readings("scan.pdf", EMPTY)
        assert isinstance(skipped, Skipped)
        assert skipped.why == "it has no text; scans (pictures of pages) are not read"
        assert all(isinstance(notice, Notice) for notice in notices)

    def test_pages_have_an_end_that_is_said(self, readings: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
        two = EMPTY.replace(b"Kids[3 0 R]/Count 1", b"Kids[3 0 R 3 0 R]/Count 2")
        monkeypatch.setattr(limits, "PDF_PAGES", 1)
        found = readings("a.pdf", two)
        assert any(isinstance(notice, Notice) and "only its first 1 pages" in notice.why for notice in found)

    @pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"\x00\xff" * 1000, EMPTY[:40]])
    def test_a_damaged_one_is_told_and_nothing_else_happens(self, readings: ReadBytes, content: bytes) -> None:
        assert why(readings("a.pdf", content))

    def test_one_is_known_by_its_content_and_read_out_of_an_archive(self, readings: ReadBytes, tmp_path: Path) -> None:
        content = (MADE / "weasyprint.pdf").read_bytes()
        (article,) = readings("a.txt", content)
        assert isinstance(article, Article)
        shutil.make_archive(str(tmp_path / "b"), "zip", MADE)
        found = list(read(tmp_path / "b.zip", name="b.zip"))
        assert len(found) == len(list(MADE.glob("*.pdf")))
        assert all(isinstance(article, Article) for article in found)

    @pytest.mark.parametrize("times", [1, 3])
    def test_a_bomb_and_a_circle_of_pages_end(
        self, readings: ReadBytes, monkeypatch: pytest.MonkeyPatch, times: int
    ) -> None:
        monkeypatch.setattr(limits, "PDF_SECONDS", 2)
        packed = zlib.compress(b"BT /F1 9 Tf (a) Tj ET " * 2_000_000)
        for _ in range(times - 1):
            packed = zlib.compress(packed)
        filters = b"/FlateDecode" * times
        bomb = (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        )
        bomb += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj\n"
        bomb += b"4 0 obj<</Length %d/Filter[%s]>>stream\n%s\nendstream endobj\n" % (len(packed), filters, packed)
        bomb += b"trailer<</Root 1 0 R>>\n"
        circle = EMPTY.replace(b"Kids[3 0 R]", b"Kids[2 0 R 2 0 R]")
        began = time.perf_counter()
        for content in (bomb, circle):
            assert all(isinstance(found, Skipped | Notice | Article) for found in readings("a.pdf", content))
        assert time.perf_counter() - began < 20

    def test_bytes_have_an_end(self, readings: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "DOCUMENT_BYTES", 1000)
        assert "larger than" in why(readings("a.pdf", (MADE / "weasyprint.pdf").read_bytes()))


def test_what_is_missing_is_said(readings: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert "pdftotext" in why(readings("a.pdf", EMPTY)) or "pypdf" in why(readings("a.pdf", EMPTY))
    monkeypatch.setitem(sys.modules, "pypdf", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "pip install 'khabarjoo[documents]'" in why(readings("a.pdf", EMPTY))


@pytest.mark.skipif(sys.platform == "win32", reason="only Unix bounds processes")
def test_a_program_that_takes_too_long_or_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PDF_SECONDS", 1)
    assert "took over 1 seconds" in pdf._run([sys.executable, "-c", "import time; time.sleep(9)"], b"")[1]
    monkeypatch.setattr(limits, "PDF_MEMORY_BYTES", 200 * 2**20)
    monkeypatch.setattr(limits, "PDF_SECONDS", 20)
    assert "more memory or time" in pdf._run([sys.executable, "-c", "x = bytes(10**9); print(len(x))"], b"")[1]
    monkeypatch.setattr(limits, "PAGE_BYTES", 1000)
    with pytest.raises(TooLarge):
        pdf._run([sys.executable, "-c", "while True: print('a' * 10**6)"], b"x" * 10**6)


def test_signs_poppler_embeds_are_put_where_they_are_read() -> None:
    page = (
        "\u202bما\u202a ،\u202cروز \u202a ۱۵\u202cفروردین گفت\u202a« :\u202cبر"
        " \u202a ،UNESCO\u202cبیش\u202a.\u202c\u202c"
    )
    assert list(pdf._lines([page], [])) == ["ما، روز ۱۵ فروردین گفت: «بر UNESCO، بیش."]


@pytest.mark.parametrize(
    ("word", "known", "right"),
    [
        ("سالم", "سلام", "سلام"),
        ("سالم", "سلام سالم", "سالم"),
        ("االن", "الان", "الان"),
        ("اطالعات", "اطلاعات", "اطلاعات"),
        ("الهیجان", "لاهیجان", "لاهیجان"),
        ("سالم", "خبر", "سالم"),
    ],
)
def test_lam_alef_is_turned_only_where_the_other_reader_has_the_word(word: str, known: str, right: str) -> None:
    assert pdf._turned(word, frozenset(known.split())) == right


def test_what_browsers_print_around_a_page_is_left_out() -> None:
    lines = ["خبر امروز", "11/28/26, 6:38 PM", "", "باران بارید.", "", "https://a.example/1", "1/2"]
    assert pdf._without_print_marks(lines) == ["خبر امروز", "", "باران بارید.", ""]
    assert pdf._without_print_marks(["11/28/26, 6:38 PM", "باران ۱/۲"]) == ["11/28/26, 6:38 PM", "باران ۱/۲"]


def test_text_that_is_drawn_backwards_is_noticed() -> None:
    assert pdf._is_backwards(["نامز رد هک دمآ زا رهش نیا هب"])
    assert not pdf._is_backwards(["در زمان آمد که از شهر این به"])
