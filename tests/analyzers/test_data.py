"""The hand-made word tables: each is well formed, says nothing twice, and no two of them disagree."""

from __future__ import annotations

from collections import Counter
from importlib import resources

import pytest

from khabarjoo.analyzers.normalizer import ZWNJ, fold, join_parts

_LEAST_ROWS = {
    "data/broken_plurals.txt": 700,
    "data/irregular.txt": 80,
    "data/variants.txt": 250,
    "data/names.txt": 1200,
    "data/bound_forms.txt": 150,
    "data/prefixes.txt": 30,
    "data/spoken.txt": 60,
    "data/given_names.txt": 10,
    "stopwords.txt": 140,
}
_TABLES = sorted(_LEAST_ROWS)
_PAIRS = ("data/broken_plurals.txt", "data/irregular.txt")
_KINDS = {"always", "joined", "listed"}


def _lines(table: str) -> list[str]:
    return (resources.files("analyzers") / table).read_text(encoding="utf-8").splitlines()


def _rows(table: str) -> list[list[str]]:
    return [line.split("\t") for line in _lines(table) if not line.startswith("#")]


def _key(word: str) -> str:
    """A word as the analyzer looks it up, so that two spellings of one word count as the same."""
    return join_parts(fold(word))


def _pairs(table: str) -> dict[str, str]:
    return {_key(word): _key(lemma) for word, lemma in _rows(table)}


def _spellings() -> dict[str, str]:
    """Every spelling in variants.txt but the first of its group, and that first one."""
    return {_key(other): _key(first) for first, *others in _rows("data/variants.txt") for other in others}


def _words(table: str) -> list[str]:
    """The words that a table is about: its first column, or all columns of the groups in variants.txt."""
    rows = _rows(table)
    return [word for row in rows for word in row] if table.endswith("variants.txt") else [row[0] for row in rows]


@pytest.mark.parametrize("table", _TABLES)
def test_a_table_holds_at_least_what_it_promises(table: str) -> None:
    assert len(_rows(table)) >= _LEAST_ROWS[table]


@pytest.mark.parametrize("table", _TABLES)
def test_a_table_opens_with_what_it_is_how_it_was_made_and_its_licence(table: str) -> None:
    lines = _lines(table)
    first_row = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    header = "\n".join(lines[:first_row])
    assert all(said in header for said in ("What it is:", "How it was made:", "Licence: MIT"))


@pytest.mark.parametrize("table", _TABLES)
def test_no_cell_is_empty_or_has_space_or_a_zwnj_at_its_edges(table: str) -> None:
    bad = [cell for row in _rows(table) for cell in row if not cell or cell != cell.strip(f" \t{ZWNJ}")]
    assert bad == []


@pytest.mark.parametrize("table", _TABLES)
def test_a_cell_is_one_word_in_persian_letters(table: str) -> None:
    """No spaces, and none of the Arabic ي ك that only folding would mend."""
    words = _words(table) + [row[1] for row in _rows(table) if table in _PAIRS]
    assert [word for word in words if " " in word or set(word) & set("يكى") or not fold(word)] == []


@pytest.mark.parametrize("table", _TABLES)
def test_no_word_is_listed_twice_once_folded(table: str) -> None:
    counts = Counter(map(_key, _words(table)))
    assert [word for word, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("table", "columns"), [(_PAIRS[0], 2), (_PAIRS[1], 2), ("data/names.txt", 1), ("stopwords.txt", 1)]
)
def test_every_row_has_the_columns_of_its_table(table: str, columns: int) -> None:
    assert [row for row in _rows(table) if len(row) != columns] == []


@pytest.mark.parametrize("table", _PAIRS)
def test_no_word_is_its_own_lemma(table: str) -> None:
    assert [word for word, lemma in _pairs(table).items() if word == lemma] == []


@pytest.mark.parametrize("table", _PAIRS)
def test_a_lemma_is_reached_in_one_step_so_there_are_no_cycles(table: str) -> None:
    steps = _pairs(_PAIRS[0]) | _pairs(_PAIRS[1]) | _spellings()
    assert [word for word, lemma in _pairs(table).items() if lemma in steps] == []


def test_the_two_tables_of_lemmas_share_no_word() -> None:
    assert _pairs(_PAIRS[0]).keys() & _pairs(_PAIRS[1]).keys() == set()


def test_the_first_spelling_of_a_group_is_not_itself_sent_elsewhere() -> None:
    steps = _pairs(_PAIRS[0]) | _pairs(_PAIRS[1])
    assert {first for first in _spellings().values() if first in steps} == set()
    assert _spellings().keys() & steps.keys() == set()


def test_a_group_of_spellings_has_at_least_two() -> None:
    assert [row for row in _rows("data/variants.txt") if len(row) < 2] == []


def test_no_name_is_also_a_plural_an_irregular_form_or_a_lesser_spelling() -> None:
    names = {_key(name) for (name,) in _rows("data/names.txt")}
    assert names & (_pairs(_PAIRS[0]).keys() | _pairs(_PAIRS[1]).keys() | _spellings().keys()) == set()


def test_no_name_is_a_bound_form_that_always_belongs_to_the_word_before() -> None:
    names = {_key(name) for (name,) in _rows("data/names.txt")}
    assert names & {_key(form) for form, _, kind in _rows("data/bound_forms.txt") if kind == "always"} == set()


def test_bound_forms_say_how_long_a_first_element_they_need_and_of_which_kind_they_are() -> None:
    for _, least, kind in _rows("data/bound_forms.txt"):
        assert least in {"2", "3", "4"}
        assert kind in _KINDS


def test_prefixes_say_of_which_kind_they_are() -> None:
    assert {kind for _, kind in _rows("data/prefixes.txt")} == _KINDS


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("اخبار", "خبر"),
        ("مسائل", "مسئله"),
        ("مسایل", "مسئله"),
        ("وزراء", "وزیر"),
        ("وزرا", "وزیر"),
        ("خاطرات", "خاطره"),
        ("خدمات", "خدمت"),
        ("كتب", "کتاب"),
        ("سبزی‌جات", "سبزی"),
        ("شؤون", "شأن"),
        ("شئون", "شأن"),
    ],
)
def test_a_broken_plural_is_found_however_it_is_spelled(plural: str, singular: str) -> None:
    assert _pairs("data/broken_plurals.txt")[_key(plural)] == _key(singular)


@pytest.mark.parametrize("word", ["حقوق", "مراسم", "انتخابات", "امکانات", "اطلاعات", "اسلحه", "ابعاد", "اسرار"])
def test_a_plural_that_became_a_word_of_its_own_is_left_alone(word: str) -> None:
    assert _key(word) not in _pairs("data/broken_plurals.txt")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مسئول", "مسؤول"),
        ("مسئول", "مسوول"),
        ("هیأت", "هیات"),
        ("گفت‌وگو", "گفتگو"),
        ("بلیت", "بليط"),
        ("آمریکا", "امریکا"),
        ("زغال", "ذغال"),
    ],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    first = _spellings()
    assert first.get(_key(one), _key(one)) == first.get(_key(other), _key(other))


@pytest.mark.parametrize(
    "word", ["ایران", "تهران", "رئیسی", "روحانی", "خامنه‌ای", "دختر", "دفتر", "بهتر", "استان", "درمان", "زندان", "علی"]
)
def test_words_that_blind_stemmers_ruin_are_listed(word: str) -> None:
    assert _key(word) in {_key(name) for (name,) in _rows("data/names.txt")}


@pytest.mark.parametrize("word", ["مردم", "سال", "کشور", "دولت", "ایران", "رئیس", "خبر"])
def test_no_word_with_a_meaning_of_its_own_is_a_stopword(word: str) -> None:
    assert _key(word) not in {_key(stopword) for (stopword,) in _rows("stopwords.txt")}
