"""Persian in Latin letters: many spellings of one word, the plainest first, and only words that there are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.finglish import beginnings, is_latin, read

WORDS = sorted(
    "آب آبان آزمون استان اقتصاد باغچه بعدا تالاب تعاونی چراغ حقوق خاطره خواهران خورشید دانشگاه دوربین ذخیره رباعی "
    "روزنامه زلزله ژاله ساعت سیلاب شعله شهردار صندوق ضامن طوفان ظریف عبدالله عدالت غرب فوتبال قالی قهوه کتاب کشاورز "
    "گوزن گیاه لاله مسکن معلم میگوید نفت نوروز وزارت هویج هوا یخچال یونان پرنده پیاده تنبل شنبه مسئله".split()
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khorshid", "خورشید"), ("xorshid", "خورشید"), ("khoorsheed", "خورشید"), ("KHORSHID", "خورشید"),
        ("ghali", "قالی"), ("qali", "قالی"), ("qaalee", "قالی"), ("gharb", "غرب"), ("qarb", "غرب"),
        ("cheragh", "چراغ"), ("zhale", "ژاله"), ("jaleh", "ژاله"), ("shahrdaar", "شهردار"),
        ("rooznameh", "روزنامه"), ("ruzname", "روزنامه"), ("rouznaame", "روزنامه"), ("zelzele", "زلزله"),
        ("norooz", "نوروز"), ("nowruz", "نوروز"), ("nourouz", "نوروز"), ("toofan", "طوفان"), ("tufan", "طوفان"),
        ("aab", "آب"), ("azmoon", "آزمون"), ("edalat", "عدالت"), ("sa'at", "ساعت"), ("saat", "ساعت"),
        ("moallem", "معلم"), ("mo'allem", "معلم"), ("hoghoogh", "حقوق"), ("sandoq", "صندوق"), ("zakhire", "ذخیره"),
        ("khaharan", "خواهران"), ("badan", "بعدا"), ("miguyad", "میگوید"), ("abdollah", "عبدالله"),
        ("tambal", "تنبل"), ("shambe", "شنبه"), ("yakhchal", "یخچال"), ("havij", "هویج"), ("hava", "هوا"),
        ("maskane", "مسکن"), ("ostan-e", "استان"), ("vezarat-e", "وزارت"), ("naft", "نفت"), ("khatere-ye", "خاطره"),
    ],
)  # fmt: skip
def test_many_spellings_are_read_as_the_word_that_there_is(typed: str, meant: str) -> None:
    assert read(typed, WORDS, 1)[0].text == meant


def test_a_plainer_reading_is_cheaper() -> None:
    plain, short, *_ = read("baar", sorted(["بار", "بعر", "بر"]), 3)
    assert plain.text == "بار"
    assert plain.cost < short.cost


def test_letters_of_a_digraph_are_read_apart_only_where_nothing_else_is() -> None:
    assert read("eshagh", ["اسحاق"], 1)[0].cost > read("eshgh", ["عشق"], 1)[0].cost


@pytest.mark.parametrize("typed", ["", "-", "mp3", "covid19", "خبر", "a" * 31, "naïve"])
def test_what_is_no_latin_word_is_not_read(typed: str) -> None:
    assert not is_latin(typed)
    assert read(typed, WORDS, 3) == []
    assert beginnings(typed) == set()


def test_words_that_begin_so_are_found_while_a_word_is_typed() -> None:
    found = read("daneshg", WORDS, 1, begun=True)
    assert WORDS[found[0].start : found[0].end] == ["دانشگاه"]
    assert read("daneshg", WORDS, 1) == []


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'-", max_size=30))
def test_every_reading_is_a_word_and_begins_as_it_may(typed: str) -> None:
    for reading in read(typed, WORDS, 5):
        assert set(WORDS[reading.start : reading.end]) == {reading.text}
        assert reading.text[0] in beginnings(typed)
        assert 0 <= reading.cost <= 9
