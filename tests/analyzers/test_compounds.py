"""Compounds: one word or several, the same answer for all three spellings; and which neighbours are one word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.compounds import Compounds, Term
from khabarjoo.analyzers.lemmatizer import Lemmatizer
from khabarjoo.analyzers.lexicon import default_lexicon
from khabarjoo.analyzers.normalizer import ZWNJ, fold, join_parts


@pytest.fixture(scope="module")
def compounds() -> Compounds:
    return Compounds(Lemmatizer(default_lexicon()))


def _terms(compounds: Compounds, word: str) -> tuple[Term, ...]:
    return compounds.terms(fold(word))


def _lemmas(compounds: Compounds, word: str) -> tuple[str, ...]:
    return tuple(term.lemma for term in _terms(compounds, word))


def _joins(compounds: Compounds, left: str, right: str) -> bool:
    left, right = fold(left), fold(right)
    return bool(compounds.bonds(left)[0] & compounds.bonds(right)[1]) and compounds.joins(left, right)


@pytest.mark.parametrize(
    "word",
    [
        "بین‌المللی",
        "محرومیت‌زدایی",
        "بهره‌برداری",
        "اطلاع‌رسانی",
        "توانمند‌سازی",
        "مادام‌العمر",
        "فارغ‌التحصیل",
        "سوء‌استفاده",
        "رئیس‌جمهور",
        "دانش‌آموز",
        "هم‌افزایی",
        "پیش‌بینی",
        "بی‌سابقه",
        "غیر‌قانونی",
        "نرم‌افزار",
        "آتش‌بس",
        "حیوان‌آزاری",
        "نیروی‌انتظامی",
        "جهاد‌دانشگاهی",
        "به‌عنوان",
        "آب‌و‌هوا",
    ],
)
def test_a_compound_gives_the_same_terms_joined_as_with_a_zwnj(compounds: Compounds, word: str) -> None:
    assert _lemmas(compounds, join_parts(word)) == _lemmas(compounds, word)


@pytest.mark.parametrize(
    ("word", "lemma", "parts"),
    [
        ("بین‌المللی", "بینالمللی", {"بین", "المللی"}),
        ("محرومیت‌زدایی", "محرومیتزدایی", {"محرومیت"}),
        ("دانش‌آموزان", "دانشاموز", {"دانش"}),
        ("گفت‌وگو", "گفتوگو", set()),
    ],
)
def test_a_compound_is_one_term_that_keeps_its_parts(
    compounds: Compounds, word: str, lemma: str, parts: set[str]
) -> None:
    (term,) = _terms(compounds, word)
    assert term.lemma == lemma
    assert parts <= set(term.parts)


@pytest.mark.parametrize(
    ("word", "lemmas"),
    [
        ("جهاددانشگاهی", ("جهاد", "دانشگاهی")),
        ("جام‌جهانی", ("جام", "جهانی")),
        ("شهرتهران", ("شهر", "تهران")),
        ("قرارگرفتن", ("قرار", "گرفتن")),
        ("هزارنفر", ("هزار", "نفر")),
        ("سیدمحمد", ("سید", "محمد")),
        ("دراین", ("در", "این")),
        ("درکنار", ("در", "کنار")),
        ("درجریان", ("در", "جریان")),
        ("برفراز", ("بر", "فراز")),
        ("ازتهران", ("از", "تهران")),
        ("بهبازار", ("به", "بازار")),
        ("درسال", ("در", "سال")),
        ("بهکارهای", ("به", "کار")),
        ("زمانیکه", ("زمان", "که")),
    ],
)
def test_words_run_together_are_terms_of_their_own(compounds: Compounds, word: str, lemmas: tuple[str, ...]) -> None:
    assert _lemmas(compounds, word) == lemmas


@pytest.mark.parametrize(
    "word",
    "سریالی سوارز الهلال المعارف شورشیان سناریوی پرستون نیلسون آلیسون برناردو گرانادا رومانتیک پاندمی اتلتیکو "
    "پیراهن مارتینز یونیسف پارامتر کارلسن دوسلدورف".split(),
)
def test_a_word_is_not_torn_into_scraps_that_happen_to_be_words(compounds: Compounds, word: str) -> None:
    assert len(_terms(compounds, word)) == 1


@pytest.mark.parametrize(
    "word", ["معتقدند", "مواجهند", "حاضرند", "موظفند", "امیدواریم", "خرسندیم", "شاهدیم", "فعالیتند", "باخبرند"]
)
def test_a_copula_written_on_a_word_tears_nothing(compounds: Compounds, word: str) -> None:
    assert len(_terms(compounds, word)) == 1


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("کتاب‌ها", "کتاب"),
        ("کتاب‌هایشان", "کتاب"),
        ("همکاری‌های", "همکاری"),
        ("بزرگ‌ترین", "بزرگ"),
        ("خانه‌ای", "خانه"),
        ("خانه‌ام", "خانه"),
        ("نماینده‌اند", "نماینده"),
        ("خصوصی‌سازی‌ها", "خصوصیسازی"),
        ("بین‌المللی‌ترین", "بینالمللی"),
        ("اسکوچیچ‌ها", "اسکوچیچ"),
        ("نشست‌های", "نشست"),
        ("خواسته‌هایشان", "خواسته"),
    ],
)
def test_a_suffix_after_a_zwnj_is_cut_from_any_word(compounds: Compounds, word: str, lemma: str) -> None:
    assert _lemmas(compounds, word) == (lemma,)


@pytest.mark.parametrize(
    "word",
    ["می‌رود", "نمی‌روند", "می‌رفته‌اند", "نرفته‌اند", "رفته‌ایم", "برمی‌گردد", "بر‌می‌گردد", "درنمی‌آید", "رفته‌است", "خواهد‌رفت"],
)
def test_a_verb_form_is_one_term_with_its_zwnj_and_without(compounds: Compounds, word: str) -> None:
    (term,) = _terms(compounds, word)
    assert term.rule == "verb"
    assert _lemmas(compounds, join_parts(word)) == (term.lemma,)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("کتاب", "ها"),
        ("همکاری", "های"),
        ("دانش‌آموز", "هایشان"),
        ("بزرگ", "تر"),
        ("مهم", "ترین"),
        ("خانه", "ای"),
        ("خانه", "ام"),
        ("رفته", "اند"),
        ("خانه", "ی"),
        ("می", "شود"),
        ("نمی", "توانند"),
        ("نمی", "توان"),
        ("بر", "می‌گردد"),
        ("بین", "المللی"),
        ("هم", "افزایی"),
        ("پیش", "بینی"),
        ("بی", "سابقه"),
        ("بی", "شک"),
        ("غیر", "قانونی"),
        ("خصوصی", "سازی"),
        ("آب", "رسانی"),
        ("زن", "ستیزی"),
        ("دانش", "آموزان"),
        ("رئیس", "جمهور"),
        ("مدیر", "عامل"),
        ("نخست", "وزیر"),
        ("خود", "کفایی"),
        ("سر", "مربی"),
        ("آن", "چه"),
        ("هر", "کسی"),
        ("به", "عنوان"),
        ("بر", "اساس"),
        ("هم", "گرایی"),
        ("خواهد", "ساخت"),
        ("نخواهند", "پرداخت"),
        ("خواهد", "بازگشت"),
        ("آماده", "اند"),
        ("نگران", "اند"),
    ],
)
def test_a_space_inside_a_word_is_only_a_spelling(compounds: Compounds, left: str, right: str) -> None:
    assert _joins(compounds, left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("و", "ها"),
        ("از", "ترین"),
        ("که", "ای"),
        ("به", "ام"),
        ("کتاب", "ای"),
        ("می", "کتاب"),
        ("مردم", "ایران"),
        ("در", "خانه"),
        ("این", "کار"),
        ("هم", "رفت"),
        ("پیش", "از"),
        ("خود", "را"),
        ("سر", "او"),
        ("بر", "بام"),
        ("این", "جای"),
        ("به", "کارهای"),
        ("خواهد", "کتاب"),
        ("خواهد", "رفتند"),
        ("باز", "هم"),
        ("شهر", "تهران"),
        ("تیم", "ملی"),
        ("25", "ها"),
        ("usb", "خانه"),
        ("", "ها"),
        ("کتاب", ""),
        ("دولت", "دولت"),
    ],
)
def test_two_words_side_by_side_stay_two(compounds: Compounds, left: str, right: str) -> None:
    assert not _joins(compounds, left, right)


@pytest.mark.parametrize(
    ("word", "count"),
    [("ها", 1), ("ی", 1), ("و", 1), ("12000", 1), ("3.5", 1), ("uil", 1), ("ها‌ها‌ها", 1)],
)
def test_odd_tokens_are_terms_too(compounds: Compounds, word: str, count: int) -> None:
    assert len(compounds.terms(word)) == count


_PARTS = "می نمی بی هم بر ها های تر ترین ای اند ام کتاب خانه رفته دانش آموز سازی بین المللی گفت و گو الله".split()


@given(parts=st.lists(st.sampled_from(_PARTS), min_size=1, max_size=6))
def test_terms_are_the_letters_of_the_token_in_order(compounds: Compounds, parts: list[str]) -> None:
    token = ZWNJ.join(parts)
    forms = "".join(term.form for term in compounds.terms(fold(token)))
    assert join_parts(forms).replace("آ", "ا") == join_parts(token).replace("آ", "ا")


@given(parts=st.lists(st.sampled_from(_PARTS), min_size=1, max_size=4))
def test_every_term_has_a_lemma_a_form_and_a_rule(compounds: Compounds, parts: list[str]) -> None:
    for word in (ZWNJ.join(parts), "".join(parts)):
        assert all(term.lemma and term.form and term.rule for term in compounds.terms(fold(word)))
