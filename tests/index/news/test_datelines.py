"""What is set aside before articles are compared."""

from __future__ import annotations

import numpy as np
import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.index.hashing import hashes_of
from khabarjoo.index.news import datelines
from khabarjoo.index.news.datelines import own_words

STORY = "رودخانه دوباره جاری شد و کشاورزان شادمان شدند"


def left(*texts: str) -> list[str]:
    """What is left of each text, in lemmas."""
    lemmas = [[token.term.lemma for token in default_analyzer().tokens(text)] for text in texts]
    words = [lemma for of_text in lemmas for lemma in of_text]
    own = own_words(hashes_of(words), np.array([len(of_text) for of_text in lemmas]))
    kept = iter(own.tolist())
    return [" ".join(lemma for lemma in of_text if next(kept)) for of_text in lemmas]


def lemmas(text: str) -> str:
    return " ".join(token.term.lemma for token in default_analyzer().tokens(text))


@pytest.mark.parametrize("table", ["_CREDITS", "_KINDS", "_AGENCIES", "_CLOSINGS"])
def test_the_tables_are_of_lemmas_as_the_analyzer_makes_them(table: str) -> None:
    rows = getattr(datelines, table).split("\n")
    if table in ("_KINDS", "_AGENCIES"):
        rows = " ".join(rows).split()
    phrases = list(filter(None, rows))
    assert [lemmas(phrase) for phrase in phrases] == phrases


@pytest.mark.parametrize(
    "credit",
    [
        "به گزارش خبرگزاری مهر،",
        "به گزارش خبرنگار اجتماعی خبرگزاري تسنيم،",
        "به گزارش پایگاه خبری سپیدار به نقل از ایسنا،",
        "به نقل از روزنامه همشهری؛",
    ],
)
def test_whom_a_story_is_from_is_not_of_the_story(credit: str) -> None:
    assert left(f"{credit} {STORY}") == [lemmas(STORY)]


@pytest.mark.parametrize(
    "closing", ["انتهای پیام", "انتهاي پيام/", "پایان خبر", "کد خبر: ۱۲۳۴۵", "لینک کوتاه https://a.ir/1"]
)
def test_what_ends_a_text_is_not_of_the_story(closing: str) -> None:
    assert left(f"{STORY}. {closing}") == [lemmas(STORY)]


def test_a_closing_far_from_the_end_ends_nothing() -> None:
    text = f"پایان پیام رئیس جمهور. {f'{STORY} ' * 10}"
    assert left(text) == [lemmas(text)]


def test_a_credit_at_the_end_of_an_article_takes_nothing_from_the_next() -> None:
    assert left("به گزارش", STORY) == ["", lemmas(STORY)]


def test_words_in_latin_letters_are_left_out_and_numbers_kept() -> None:
    assert left("پنل Bifacial با width 640 کار کرد") == [lemmas("پنل با 640 کار کرد")]


def test_no_words_leave_none() -> None:
    assert own_words(hashes_of([]), np.zeros(0, np.int64)).tolist() == []
    assert left("", "") == ["", ""]
