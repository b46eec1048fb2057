"""The searches that were gone through: one can go back, and forward again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..query.plan import Filters
from .listing import Listing, Search

if TYPE_CHECKING:
    from ..engine import Sort

_MOST = 200


class Step(NamedTuple):
    """What was listed from which hit on, with the filters, the order and the search in force."""

    listing: Listing
    offset: int
    search: Search | None
    standing: Filters
    sort: Sort
    folds: bool


class Trail:
    """The steps before the present one and, after going back, those that followed it."""

    def __init__(self) -> None:
        self.past: list[Step] = []
        self.future: list[Step] = []

    def leave(self, step: Step) -> None:
        """Remembers a step that is left for something new; what followed it once is forgotten."""
        self.past = [*self.past, step][-_MOST:]
        self.future.clear()

    def back(self, present: Step) -> Step | None:
        """Returns the step before the present one, to which `forward` comes back; None when there is none."""
        return self._go(present, self.past, self.future)

    def forward(self, present: Step) -> Step | None:
        """Returns the step that was left by going back."""
        return self._go(present, self.future, self.past)

    def clear(self) -> None:
        """Forgets all."""
        self.past.clear()
        self.future.clear()

    @staticmethod
    def _go(present: Step, there: list[Step], here: list[Step]) -> Step | None:
        if not there:
            return None
        here.append(present)
        return there.pop()
