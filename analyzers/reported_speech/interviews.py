"""Tells the answers of an interview from its questions, and where it is told with whom the talk is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter

from .sentences import AROUND

_QUESTIONS = 3  # paragraphs that end in a question mark, from which an article is an interview
_LONGEST_QUESTION = 400
_PARAGRAPH = re.compile(r"[^\n]+")
_TALK = re.compile(r"(?:گفت\s?[و\u200c ]{0,3}\s?گو|گفتگو|مصاحبه|گپ)\S{0,4}(?:\s\S+){0,3}?\s+با\s+")
_INTRODUCTION = 2000  # letters of a text in which it is told with whom a talk is


def answers(text: str) -> list[tuple[int, int]]:
    """Returns where the paragraphs of an interview stand that are no questions; none of what is no interview.

    >>> text = "نامت؟\\nعلی.\\nکجایی؟\\nتهران.\\nچرا؟\\nچون."
    >>> [text[start:end] for start, end in answers(text)]
    ['علی.', 'تهران.', 'چون.']
    """
    if text.count("؟") + text.count("?") < _QUESTIONS:
        return []
    paragraphs = [(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]
    asks = [
        end - start < _LONGEST_QUESTION and text[start:end].rstrip(AROUND + '*_»")').endswith(("؟", "?"))
        for start, end in paragraphs
    ]
    if sum(asks) < _QUESTIONS:
        return []
    first = asks.index(True) + 1
    sign = _sign_of_questions(text, paragraphs, asks)
    return [
        (start, end)
        for (start, end), is_asked in zip(paragraphs[first:], asks[first:], strict=True)
        if not is_asked and text[start] != sign
    ]


def _sign_of_questions(text: str, paragraphs: list[tuple[int, int]], asks: list[bool]) -> str:
    """The sign that most questions begin with (* درباره کارتان بگویید.); '' where none is."""
    first = Counter(text[start] for (start, _), is_asked in zip(paragraphs, asks, strict=True) if is_asked)
    sign, count = max(first.items(), key=itemgetter(1))
    return "" if sign.isalnum() or 2 * count < sum(asks) else sign


def talks(text: str) -> Iterator[int]:
    """Yields where names may begin of those with whom a text says that it is a talk (گفت‌وگو با ...)."""
    for match in _TALK.finditer(text, 0, _INTRODUCTION):
        yield match.end()
