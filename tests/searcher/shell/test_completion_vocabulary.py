from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import khabarjoo
from khabarjoo.index.article import Article
from khabarjoo.searcher.shell.completion_vocabulary import read_vocabulary
from khabarjoo.searcher.zwnj_spelling import spell
from tests.corpus import make_index

ZWNJ = "\u200c"


def article(number: int, **facts) -> Article:
    known: dict[str, Any] = {"id": f"a{number}", "title": "باران تهران", "published": datetime(2023, 5, 1, tzinfo=UTC)}
    return Article(**(known | facts))


@pytest.fixture
def vocabulary(tmp_path: Path):
    def vocabulary(*batches, deleted=()):
        make_index(tmp_path / "index", *batches, deleted=deleted)
        with khabarjoo.open(tmp_path / "index") as searcher:
            return read_vocabulary(searcher)

    return vocabulary


def test_names_come_from_all_segments_the_commonest_first(vocabulary) -> None:
    found = vocabulary(
        [article(1, source="مهر", tags=("نفت",)), article(2, source="ایسنا")],
        [article(3, source="ایسنا", category="سیاسی", tags=("برق", "نفت"))],
    )
    assert [name.text for name in found.sources] == ["ایسنا", "مهر"]
    assert [name.text for name in found.categories] == ["سیاسی"]
    assert [name.text for name in found.tags] == ["نفت", "برق"]


def test_names_of_deleted_articles_are_forgotten(vocabulary) -> None:
    found = vocabulary([article(1, source="مهر"), article(2, source="ایسنا")], deleted=("a1",))
    assert [name.text for name in found.sources] == ["ایسنا"]


@pytest.mark.parametrize("name", ["\x1b[31mسرخ", "وارون\u202e", "دو\nسطر", "بلند" * 50])
def test_names_that_could_act_on_a_terminal_are_not_offered(vocabulary, name: str) -> None:
    assert vocabulary([article(1, source=name, tags=(name, "نفت"))]).sources == ()


def test_words_come_by_frequency_without_numbers_and_short_ones(vocabulary) -> None:
    found = vocabulary([article(1, body="باران ۱۲۳۴ از باران")])
    assert found.words.best("با", 5) == ["باران"]
    assert sorted(found.words.texts) == ["باران", "تهران"]


def test_years_go_from_the_latest_to_the_first(vocabulary) -> None:
    dates = (datetime(2021, 5, 1, tzinfo=UTC), datetime(2023, 5, 1, tzinfo=UTC), None)
    assert vocabulary([article(n, published=date) for n, date in enumerate(dates)]).years == (1402, 1401, 1400)


def test_an_index_without_dates_or_articles_has_no_years(vocabulary) -> None:
    assert vocabulary([article(1, published=None)]).years == ()


@pytest.mark.parametrize(
    ("form", "lemma", "parts", "spelled"),
    [
        ("میشود", "شد", (), f"می{ZWNJ}شود"),
        ("نمیروند", "رفت", (), f"نمی{ZWNJ}روند"),
        ("میدان", "میدان", (), "میدان"),
        ("میز", "یز", (), "میز"),
        ("کتابهایشان", "کتاب", (), f"کتاب{ZWNJ}هایشان"),
        ("بزرگترین", "بزرگ", (), f"بزرگ{ZWNJ}ترین"),
        ("تهرانی", "تهران", (), "تهرانی"),
        ("پیشبینیهای", "پیشبینی", ("پیش", "بینی"), f"پیش{ZWNJ}بینی{ZWNJ}های"),
        ("ساختوسازهای", "ساختوساز", ("ساخت", "ساز"), f"ساخت{ZWNJ}و{ZWNJ}ساز{ZWNJ}های"),
        ("پخششده", "پخششده", ("پخش", "شد#شو"), f"پخش{ZWNJ}شده"),
        ("اخبار", "خبر", (), "اخبار"),
    ],
)
def test_forms_are_spelled_with_the_zwnj_a_careful_writer_puts(form, lemma, parts, spelled) -> None:
    assert spell(form, lemma, parts) == spelled
