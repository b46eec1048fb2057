"""A name that no article has is told, with the nearest there is, wherever it is asked for."""

import time

import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.searcher.query.name_matching import KnownNames, nearest_name, unknown_names
from khabarjoo.searcher.query.plan import Filters, Plan, Terms
from khabarjoo.searcher.query.query_reading import read_query

ANALYZER = default_analyzer()

SOURCES = {"ایسنا": 9, "ایرنا": 7, "خبرآنلاین": 5, "Reuters": 2}
TAGS = {"زلزله": 3, "نفت و گاز": 2}


def names_of(kind: str) -> dict[str, int]:
    return {"source": SOURCES, "category": {}, "tag": TAGS}[kind]


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("ایسنان", "ایسنا"),
        ("خبرگزاری ایسنل", "ایسنا"),
        ("ایرتا", "ایرنا"),
        ("خبر آنلاینن", "خبرآنلاین"),
        ("reuter's", "Reuters"),
    ],
)
def test_the_nearest_of_the_names_there_are_is_told(wanted: str, near: str) -> None:
    (note,) = unknown_names(Plan(read_query("زلزله", ANALYZER).root, Filters.of(source=wanted)), names_of)
    assert note.english == f"No article is of an outlet called {wanted}; the nearest is {near}."
    assert f"«{wanted}»" in note.persian
    assert f"«{near}»" in note.persian


@pytest.mark.parametrize("wanted", ["رویترز", "قققق"])
def test_where_none_is_like_it_that_alone_is_told(wanted: str) -> None:
    (note,) = unknown_names(Plan(read_query("زلزله", ANALYZER).root, Filters.of(source=wanted)), names_of)
    assert note.english == f"No article is of an outlet called {wanted}."
    assert nearest_name(wanted, SOURCES) == ""


@pytest.mark.parametrize("wanted", ["ایسنا", "ايسنا", "isna.ir", "خبر آنلاین", "reuters"])
def test_a_name_that_stands_for_one_is_not_told(wanted: str) -> None:
    assert unknown_names(Plan(read_query("زلزله", ANALYZER).root, Filters.of(source=wanted)), names_of) == ()
    assert KnownNames(SOURCES, "source").meant(wanted)


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("منبع:ایسنان زلزله", ["no source, near"]),
        ("زلزله -برچسب:نفتت", ["no tag, near"]),
        ("(منبع:ایسنا OR دسته:ورزش) زلزله", ["no category"]),
        ("برچسب:زلزله", []),
        ("زلزله تهران", []),
    ],
)
def test_names_in_a_query_are_looked_for_as_those_of_filters(query: str, kinds: list[str]) -> None:
    assert [note.kind for note in unknown_names(read_query(query, ANALYZER), names_of)] == kinds


def test_many_unknown_names_take_little_and_the_first_have_a_near_one() -> None:
    known = dict.fromkeys([f"برچسب{number}" for number in range(20_000)], 1)
    wanted = tuple(f"برجسب{number}" for number in range(1000))
    started = time.process_time()
    notes = unknown_names(Plan(Terms("tag", wanted)), lambda kind: known)
    assert time.process_time() - started < 3
    assert [note.kind for note in notes] == ["no tag, near"] * 10 + ["no tag"] * 990
