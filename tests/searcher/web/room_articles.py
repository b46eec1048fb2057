"""The articles the reading room is tried on: plain ones, copies, undated ones, one that is hostile throughout, and
some that report what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from khabarjoo.index.article import Article
from khabarjoo.index.folder_sink import FolderSink
from khabarjoo.index.store import open_writer

ADDRESS = "http://127.0.0.1:8642"
STORY = (
    "شورای شهر رشت دیشب برنامهٔ تازهٔ حمل و نقل را با رای همهٔ اعضا تصویب کرد و شهردار از آن استقبال کرد. این طرح سه "
    "خط اتوبوس و یک مسیر دوچرخه از میدان مرکزی تا دانشگاه گیلان پیش‌بینی می‌کند و هزینهٔ آن از درآمد پارکینگ‌های عمومی "
    "پرداخت خواهد شد. مخالفان گفتند کوچه‌های قدیمی گنجایش چنین رفت و آمدی ندارند و باید نخست پیاده‌روها مرمت شوند."
)
EVIL = '"><script src=//evil.example/x.js></script><style>*{}</style><a href="javascript:run()">\u202e\x1b[31m&amp;'


def day(year: int, month: int, date: int) -> datetime:
    return datetime(year, month, date, 9, 30, tzinfo=UTC)


ARTICLES = [
    Article("rain", "باران در رشت", lead="رشت خیس شد.", body="دیروز باران بارید.\n\nمردم <b>خوشحال</b> شدند.\n" * 3,
            source="پیک باران", published=day(2022, 9, 1), category="هواشناسی", tags=("رشت", "باران"),
            url="https://example.org/خبر?a=1&b=2", code="77"),
    Article("rain/2", "باران باز هم بارید", body="باران در تهران بارید.", source="پیک باران",
            published=day(2022, 9, 1), tags=("تهران",)),
    Article("snow", "برف در تهران", body="باران هم بارید.", source="Reuters", published=day(2023, 1, 5),
            category="هواشناسی"),
    Article("book", "نمایشگاه کتاب تهران", body="کتاب‌های تازه رسید.", source="ایسنا", category="فرهنگ"),
    Article("untitled", body="همکاری‌های علمی گسترش یافت. دانشگاه‌ها باز شدند.", published=day(2021, 4, 1)),
    Article("..", "نقطه‌ها", body="باران نقطه‌چین"),
    Article("first", "برنامهٔ شورا", body=STORY, published=day(2023, 7, 1), source="مهر"),
    Article("taken", "برنامهٔ شورا", body=STORY, published=day(2023, 7, 2), source="ایسنا"),
    Article(f"id{EVIL}", f"خبر بد {EVIL}", lead=EVIL, body=f"خبر بد {EVIL}", source=f"منبع{EVIL}", category=EVIL,
            tags=(EVIL,), url='javascript:alert("x")', code=EVIL, published=day(2020, 1, 1)),
    *(Article(f"page{number:02}", f"نفت {number}", body="بهای نفت و گاز", source="نفت‌نامه",
              published=day(2019, 1 + number % 12, 1 + number)) for number in range(25)),
]  # fmt: skip

SPEAKER = "محمدباقر قالیباف"
UNESCAPED = '5 < 6 & "7"'
SAID = [
    Article("old", "خبر کهنه", source="ایسنا", published=day(2020, 4, 20),
            body="محمدباقر قالیباف، رئیس مجلس گفت: تورم مهار می‌شود و نرخ ارز پایین می‌آید."),
    Article("mid", "خبر میانه", source="مهر", published=day(2021, 7, 23),
            body="محمد باقر قالیباف گفت: تورم مهار می‌شود و نرخ ارز پایین می‌آید."),
    Article("new", "خبر تازه", source="ایسنا", published=day(2022, 8, 23),
            body="محمدباقر قالیباف گفت: کشاورزان گندم را به سیلوهای تازه می‌سپارند. وی افزود: آب کم است."),
    Article("other", "خبر دیگر", source="مهر", published=day(2022, 8, 24),
            body=f"علی رضایی گفت: تورم {UNESCAPED} بالا رفته است و همه نگران‌اند."),
    Article("two", "خبر دو تن", source="مهر", published=day(2022, 8, 25),
            body="احمد خاتمی گفت: نماز جمعه برگزار می‌شود.\nمحمد خاتمی گفت: گفت‌وگوی تمدن‌ها ادامه دارد."),
]  # fmt: skip


def make_told_index(path: Path, articles: Sequence[Article]) -> None:
    """Makes an index of the articles that tells who said what."""
    with open_writer(path, rebuild=True, speakers=True) as writer:
        sink = FolderSink(writer, 1, len(articles) + 1)
        for article in articles:
            sink.add(article, "news.jsonl", lambda: 0)
        sink.finish()
        sink.commit({}, len(articles), sample=False)
