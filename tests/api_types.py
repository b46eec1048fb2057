"""Tells which names of the API pyright finds incomplete: ``make types`` runs it on pyright's report."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import khabarjoo


def incomplete(report: dict[str, object]) -> list[str]:
    """The symbols of the API, by their full names, that have no complete type."""
    homes = tuple(
        f"{getattr(khabarjoo, name).__module__}.{name}" for name in khabarjoo.__all__ if name != "__version__"
    )
    symbols = report["typeCompleteness"]["symbols"]  # type: ignore[index]
    return [
        symbol["name"]
        for symbol in symbols
        if not symbol["isTypeKnown"] and symbol["name"].startswith(homes) and "._" not in symbol["name"]
    ]


if __name__ == "__main__":
    wrong = incomplete(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    print("\n".join(wrong) or "every name of the API has a complete type")
    sys.exit(bool(wrong))
