from __future__ import annotations

import json
from typing import Any

import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.index.opensearch.mapping import IS_FORM, PERHAPS, SAID, SAYS
from khabarjoo.searcher.opensearch.server_queries import complete, filtered, leaves, matching, scoring
from khabarjoo.searcher.query.plan import (
    AnyOf,
    Boosting,
    Exact,
    Exclude,
    Filters,
    Fuzzy,
    Match,
    MatchNone,
    Near,
    Node,
    Pattern,
    Said,
    Word,
)
from khabarjoo.searcher.query.query_reading import read_query


def root(text: str) -> Node:
    return read_query(text, default_analyzer()).root


def flat(query: Any) -> str:
    return json.dumps(query, ensure_ascii=False)


def test_a_plain_word_is_looked_for_among_the_lemmas_with_what_it_is_worth() -> None:
    assert scoring(Word("باران", ()), lambda leaf: 2.5) == {"term": {"lemmas": {"value": "باران", "boost": 2.5}}}


def test_what_counts_does_not_score() -> None:
    assert matching(Word("باران", ())) == {"bool": {"filter": [{"term": {"lemmas": {"value": "باران", "boost": 1.0}}}]}}


def test_all_plain_words_are_asked_for_apart_from_any() -> None:
    plan = Match((Word("الف", ()), Word("ب", ())))
    assert len(complete(plan)["bool"]["filter"]) == 2
    assert scoring(plan, lambda leaf: 1.0)["bool"]["minimum_should_match"] == 1
    assert complete(AnyOf(plan.parts)) == matching(AnyOf(plan.parts))
    without = complete(Exclude(plan, Word("پ", ())))
    assert len(without["bool"]["filter"]) == len(without["bool"]["must_not"]) == 1
    assert len(complete(Boosting(plan, plan))["bool"]["filter"]) == 2


def test_a_form_is_no_lemma_and_stands_in_any_field() -> None:
    assert scoring(Exact("باران"), lambda leaf: 2.0) == {"term": {"lemmas": {"value": f"{IS_FORM}باران", "boost": 2.0}}}
    assert scoring(Exact("باران", field="lead"), lambda leaf: 1.0)["term"].keys() == {"lead"}


def test_a_phrase_is_one_where_words_are_words_and_intervals_elsewhere() -> None:
    words = (Word("مجلس", (), field="title"), Exact("خبرگان", field="title"))
    phrase = scoring(Near(words), lambda leaf: 4.0)["match_phrase"]["title"]
    assert phrase["query"] == f"مجلس {IS_FORM}خبرگان"
    assert phrase["boost"] == 2.0
    anywhere = scoring(Near((Word("مجلس", ()), Exact("خبرگان"))), lambda leaf: 4.0)["dis_max"]
    assert [next(iter(part["match_phrase"])) for part in anywhere["queries"]] == ["title", "lead", "body"]
    for near in (Near(words, 3), Near((words[0], Pattern("خبر*", field="title")))):
        assert "intervals" in scoring(near, lambda leaf: 1.0)


def test_words_close_together_are_asked_for_in_each_of_their_orders() -> None:
    words = tuple(Word(lemma, (), field="body") for lemma in ("الف", "ب", "پ"))
    near = scoring(Near(words, 3, ordered=False), lambda leaf: 1.0)["intervals"]["body"]
    orders = [order["all_of"] for order in near["any_of"]["intervals"]]
    assert len({flat(order["intervals"]) for order in orders}) == len(orders) == 6
    assert {(order["ordered"], order["max_gaps"]) for order in orders} == {(True, 3)}
    assert "unordered_no_overlap" in flat(scoring(Near(words * 2, 3, ordered=False), lambda leaf: 1.0))


def test_no_more_words_of_a_phrase_are_asked_for_than_a_folder_looks_at() -> None:
    words = tuple(Word(f"{number}", (), field="body") for number in range(100))
    phrase = scoring(Near(words), lambda leaf: 1.0)["match_phrase"]["body"]["query"]
    assert phrase.split() == [str(number) for number in range(60)]


def test_signs_of_the_server_s_patterns_that_are_none_of_ours_are_letters() -> None:
    assert f"{IS_FORM}ا*\\\\\\\\" in flat(scoring(Pattern("ا*\\", field="body"), lambda leaf: 1.0))


@pytest.mark.parametrize("node", [MatchNone(), Match(()), AnyOf(()), Near(())])
def test_nothing_matches_nothing(node: Node) -> None:
    assert scoring(node, lambda leaf: 1.0) == {"match_none": {}}


def test_filters_stand_beside_the_query() -> None:
    query = {"match_all": {}}
    assert filtered(query, Filters()) is query
    given = Filters.of(since="1402", source=["ایسنا", "مهر"], tag="کتاب")
    conditions = filtered(query, given)["bool"]["filter"]
    assert conditions[:2] == [{"terms": {"source": ["ایسنا", "مهر"]}}, {"terms": {"tag": ["کتاب"]}}]
    assert conditions[2]["range"]["published"].keys() == {"gte"}


def test_leaves_are_those_that_score() -> None:
    found = list(leaves(root("زلزله -بم «تیم ملی» دانشگاه* خبر~")))
    assert {type(leaf) for leaf in found} == {Word, Near, Pattern, Fuzzy}
    assert "بم" not in {leaf.lemma for leaf in found if isinstance(leaf, Word)}


def test_a_statement_is_what_stands_between_a_sign_and_the_next_end_and_has_all_parts() -> None:
    assert flat(matching(Said(("علی رضایی",)))).count(SAYS) == 1
    both = matching(Said(("علی رضایی", "سیدعلی رضایی"), perhaps=True))
    assert (flat(both).count(SAYS), flat(both).count(PERHAPS)) == (1, 1)
    parts = (Word("تورم", ()), Near((Exact("نرخ"), Exact("ارز"))))
    said = matching(Said(("علی رضایی",), parts))["bool"]["filter"][0]["bool"]["filter"][0]["intervals"]["said"]
    outer, inner = said["any_of"], said["any_of"]["intervals"][0]["any_of"]
    assert outer["filter"]["containing"]["all_of"]["max_gaps"] == 0
    assert inner["filter"]["containing"]["match"]["query"] == "تورم"
    sign, end = inner["intervals"][0]["any_of"]["intervals"][0]["all_of"]["intervals"]
    assert (sign["match"]["query"], end["match"]["query"]) == (f"{SAYS}علیرضایی", SAID)


def test_nobody_says_nothing() -> None:
    assert scoring(Said(()), lambda leaf: 1.0) == {"match_none": {}}
