"""Leaves of plans against going through the words of the articles."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.searcher.highlight import expression
from khabarjoo.searcher.local.leaf_matches import LeafMatches
from khabarjoo.searcher.local.match import PARTS_OF_A_PHRASE, forms_of
from khabarjoo.searcher.query.plan import Exact, Fuzzy, Leaf, Near, Pattern, TextField, Word
from tests.corpus import ZWNJ, make_live, random_articles
from tests.searcher.brute_force import BruteForce
from tests.searcher.random_plans import RandomPlans

FIELDS: tuple[TextField, ...] = ("", "title", "lead", "body")


def reader_of(folder: Path, *articles: Article, deleted: tuple[str, ...] = ()) -> SegmentReader:
    return SegmentReader(make_live(folder / "s", articles, deleted))


def of_body(folder: Path, *bodies: str) -> SegmentReader:
    return reader_of(folder, *(Article(str(number), body=body) for number, body in enumerate(bodies)))


def found(reader: SegmentReader, node: Leaf | Near) -> dict[str, int]:
    """The ids of the articles that a leaf matches, and its impact in each."""
    docs, impacts = LeafMatches([reader]).found(reader, node)
    assert docs.tolist() == sorted(set(docs.tolist()))
    return dict(zip((reader.columns.ids[doc] for doc in docs.tolist()), impacts.tolist(), strict=True))


def ids(reader: SegmentReader, node: Leaf | Near) -> str:
    return " ".join(found(reader, node))


def check(seed: int, folder: Path, count: int, kind: Any) -> None:
    """Compares leaves at random with brute force, over articles some of which are deleted."""
    rng = Random(seed)
    articles = random_articles(rng, 60)
    gone = tuple(article.id for article in articles if rng.random() < 0.2)
    reader = reader_of(folder, *articles, deleted=gone)
    live = [article for article in articles if article.id not in gone]
    expected = BruteForce(live, [{}] * len(live))
    plans = RandomPlans(rng, list(expected.plain.places), live)
    matched = 0
    for _ in range(count):
        leaf = kind(plans, rng)
        levels = {live[number].id: level for number, level in expected.levels(leaf).items()}
        assert found(reader, leaf) == levels, leaf
        matched += bool(levels)
    assert matched > count / 4


@pytest.mark.parametrize("seed", range(4))
def test_words_letters_patterns_and_likenesses_match_what_a_plain_reading_does(seed: int, tmp_path: Path) -> None:
    check(seed, tmp_path, 150, lambda plans, rng: plans.leaf(rng.choice(FIELDS)))


@pytest.mark.parametrize("seed", range(4))
def test_words_near_each_other_match_what_a_plain_reading_does(seed: int, tmp_path: Path) -> None:
    check(seed, tmp_path, 150, lambda plans, rng: plans.near())


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("slop", range(8))
def test_every_slop_of_every_pair_of_words_matches_what_a_plain_reading_does(
    slop: int, ordered: bool, tmp_path: Path
) -> None:
    lemmas = ("باران", "برف", "از", "به", "همکاری")

    def near(plans: RandomPlans, rng: Random) -> Near:
        size = rng.choice((2, 2, 2, 3))
        return Near(tuple(Word(rng.choice(lemmas), ()) for _ in range(size)), slop, ordered)

    check(slop, tmp_path, 40, near)


# -- made by hand ------------------------------------------------------------------------------------------------------

باران, برف, باد = (Word(lemma, (lemma,)) for lemma in ("باران", "برف", "باد"))


def test_a_phrase_has_its_words_one_after_another(tmp_path: Path) -> None:
    reader = of_body(tmp_path, "باران برف", "برف باران", "باران و برف", "باران، برف", "برف و باران برف", "باران")
    assert ids(reader, Near((باران, برف))) == "0 3 4"


@pytest.mark.parametrize(("slop", "expected"), [(0, "0"), (1, "0 1"), (2, "0 1 2"), (9, "0 1 2")])
def test_slop_counts_the_words_between_that_are_no_parts(slop: int, expected: str, tmp_path: Path) -> None:
    reader = of_body(tmp_path, "باران برف", "باران نفت برف", "باران نفت گاز برف", "برف باران")
    assert ids(reader, Near((باران, برف), slop)) == expected


def test_in_any_order_the_first_may_come_last(tmp_path: Path) -> None:
    reader = of_body(tmp_path, "باران برف", "برف باران", "برف نفت باران")
    assert ids(reader, Near((باران, برف), 0, ordered=False)) == "0 1"
    assert ids(reader, Near((باران, برف), 1, ordered=False)) == "0 1 2"


def test_each_part_needs_a_word_of_its_own(tmp_path: Path) -> None:
    reader = of_body(tmp_path, "باران برف", "باران باران برف", "باران برف باران")
    twice = (باران, باران, برف)
    assert ids(reader, Near(twice, 0, ordered=False)) == "1 2"
    assert ids(reader, Near(twice, 5)) == "1"
    assert ids(reader, Near((باران, Pattern("با*"), برف), 3, ordered=False)) == "1 2"


def test_a_part_gives_way_when_another_can_have_no_other_word(tmp_path: Path) -> None:
    reader = of_body(tmp_path, "باران باد")
    # The pattern could take either word, and the word only the first.
    assert ids(reader, Near((Pattern("با*"), باران), 0, ordered=False)) == "0"
    assert ids(reader, Near((باران, Pattern("با*")), 0, ordered=False)) == "0"
    assert ids(reader, Near((Pattern("با*"), باران), 0)) == ""


def test_no_phrase_reaches_from_one_text_into_another(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, Article("0", "باران", "برف", "باد"), Article("1", "نفت", "گاز", "باران برف"))
    for slop, ordered in ((0, True), (5, True), (5, False)):
        assert ids(reader, Near((باران, برف), slop, ordered)) == "1"


def test_a_phrase_of_a_field_stands_in_that_field(tmp_path: Path) -> None:
    reader = reader_of(
        tmp_path, Article("0", "باران برف"), Article("1", lead="باران برف"), Article("2", body="باران برف")
    )
    for place, field in enumerate(FIELDS[1:]):
        parts = (Word("باران", (), field=field), Word("برف", (), field=field))
        assert ids(reader, Near(parts)) == ids(reader, parts[0]) == str(place)


def test_the_more_often_it_matches_the_more_a_phrase_is_worth(tmp_path: Path) -> None:
    reader = of_body(tmp_path, "باران برف", "باران برف " * 2, "باران برف " * 9, "باران " + "نفت " * 90 + "باران برف")
    impacts = found(reader, Near((باران, برف)))
    assert impacts["0"] < impacts["1"] < impacts["2"] <= 255
    assert impacts["3"] == impacts["0"]  # however long the article


def test_a_phrase_of_nothing_matches_nothing_and_one_of_a_word_what_the_word_does(tmp_path: Path) -> None:
    reader = of_body(tmp_path, "باران برف", "باد")
    assert ids(reader, Near(())) == ""
    assert ids(reader, Near((باد,))) == "1"
    assert ids(reader, Near((باد, Word("نیست‌جایی", ())))) == ""


def test_of_a_very_long_phrase_the_last_words_are_taken_to_be_there(tmp_path: Path) -> None:
    text = " ".join(f"w{number}" for number in range(PARTS_OF_A_PHRASE + 20))
    parts = tuple(Exact(word) for word in text.split())
    reader = of_body(tmp_path, text, " ".join(text.split()[:PARTS_OF_A_PHRASE]), text.replace("w7 ", ""))
    assert ids(reader, Near(parts)) == ids(reader, Near(parts, 3)) == "0 1"


@pytest.mark.parametrize("text", [f"همکاری{ZWNJ}های", "همکاری های", "همكاريهاي"])
def test_letters_are_those_of_the_form_in_every_spelling_and_of_no_other_form(text: str, tmp_path: Path) -> None:
    reader = of_body(tmp_path, text, "همکاری", "همکاریها")
    assert ids(reader, Exact("همکاریهای")) == "0"
    assert ids(reader, Exact("همکاری")) == "1"
    assert ids(reader, Word("همکاری", ())) == "0 1 2"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("باران", "0"),
        ("بار*", "0 1"),
        ("*ان", "0 2"),
        ("ب*ن", "0 2"),
        ("ب?ران", "0"),
        ("?????", "0 1"),
        ("*", "0 1 2 3"),
        ("**را**", "0"),
        ("باران?", ""),
        ("باران*", "0"),
        ("*بار*ران*", ""),
        ("a.c", ""),
        ("[ب]اران", ""),
    ],
)
def test_patterns_fit_whole_words(pattern: str, expected: str, tmp_path: Path) -> None:
    reader = of_body(tmp_path, "باران", "بارشی", "بیابان", "abc")
    assert ids(reader, Pattern(pattern)) == expected


def test_a_pattern_of_many_stars_takes_no_longer_for_a_long_word() -> None:
    assert expression("*ا" * 40 + "*ب").fullmatch("ا" * 500) is None
    assert expression("*ا" * 40 + "*").fullmatch("ا" * 500)


@pytest.mark.parametrize(("distance", "expected"), [(0, "0"), (1, "0 1 2 3"), (2, "0 1 2 3 4")])
def test_likeness_counts_letters_left_out_put_in_and_changed(distance: int, expected: str, tmp_path: Path) -> None:
    reader = of_body(tmp_path, "تهران", "تهرن", "تهراان", "تحران", "طحران", "نفت")
    assert ids(reader, Fuzzy("تهران", distance)) == expected


def test_however_many_forms_are_like_a_word_all_are_found(tmp_path: Path) -> None:
    letters = [f"{one}{other}{last}" for one in "abcdefghijkl" for other in "abcdefghijkl" for last in "abcdefghijkl"]
    reader = of_body(tmp_path, " ".join(letters), "abcdefg", *letters[-3:])
    assert len(forms_of(reader, Fuzzy("xyz", 3))) == len(letters)
    assert ids(reader, Fuzzy("xyz", 3)) == "0 2 3 4"


def test_a_part_of_a_compound_matches_as_the_word_itself_does(tmp_path: Path) -> None:
    reader = of_body(tmp_path, "جهاددانشگاهی", "دانشگاه", "جهاد")
    assert "0" in ids(reader, Word("جهاد", ()))
    assert ids(reader, Word("جهاد", (), field="body")) == ids(reader, Word("جهاد", ()))
    assert ids(reader, Near((Word("جهاد", ()),))) == ids(reader, Word("جهاد", ()))


def test_of_a_word_that_no_article_has_there_is_no_form(tmp_path: Path) -> None:
    reader = of_body(tmp_path, "باران")
    for leaf in (Word("نفت", ("نفت",)), Exact("نفت"), Pattern("نف*"), Fuzzy("نفت")):
        assert np.asarray(forms_of(reader, leaf)).tolist() == []
        assert found(reader, leaf) == {}
