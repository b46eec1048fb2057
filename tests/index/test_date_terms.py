"""Dates as Whoosh's DATETIME field would have indexed them."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.index.date_terms import DateTerms
from khabarjoo.index.schema import DATE_FIELD, whoosh_schema
from khabarjoo.index.segment import UNDATED

seconds = st.one_of(st.just(UNDATED), st.integers(-62_135_596_800, 253_402_300_799), st.integers(0, 3))
columns = st.lists(seconds, max_size=12)


def date_of(second: int) -> datetime | None:
    return None if second == UNDATED else datetime(1970, 1, 1) + timedelta(seconds=second)


def terms_of(second: int) -> set[bytes]:
    """What Whoosh itself makes of a date."""
    date = date_of(second)
    return {term for term, *_ in whoosh_schema()[DATE_FIELD].index(date)} if date else set()


def moments_of(published: list[int]) -> DateTerms:
    return DateTerms(np.array(published, np.int64))


@given(columns)
def test_terms_and_their_articles_are_those_whoosh_would_index(published: list[int]) -> None:
    moments = moments_of(published)
    terms = sorted({term for second in published for term in terms_of(second)})
    assert list(moments.terms_from(b"")) == terms
    for term in terms:
        assert moments.docs(term).tolist() == [doc for doc, second in enumerate(published) if term in terms_of(second)]


@given(columns, st.binary(max_size=10))
def test_terms_are_listed_from_any_bytes_on(published: list[int], prefix: bytes) -> None:
    every = list(moments_of(published).terms_from(b""))
    assert list(moments_of(published).terms_from(prefix)) == [term for term in every if term >= prefix]


@given(columns, st.one_of(st.binary(max_size=10), st.binary(min_size=9, max_size=9)))
def test_bytes_that_are_no_term_have_no_articles(published: list[int], term: bytes) -> None:
    known = {term for second in published for term in terms_of(second)}
    assert (len(moments_of(published).docs(term)) > 0) == (term in known)


@given(columns)
def test_a_column_gives_dates_and_keys_that_sort_undated_articles_last(published: list[int]) -> None:
    moments = moments_of(published)
    dates = [date_of(second) for second in published]
    assert list(moments.column(reverse=False, translate=True)) == dates
    docs = range(len(published))
    for reverse in (False, True):
        column = moments.column(reverse=reverse, translate=False)
        assert len(column) == len(published)
        dated = sorted((doc for doc in docs if dates[doc]), key=lambda doc: published[doc], reverse=reverse)
        in_order = [dates[doc] for doc in sorted(docs, key=column.sort_key)]
        assert in_order[: len(dated)] == [dates[doc] for doc in dated]


@pytest.mark.parametrize("seed", range(3))
def test_a_sorted_key_is_turned_back_into_its_date_by_the_field(seed: int) -> None:
    published = [Random(seed).randrange(10**9) for _ in range(10)]
    column = moments_of(published).column(reverse=False, translate=False)
    field = whoosh_schema()[DATE_FIELD]
    assert [field.from_column_value(column.sort_key(doc)) for doc in range(10)] == [date_of(s) for s in published]
