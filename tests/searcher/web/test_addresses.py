"""Addresses: what is written is read back, whatever it holds."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.searcher.web.addresses import FARTHEST, NAMES, Asked, BadAddress, decoded

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = st.lists(texts.filter(str.strip), max_size=3, unique=True).map(tuple)


@given(texts.filter(str.strip), names, names, st.sampled_from(["relevance", "newest"]), st.integers(1, 99))
def test_what_was_asked_is_what_its_address_asks(query, sources, tags, sort, page) -> None:
    asked = Asked(query=query, source=sources, tag=tags, sort=sort, page=page)
    assert Asked.of(parse_qsl(urlsplit(asked.at()).query)) == asked


@given(st.text(max_size=20).filter(bool))
def test_an_id_is_read_back_from_its_address(id: str) -> None:
    parts = urlsplit(Asked(query="q").article(id))
    told = dict(parse_qsl(parts.query)).get("id", "")
    assert (decoded(parts.path.encode("ascii"), "/article/") or told) == id


def test_narrowing_and_widening_begin_at_the_first_page() -> None:
    asked = Asked(query="a", source=("x",), page=3, hit=21)
    narrowed = asked.within("source", "y")
    assert (narrowed.source, narrowed.page, narrowed.hit) == (("x", "y"), 1, 0)
    assert narrowed.without("source", "x").source == ("y",)
    assert Asked(since="1401").without("since") == Asked()


@pytest.mark.parametrize("name", NAMES)
def test_too_many_names_are_refused(name: str) -> None:
    with pytest.raises(BadAddress):
        Asked.of((name, str(number)) for number in range(51))


def test_pages_end_where_exports_begin() -> None:
    assert Asked(page=2).first(10) == 10
    with pytest.raises(BadAddress):
        Asked(page=FARTHEST).first(10)
