"""A plan: what is to be matched, in the index's own terms, apart from who asked and from which engine will do it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzers.chain import PersianAnalyzer
from analyzers.stopwords import stopwords

if TYPE_CHECKING:
    from analyzers.dates import Span


@dataclass(frozen=True, slots=True)
class Word:
    """A word to be matched by its lemma. ``forms`` are the spellings asked for; ``boost`` scales its worth."""

    lemma: str
    forms: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Filters:
    """What articles must be besides matching: published within a span, from one of some outlets, and so on."""

    published: Span | None = None
    sources: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Articles that have any of the words, and pass the filters. Without words: every article that passes."""

    words: tuple[Word, ...]
    filters: Filters = Filters()


def plan_words(text: str, analyzer: PersianAnalyzer) -> tuple[Word, ...]:
    """The words of a text to search for: stopwords are left out unless there is nothing else."""
    tokens = list(analyzer.tokens(text))
    chosen = [token for token in tokens if token.term.form not in stopwords()] or tokens
    counts = Counter(token.term.lemma for token in chosen)
    forms: dict[str, dict[str, None]] = {lemma: {} for lemma in counts}
    for token in chosen:
        forms[token.term.lemma][token.term.form] = None
    return tuple(Word(lemma, tuple(forms[lemma]), float(count)) for lemma, count in counts.items())
