"""How often a word or a phrase is used, in how many articles, and when: what studies of language count."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .concordance import phrase_of, runs
from .query.plan import Exact, Fuzzy, Match, Pattern, Word
from .query_limits import Partial
from .results import Timeline

if TYPE_CHECKING:
    from .engine import Engine, Found
    from .query.plan import Node, Plan
    from .results import PeriodName
    from .searcher import Searcher
    from .snippets import Marking


class TermCounts(NamedTuple):
    """How often a term is used: its places in all, the articles that have it, and how many of these in each period."""

    term: str
    times: int
    articles: int
    timeline: Timeline
    partial: Partial | None = None


def commonest(index: Searcher, most: int) -> list[str]:
    """Returns the ``most`` commonest forms, the commonest first, equals by their letters; no stopwords."""
    from khabarjoo.analyzers.stopwords import stopwords

    words = [word for word in index.vocabulary(most + len(stopwords())) if word.form not in stopwords()]
    return [word.form for word in sorted(words, key=lambda word: (-word.times, word.form))[:most]]


def count_term(engine: Engine, plan: Plan, text: str, by: PeriodName | None) -> TermCounts:
    """Counts the articles that a timeline of a plan counts, and in them what the plan looks for."""
    timeline = engine.timeline(plan, by)
    answer = engine.search(plan, timeline.articles, sort="oldest")
    marking = engine.marking(plan.root)
    times = sum(_times_in(found, marking, engine, plan.root) for found in answer.hits)
    return TermCounts(text, times, timeline.articles, timeline._replace(query=text), answer.partial)


def _times_in(found: Found, marking: Marking, engine: Engine, root: Node) -> int:
    """How often what a plan looks for stands in an article.

    Words are counted without reading the article where the engine knows its forms; phrases, which need their place, in
    its text.
    """
    if _is_of_words(root) and (times := marking.times(found)) is not None:
        return times
    article, phrase = engine.read(found), phrase_of(root)
    texts = {"title": article.title, "lead": article.lead, "body": article.body}
    parts = marking.parts(article, found)
    if not phrase:
        return sum(len(matches) for _, matches in parts)
    return sum(1 for part, matches in parts for _ in runs(texts[part], matches, phrase))


def _is_of_words(root: Node) -> bool:
    """Whether a plan looks for words wherever they stand."""
    if isinstance(root, Match):
        return all(map(_is_of_words, root.parts))
    return isinstance(root, Word | Exact | Pattern | Fuzzy) and not root.field
