"""Filters that stay in force until they are dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from ..terminal_safety import one_line

if TYPE_CHECKING:
    from ..output.report import Filters

DATES = ("since", "until")
NAMES = ("source", "category", "tag")

_SEPARATOR = re.compile("[,،;؛]")
_QUOTES = '«»"“”„'
_LABELS = {
    "since": ("since", "از"),
    "until": ("until", "تا"),
    "source": ("source", "منبع"),
    "category": ("category", "دسته"),
    "tag": ("tag", "برچسب"),
}


@dataclass(frozen=True)
class ActiveFilters:
    """The filters in force, as they were typed; dates are '' and names () when there is none."""

    since: str = ""
    until: str = ""
    source: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()

    def with_filter(self, name: str, typed: str) -> ActiveFilters:
        """The filters with one of them set; nothing typed drops it. Raises DateError for a date that is none.

        >>> ActiveFilters().with_filter("source", "ایسنا، «خبرگزاری مهر»").source
        ('ایسنا', 'خبرگزاری مهر')
        """
        if name in NAMES:
            names = (one_line(part).strip().strip(_QUOTES).strip() for part in _SEPARATOR.split(typed))
            return replace(self, **{name: tuple(filter(None, names))})  # type: ignore[arg-type]
        found = replace(self, **{name: one_line(typed).strip().strip(_QUOTES)})  # type: ignore[arg-type]
        found._check_dates()
        return found

    def without(self, name: str = "") -> ActiveFilters:
        """The filters without one of them, or none."""
        return replace(self, **{name: getattr(ActiveFilters(), name)}) if name else ActiveFilters()

    def arguments(self) -> Filters:
        """The filters as `Searcher.search` takes them; only those there are."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in told.items() if value}  # type: ignore[return-value]

    def told(self, language: str = "en") -> str:
        """The filters in words, '' when there is none.

        >>> ActiveFilters(since="1401", tag=("نفت", "برق")).told()
        'since 1401 · tag نفت، برق'
        """
        return " · ".join(
            f"{label(name, language)} {value if isinstance(value, str) else '، '.join(value)}"
            for name in (*DATES, *NAMES)
            if (value := getattr(self, name))
        )

    def _check_dates(self) -> None:
        from khabarjoo.analyzers.dates import DateError, parse_span

        start = parse_span(self.since).start if self.since else None
        end = parse_span(self.until).end if self.until else None
        if start and end and start >= end:
            raise DateError(f"the span from {self.since} until {self.until} ends before it begins")


def label(name: str, language: str) -> str:
    """What a filter is called; ``language`` is ``en`` or ``fa``."""
    return _LABELS[name][language == "fa"]
