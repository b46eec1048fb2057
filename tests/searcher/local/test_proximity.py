"""Closeness and exact forms: what stands better in an article is worth more, by as much as is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.bm25f import WEIGHTING
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.searcher.local.column_engine import ColumnEngine
from khabarjoo.searcher.local.proximity import Nearness, nearness
from khabarjoo.searcher.local.ranking import RANKING, Ranking
from khabarjoo.searcher.query.plan import Match, Plan, Word
from tests.corpus import ZWNJ, make_index, make_live, random_articles
from tests.searcher.brute_force import BruteForce

باران, برف, باد = (Word(lemma, (lemma,)) for lemma in ("باران", "برف", "باد"))
FILLER = "نفت گاز بازار دولت مجلس ورزش سلامت آموزش کتاب دانشگاه"


def near(
    folder: Path, *bodies: str, words: tuple[Word, ...] = (باران, برف), worths: tuple[float, ...] = (2.0, 1.0)
) -> Nearness:
    """What each text gains, all filled up to one length."""
    longest = max(len(body.split()) for body in bodies)
    articles = [
        Article(str(number), body=f"{body} {' '.join((FILLER.split() * longest)[: longest - len(body.split())])}")
        for number, body in enumerate(bodies)
    ]
    reader = SegmentReader(make_live(folder / "s", articles))
    return nearness([(reader, np.arange(len(articles)))], words, np.array(worths[: len(words)]), RANKING)


def test_adjacent_in_order_beats_adjacent_reversed_beats_apart_beats_far_apart(tmp_path: Path) -> None:
    gained = near(
        tmp_path,
        "باران برف",
        "برف باران",
        "باران نفت گاز برف",
        f"باران {FILLER} برف",
    ).closeness.tolist()
    assert gained == sorted(set(gained), reverse=True)
    assert gained[-1] == 0


def test_a_pair_counts_what_its_commoner_word_is_worth_over_the_distance(tmp_path: Path) -> None:
    reader = SegmentReader(
        make_live(tmp_path / "s", [Article("0", body="باران نفت برف"), Article("1", body="برف باران")])
    )
    gained = nearness([(reader, np.arange(2))], (باران, برف), np.array([2.0, 0.5]), RANKING).closeness
    for value, length, pairs in zip(gained, (3, 2), (0.5 / 2, 0.5 * RANKING.out_of_order), strict=True):
        usual = 1 - WEIGHTING.b[2] + WEIGHTING.b[2] * length / WEIGHTING.usual[2]
        share = pairs / 2.5 / usual
        assert value == pytest.approx(RANKING.closeness * 2.5 * share / (RANKING.closeness_half + share))


def test_words_further_apart_than_near_add_nothing(tmp_path: Path) -> None:
    between = [" ".join(FILLER.split()[:count]) for count in (RANKING.near - 1, RANKING.near)]
    gained = near(tmp_path, *(f"باران {words} برف" for words in between)).closeness
    assert gained[0] > 0
    assert gained[1] == 0


def test_a_word_beside_itself_adds_nothing(tmp_path: Path) -> None:
    assert near(tmp_path, "باران باران باران").closeness.tolist() == [0]


def test_each_occurrence_is_paired_with_the_one_before_it(tmp_path: Path) -> None:
    gained = near(tmp_path, "باران برف باران برف", "باران برف نفت نفت", "باران نفت باران برف").closeness
    assert gained[0] > gained[1] == gained[2]


def test_words_that_are_not_beside_each_other_in_the_query_count_as_out_of_order(tmp_path: Path) -> None:
    words, worths = (باران, برف, باد), (1.0, 1.0, 1.0)
    gained = near(tmp_path, "باران برف", "باران باد", "برف باد", words=words, worths=worths).closeness
    assert gained[0] == gained[2] > gained[1]


def test_closeness_never_adds_more_than_its_share(tmp_path: Path) -> None:
    gained = near(tmp_path, "باران برف " * 200).closeness
    assert 0.9 * RANKING.closeness * 3 < gained[0] < RANKING.closeness * 3


def test_what_is_said_in_fewer_words_is_closer(tmp_path: Path) -> None:
    bodies = ("باران برف", f"باران برف {FILLER * 20}")
    reader = SegmentReader(make_live(tmp_path / "s", [Article(str(n), body=body) for n, body in enumerate(bodies)]))
    short, long = nearness([(reader, np.arange(2))], (باران, برف), np.array([1.0, 1.0]), RANKING).closeness
    assert short > long > 0


def test_only_the_beginning_of_an_article_is_read(tmp_path: Path) -> None:
    early, late = f"باران برف {'نفت ' * 600}", f"{'نفت ' * 600} باران برف"
    gained = near(tmp_path, early, late)
    assert gained.closeness[0] > gained.closeness[1] == 0
    assert gained.exact[0] > gained.exact[1] == 0


@pytest.mark.parametrize("typed", [f"کتاب{ZWNJ}ها", "کتاب ها", "كتابها"])
def test_the_exact_form_is_worth_more_than_another_form_of_the_lemma(typed: str, tmp_path: Path) -> None:
    gained = near(tmp_path, typed, "کتاب", "کتابهای", words=(Word("کتاب", ("کتابها",)),), worths=(3.0,))
    assert gained.exact.tolist() == [RANKING.exact * 3, 0, 0]
    assert gained.closeness.tolist() == [0, 0, 0]


def test_each_word_of_the_query_counts_once_for_its_form(tmp_path: Path) -> None:
    gained = near(tmp_path, "باران باران برف", "باران برف باران", "باران نفت نفت")
    assert gained.exact.tolist() == pytest.approx([RANKING.exact * 3, RANKING.exact * 3, RANKING.exact * 2])


def test_words_that_no_article_has_add_nothing(tmp_path: Path) -> None:
    gained = near(tmp_path, "باران", words=(Word("قطار", ("قطار",)),), worths=(5.0,))
    assert (gained.closeness.tolist(), gained.exact.tolist()) == ([0], [0])


def test_a_query_of_more_words_than_are_looked_at_is_answered(tmp_path: Path) -> None:
    names = [f"w{number}" for number in range(200)]
    words = tuple(Word(name, (name,)) for name in names)
    gained = near(tmp_path, " ".join(names), words=words, worths=(1.0,) * 200)
    assert 0 < gained.exact[0] < RANKING.exact * 200


def test_articles_alike_gain_the_same_to_the_last_bit(tmp_path: Path) -> None:
    rng = Random(1)
    for size in (3, 7, 20, 50):
        names = [f"w{number}" for number in range(size)]
        worths = tuple(rng.random() * 9 for _ in names)
        words = tuple(Word(name, (name,)) for name in names)
        gained = near(tmp_path / str(size), *[" ".join(names)] * 29, words=words, worths=worths)
        assert len(set(gained.closeness.tolist())) == len(set(gained.exact.tolist())) == 1


@pytest.mark.parametrize("seed", range(3))
def test_random_articles_gain_what_brute_force_says(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    articles = random_articles(rng, 40)
    reader = SegmentReader(make_live(tmp_path / "s", articles))
    expected = BruteForce(articles, [{}] * len(articles))
    terms = list(expected.plain.places)
    for _ in range(20):
        chosen = rng.sample(terms, rng.randrange(1, 6))
        words = tuple(Word(lemma, (rng.choice((form, other)),)) for (lemma, form, _), (_, other, _) in
                      zip(chosen, rng.sample(terms, len(chosen)), strict=True))  # fmt: skip
        if rng.random() < 0.5:
            before = ["", *(lemma for lemma, *_ in chosen)]
            words = tuple(replace(word, after=one) for word, one in zip(words, before, strict=False))
        worths = [rng.choice((0.1, 1.0, 7.0)) for _ in words]
        gained = nearness([(reader, np.arange(40))], words, np.array(worths), RANKING)
        assert np.sum(gained, axis=0).tolist() == pytest.approx(
            [expected.closer(number, words, worths) for number in range(40)]
        )


# -- names of persons --------------------------------------------------------------------------------------------------

علی = Word("علی", ("علی",))
دایی = Word("دایی", ("دایی",), after="علی")


def test_the_words_of_a_name_count_what_both_are_worth_once_where_they_stand_side_by_side(tmp_path: Path) -> None:
    texts = ("علی دایی", "علی دایی و علی دایی", "دایی علی", "علی آقا دایی", "علی", "نفت")
    gained = near(tmp_path, *texts, words=(علی, دایی), worths=(1.0, 3.0)).names
    assert gained.tolist() == pytest.approx([RANKING.name * 4.0] * 2 + [0] * 4)


def test_words_that_are_no_name_count_nothing_more_side_by_side(tmp_path: Path) -> None:
    assert near(tmp_path, "باران برف", words=(باران, برف)).names.tolist() == [0]
    assert near(tmp_path / "b", "باران دایی", words=(باران, دایی)).names.tolist() == [0]  # it goes on with another word


def test_a_name_is_found_far_on_in_an_article(tmp_path: Path) -> None:
    late = f"{'نفت ' * 3000} علی دایی"
    assert near(tmp_path, late, words=(علی, دایی)).names[0] > 0
    assert near(tmp_path / "b", late, words=(علی, replace(دایی, after=""))).closeness.tolist() == [0]


def test_of_many_with_the_words_of_a_name_that_with_the_name_comes_first(tmp_path: Path) -> None:
    others = {str(n): f"علی {'رضا ' * (n % 3)} و دایی و علی و دایی" for n in range(60)}
    assert ranked(tmp_path, {**others, "named": f"{FILLER} {FILLER} علی دایی"}, علی, دایی)[0] == "named"
    assert "named" not in ranked(tmp_path / "plain", {**others, "named": f"{FILLER} {FILLER} علی دایی"}, علی, باران)


# -- kindred words -----------------------------------------------------------------------------------------------------

کرونا = Word("کرونا", ("کرونا",))


def test_a_kindred_word_stands_for_one_that_is_missing(tmp_path: Path) -> None:
    gained = near(tmp_path, "کرونایی", "کرونا کرونایی", "کرونا", "نفت", words=(کرونا,), worths=(3.0,)).kindred
    assert 0 < gained[0] < RANKING.kindred * 3
    assert gained[1:].tolist() == [0, 0, 0]


def test_kindred_words_count_by_how_often_they_occur(tmp_path: Path) -> None:
    often, once, never = near(tmp_path, "کرونایی " * 3, "کرونایی", "کرمان", words=(کرونا,)).kindred
    assert often > once > never == 0


def test_kindred_words_are_no_neighbours_and_in_no_form_asked_for(tmp_path: Path) -> None:
    gained = near(tmp_path, "کرونایی برف", words=(کرونا, برف))
    assert gained.closeness.tolist() == [0]
    assert gained.exact.tolist() == [RANKING.exact * 1.0]  # of برف


def test_a_word_of_the_query_is_not_kindred_to_another(tmp_path: Path) -> None:
    both = (کرونا, Word("کرونایی", ("کرونایی",)))
    assert near(tmp_path, "کرونایی", words=both).kindred.tolist() == [0]


@pytest.mark.parametrize(
    ("word", "other"), [("مرگ", "مرگبار"), ("1398", "13980"), ("ایران", "ایلام"), ("پایاننامه", "پایان")]
)
def test_short_words_numbers_first_parts_of_compounds_and_words_that_begin_otherwise_are_not_kindred(
    word: str, other: str, tmp_path: Path
) -> None:
    assert near(tmp_path, other, words=(Word(word, (word,)),)).kindred.tolist() == [0]


# -- as the engine ranks -----------------------------------------------------------------------------------------------


def ranked(folder: Path, bodies: dict[str, str], *words: Word) -> list[str]:
    articles = [Article(id, body=body) for id, body in bodies.items()]
    filler = [Article(f"x{number}", body=FILLER) for number in range(20)]
    engine = ColumnEngine(make_index(folder / "index", [*articles, *filler]))
    return [engine.id(number) for number in engine.best(Plan(Match(words)), 10).numbers]


def test_all_else_equal_the_closer_article_comes_first(tmp_path: Path) -> None:
    bodies = {
        "far": f"باران {FILLER} برف",
        "reversed": f"برف باران {FILLER}",
        "adjacent": f"باران برف {FILLER}",
    }
    assert ranked(tmp_path, bodies, باران, برف) == ["adjacent", "reversed", "far"]


def test_all_else_equal_the_form_asked_for_comes_first(tmp_path: Path) -> None:
    bodies = {"other": "همایش همکاری", "another": "همایش همکاری‌های", "asked": "همایش همکاری‌ها"}
    assert ranked(tmp_path, bodies, Word("همکاری", ("همکاریها",)))[0] == "asked"


def test_without_weights_closeness_and_forms_add_nothing(tmp_path: Path) -> None:
    reader = SegmentReader(make_live(tmp_path / "s", [Article("0", body="باران برف")]))
    none = Ranking(closeness=0, name=0, exact=0, kindred=0)
    gained = nearness([(reader, np.arange(1))], (باران, برف), np.array([1.0, 1.0]), none)
    assert [added.tolist() for added in gained] == [[0], [0], [0], [0]]
