"""Inverting: columns equal what dictionaries, filled word by word, come to."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from math import sqrt
from random import Random
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.compounds import Term
from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.analyzers.word_rarity import rarity
from khabarjoo.index import segment_writer
from khabarjoo.index.bm25f import BM25F, FIELDS
from khabarjoo.index.column_shapes import KEYWORDS
from khabarjoo.index.columns import Array
from khabarjoo.index.segment_writer import utf8, word_columns

WEIGHTING = BM25F(usual=(3, 4, 8), opening=0.7, opening_words=5)
WORDS = ("باران", "برف", "تهران", "نفت", "\ud800", "دانشگاه", "🙂", "a")
TERMS = [Term(lemma, form) for lemma in WORDS for form in (lemma, lemma + "ها")] + [
    Term("جهاد دانشگاه", "جهاددانشگاهی", ("جهاد", "دانشگاه")),
    Term("بین ملل", "بین‌المللی", ("بین", "ملل")),
    Term("برف", "برف‌برف", ("برف", "برف")),
    Term("هیچ", "هیچ"),
]


class Words(NamedTuple):
    """Articles as term numbers, and the lengths of their fields."""

    terms: np.ndarray
    lengths: np.ndarray

    def articles(self) -> list[list[tuple[int, Term]]]:
        """Each article's words with the field each stands in."""
        found, start = [], 0
        for sizes in self.lengths.tolist():
            fields = [field for field, size in enumerate(sizes) for _ in range(size)]
            end = start + len(fields)
            found.append([(f, TERMS[n]) for f, n in zip(fields, self.terms[start:end].tolist(), strict=True)])
            start = end
        return found


def words_of(articles: list[list[list[int]]]) -> Words:
    terms = [number for article in articles for field in article for number in field]
    lengths = [[len(field) for field in article] for article in articles]
    return Words(np.array(terms, np.int32), np.array(lengths, np.int64).reshape(-1, len(FIELDS)))


def random_words(rng: Random, articles: int) -> Words:
    def field(size: int) -> list[int]:
        return [min(int(rng.expovariate(0.25)), len(TERMS) - 1) for _ in range(size)]

    sizes = [(rng.choice((0, 3)), rng.choice((0, 4)), rng.choice((0, 12))) for _ in range(articles)]
    return words_of([[field(size) for size in article] for article in sizes])


numbers = st.lists(st.integers(0, len(TERMS) - 1), max_size=8)
collections = st.lists(st.tuples(numbers, numbers, numbers).map(list), max_size=6).map(words_of)


def strings(columns: dict[str, Array], name: str) -> list[str]:
    data, ends = columns[name].tobytes(), columns[f"{name}.ends"].tolist()
    return [data[a:b].decode("utf-8", "surrogatepass") for a, b in pairwise(ends)]


def runs(columns: dict[str, Array], name: str, ends_name: str = "") -> list[list[int]]:
    values, ends = columns[name].tolist(), columns[ends_name or f"{name}.ends"].tolist()
    return [values[a:b] for a, b in pairwise(ends)]


def postings(columns: dict[str, Array]) -> dict[str, list[tuple[int, int]]]:
    """For each lemma its (article, impact)s."""
    docs, levels = runs(columns, "postings.docs", "postings.ends"), runs(columns, "postings.impacts", "postings.ends")
    return {
        lemma: list(zip(of, impacts, strict=True))
        for lemma, of, impacts in zip(strings(columns, "lemmas"), docs, levels, strict=True)
    }


def weights_of(words: Words, weighting: BM25F) -> dict[str, dict[int, float]]:
    """For each lemma its weighted frequency in each article."""
    found: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for doc, (article, lengths) in enumerate(zip(words.articles(), words.lengths.tolist(), strict=True)):
        for place, (field, term) in enumerate(article):
            b = weighting.b[field]
            worth = weighting.weight[field] / (1 - b + b * lengths[field] / weighting.usual[field])
            worth += weighting.opening * (0 <= place - lengths[0] < weighting.opening_words)
            found[term.lemma][doc] += worth
            for part in term.parts:
                found[part][doc] += worth * weighting.part
    return found


@given(collections)
def test_postings_are_those_of_dictionaries(words: Words) -> None:
    columns = word_columns(TERMS, words.terms, words.lengths, WEIGHTING)
    expected = weights_of(words, WEIGHTING)
    found = postings(columns)
    assert list(found) == sorted(expected, key=utf8)
    for lemma, weights in expected.items():
        assert [doc for doc, _ in found[lemma]] == sorted(weights)
        for doc, level in found[lemma]:
            assert abs(level - 255 * weights[doc] / (WEIGHTING.k1 + weights[doc])) < 0.51


@given(collections)
def test_forms_are_numbered_from_the_commonest_and_know_their_lemmas(words: Words) -> None:
    columns = word_columns(TERMS, words.terms, words.lengths, WEIGHTING)
    lemmas, forms = strings(columns, "lemmas"), strings(columns, "forms")
    counts = Counter((t.form, t.lemma, t.parts) for article in words.articles() for _, t in article)
    found = [
        (form, lemmas[lemma], tuple(lemmas[part] for part in parts))
        for form, lemma, parts in zip(forms, columns["forms.lemma"].tolist(), runs(columns, "forms.parts"), strict=True)
    ]
    assert set(found) == set(counts)
    assert [counts[form] for form in found] == sorted(counts.values(), reverse=True)
    for lemma, numbers in zip(lemmas, runs(columns, "lemmas.forms"), strict=True):
        assert {found[n] for n in numbers} == {form for form in found if lemma in (form[1], *form[2])}


def check_forward(columns: dict[str, Array], words: Words, wide: int) -> None:
    forms = strings(columns, "forms")
    read = columns["forward"].astype(np.int64)
    places = columns["forward.wide.places"].astype(np.int64)
    assert places.tolist() == np.flatnonzero(read == wide).tolist()
    read[places] = columns["forward.wide"]
    assert [forms[n] for n in read.tolist()] == [TERMS[n].form for n in words.terms.tolist()]
    assert columns["forward.ends"].tolist() == np.cumsum([0, *words.lengths.sum(axis=1)]).tolist()
    assert columns["forward.fields"].tolist() == words.lengths[:, :2].ravel().tolist()


@given(collections)
def test_the_forward_view_has_the_words_in_order(words: Words) -> None:
    check_forward(word_columns(TERMS, words.terms, words.lengths, WEIGHTING), words, 0xFFFF)


@pytest.mark.parametrize("wide", [0, 1, 3, 100])
def test_forms_that_do_not_fit_stand_beside_the_forward_view(wide: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabarjoo.index.segment_writer.WIDE", wide)
    words = random_words(Random(wide), 20)
    columns = word_columns(TERMS, words.terms, words.lengths, WEIGHTING)
    check_forward(columns, words, wide)
    assert (len(columns["forward.wide"]) > 0) == (wide < 100)


def test_more_lemmas_than_two_bytes_number_are_kept_apart() -> None:
    terms = [Term(f"{number:06}", f"{number:06}") for number in range(70_000)]
    words = np.arange(len(terms), dtype=np.int32)[::-1].copy()
    columns = word_columns(terms, words, np.array([[0, 0, 35_000]] * 2), WEIGHTING)
    assert columns["postings.ends"].tolist() == list(range(70_001))
    assert columns["postings.docs"].tolist() == [1] * 35_000 + [0] * 35_000
    assert columns["forward.wide"].tolist() == list(range(0xFFFF, 70_000))[::-1]
    assert columns["forward.wide.places"].tolist() == list(range(70_000 - 0xFFFF))
    assert columns["forward"].tolist() == [min(number, 0xFFFF) for number in range(70_000)][::-1]


# -- keywords ----------------------------------------------------------------------------------------------------------


def worths_of(columns: dict[str, Array], articles: int) -> list[dict[str, int]]:
    """For each article its lemmas' impacts times their rarity in steps of 1/32."""
    worths: list[dict[str, int]] = [{} for _ in range(articles)]
    for lemma, pairs in postings(columns).items():
        for doc, level in pairs:
            worths[doc][lemma] = level * round(32 * rarity(lemma))
    return worths


def keywords_in(columns: dict[str, Array], articles: int) -> list[list[tuple[str, int]]]:
    lemmas = strings(columns, "lemmas")
    numbers = columns["keywords"].reshape(articles, KEYWORDS)
    weights = columns["keywords.weights"].reshape(articles, KEYWORDS)
    return [
        [(lemmas[n], w) for n, w in zip(numbers[doc].tolist(), weights[doc].tolist(), strict=True) if w]
        for doc in range(articles)
    ]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("keywords", [2, 6, KEYWORDS])
def test_keywords_are_the_worthiest_lemmas_as_a_vector(
    seed: int, keywords: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khabarjoo.index.segment_writer.KEYWORDS", keywords)
    monkeypatch.setitem(globals(), "KEYWORDS", keywords)
    words = random_words(Random(seed), 25)
    columns = word_columns(TERMS, words.terms, words.lengths, WEIGHTING)
    for found, worth in zip(keywords_in(columns, 25), worths_of(columns, 25), strict=True):
        best = sorted(worth, key=lambda lemma: (-worth[lemma], utf8(lemma)))[:keywords]
        length = sqrt(sum(worth[lemma] ** 2 for lemma in best))
        assert found == [(lemma, round(255 * worth[lemma] / length)) for lemma in best]


def test_keywords_are_the_same_whatever_an_article_is_indexed_with() -> None:
    article = [[], [], [0, 2, 6, 6, 12, 18]]
    alone = word_columns(TERMS, *words_of([article]), WEIGHTING)
    for others in ([[[], [], [6]]] * 9, [[[], [], [0] * 90], [[2], [], []]]):
        beside = word_columns(TERMS, *words_of([*others, article]), WEIGHTING)
        assert keywords_in(beside, len(others) + 1)[-1] == keywords_in(alone, 1)[0]


def test_nothing_to_invert_gives_columns_of_nothing() -> None:
    columns = word_columns([], np.zeros(0, np.int32), np.zeros((0, 3), np.int64), WEIGHTING)
    assert {name: len(column) for name, column in columns.items() if not name.endswith("ends")} == {
        name: 0 for name in columns if not name.endswith("ends")
    }
    wordless = word_columns(TERMS, np.zeros(0, np.int32), np.zeros((2, 3), np.int64), WEIGHTING)
    assert wordless["forward.ends"].tolist() == [0, 0, 0]
    assert wordless["keywords.weights"].tolist() == [0] * 2 * KEYWORDS


@pytest.mark.skipif(not has_kernel(), reason="the native kernel is not there")
@pytest.mark.parametrize("seed", range(20))
def test_the_kernel_inverts_to_the_same_bits(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(seed)
    often = [[[], [0], [rng.randrange(3) for _ in range(size)]] for size in (7, 8, 40, 129, 400, 3000)]
    articles: list[list[list[int]]] = [*often, [[], [], []], [[19], [], []], [rng.sample(range(19), 5)] * 3]
    rng.shuffle(articles)
    weighting = BM25F(k1=rng.random() + 1, usual=(rng.random() * 9 + 1, 4, 8), opening=rng.random(), part=rng.random())
    native = word_columns(TERMS, *words_of(articles), weighting)
    monkeypatch.setattr(segment_writer, "has_kernel", lambda: False)
    alone = word_columns(TERMS, *words_of(articles), weighting)
    assert {name: (c.dtype, c.tolist()) for name, c in native.items()} == {
        name: (c.dtype, c.tolist()) for name, c in alone.items()
    }
