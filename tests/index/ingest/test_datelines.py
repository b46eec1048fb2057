"""Datelines of pages: none is a title, each is read, and one that nobody can read is noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from io import BufferedReader, BytesIO
from zoneinfo import ZoneInfo

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import html, page_text
from khabarjoo.index.ingest.source import Input, Notice, Reading

MOMENT = datetime(2024, 4, 3, 21, 0, tzinfo=ZoneInfo("Asia/Tehran"))
TITLE = "قایق‌های خورشیدی در تالاب به آب انداخته شدند"
TEXT = (
    "به گزارش پیک ساحل، این قایق‌ها هر کدام شش سرنشین دارند و با یک روز آفتاب چهل کیلومتر می‌پیمایند. "
    "سازندگان می‌گویند هزینهٔ هر قایق از نمونهٔ بنزینی کمتر است."
)
LINES = [
    "2024-04-03T21:00:00+03:30",
    "2024-04-03T17:30:00.000Z",
    "1403-01-15T21:00:00",
    "Wed Apr 03 2024 21:00:00 GMT+0330 (Iran Standard Time)",
    "Wed, 03 Apr 2024 17:30:00 GMT",
    "Wed Apr 03 21:00:00 IRST 2024",
    "4/3/24, 9:00 PM",
    "4/3/2024, 9:00:00 PM",
    "1/15/1403 AP, 9:00:00 PM",
    "April 3, 2024 at 9:00 PM GMT+3:30",
    "Farvardin 15, 1403 AP at 9:00 PM",
    "۱۵ فروردین ۱۴۰۳ ساعت ۲۱:۰۰:۰۰ (وقت عادی ایران)",
    "۱۵ فروردین ۱۴۰۳ ساعت ۲۱:۰۰:۰۰ (\u200e+۳:۳۰ گرینویچ)",
    "۱۴۰۳ فروردین ۱۵, چهارشنبه ساعت ۲۱:۰۰",
    "چهار, ۱۵ فروردین ۱۴۰۳ ۱۷:۳۰:۰۰ +۰۰۰۰",
]

Read = Callable[[Input], Iterator[Reading]]


def readings(read: Read, text: str) -> list[Reading]:
    data = BytesIO(text.encode())
    return list(read(Input(BufferedReader(data), "utf-8", "f", "f")))  # type: ignore[arg-type]


@pytest.mark.parametrize("label", ["", "تاریخ انتشار: ", "کد خبر: ۱۲۳۴۵ | "])
@pytest.mark.parametrize("line", LINES)
def test_the_dateline_of_a_program_is_read_and_is_no_title(line: str, label: str) -> None:
    for lines in ((TITLE, label + line, TEXT), (label + line, TITLE, TEXT)):
        article = page_text.article_of(list(lines), id="p")
        assert (article.title, article.published) == (TITLE, MOMENT)
        assert article.body == TEXT


@pytest.mark.parametrize("line", LINES)
def test_the_dateline_of_a_program_is_read_in_html(line: str) -> None:
    (article,) = readings(html.read, f"<body><h1>{TITLE}</h1><div>تاریخ انتشار: {line}</div><p>{TEXT}</p></body>")
    assert isinstance(article, Article)
    assert (article.title, article.published) == (TITLE, MOMENT)


@pytest.mark.parametrize("line", ["تاریخ انتشار: ۳۱ مهر ۱۴۰۲", "۱۴۰۲/۱۳/۴۵", "۳۱ مهر ۱۴۰۲ ساعت ۲۱:۰۰"])
def test_a_dateline_that_nobody_can_read_is_noticed_and_is_no_title(line: str) -> None:
    notice, article = readings(page_text.read, f"{line}\n{TITLE}\n\n{TEXT}\n")
    assert isinstance(notice, Notice)
    assert "cannot be read" in notice.why
    assert isinstance(article, Article)
    assert (article.title, article.published) == (TITLE, None)


def test_a_date_in_the_head_of_a_page_that_nobody_can_read_is_noticed() -> None:
    text = f'<meta property="article:published_time" content="2024-13-45"><body><h1>{TITLE}</h1><p>{TEXT}</p></body>'
    notice, article = readings(html.read, text)
    assert isinstance(notice, Notice)
    assert "2024-13-45" in notice.why
    assert isinstance(article, Article)


@pytest.mark.parametrize("line", ["تلفن: ۰۲۱-۱۳۹۷-۱۲۱۲", "کد خبر: 139713", "ساعت ۱۰:۵۵", ""])
def test_nothing_is_noticed_of_what_is_no_date(line: str) -> None:
    (article,) = readings(page_text.read, f"{TITLE}\n{line}\n{TEXT}\n")
    assert isinstance(article, Article)
    assert article.published is None
