"""Which outlets, categories and tags a name stands for, and which there are that look like one that stands for none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from khabarjoo.analyzers.normalizer import fold, join_parts

from .notes import Note
from .plan import AllOf, AnyOf, Boosting, Exclude, Leaf, Match, Near, Node, Plan, Terms

if TYPE_CHECKING:
    from ..engine import NameKind

_MOST_COMPARED = 10  # unknown names with all there are
_FEWEST = 70  # of 100: how much names must be alike to be told
_KINDS: tuple[NameKind, ...] = ("source", "category", "tag")


class KnownNames:
    """The names that articles have, to be asked for any number of others."""

    def __init__(self, known: Iterable[str], field: str) -> None:
        self._names = list(dict.fromkeys(known))
        self._outlet = _outlet if field == "source" else _no_outlet
        self._by_key: dict[str, list[int]] = {}
        self._by_outlet: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            self._by_key.setdefault(name_key(name), []).append(number)
            if outlet := self._outlet(name):
                self._by_outlet.setdefault(outlet, []).append(number)

    def meant(self, name: str) -> list[str]:
        """Returns those that a name stands for, in their order.

        A name stands for those that are equal in any spelling, or the same outlet by another name (ایسنا and isna.ir);
        where there is none, for all that contain it.
        """
        key, outlet = name_key(name), self._outlet(name)
        equal = {*self._by_key.get(key, ()), *(self._by_outlet.get(outlet, ()) if outlet else ())}
        return [self._names[number] for number in sorted(equal or self._containing(key))]

    def _containing(self, key: str) -> Iterator[int]:
        lines, starts = self._lines
        at = lines.find(key) if key else -1
        while at >= 0:
            number = bisect_right(starts, at) - 1
            yield number
            at = lines.find(key, starts[number + 1])

    @cached_property
    def _lines(self) -> tuple[str, list[int]]:
        """The letters of all names, a line each, and where each line starts; no name has a line end."""
        keys = list(map(name_key, self._names))
        return "\n".join([*keys, ""]), [0, *accumulate(len(key) + 1 for key in keys)]


def unknown_names(plan: Plan, names_of: Callable[[NameKind], Mapping[str, int]]) -> tuple[Note, ...]:
    """Returns a note for each outlet, category or tag asked for that no article has, with the nearest name."""
    notes: list[Note] = []
    for kind, wanted in _asked(plan).items():
        names = names_of(kind)
        known = KnownNames(names, kind)
        for name in wanted:
            if not known.meant(name):
                near = nearest_name(name, names) if len(notes) < _MOST_COMPARED else ""
                notes.append(Note(f"no {kind}, near" if near else f"no {kind}", name, near=near))
    return tuple(notes)


def noted(plan: Plan, names_of: Callable[[NameKind], Mapping[str, int]]) -> Plan:
    """Returns the plan, with a note for each name it asks for that no article has; words and phrases ask for none."""
    if not _may_ask(plan):
        return plan
    notes = unknown_names(plan, names_of)
    return Plan(plan.root, plan.filters, (*plan.notes, *notes)) if notes else plan


def _may_ask(plan: Plan) -> bool:
    filters = plan.filters
    return bool(filters.sources or filters.categories or filters.tags) or not isinstance(plan.root, Match | Leaf | Near)


def nearest_name(name: str, known: Collection[str]) -> str:
    """Returns the name most like one that there is not, the commonest of equals; '' when none is.

    A part of a name counts as much as the whole: «خبرگزاری رویترز» is near رویترس.

    >>> nearest_name("ایسنان", ["ایرنا", "ایسنا"]), nearest_name("رویترز", ["ایسنا"])
    ('ایسنا', '')
    """
    from rapidfuzz import fuzz, process

    keys = {each: name_key(each) for each in known}
    found = process.extract(name_key(name), keys, scorer=fuzz.WRatio, score_cutoff=_FEWEST, limit=1)
    return str(found[0][2]) if found else ""


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """Returns the letters of a name, folded and without spaces."""
    return join_parts("".join(map(fold, name.split())))


def _asked(plan: Plan) -> dict[NameKind, list[str]]:
    filters = plan.filters
    asked: dict[NameKind, list[str]] = {
        "source": list(filters.sources),
        "category": list(filters.categories),
        "tag": list(filters.tags),
    }
    for node in _nodes(plan.root):
        if isinstance(node, Terms) and node.field in _KINDS:
            asked[node.field] += node.names
    return {kind: list(dict.fromkeys(names)) for kind, names in asked.items() if names}


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    parts: Iterable[Node] = ()
    match node:
        case Match() | AnyOf() | AllOf() | Near():
            parts = node.parts
        case Boosting():
            parts = (node.required, node.optional)
        case Exclude():
            parts = (node.kept, node.barred)
    for part in parts:
        yield from _nodes(part)


def _outlet(name: str) -> str:
    from khabarjoo.index.news.outlets import called

    return called(name)


def _no_outlet(name: str) -> str:
    return ""
