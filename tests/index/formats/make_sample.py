"""Makes a small index of the current format, to be kept here and opened by all later versions.

    PYTHONPATH=.:tests python tests/index/formats/make_sample.py

Run it once for each format that is released, and never again: it is the old bytes that later versions must open.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from khabarjoo.index.article import Article
from khabarjoo.index.manifest import FORMAT_VERSION, LOCK
from khabarjoo.index.store import LiveSegment, open_writer
from tests.corpus import make_live

ARTICLES = (
    Article(
        "r1",
        title="بارش باران در شمال کشور",
        lead="سازمان هواشناسی از بارش باران در گیلان خبر داد.",
        body="باران از بامداد فردا آغاز می‌شود و تا پایان هفته ادامه دارد. کتابهای درسی از رطوبت دور نگه داشته شوند.",
        published=datetime(2024, 3, 20, 3, 6, 26, tzinfo=UTC),
        source="پیک باران",
        category="هواشناسی",
        tags=("باران", "گیلان"),
        url="https://example.org/r1",
        code="1403010101",
    ),
    Article(
        "r2", title="همکاری‌های بین‌المللی دانشگاه", body="دانشگاه تهران همکاری های خود را گسترش داد.", source="دفتر دانش"
    ),
    Article("r3", body="متنی بی‌تاریخ با نشانهٔ 😀 و واژهٔ NATO.", tags=("آزمون",)),
    Article("r4", title="برف", published=datetime(1970, 1, 1, tzinfo=UTC), category="هواشناسی"),
)
DELETED = "r5"
SOURCES = {"/news/a.jsonl": [1000, 10**18, 3], "/news/b.jsonl": [200, 10**18 + 1, 1]}


def main() -> None:
    path = Path(__file__).with_name(str(FORMAT_VERSION))
    with open_writer(path) as writer:
        first = make_live(writer.segment_folder(), [*ARTICLES[:3], Article(DELETED, title="پیش از این")])
        writer.commit([first], SOURCES)
    with open_writer(path) as writer:
        gone = np.array([3], np.intp)
        second = make_live(writer.segment_folder(), ARTICLES[3:])
        writer.commit([LiveSegment(first.name, first.segment, gone), second], SOURCES)
    (path / LOCK).unlink()


if __name__ == "__main__":
    main()
