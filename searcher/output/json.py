"""JSON for programs. Scripts rely on these keys: they only grow, or format_version does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from ..clean import Sink
from ..results import Hit, Page, Piece
from .moments import iso, jalali_numbers

FORMAT_VERSION = 1

# Legal in JSON, but not safe on a terminal or in every encoding; escaped, they are still the same text.
_ESCAPED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff]")


def write_json(page: Page, out: Sink) -> None:
    """Writes the page as one JSON object."""
    suggestion = page.suggestion
    dump(
        {
            "format_version": FORMAT_VERSION,
            "query": page.query,
            "total": page.total,
            "total_all": page.total_all,
            "explanation": page.explanation,
            "took_ms": round(page.took_ms, 3),
            "suggestion": None if suggestion is None else suggestion._asdict(),
            "hits": [hit_record(hit) for hit in page],
        },
        out,
    )


def hit_record(hit: Hit) -> dict[str, object]:
    """A hit as JSON has it; its text is the article's own, character for character."""
    return {
        "id": hit.id,
        "score": float(hit.score),
        "title": hit.title,
        "published": iso(hit.published),
        "published_jalali": jalali_numbers(hit.published),
        "source": hit.source,
        "category": hit.category,
        "tags": list(hit.tags),
        "url": hit.url,
        "code": hit.code,
        "snippet": piece_records(hit.snippet),
        "copies": [{"id": copy.id, "source": copy.source, "published": iso(copy.published)} for copy in hit.copies],
    }


def piece_records(pieces: Iterable[Piece]) -> list[dict[str, object]]:
    """Marked text as JSON has it."""
    return [{"text": piece.text, "match": bool(piece.match)} for piece in pieces]


def dump(value: object, out: Sink, *, indent: int | None = 2) -> None:
    """Writes a value as JSON in Persian letters, with a line end; ``indent=None`` keeps it in one line."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    out.write(_ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n")
