"""How much one query may take, and what is said when it would take more.

Nearly all queries are far below the limits. One that is not, such as hundreds of patterns that each fit half of all
words, is carried out over as many articles as the limits allow: of those the answer is exact, the others are left out,
and whoever asked is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from khabarjoo.analyzers.value_object import value

MILLION = 1_000_000


class LimitReached(Exception):
    """A query has taken all that it may."""


@value
class Limits:
    """What one query may take, 0 for as much as it wants.

    ``seconds`` is time of the processor, so that a busy machine changes no answer. ``positions`` is how many millions
    of words of articles may be looked at, counted once for each pattern, likeness, phrase and field that asks for
    them, and more often for those that take longer. With the second alone an answer is always the same.
    """

    seconds: float = 5.0
    positions: float = 300.0


LIMITS = Limits()
"""What is in force unless something else is asked for."""

UNLIMITED = Limits(0, 0)


@value
class Partial:
    """Which limit a query came to, and how many of all articles had been searched by then.

    >>> print(Partial("time_limit", 40, 90).english)
    This answer is partial: 40 of 90 articles were searched, then time_limit was reached; see khabarjoo config.
    """

    limit: str
    searched: int
    articles: int

    @property
    def english(self) -> str:
        """The whole in one sentence."""
        return (
            f"This answer is partial: {self.searched:,} of {self.articles:,} articles were searched, "
            f"then {self.limit} was reached; see khabarjoo config."
        )

    @property
    def persian(self) -> str:
        """The same in Persian."""
        return (
            f"این پاسخ ناتمام است: {self.searched:,} خبر از {self.articles:,} جست‌وجو شد و "
            f"سپس {self.limit} پر شد؛ khabarjoo config را ببینید."
        )


class Allowance:
    """What is left to one query."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.thread_time) -> None:
        self._clock = clock
        self._end = clock() + limits.seconds if limits.seconds else None
        self._left = int(limits.positions * MILLION) if limits.positions else None
        self.reached = ""

    @property
    def left(self) -> int | None:
        """How many positions may still be looked at; None for any number."""
        return self._left

    def spend(self, positions: int) -> None:
        """Takes so many positions away. Raises LimitReached when there are not so many, or no time is left."""
        if self._left is not None:
            if positions > self._left:
                self.reached, self._left = "position_limit", 0
                raise LimitReached
            self._left -= positions
        self.check()

    def check(self) -> None:
        """Raises LimitReached when no time is left."""
        if self._end is not None and self._clock() > self._end:
            self.reached = "time_limit"
            raise LimitReached


def check_not_negative(*numbers: int) -> None:
    """Raises ValueError for a limit or an offset below 0."""
    if min(numbers) < 0:
        raise ValueError("limit and offset must not be negative")
