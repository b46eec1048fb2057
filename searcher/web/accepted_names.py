"""Reads headers in which a browser lists what it takes, each with a weight."""

from __future__ import annotations

from collections.abc import Iterable


def names_in(header: str) -> Iterable[str]:
    """Returns the names in a header that lists some with their weights, the weightiest first.

    >>> list(names_in("en;q=0.5, fa-IR"))
    ['fa-ir', 'en']
    """
    weighed = []
    for place, part in enumerate(header[:1000].split(",")):
        name, _, parameters = part.strip().partition(";")
        try:
            weight = float(parameters.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        if name and weight > 0:
            weighed.append((-weight, place, name.strip().lower()))
    return (name for *_, name in sorted(weighed))
