"""Names of persons among other words."""

from __future__ import annotations

from collections import Counter

import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.normalizer import fold, join_parts
from khabarjoo.analyzers.word_tables import read_table


def named(text: str) -> list[str]:
    """The words of a text that go on with a name, each with the one before it."""
    analyzer = default_analyzer()
    terms = [token.term for token in analyzer.tokens(text)]
    continued = analyzer.person_names.continued(terms)
    assert len(continued) == len(terms)
    return [
        f"{before.form} {term.form}"
        for before, term, goes_on in zip(terms, terms[1:], continued[1:], strict=False)
        if goes_on
    ]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("پرویز پرستویی", ["پرویز پرستویی"]),
        ("پرويز پرستويي", ["پرویز پرستویی"]),
        ("فیلم تازه پرویز پرستویی در تهران", ["پرویز پرستویی"]),
        ("سید ابراهیم رئیسی", ["سید ابراهیم", "ابراهیم رییسی"]),
        ("دکتر مسعود پزشکیان", ["دکتر مسعود", "مسعود پزشکیان"]),
        ("آنگلا مرکل", ["آنگلا مرکل"]),
        ("سفر امانوئل مکرون", ["امانویل مکرون"]),
        ("رضا عطاران", ["رضا عطاران"]),
        ("بهروز وثوقی", ["بهروز وثوقی"]),
        ("نرگس آبیار", ["نرگس آبیار"]),
        ("اصغر فرهادی و پیمان معادی", ["اصغر فرهادی", "پیمان معادی"]),
        ("محسنی اژه ای", []),
        ("گلزار", []),
        ("", []),
    ],
)
def test_a_full_name_is_seen_alone_and_among_other_words(text: str, pairs: list[str]) -> None:
    assert named(text) == pairs


@pytest.mark.parametrize(
    "text",
    [
        "تیم ملی فوتبال ایران",
        "قیمت نفت",
        "انقلاب اسلامی",
        "شورای شهر تهران",
        "آزادی بیان",
        "امید به زندگی",
        "ستاره شناسی",
        "بازار بورس و سرمایه",
        "کتابخانه های دیجیتال",
        "دکتر عمومی",
        "بهار عربی",
        "خراسان رضوی",
        "پیام تسلیت",
    ],
)
def test_common_words_are_no_name(text: str) -> None:
    assert named(text) == []


def test_the_table_names_no_word_twice_and_only_known_kinds() -> None:
    rows = list(read_table("person_names.txt", 2))
    names = Counter((kind, join_parts(fold(name))) for kind, names in rows for name in names.split())
    assert {kind for kind, _ in names} == {"given", "given_too", "title", "surname"}
    assert [name for name, times in names.items() if times > 1] == []
    sure = {name for kind, name in names if kind == "given"}
    assert not sure & {name for kind, name in names if kind == "given_too"}
    assert len(names) > 2000
