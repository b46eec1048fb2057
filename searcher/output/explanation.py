"""Why an article has its score: a sum for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Callable

from khabarjoo.analyzers.digits import persian_number

from ..bidi.isolation import isolated
from ..config import Settings, current
from ..results import Explanation
from ..terminal_safety import Sink, one_line
from .hits_data import FORMAT_VERSION, dump
from .styles import Paragraph, Span, Style, write_paragraphs

MEANINGS = {
    "closeness": ("words of the query stand near each other", "واژه‌های پرسش نزدیک هم آمده‌اند"),
    "names": ("the words of a name stand side by side", "واژه‌های نام کنار هم آمده‌اند"),
    "exact forms": (
        "a word stands as it was typed, not only in its other forms",
        "واژه به همان شکلِ پرسش آمده، نه فقط به شکل‌های دیگرش",
    ),
    "kindred words": (
        "there are other words that begin like those of the query",
        "واژه‌های دیگری هم هست که آغازشان مانند واژه‌های پرسش است",
    ),
    "like the best": (
        "it shares the words that mark the best hits",
        "واژه‌هایی را دارد که نشانهٔ بهترین نتیجه‌هاست",
    ),
}
"""What is meant by that which closer reading adds to a score, in English and in Persian."""


def write_explanation_text(explanation: Explanation, out: Sink, *, settings: Settings | None = None) -> None:
    """Writes a line for each part of the score, and their sum, in the reader's language."""
    chosen = settings or current()
    rows = [(line.value, line.what) for line in explanation.lines]
    rows.append((explanation.score, f"score of {explanation.id}"))
    is_persian = chosen.language_of_messages() == "fa"
    meanings = {what: f" ({told[is_persian]})" for what, told in MEANINGS.items()}
    if is_persian:
        from .translation import translated

        rows = [(value, translated(what)) for value, what in rows]
        meanings = {translated(what): told for what, told in meanings.items()}
    paragraphs = (
        Paragraph(
            [Span(isolated(one_line(what).strip())), Span(meanings.get(what, ""), Style.FAINT)],
            f"{_figure(value, chosen):>10}  ",
            right_to_left=is_persian,
        )
        for value, what in rows
    )
    write_paragraphs(paragraphs, out, settings)


def _figure(value: float, chosen: Settings) -> str:
    told = f"{value:.3f}"
    return persian_number(told) if chosen.digits == "persian" else told


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
