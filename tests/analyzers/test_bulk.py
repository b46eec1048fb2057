"""The bulk analyzer gives exactly what the streaming one gives."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from khabarjoo.analyzers.analyzer import PersianAnalyzer, default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.analyzers.compounds import Term
from tests.corpus import SPACED, WORDS, any_texts, persian_texts

Key = tuple[str, str, tuple[str, ...]]


def key(term: Term) -> Key:
    """What the index keeps of a term; the reasons given for it may differ between spellings."""
    return term.form, term.lemma, term.parts


def streamed(texts: Sequence[str]) -> list[list[Key]]:
    return [[key(token.term) for token in default_analyzer().tokens(text)] for text in texts]


def in_bulk(analyzer: BulkAnalyzer, texts: Sequence[str]) -> list[list[Key]]:
    numbers, lengths = analyzer.analyze(texts)
    terms = iter([key(analyzer.terms[number]) for number in numbers.tolist()])
    assert len(lengths) == len(texts)
    assert lengths.sum() == len(numbers)
    return [[next(terms) for _ in range(length)] for length in lengths.tolist()]


@given(st.lists(persian_texts(), max_size=4))
def test_persian_texts_give_the_same_terms_as_streaming(texts: list[str]) -> None:
    assert in_bulk(BulkAnalyzer(default_analyzer()), texts) == streamed(texts)


@given(st.lists(any_texts, max_size=4))
def test_any_strings_give_the_same_terms_as_streaming(texts: list[str]) -> None:
    assert in_bulk(BulkAnalyzer(default_analyzer()), texts) == streamed(texts)


PARTS = "می نمی شود ها های تر ترین بین المللی کتاب همکاری و گفت گو گوی جست جو رفت آمد ،".split()


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_words_in_several_tokens_are_joined_alike(tokens: list[str]) -> None:
    text = " ".join(tokens)
    assert in_bulk(BulkAnalyzer(default_analyzer()), [text]) == streamed([text])


def test_what_was_met_before_changes_nothing() -> None:
    """A form may be read in several ways, depending on its neighbours; each keeps its own parts."""
    rng = Random(5)
    analyzer = BulkAnalyzer(default_analyzer())
    pieces, spaces = [*PARTS, *WORDS, *SPACED], (" ", " ", " ", "", "\u200c")
    for _ in range(2000):
        text = "".join(rng.choice(pieces) + rng.choice(spaces) for _ in range(rng.randrange(14)))
        assert in_bulk(analyzer, [text]) == streamed([text])


def test_batches_do_not_disturb_each_other() -> None:
    texts = [" ".join(WORDS), " ".join(reversed(WORDS)), " ".join(SPACED), "", " ".join(WORDS[:3])]
    analyzer = BulkAnalyzer(default_analyzer())
    together = in_bulk(analyzer, texts)
    assert together == [in_bulk(analyzer, [text])[0] for text in texts] == streamed(texts)


def test_nothing_is_joined_across_two_texts() -> None:
    apart = in_bulk(BulkAnalyzer(default_analyzer()), ["همکاری", "های دانشگاه", "می", "شود"])
    assert apart == streamed(["همکاری", "های دانشگاه", "می", "شود"])
    assert [len(terms) for terms in apart] == [1, 2, 1, 1]


def test_no_texts_and_empty_texts_have_no_terms() -> None:
    analyzer = BulkAnalyzer(default_analyzer())
    assert in_bulk(analyzer, []) == []
    assert in_bulk(analyzer, ["", " \n", "،.()"]) == [[], [], []]


def test_each_distinct_term_is_listed_once() -> None:
    analyzer = BulkAnalyzer(PersianAnalyzer())
    analyzer.analyze(["کتاب كتاب کتـاب", "کتاب"])
    analyzer.analyze(["کتاب"])
    assert [term.form for term in analyzer.terms].count("کتاب") == 1
    assert len({key(term) for term in analyzer.terms}) == len(analyzer.terms)


def test_an_analyzer_that_keeps_forgetting_gives_the_same() -> None:
    rng = Random(6)
    analyzer = BulkAnalyzer(default_analyzer(), remembered=10)
    pieces = [*PARTS, *WORDS, *SPACED]
    for _ in range(200):
        text = " ".join(rng.choice(pieces) for _ in range(rng.randrange(20)))
        assert in_bulk(analyzer, [text]) == streamed([text])
    assert len({key(term) for term in analyzer.terms}) == len(analyzer.terms)


def test_what_has_no_space_for_pages_is_read_like_anything_else() -> None:
    texts = ["کتاب،" * 500 + "ها", "ا" * 5000 + " ها", "کتاب_ها_" * 300]
    assert in_bulk(BulkAnalyzer(default_analyzer()), [*texts, *texts]) == streamed([*texts, *texts])


def test_reading_texts_leaves_the_collector_as_it_was() -> None:
    analyzer = BulkAnalyzer(default_analyzer())
    for switch in (gc.disable, gc.enable):
        switch()
        enabled = gc.isenabled()
        analyzer.analyze(["کتاب"])
        assert gc.isenabled() == enabled
