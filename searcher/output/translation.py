"""What commands say, put into Persian: help, errors and summaries, which arise in English all over the code.

The texts are in ``texts.fa.txt``, each with a ``{}`` for whatever is there. What is not in it is said as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from khabarjoo.analyzers.digits import persian_number

_TEXTS = Path(__file__).with_name("texts.fa.txt")
_HOLE = re.compile(r"\{(\d?)\}")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_CHOICES = re.compile("'[^',]*'(?:, '[^',]*')+")  # as click lists them
_LONGEST = 4000  # characters of what is looked for among the texts with holes
_DEEPEST = 4  # texts within texts


class _Text(NamedTuple):
    """A text with holes, as an expression; and in Persian."""

    english: re.Pattern[str]
    persian: str


def translated(text: str, *, depth: int = _DEEPEST) -> str:
    """Returns a text in Persian, its numbers in Persian digits; as it is when there is no such text.

    >>> translated("no article has the id “a01”")
    'خبری با شناسهٔ «a01» نیست'
    >>> translated("removed 1,234 articles")
    '۱٬۲۳۴ خبر برداشته شد'
    >>> translated("باران")
    'باران'
    """
    plain, with_holes = _texts()
    key = _key(text)
    if (found := plain.get(key)) is not None:
        return found
    if len(key) > _LONGEST or not depth:
        return text
    for english, persian in with_holes:
        if match := english.fullmatch(key):
            return _filled(persian, [_inner(group, depth - 1) for group in match.groups()])
    return text


def texts() -> Iterator[tuple[str, str]]:
    """Yields every text there is, in English and in Persian."""
    blocks = re.split(r"\n\s*\n", _TEXTS.read_text(encoding="utf-8"))
    for block in blocks:
        lines = [line for line in block.splitlines() if line and not line.startswith("# ")]
        if lines:
            english, persian = lines
            yield english, persian


@cache
def _texts() -> tuple[dict[str, str], tuple[_Text, ...]]:
    """The texts without holes; and those with, the longest first, as what says more is meant rather."""
    plain: dict[str, str] = {}
    with_holes: list[tuple[int, _Text]] = []
    for english, persian in texts():
        key = _key(english)
        if _HOLE.search(key):
            literals = _HOLE.split(key)[::2]
            expression = re.compile("(.+?)".join(map(re.escape, literals)), re.DOTALL)
            with_holes.append((sum(map(len, literals)), _Text(expression, persian)))
        else:
            plain[key] = persian
    return plain, tuple(text for _, text in sorted(with_holes, key=lambda each: -each[0]))


def _key(text: str) -> str:
    """What texts are looked up by: without line ends and the point at the end."""
    return " ".join(text.split()).removesuffix(".")


def _inner(text: str, depth: int) -> str:
    if _NUMBER.fullmatch(text):
        return persian_number(text)
    if _CHOICES.fullmatch(text):
        return "، ".join(f"«{name[1:-1]}»" for name in text.split(", "))
    return translated(text, depth=depth)


def _filled(persian: str, values: list[str]) -> str:
    places = iter(range(len(values)))
    return _HOLE.sub(lambda hole: values[int(hole[1]) - 1 if hole[1] else next(places)], persian)
