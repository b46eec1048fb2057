"""Why an article has its score: a sum for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Callable

from ..bidi.isolation import isolated
from ..config import Settings, current
from ..results import Explanation
from ..terminal_safety import Sink, one_line
from .hits_data import FORMAT_VERSION, dump
from .publication import in_digits
from .styles import Paragraph, Span, write_paragraphs


def write_explanation_text(explanation: Explanation, out: Sink, *, settings: Settings | None = None) -> None:
    """Writes a line for each part of the score, and their sum, in the reader's language."""
    chosen = settings or current()
    rows = [(line.value, line.what) for line in explanation.lines]
    rows.append((explanation.score, f"score of {explanation.id}"))
    if chosen.language_of_messages() == "fa":
        from .translation import translated

        rows = [(value, translated(what)) for value, what in rows]
    paragraphs = (
        Paragraph([Span(isolated(one_line(what).strip()))], f"{_share(value, chosen.digits):>10}  ")
        for value, what in rows
    )
    write_paragraphs(paragraphs, out, settings)


def _share(value: float, digits: str) -> str:
    """A part of a score in the digits of the settings, the point as Persian has it among Persian ones."""
    told = in_digits(f"{value:.3f}", digits)
    return told.replace(".", "٫") if digits == "persian" else told


def write_explanation_json(explanation: Explanation, out: Sink) -> None:
    """Writes one JSON object; the values of the lines add up to the score."""
    dump(
        {
            "format_version": FORMAT_VERSION,
            "query": explanation.query,
            "id": explanation.id,
            "score": float(explanation.score),
            "partial": explanation.partial.english if explanation.partial else None,
            "lines": [{"what": line.what, "value": float(line.value)} for line in explanation.lines],
        },
        out,
    )


EXPLANATION_FORMATS: dict[str, Callable[[Explanation, Sink], None]] = {
    "text": write_explanation_text,
    "json": write_explanation_json,
}
