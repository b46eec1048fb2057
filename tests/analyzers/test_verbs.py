"""Verb forms: from any form of a conjugation, written without ZWNJ, to the verb's two stems."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.lexicon import default_lexicon
from khabarjoo.analyzers.normalizer import fold, join_parts
from khabarjoo.analyzers.verbs import COMMON_VERBS, PREVERBS, Verbs

_PERSONS_PAST = ("م", "ی", "", "یم", "ید", "ند")
_PERSONS_PRESENT = ("م", "ی", "د", "یم", "ید", "ند")
_PARTICIPLE = ("", "ام", "ای", "ایم", "اید", "اند")

# Verbs whose stems take prefixes and endings without any change, and the lemma of each.
_REGULAR = {
    ("رفت", "رو"): "رفت#رو",
    ("کرد", "کن"): "کرد#کن",
    ("داد", "ده"): "داد#ده",
    ("گرفت", "گیر"): "گرفت#گیر",
    ("رسید", "رس"): "رسید#رس",
    ("توانست", "توان"): "توانست#توان",
    ("گذاشت", "گذار"): "گذاشت#گذار",
    ("نوشت", "نویس"): "نوشت#نویس",
    ("پذیرفت", "پذیر"): "پذیرفت#پذیر",
    ("فرستاد", "فرست"): "فرستاد#فرست",
    ("شناخت", "شناس"): "شناخت#شناس",
    ("کشید", "کش"): "کشید#کش",
}
_STEMS = sorted(_REGULAR)


@pytest.fixture(scope="module")
def verbs() -> Verbs:
    return Verbs(default_lexicon().verbs())


def _lemma(verbs: Verbs, form: str) -> str | None:
    found = verbs.find(join_parts(fold(form)))
    return found.lemma if found else None


def _lemmas(verbs: Verbs, forms: list[str]) -> dict[str, str | None]:
    return {form: _lemma(verbs, form) for form in forms}


def _all(forms: list[str], lemma: str) -> dict[str, str | None]:
    return dict.fromkeys(forms, lemma)


@pytest.mark.parametrize(("past", "present"), _STEMS)
def test_every_person_of_the_imperfect_and_its_negation_is_the_verb(verbs: Verbs, past: str, present: str) -> None:
    forms = [f"{prefix}‌{past}{person}" for prefix, person in product(("می", "نمی"), _PERSONS_PAST)]
    assert _lemmas(verbs, forms) == _all(forms, _REGULAR[past, present])


@pytest.mark.parametrize(("past", "present"), _STEMS)
def test_every_person_of_the_present_and_its_negation_is_the_verb(verbs: Verbs, past: str, present: str) -> None:
    forms = [f"{prefix}‌{present}{person}" for prefix, person in product(("می", "نمی"), _PERSONS_PRESENT)]
    assert _lemmas(verbs, forms) == _all(forms, _REGULAR[past, present])


@pytest.mark.parametrize(("past", "present"), _STEMS)
def test_every_person_of_the_perfect_is_the_verb(verbs: Verbs, past: str, present: str) -> None:
    forms = [f"{prefix}{past}ه‌{person}" for prefix, person in product(("", "ن", "می‌"), _PARTICIPLE[1:])]
    assert _lemmas(verbs, forms) == _all(forms, _REGULAR[past, present])


@pytest.mark.parametrize(("past", "present"), _STEMS)
def test_every_person_of_the_future_and_its_negation_is_the_verb(verbs: Verbs, past: str, present: str) -> None:
    forms = [f"{negation}خواه{person}‌{past}" for negation, person in product(("", "ن"), _PERSONS_PRESENT)]
    assert _lemmas(verbs, forms) == _all(forms, _REGULAR[past, present])


@pytest.mark.parametrize("form", ["خواهد‌بازگشت", "بازخواهد‌گشت", "خواهد‌برگشت"])
def test_the_future_of_a_verb_with_a_preverb_is_the_plain_verb_too(verbs: Verbs, form: str) -> None:
    assert _lemma(verbs, form) == "گشت#گرد"


@pytest.mark.parametrize(("past", "present"), _STEMS)
def test_the_simple_past_and_its_negation_are_the_verb(verbs: Verbs, past: str, present: str) -> None:
    forms = [f"{negation}{past}{person}" for negation, person in product(("", "ن"), _PERSONS_PAST)]
    assert _lemmas(verbs, forms) == _all(forms, _REGULAR[past, present])


@pytest.mark.parametrize(("past", "present"), _STEMS)
def test_the_subjunctive_and_the_prohibitive_are_the_verb(verbs: Verbs, past: str, present: str) -> None:
    forms = [f"{prefix}{present}{person}" for prefix, person in product("بن", ("م", "د", "یم", "ید", "ند"))]
    assert _lemmas(verbs, forms) == _all(forms, _REGULAR[past, present])


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("گفت#گو", ["می‌گوید", "بگویند", "نگوییم", "می‌گویم", "بگو"]),
        ("آمد#آ", ["می‌آید", "بیاید", "نیامد", "نیامده‌اند", "می‌آمده‌اند", "بیایند", "میاید", "آیند"]),
        ("آورد#آور", ["می‌آورد", "بیاورد", "نیاورد", "نیاورده‌اند", "میاورند", "آورند"]),
        ("انداخت#انداز", ["می‌اندازد", "بیندازد", "نینداخت", "بیاندازد", "نینداخته‌اند"]),
        ("افتاد#افت", ["می‌افتد", "بیفتد", "نیفتاد", "بیافتد", "نیفتاده‌اند"]),
        ("افزود#افزا", ["می‌افزاید", "بیفزاید", "نیفزود", "می‌افزایند", "افزوده‌اند"]),
        ("نمود#نما", ["می‌نماید", "بنماید", "نمودند", "ننمود", "نمایند"]),
        ("فرمود#فرما", ["می‌فرماید", "بفرمایید", "فرموده‌اند"]),
        ("ایستاد#ایست", ["می‌ایستد", "ایستاده‌اند", "نایستاد", "بایستد"]),
        ("جست#جو", ["می‌جویند", "بجویند"]),
        ("سرود#سرا", ["می‌سراید", "بسراید"]),
        ("گشود#گشا", ["می‌گشاید", "بگشاید", "گشوده‌اند"]),
        ("بوسید#بوس", ["می‌بوسد", "بوسید", "ببوسد"]),
    ],
)
def test_glides_and_the_yeh_before_an_alef_come_and_go(verbs: Verbs, lemma: str, forms: list[str]) -> None:
    assert _lemmas(verbs, forms) == _all(forms, lemma)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("سپردند", "می‌سپارد"),
        ("پنداشته‌اند", "می‌پندارند"),
        ("شمردند", "می‌شمارد"),
        ("سوختند", "می‌سوزد"),
        ("گریختند", "می‌گریزد"),
        ("آموختند", "بیاموزند"),
        ("برخاسته‌اند", "برمی‌خیزد"),
        ("فروختند", "می‌فروشند"),
        ("گسستند", "می‌گسلد"),
        ("آمیختند", "می‌آمیزد"),
        ("پیمودند", "می‌پیماید"),
        ("گزیدند", "می‌گزیند"),
        ("کاستند", "می‌کاهد"),
        ("نهادند", "می‌نهد"),
        ("زدودند", "می‌زداید"),
    ],
)
def test_the_past_and_the_present_of_a_verb_are_one_verb(verbs: Verbs, one: str, other: str) -> None:
    assert _lemma(verbs, one) is not None
    assert _lemma(verbs, one) == _lemma(verbs, other)


@pytest.mark.parametrize(
    ("form", "past"),
    [
        ("برمی‌گردد", "برگشت"),
        ("برنمی‌گشتند", "برگشت"),
        ("بازگشته‌اند", "بازگشت"),
        ("درمی‌یابد", "دریافت"),
        ("درآمد", "درامد"),
        ("فرامی‌گیرد", "فراگرفت"),
        ("فرومی‌ریزد", "فروریخت"),
        ("برنداشت", "برداشت"),
        ("بازنمی‌دارند", "بازداشت"),
    ],
)
def test_a_preverb_belongs_to_the_past_stem_and_not_to_the_lemma(verbs: Verbs, form: str, past: str) -> None:
    found = verbs.find(join_parts(fold(form)))
    assert found is not None
    assert found.past == past
    assert not found.lemma.startswith(PREVERBS)


@pytest.mark.parametrize("form", "است هست هستند نیست نیستیم هستیم".split())
def test_the_copula_is_one_verb(verbs: Verbs, form: str) -> None:
    assert _lemma(verbs, form) == "هست#است"


@pytest.mark.parametrize(("infinitive", "lemma"), [("رفتن", "رفت#رو"), ("گفتن", "گفت#گو"), ("آوردن", "آورد#آور")])
def test_an_infinitive_names_its_verb(verbs: Verbs, infinitive: str, lemma: str) -> None:
    assert verbs.of_infinitive(infinitive) == lemma


@pytest.mark.parametrize("word", ["وطن", "تهران", "ن", "", "رفت", "مردن‌ها"])
def test_a_word_that_merely_ends_in_noon_is_no_infinitive(verbs: Verbs, word: str) -> None:
    assert verbs.of_infinitive(word) is None


def test_a_prefix_that_leaves_no_doubt_is_told(verbs: Verbs) -> None:
    forms = [verbs.find(form) for form in ("میرود", "نمیرفتند", "رفت", "برد")]
    assert [form.certain for form in forms if form] == [True, True, False, False]


def test_stems_and_participles_are_recognised(verbs: Verbs) -> None:
    assert verbs.is_past_stem("رفت")
    assert not verbs.is_past_stem("رو")
    assert verbs.is_present_stem("رو")
    assert not verbs.is_present_stem("رفت")
    assert verbs.is_participle("رفته")
    assert not verbs.is_participle("خانه")


def test_every_common_verb_is_in_the_lexicon(verbs: Verbs) -> None:
    assert [past for past in COMMON_VERBS if not verbs.is_past_stem(past) or not verbs.is_common(past)] == []


def test_a_lemma_is_two_stems_without_a_space_in_them(verbs: Verbs) -> None:
    stems = [stem for verb in default_lexicon().verbs() for stem in verb]
    lemmas = {found.lemma for stem in stems if (found := verbs.find(stem))}
    assert [lemma for lemma in lemmas if lemma.count("#") != 1 or " " in lemma or not all(lemma.split("#"))] == []


@pytest.mark.parametrize("word", ["", "می", "نمی", "ن", "ب", "ه", "بر", "میمی", "نیی", "بیا" * 20, "ه" * 50])
def test_scraps_of_affixes_are_no_verb(verbs: Verbs, word: str) -> None:
    assert verbs.find(word) is None


@given(word=st.text("آابپتخدرزسشفکگلمنوهی", max_size=12))
def test_any_letters_give_a_known_verb_or_nothing(verbs: Verbs, word: str) -> None:
    found = verbs.find(word)
    assert found is None or (found.lemma.count("#") == 1 and found.past != "")


def test_being_prepared_changes_nothing_but_the_speed() -> None:
    plain, prepared = (Verbs(default_lexicon().verbs()) for _ in range(2))
    prepared.prepare()
    stems = {stem for verb in default_lexicon().verbs() for stem in verb}
    endings = ("", "م", "ند", "ه", "هام", "هاست", "ن", "یم", "ها")
    forms = ["".join(form) for form in product(("", "می", "ن", "باز"), stems, endings)]
    assert [prepared.find(form) for form in forms] == [plain.find(form) for form in forms]
