"""Lemmas of single words: what is cut, what is restored, and what is left alone, with the rule that says why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.lemmatizer import Lemma, Lemmatizer
from khabarjoo.analyzers.lexicon import default_lexicon
from khabarjoo.analyzers.normalizer import fold, join_parts


@pytest.fixture(scope="module")
def lemmatizer() -> Lemmatizer:
    return Lemmatizer(default_lexicon())


def _lemma(lemmatizer: Lemmatizer, word: str) -> Lemma:
    return lemmatizer.lemma(join_parts(fold(word)))


def _lemmas(lemmatizer: Lemmatizer, words: list[str]) -> dict[str, str]:
    return {word: _lemma(lemmatizer, word).text for word in words}


@pytest.mark.parametrize("base", ["کشور", "شرکت", "خانواده", "نماینده", "همکاری", "دانشگاه", "آمریکایی", "نیرو", "صدا"])
def test_the_plural_in_ha_is_cut_with_all_that_may_follow_it(lemmatizer: Lemmatizer, base: str) -> None:
    tails = ("", "ی", "یی", "یم", "یت", "یش", "یمان", "یتان", "یشان")
    words = [f"{base}ها{tail}" for tail in tails]
    assert _lemmas(lemmatizer, words) == dict.fromkeys(words, base)


@pytest.mark.parametrize(
    ("lemma", "words"),
    [
        ("کارگر", ["کارگران", "کارگرانی", "کارگرانش", "کارگرانشان"]),
        ("بازیکن", ["بازیکنان", "بازیکنانی", "بازیکنانش"]),
        ("دانشجو", ["دانشجویان", "دانشجویانی", "دانشجویانش"]),
        ("آقا", ["آقایان"]),
        ("ایرانی", ["ایرانیان"]),
        ("محقق", ["محققان", "محققین", "محققانی"]),
        ("معترض", ["معترضان", "معترضین"]),
        ("نماینده", ["نمایندگان", "نمایندگانی", "نمایندگانش"]),
        ("ستاره", ["ستارگان"]),
        ("همسایه", ["همسایگان", "همسایگانش"]),
        ("مشکل", ["مشکلات", "مشکلاتی", "مشکلاتش", "مشکلاتشان"]),
        ("جلسه", ["جلسات", "جلساتی"]),
        ("خدمت", ["خدمات", "خدماتش"]),
        ("مذاکره", ["مذاکرات", "مذاکراتی", "مذاکراتشان"]),
        ("کارخانه", ["کارخانجات"]),
        ("سبزی", ["سبزیجات"]),
        ("میوه", ["میوه‌جات"]),
        ("روحانی", ["روحانیون", "روحانیان"]),
        ("انقلابی", ["انقلابیون"]),
    ],
)
def test_every_kind_of_plural_is_cut_and_what_it_swallowed_restored(
    lemmatizer: Lemmatizer, lemma: str, words: list[str]
) -> None:
    assert _lemmas(lemmatizer, words) == dict.fromkeys(words, lemma)


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("اخبار", "خبر"),
        ("احزاب", "حزب"),
        ("شهدا", "شهید"),
        ("رؤسا", "رییس"),
        ("مدارس", "مدرسه"),
        ("مسائل", "مسیله"),
        ("حوادث", "حادثه"),
        ("آثار", "اثر"),
        ("اساتید", "استاد"),
        ("علل", "علت"),
    ],
)
def test_a_broken_plural_is_its_singular_by_table(lemmatizer: Lemmatizer, plural: str, singular: str) -> None:
    assert _lemma(lemmatizer, plural)[:2] == (singular, "broken plural")


@pytest.mark.parametrize(
    ("lemma", "words"),
    [
        ("خبر", ["اخبارش", "اخبارشان"]),
        ("حادثه", ["حوادثی"]),
        ("اثر", ["آثارش", "آثاری", "آثارشان"]),
        ("عضو", ["اعضای", "اعضایش", "اعضایی"]),
        ("شهید", ["شهدای"]),
        ("فقیه", ["فقهای"]),
        ("دلیل", ["دلایلی", "دلایلش"]),
    ],
)
def test_a_broken_plural_may_carry_what_any_noun_may(lemmatizer: Lemmatizer, lemma: str, words: list[str]) -> None:
    assert _lemmas(lemmatizer, words) == dict.fromkeys(words, lemma)


@pytest.mark.parametrize(
    ("lemma", "words"),
    [
        ("کتاب", ["کتابم", "کتابش", "کتابشان", "کتابمان", "کتابی"]),
        ("کشور", ["کشورش", "کشورمان", "کشورشان"]),
        ("پدر", ["پدرم", "پدرش", "پدرشان"]),
        ("مادر", ["مادرم", "مادرش"]),
        ("صدا", ["صدایش", "صدایم", "صدایشان"]),
        ("دست", ["دستش", "دستشان"]),
        ("خود", ["خودش", "خودشان", "خودمان"]),
        ("دختر", ["دختری", "دخترش", "دخترم"]),
        ("تصمیم", ["تصمیمی", "تصمیمش"]),
        ("برنامه", ["برنامه‌ای", "برنامه‌اش", "برنامه‌شان"]),
        ("خانه", ["خانه‌ام", "خانه‌اش", "خانه‌مان"]),
        ("ماجرا", ["ماجرای", "ماجراهای"]),
        ("شورا", ["شورای", "شوراهای"]),
        ("انتها", ["انتهای"]),
        ("سناریو", ["سناریوی", "سناریویی", "سناریوهای"]),
        ("نیرو", ["نیروی", "نیرویی", "نیروهایش"]),
    ],
)
def test_possessives_ezafe_and_the_indefinite_yeh_are_cut(lemmatizer: Lemmatizer, lemma: str, words: list[str]) -> None:
    assert _lemmas(lemmatizer, words) == dict.fromkeys(words, lemma)


@pytest.mark.parametrize(
    ("lemma", "words"),
    [
        ("بزرگ", ["بزرگتر", "بزرگترین", "بزرگتری", "بزرگترینها"]),
        ("مهم", ["مهمتر", "مهمترین"]),
        ("گسترده", ["گسترده", "گسترده‌تر", "گسترده‌ترین"]),
        ("بد", ["بدتر", "بدترین", "بدتری"]),
        ("بیش", ["بیشتر", "بیشترین"]),
        ("کم", ["کمتر", "کمترین"]),
        ("کند", ["کندتر", "کندترین"]),
        ("قدیمی", ["قدیمی‌تر", "قدیمی‌ترین"]),
    ],
)
def test_degrees_of_an_adjective_are_cut(lemmatizer: Lemmatizer, lemma: str, words: list[str]) -> None:
    expected = dict.fromkeys(words, lemma)
    assert _lemmas(lemmatizer, words) == expected


@pytest.mark.parametrize(
    "word",
    "ایران مردم سلامت استان درمان دفتر دختر دکتر بهتر تهران کرمان جهان زبان سازمان خیابان زندان باران زمان پایان جریان "
    "بحران میدان عنوان انسان آسمان داستان تابستان امکان ملت دولت شرکت حرکت جمعیت طبیعت صنعت نوبت آتش ارتش آموزش افزایش "
    "نقش تلاش مشتری انگشتر خاکستر لیتر متر تیتر پیکر رمضان شعبان یونان لبنان آلمان بحرین قزوین فلسطین سرزمین نخست جنت "
    "هیئت قم علی مشهد شیراز اهواز اطلاعات انتخابات ادبیات امکانات مسکن برنامه روزنامه دبیر وزیر تومان ریال نفت گاز "
    "پارلمان تراکتور کانادا ژاپن سوریه بغداد بایدن پوتین ترامپ نتانیاهو لندن پاریس واشنگتن بیروت غزه".split(),
)
def test_a_word_that_only_ends_like_an_inflected_one_is_left_alone(lemmatizer: Lemmatizer, word: str) -> None:
    assert _lemma(lemmatizer, word).text == join_parts(fold(word))


@pytest.mark.parametrize(
    "word",
    "اسلامی سیاسی اقتصادی ایرانی دولتی نظامی شهری خبری ملی مالی حقوقی جنگی فرهنگی اجتماعی تاریخی جهانی مردمی هسته‌ای "
    "حرفه‌ای منطقه‌ای رسانه‌ای دانشگاهی دریایی هوایی آمریکایی اروپایی روستایی قضایی نهایی".split(),
)
def test_an_adjective_in_yeh_is_not_its_noun(lemmatizer: Lemmatizer, word: str) -> None:
    assert _lemma(lemmatizer, word).text == join_parts(fold(word))


@pytest.mark.parametrize(
    "name",
    "رئیسی روحانی خاتمی لاریجانی جلیلی موسوی کروبی هاشمی سلیمانی شمخانی باقری سلامی حاتمی همتی جهانگیری خامنه‌ای عراقچی "
    "منتظری طالقانی مطهری بهشتی رجایی بازرگان قالیباف ظریف پزشکیان چمران زاکانی جنتی یزدی کاشانی آملی".split(),
)
def test_a_surname_is_left_alone(lemmatizer: Lemmatizer, name: str) -> None:
    assert _lemma(lemmatizer, name).text == join_parts(fold(name))


@pytest.mark.parametrize(
    "name", "نیوز نستا بروژ میناوند پالم همیاری ناسا نیویورک میلان برلین بلژیک برزیل نروژ نیا هاشم بروکسل نایک".split()
)
def test_a_name_is_not_read_as_a_form_of_a_verb_that_news_hardly_uses(lemmatizer: Lemmatizer, name: str) -> None:
    assert _lemma(lemmatizer, name).rule != "verb"


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("می‌روند", "رفت#رو"),
        ("نرفته‌اند", "رفت#رو"),
        ("کند", "کرد#کن"),
        ("برد", "برد#بر"),
        ("است", "هست#است"),
        ("بیندازد", "انداخت#انداز"),
        ("برمی‌گردد", "گشت#گرد"),
    ],
)
def test_a_verb_form_is_the_two_stems_of_its_verb(lemmatizer: Lemmatizer, word: str, lemma: str) -> None:
    assert _lemma(lemmatizer, word)[:2] == (lemma, "verb")


@pytest.mark.parametrize("word", ["نشست", "خرید", "ساخت", "پرداخت", "شکست", "برخورد", "بازداشت", "دریافت", "گذشته"])
def test_a_verb_form_that_news_uses_as_a_noun_is_the_noun(lemmatizer: Lemmatizer, word: str) -> None:
    assert _lemma(lemmatizer, word).text == word


@pytest.mark.parametrize(
    "noun", ["خرید", "نهاد", "نبرد", "برخورد", "نشست", "شکست", "پرداخت", "بازداشت", "درآمد", "ساخت"]
)
def test_a_noun_spelled_like_a_verb_keeps_its_plural_joined_or_not(lemmatizer: Lemmatizer, noun: str) -> None:
    words = [f"{noun}ها", f"{noun}های", f"{noun}هایی", f"{noun}هایشان"]
    assert _lemmas(lemmatizer, words) == dict.fromkeys(words, join_parts(fold(noun)))


def test_a_participle_is_its_verb_and_can_be_found_as_itself(lemmatizer: Lemmatizer) -> None:
    found = _lemma(lemmatizer, "رفته")
    assert (found.text, found.related) == ("رفت#رو", ("رفته",))


def test_an_infinitive_is_itself_and_can_be_found_by_its_verb(lemmatizer: Lemmatizer) -> None:
    found = _lemma(lemmatizer, "رفتن")
    assert (found.text, found.rule, found.related) == ("رفتن", "infinitive", ("رفت#رو",))


@pytest.mark.parametrize(
    ("spelling", "lemma"),
    [
        ("طهران", "تهران"),
        ("بلیط", "بلیت"),
        ("اطاق", "اتاق"),
        ("گفتگو", "گفتوگو"),
        ("گفتگوهای", "گفتوگو"),
        ("امریکا", "آمریکا"),
        ("هیأت", "هییت"),
        ("سؤالات", "سوال"),
        ("مؤسسات", "موسسه"),
    ],
)
def test_spellings_of_a_word_have_one_lemma(lemmatizer: Lemmatizer, spelling: str, lemma: str) -> None:
    assert _lemma(lemmatizer, spelling).text == lemma


@pytest.mark.parametrize(
    "word", ["زلاتکو", "کواراتسخلیا", "اسکوچیچ", "uil", "1403", "", "\u200c", "a" * 300, "ا" * 300]
)
def test_a_word_nobody_knows_is_its_own_lemma(lemmatizer: Lemmatizer, word: str) -> None:
    assert lemmatizer.lemma(word) == Lemma(word, "unknown word")
    assert lemmatizer.known(word) is None


@pytest.mark.parametrize(("base", "form"), [("اسکوچیچ", "اسکوچیچ‌ها"), ("بوندسلیگا", "بوندسلیگای"), ("کرونا", "کرونای")])
def test_an_unknown_word_still_loses_a_suffix_that_can_be_nothing_else(
    lemmatizer: Lemmatizer, base: str, form: str
) -> None:
    assert _lemma(lemmatizer, form).text == _lemma(lemmatizer, base).text


@pytest.mark.parametrize("word", ["کتاب", "می‌روند", "کارگران", "اخبار", "گفتگوهای", "بزرگترین", "رئیسی", "خانه‌ام"])
def test_every_lemma_says_by_which_rule_and_which_entry(lemmatizer: Lemmatizer, word: str) -> None:
    found = _lemma(lemmatizer, word)
    assert found.rule
    assert found.entry


@given(word=st.text("آابپتجچخدرزسشصعفقکگلمنوهی", max_size=14))
def test_any_letters_have_a_lemma_of_at_least_two_letters_or_their_own(lemmatizer: Lemmatizer, word: str) -> None:
    found = lemmatizer.lemma(join_parts(fold(word)))
    assert found.text == join_parts(fold(word)) or len(found.text) >= 2


@given(
    word=st.sampled_from("کشور خانه نماینده همکاری نیرو صدا بزرگ تهران رئیسی اخبار کارگران".split()),
    times=st.integers(1, 40),
)
def test_a_chain_of_suffixes_without_end_is_no_error(lemmatizer: Lemmatizer, word: str, times: int) -> None:
    assert lemmatizer.lemma(word + "های" * times).text
