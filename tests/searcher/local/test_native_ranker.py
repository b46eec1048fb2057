"""The native kernel ranks as Python does, to the last bit, and meets damage as Python does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from khabarjoo.analyzers.dates import Span
from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.index.columns import ColumnsError
from khabarjoo.index.store import LiveSegment
from khabarjoo.searcher.local import native_ranker
from khabarjoo.searcher.local.column_engine import ColumnEngine
from khabarjoo.searcher.local.native_ranker import Asked
from khabarjoo.searcher.query.plan import (
    AllOf,
    AnyOf,
    Exact,
    Filters,
    Fuzzy,
    Leaf,
    Match,
    Near,
    Node,
    Pattern,
    Plan,
    TextField,
    Word,
)
from khabarjoo.searcher.query_limits import Limits
from tests.corpus import make_live, random_articles

pytestmark = pytest.mark.skipif(not has_kernel(), reason="the native kernel is not there")

FIELDS: tuple[TextField, ...] = ("", "", "title", "lead", "body")


class Segments:
    """What an engine is made of."""

    def __init__(self, *segments: LiveSegment) -> None:
        self.segments = segments


class InPython(ColumnEngine):
    """The reference."""

    _native_ranker = None


@pytest.fixture(scope="module", params=["one segment", "with deletions", "several segments"])
def segments(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Segments:
    folder, rng = tmp_path_factory.mktemp("native"), Random(7)
    sizes = {"one segment": (400,), "with deletions": (5000,), "several segments": (300, 1, 60, 90)}[request.param]
    live = []
    for place, size in enumerate(sizes):
        articles = random_articles(rng, size, f"s{place}-")
        gone = [] if request.param == "one segment" else [each.id for each in articles if rng.random() < 0.2]
        live.append(make_live(folder / str(place), articles, gone if size > 1 else ()))
    return Segments(*live)


def some_plans(segments: Segments, seed: int, count: int) -> Iterator[Plan]:
    rng = Random(seed)
    lemmas = [*sorted({lemma for live in segments.segments for lemma in live.segment.lemmas}), "نیست", "�"]
    forms = sorted({form for live in segments.segments for form in live.segment.forms})
    filters = [
        Filters(), Filters(), Filters(sources=("ایسنا",)), Filters(tags=("نفت", "برف"), categories=("سیاسی",)),
        Filters(published=Span(None, None)), Filters(sources=("هیچ",)),
    ]  # fmt: skip
    for _ in range(count):
        size = rng.choice((1, 2, 3, 4, 5, 12, 70))
        chosen = [rng.choice(lemmas) for _ in range(size)]
        words = tuple(
            Word(
                lemma,
                tuple(rng.sample(forms, rng.randrange(3))),
                rng.choice((1.0, 0.3, 2.5, 1e-9, 900)),
                after=rng.choice(("", "", before)),
            )
            for before, lemma in zip(("نیست", *chosen), chosen, strict=False)
        )
        yield Plan(
            words[0] if size == 1 else rng.choice((Match, Match, AllOf, AnyOf))(words), filters=rng.choice(filters)
        )


def test_answers_are_the_same_to_the_last_bit(segments: Segments) -> None:
    native, reference = ColumnEngine(segments), InPython(segments)
    for plan in some_plans(segments, 1, 120):
        for limit in (0, 1, 10, 35, 400):
            assert native.best(plan, limit) == reference.best(plan, limit)


def test_the_order_of_dates_is_the_same(segments: Segments) -> None:
    native, reference = ColumnEngine(segments), InPython(segments)
    for plan in some_plans(segments, 2, 40):
        for newest in (True, False):
            assert native.by_date(plan, 40, newest=newest) == reference.by_date(plan, 40, newest=newest)


def test_the_same_articles_are_counted(segments: Segments) -> None:
    native, reference = ColumnEngine(segments), InPython(segments)
    for plan in some_plans(segments, 3, 40):
        found, *rest = native.matched(plan)
        expected, *others = reference.matched(plan)
        assert rest == others
        assert [docs.tolist() for _, docs in found] == [docs.tolist() for _, docs in expected]


def some_leaves(segments: Segments, seed: int, count: int) -> Iterator[Plan]:
    """Plans with leaves that ask how words stand, alone and beside words."""
    rng = Random(seed)
    lemmas = [*sorted({lemma for live in segments.segments for lemma in live.segment.lemmas}), "نیست"]
    forms = sorted({form for live in segments.segments for form in live.segment.forms})
    for _ in range(count):
        field: TextField = rng.choice(FIELDS)
        parts: list[Leaf] = [
            rng.choice((Word(rng.choice(lemmas), (), field=field), Word(rng.choice(lemmas), (), field=field),
                        Exact(form, field=field), Pattern(f"{form[:2]}*", field=field), Pattern("*", field=field),
                        Fuzzy(form, 1, field=field)))
            for form in rng.choices(forms, k=rng.choice((1, 2, 2, 3, 9)))
        ]  # fmt: skip
        slop = rng.choice((0, 0, 1, 10))
        leaf: Node = (
            Near(tuple(parts), slop, ordered=not slop, boost=rng.choice((1.0, 2.5))) if len(parts) > 1 else parts[0]
        )
        others = [leaf, Word(rng.choice(lemmas), (rng.choice(forms),)), Exact(rng.choice(forms))]
        nodes = others[: rng.choice((1, 1, 2, 3))]
        yield Plan(
            leaf if len(nodes) == 1 else rng.choice((Match, AllOf, AnyOf))(tuple(nodes)),
            filters=rng.choice((Filters(), Filters(), Filters(sources=("ایسنا",)))),
        )


def test_leaves_that_ask_how_words_stand_are_found_and_ranked_the_same(segments: Segments) -> None:
    native, reference = ColumnEngine(segments), InPython(segments)
    answered = found = 0
    for plan in some_leaves(segments, 5, 100):
        answered += native._natively(plan) is not None
        answer = native.best(plan, 20)
        found += answer.total
        assert answer == reference.best(plan, 20)
        assert native.by_date(plan, 20, newest=True) == reference.by_date(plan, 20, newest=True)
        assert native.matched(plan)[1:] == reference.matched(plan)[1:]
    assert answered > 50
    assert found > 500


def test_leaves_that_come_to_a_limit_are_left_to_python(segments: Segments) -> None:
    limits = Limits(seconds=0, positions=1e-3)
    native, reference = ColumnEngine(segments, limits=limits), InPython(segments, limits=limits)
    plan = Plan(Near((Pattern("*"), Pattern("*"))))
    assert native._natively(plan) is None
    assert native.best(plan, 10) == reference.best(plan, 10)
    assert native.best(plan, 10).partial


def test_leaves_of_a_plan_that_is_asked_more_of_are_found_once(segments: Segments, monkeypatch) -> None:
    found, find = [], native_ranker.NativeRanker._match

    def noted(self: native_ranker.NativeRanker, leaf: Leaf, *rest: Any) -> object:
        found.append(leaf)
        return find(self, leaf, *rest)

    monkeypatch.setattr(native_ranker.NativeRanker, "_match", noted)
    native = ColumnEngine(segments)
    begins, has = Plan(Pattern("با*")), Plan(Exact("باران"))
    for plan in (begins, begins, has):
        native.best(plan, 10)
        native.matched(plan)
    assert found == [begins.root, has.root]


def test_words_the_kernel_does_not_take_are_ranked_in_python(segments: Segments, monkeypatch) -> None:
    native, reference = ColumnEngine(segments), InPython(segments)
    many = Plan(Match((*tuple(Word(f"باران{n}", ()) for n in range(256)), Word("باران", ()))))
    heavy = Plan(Match((Word("باران", (), 1e9), Word("برف", ()))))
    for plan in (many, heavy):
        assert native._natively(plan) is None
        assert native.best(plan, 5) == reference.best(plan, 5)


def test_words_are_looked_up_anew_when_too_many_are_remembered(segments: Segments, monkeypatch) -> None:
    monkeypatch.setattr(native_ranker, "_REMEMBERED", 2)
    native, reference = ColumnEngine(segments), InPython(segments)
    for plan in some_plans(segments, 4, 30):
        assert native.best(plan, 10) == reference.best(plan, 10)


def test_an_answer_needs_words_that_this_index_looked_up(segments: Segments) -> None:
    native = ColumnEngine(segments)._native_ranker
    assert native is not None
    with pytest.raises(ValueError, match="no more than 255"):
        native.best(Asked([], [], (1, 1)), 10, Filters())


@pytest.mark.parametrize(
    "name", ["postings.docs", "lemmas.forms", "forward", "keywords", "postings.ends", "forms.lemma", "forward.fields"]
)
def test_numbers_out_of_bounds_are_damage(name: str, tmp_path: Path, monkeypatch) -> None:
    """As in large columns, whose values are not looked at when they are first asked for."""
    live = make_live(tmp_path / "s", random_articles(Random(3), 300))
    columns = live.segment.columns
    kind, first, count = columns.located(name)
    broken = bytearray(columns.mapped)
    size = np.dtype(kind).itemsize
    broken[first : first + count * size] = b"\xf0" * (count * size)
    (tmp_path / "s" / "columns.bin").write_bytes(broken)
    monkeypatch.setattr(type(columns), "_column", lambda self, name: self._entry(name))
    damaged = LiveSegment("s", type(live.segment)(tmp_path / "s"))
    with pytest.raises(ColumnsError, match=name.partition(".")[0]):
        ColumnEngine(Segments(damaged)).best(Plan(Word("باران", ("باران",))), 10)
        ColumnEngine(Segments(damaged)).best(Plan(Pattern("ب*", field="title")), 10)
