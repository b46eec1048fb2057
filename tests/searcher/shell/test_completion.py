import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.dates import parse_span
from khabarjoo.searcher.query.keywords import field_named
from khabarjoo.searcher.shell.commands import COMMANDS
from khabarjoo.searcher.shell.completion import EMPTY, LIMIT, MOST, Vocabulary, complete, date_words
from khabarjoo.searcher.shell.completion_matching import Name, Words, best, key_of

ZWNJ = "\u200c"
VOCABULARY = Vocabulary(
    sources=tuple(map(Name.of, ("ایسنا", "خبرگزاری مهر", "مهر", "isna.ir"))),
    categories=tuple(map(Name.of, ("سیاسی", "اقتصادی"))),
    tags=tuple(map(Name.of, ("نفت", "نفت و گاز", "برق"))),
    words=Words.of(["ایران", "تهران", f"می{ZWNJ}شود", "تهرانی", "زلزله", f"زلزله{ZWNJ}زده", "دانشگاه", "تظاهرات"]),
    years=(1402, 1401),
    saved=("زلزله‌ها", "نفت"),
)


def offered(text: str, cursor: int | None = None) -> list[str]:
    return [found.text for found in complete(text, len(text) if cursor is None else cursor, VOCABULARY)]


def applied(text: str, cursor: int | None = None) -> str:
    """The text with the first completion in it."""
    cursor = len(text) if cursor is None else cursor
    first = complete(text, cursor, VOCABULARY)[0]
    return text[: first.start] + first.text + text[cursor:]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("زل", "زلزله"),
        ("باران ته", "باران تهران"),
        ("+ته", "+تهران"),
        ("-زل", "-زلزله"),
        ("=زل", "=زلزله"),
        ("(زل", "(زلزله"),
        ("«باران زل", "«باران زلزله"),
        ("زلزله OR ته", "زلزله OR تهران"),
        ("میش", f"می{ZWNJ}شود"),
        (f"می{ZWNJ}ش", f"می{ZWNJ}شود"),
        ("عنوان:زل", "عنوان:زلزله"),
        ("title: ته", "title: تهران"),
        ("دنشگاه", "دانشگاه"),
        ("دانشاه", "دانشگاه"),
    ],
)
def test_words_are_completed_by_frequency_wherever_they_stand(text: str, first: str) -> None:
    assert applied(text) == first


@pytest.mark.parametrize(
    ("text", "first"), [("عن", "عنوان:"), ("sou", "source:"), ("من", "منبع:"), ("تا", "تاریخ:"), ("بر", "برچسب:")]
)
def test_fields_are_offered_in_both_languages_before_words(text: str, first: str) -> None:
    assert applied(text) == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("منبع:", "منبع:ایسنا"),
        ("منبع:اي", "منبع:ایسنا"),
        ("source: ایس", "source: ایسنا"),
        ("زلزله -منبع:خبر", "زلزله -منبع:«خبرگزاری مهر»"),
        ("منبع:«خبر", "منبع:«خبرگزاری مهر»"),
        ('منبع:"خبر', 'منبع:"خبرگزاری مهر"'),
        ("منبع:ایسنا،خب", "منبع:ایسنا،«خبرگزاری مهر»"),
        ("منبع:خبرگزاری_م", "منبع:«خبرگزاری مهر»"),
        ("دسته:(سیاسی یا اق", "دسته:(سیاسی یا اقتصادی"),
        ("برچسب:گاز", "برچسب:«نفت و گاز»"),
        ("تگ:بر", "تگ:برق"),
        ("source:isr", "source:isna.ir"),
    ],
)
def test_names_are_those_of_the_index_quoted_where_they_must_be(text: str, first: str) -> None:
    assert applied(text) == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("تاریخ:", "تاریخ:امروز"),
        ("date:last w", "date:last week"),
        ("تاریخ: هفته", "تاریخ: هفتهٔ گذشته"),
        ("تاریخ:مهر", "تاریخ:مهر ۱۴۰۲"),
        ("تاریخ:۱۴۰۱..۱۴", "تاریخ:۱۴۰۱..۱۴۰۲"),
        ("\\since مهر", "\\since مهر ۱۴۰۲"),
        ("\\تا ام", "\\تا امروز"),
    ],
)
def test_dates_are_offered_where_a_date_belongs(text: str, first: str) -> None:
    assert applied(text) == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("\\tim", "\\timeline"),
        ("\\tl", "\\timeline"),
        ("\\ذخ", "\\ذخیره"),
        ("  \\fac", "  \\facets"),
        ("\\source ای", "\\source ایسنا"),
        ("\\source ایسنا، خبر", "\\source ایسنا، خبرگزاری مهر"),
        ("\\برچسب نفت و", "\\برچسب نفت و گاز"),
        ("\\sort n", "\\sort newest"),
        ("\\ترتیب ت", "\\ترتیب تازه"),
        ("\\run ز", "\\run زلزله‌ها"),
        ("\\cite 3 bi", "\\cite 3 bibtex"),
        ("\\help exp", "\\help explain"),
        ("\\help \\exp", "\\help \\explain"),
        ("\\clear s", "\\clear since"),
    ],
)
def test_commands_and_what_they_take_are_completed(text: str, first: str) -> None:
    assert applied(text) == first


@pytest.mark.parametrize(
    "text", ["", "ا", "3", "s 3", "n", "\\nothing x", "\\open ", "«زلزله» ", "منبع:ایسنا ", "\\quit "]
)
def test_nothing_is_offered_where_nothing_would_help(text: str) -> None:
    assert offered(text) == []


def test_all_commands_are_listed_in_the_readers_language_after_a_backslash() -> None:
    assert offered("\\") == [command.english[0] for command in COMMANDS]
    persian = complete("\\", 1, Vocabulary(language="fa"))
    assert [found.text for found in persian] == [command.persian[0] for command in COMMANDS]


def test_only_what_is_before_the_cursor_counts() -> None:
    assert applied("زل تهران", 2) == "زلزله تهران"


def test_operators_are_offered_to_capitals_alone() -> None:
    assert offered("زلزله N") == ["NOT", "NEAR/5"]
    assert offered("زلزله n") == []


def test_of_equal_names_the_commonest_comes_first_and_beginnings_before_the_rest() -> None:
    names = [Name.of(text) for text in ("بنزین نفت", "گازنفت", "نفت", "نفت و گاز")]
    assert best("نفت", names, 10) == ["نفت", "نفت و گاز", "بنزین نفت", "گازنفت"]


def test_letters_far_apart_fit_only_from_the_beginning_of_a_word() -> None:
    names = [Name.of("timeline"), Name.of("a mutable tale")]
    assert best("tl", names, 5) == ["timeline"]
    assert best("mtl", names, 5) == ["a mutable tale"]
    assert best("iml", names, 5) == ["timeline"]
    assert best("ien", names, 5) == []


def test_every_date_offered_can_be_read() -> None:
    for words in date_words([1402, 1399]):
        assert parse_span(words)


def test_every_field_offered_is_one() -> None:
    offered_fields = [found for letter in "عتلممتدسبک" for found in offered(letter + "")]
    assert all(field_named(text.rstrip(":")) for text in offered_fields)


@given(
    st.text(st.sampled_from('زلزله تهران\\:«»"()،~^*-+=/۱۲3 منبع\u200cتاریخسمnpcOR\x1b\u202e\n'), max_size=40),
    st.data(),
)
def test_any_text_and_cursor_are_completed_quietly(text: str, data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, len(text)))
    found = complete(text, cursor, VOCABULARY)
    assert len(found) <= MOST
    assert all(0 <= each.start <= cursor for each in found)


def test_a_large_vocabulary_is_completed_at_once() -> None:
    letters = string.ascii_lowercase[:12]
    words = [f"{a}{b}{c}{d}e" for a in letters for b in letters for c in letters for d in letters]
    large = Vocabulary(words=Words.of(words), tags=tuple(map(Name.of, words[:5000])))
    fastest = min(_seconds(text, large) for text in ("abcd", "abxc") for _ in range(3))
    assert fastest < 0.1
    assert len(complete("ab", 2, large)) == LIMIT


def _seconds(text: str, vocabulary: Vocabulary) -> float:
    started = time.process_time()
    complete(text, len(text), vocabulary)
    complete(f"tag:{text}", len(text) + 4, vocabulary)
    return time.process_time() - started


def test_without_a_vocabulary_the_language_itself_is_completed() -> None:
    assert [found.text for found in complete("عنو", 3, EMPTY)] == ["عنوان:"]


def test_keys_fold_spelling() -> None:
    assert key_of("خبرگزاري_مهر") == key_of("خبرگزاری  مهر")


def test_latin_letters_are_completed_to_latin_words_first_and_then_read_as_persian() -> None:
    words = Words.of(["دانشگاه", "دانشجو", "google", "گوگل", "خبرگزاری"])
    assert words.best("danesh", 5) == ["دانشگاه", "دانشجو"]
    assert words.best("goog", 5) == ["google", "گوگل"]
    assert words.best("khabar", 5) == ["خبرگزاری"]
    assert words.best("dnsh", 5) == []
