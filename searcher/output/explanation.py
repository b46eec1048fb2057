"""Why an article has its score: a sum for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Callable

from ..clean import Sink, one_line
from ..results import Explanation
from .json import FORMAT_VERSION, dump


def write_explanation_text(explanation: Explanation, out: Sink) -> None:
    """Writes a line for each part of the score, and their sum."""
    for line in explanation.lines:
        out.write(f"{line.value:>10.3f}  {one_line(line.what).strip()}\n")
    out.write(f"{explanation.score:>10.3f}  score of {one_line(explanation.id).strip()}\n")


def write_explanation_json(explanation: Explanation, out: Sink) -> None:
    """Writes one JSON object; the values of the lines add up to the score."""
    dump(
        {
            "format_version": FORMAT_VERSION,
            "query": explanation.query,
            "id": explanation.id,
            "score": float(explanation.score),
            "lines": [{"what": line.what, "value": float(line.value)} for line in explanation.lines],
        },
        out,
    )


EXPLANATION_FORMATS: dict[str, Callable[[Explanation, Sink], None]] = {
    "text": write_explanation_text,
    "json": write_explanation_json,
}
