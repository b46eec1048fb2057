"""Pages of hits as tables for programs: dicts, and the DataFrames of pandas and polars where these are installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any

from .output.publication_dates import jalali_numbers

if TYPE_CHECKING:
    import numpy as np
    import pandas
    import polars
    from numpy.typing import NDArray

    from .results import Hit

ZONE = "Asia/Tehran"

FIELDS: dict[str, Callable[[Hit], object]] = {
    "rank": lambda hit: hit.rank,
    "id": lambda hit: hit.id,
    "index": lambda hit: hit.index,
    "score": lambda hit: float(hit.score),
    "title": lambda hit: hit.heading,
    "untitled": lambda hit: hit.untitled,
    "lead": lambda hit: hit.article.lead,
    "body": lambda hit: hit.article.body,
    "published": lambda hit: hit.published,
    "published_jalali": lambda hit: jalali_numbers(hit.published),
    "published_precision": lambda hit: hit.published_precision,
    "source": lambda hit: hit.source,
    "category": lambda hit: hit.category,
    "tags": lambda hit: list(hit.tags),
    "url": lambda hit: hit.url,
    "code": lambda hit: hit.code,
    "origin": lambda hit: hit.origin,
    "snippet": lambda hit: "".join(piece.text for piece in hit.snippet),
    "copies": lambda hit: [copy.id for copy in hit.copies],
}
"""All that a table can tell of a hit, by its name; ``published`` is a datetime in Tehran's time, or None."""

COLUMNS = (
    "rank", "id", "score", "title", "published", "published_jalali", "published_precision", "source", "category",
    "tags", "url", "code", "snippet",
)  # fmt: skip
"""What it tells when nothing else is asked for."""


def to_dicts(hits: Iterable[Hit], fields: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Returns the hits as dicts. Raises ValueError for a field there is not."""
    names = _names(fields)
    return [{name: FIELDS[name](hit) for name in names} for hit in hits]


def to_pandas(hits: Sequence[Hit], fields: Sequence[str] = ()) -> pandas.DataFrame:
    """Returns the hits as a DataFrame of pandas. Raises ImportError with a sentence where pandas is not installed."""
    try:
        import pandas
    except ImportError as error:
        raise ImportError("to_pandas needs pandas, which is not installed: pip install pandas") from error
    names = _names(fields)
    table = pandas.DataFrame(to_dicts(hits, names), columns=list(names))
    if "published" in names:
        table["published"] = pandas.DatetimeIndex(_moments(hits)).tz_localize("UTC").tz_convert(ZONE)
    return table


def to_polars(hits: Iterable[Hit], fields: Sequence[str] = ()) -> polars.DataFrame:
    """Returns the hits as a DataFrame of polars. Raises ImportError with a sentence where polars is not installed."""
    try:
        import polars
    except ImportError as error:
        raise ImportError("to_polars needs polars, which is not installed: pip install polars") from error
    kinds: dict[str, Any] = {
        "rank": polars.Int64,
        "score": polars.Float64,
        "untitled": polars.Boolean,
        "published": polars.Datetime("us", ZONE),
        "tags": polars.List(polars.String),
        "copies": polars.List(polars.String),
    }
    names = _names(fields)
    schema = {name: kinds.get(name, polars.String) for name in names}
    rows = to_dicts(hits, names)
    columns = {name: [row[name] for row in rows] for name in names}
    return polars.DataFrame(
        {name: polars.Series(name, values, schema[name]) for name, values in columns.items()}, schema=schema
    )


def _moments(hits: Iterable[Hit]) -> NDArray[np.datetime64]:
    """When hits were published, in UTC, to the microsecond: nanoseconds end in 2262."""
    import numpy as np

    naive = (hit.published and hit.published.astimezone(UTC).replace(tzinfo=None) for hit in hits)
    return np.array([np.datetime64("NaT" if moment is None else moment, "us") for moment in naive], "datetime64[us]")


def _names(fields: Sequence[str]) -> tuple[str, ...]:
    names = (fields,) if isinstance(fields, str) else tuple(fields)
    if unknown := [name for name in names if name not in FIELDS]:
        raise ValueError(f"there is no field {unknown[0]!r}; there are {', '.join(FIELDS)}")
    return names or COLUMNS
