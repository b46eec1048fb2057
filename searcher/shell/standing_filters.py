"""Filters that stay in force until they are dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping

from khabarjoo.analyzers.digits import persian_digits

from ..query.plan import Filters
from ..terminal_safety import one_line

DATES = ("since", "until")
NAMES = ("source", "category", "tag", "speaker")

_SEPARATOR = re.compile("[,،;؛]")
_QUOTES = '«»"“”„'
_LABELS = {
    "since": ("since", "از"),
    "until": ("until", "تا"),
    "source": ("source", "منبع"),
    "category": ("category", "دسته"),
    "tag": ("tag", "برچسب"),
    "speaker": ("speaker", "گوینده"),
}


def with_filter(filters: Filters, name: str, typed: str) -> Filters:
    """Returns the filters with one of them set; nothing typed drops it. Raises DateError for a date that is none.

    >>> with_filter(Filters(), "source", "ایسنا، «خبرگزاری مهر»").sources
    ('ایسنا', 'خبرگزاری مهر')
    """
    if name in NAMES:
        names = (one_line(part).strip().strip(_QUOTES).strip() for part in _SEPARATOR.split(typed))
        return _made({**filters.typed(), name: tuple(filter(None, names))})
    return _made({**filters.typed(), name: one_line(typed).strip().strip(_QUOTES)})


def without(filters: Filters, name: str = "") -> Filters:
    """Returns the filters without one of them, or none."""
    return _made({**filters.typed(), name: ""}) if name else Filters()


def told(filters: Filters, language: str = "en") -> str:
    """Returns the filters in words, '' when there is none.

    >>> told(Filters.of(since="1401", tag=("نفت", "برق"))), told(Filters.of(since="1401"), "fa")
    ('since 1401 · tag نفت، برق', 'از ۱۴۰۱')
    """
    return " · ".join(
        f"{label(name, language)} {_date(value, language) if isinstance(value, str) else '، '.join(value)}"
        for name, value in filters.typed().items()
    )


def _date(typed: str, language: str) -> str:
    return persian_digits(typed) if language == "fa" else typed


def _made(typed: Mapping[str, str | tuple[str, ...]]) -> Filters:
    return Filters.of(**{name: value for name, value in typed.items() if value})  # type: ignore[arg-type]


def label(name: str, language: str) -> str:
    """Returns what a filter is called; ``language`` is ``en`` or ``fa``."""
    return _LABELS[name][language == "fa"]
