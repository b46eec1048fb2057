"""What each part of the analyzer and of the ranking brings: the same search, plain first and whole in the end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from khabarjoo.analyzers.analyzer import BARRIER, PersianAnalyzer, Word
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.analyzers.compounds import Term
from khabarjoo.analyzers.normalizer import ZWNJ
from khabarjoo.index.article import Article
from khabarjoo.index.bm25f import BM25F, WEIGHTING
from khabarjoo.index.ingest import read
from khabarjoo.index.segment import Segment
from khabarjoo.index.segment_writer import SegmentBuilder
from khabarjoo.index.store import LiveSegment, Snapshot, open_snapshot, open_writer
from khabarjoo.searcher.local.column_engine import ColumnEngine
from khabarjoo.searcher.local.ranking import RANKING, Ranking
from khabarjoo.searcher.query.query_reading import read_query

Run = dict[str, list[tuple[str, float]]]
"""Of each query the ids and scores of the best articles."""

LIMIT = 1000


class FoldingAnalyzer(PersianAnalyzer):
    """Folds letters and does no more: what stands between two spaces or ZWNJ is a word of its own."""

    def read(self, raw: str) -> Word:
        """A token as one word for each of its parts."""
        folded = super().read(raw).folded
        terms = tuple(Term(part, part) for part in folded.split(ZWNJ) if part)
        return Word(folded, terms, 0, 0) if terms else BARRIER


class SpellingAnalyzer(PersianAnalyzer):
    """Reads all spellings of a word as one, and takes no ending off."""

    def read(self, raw: str) -> Word:
        """A token in its forms."""
        return _in_forms(super().read(raw))

    def joined(self, left: str, right: str, after: str) -> tuple[Word, int]:
        """Words joined, in their form."""
        word, taken = super().joined(left, right, after)
        return _in_forms(word), taken


def _in_forms(word: Word) -> Word:
    terms = tuple(Term(term.form, term.form) for term in word.terms)
    return Word(word.folded, terms, word.bonds_after, word.bonds_before) if terms else BARRIER


class Step(NamedTuple):
    """One way to index and rank. Plain text is all of an article as one field."""

    name: str
    analyzer: type[PersianAnalyzer]
    fields: bool
    ranking: Ranking


_PLAIN = BM25F(weight=(1, 1, 1), b=(0, 0, 0.75), opening=0)
"""BM25 as Lucene has it, over one field."""

_WORDS_ALONE = replace(RANKING, closeness=0, exact=0, kindred=0, feedback=0)
_EXACT = replace(_WORDS_ALONE, exact=RANKING.exact)
_CLOSE = replace(_EXACT, closeness=RANKING.closeness)
_KINDRED = replace(_CLOSE, kindred=RANKING.kindred)

STEPS = (
    Step("BM25 on folded words", FoldingAnalyzer, False, _WORDS_ALONE),
    Step("+ three spellings", SpellingAnalyzer, False, _WORDS_ALONE),
    Step("+ lemmas", PersianAnalyzer, False, _WORDS_ALONE),
    Step("+ exact forms", PersianAnalyzer, False, _EXACT),
    Step("+ fields and opening", PersianAnalyzer, True, _EXACT),
    Step("+ closeness", PersianAnalyzer, True, _CLOSE),
    Step("+ kindred words", PersianAnalyzer, True, _KINDRED),
    Step("+ feedback", PersianAnalyzer, True, RANKING),
)


def ranked(
    steps: Sequence[Step], docs: Path, queries: Sequence[Sequence[str]], folder: Path
) -> Iterator[tuple[str, Run]]:
    """The run of each step; steps that index alike share an index."""
    built: tuple[type[PersianAnalyzer], bool] | None = None
    for step in steps:
        analyzer = step.analyzer()
        if built != (step.analyzer, step.fields):
            snapshot = _index(docs, analyzer, step.fields, folder)
            built = step.analyzer, step.fields
        engine = ColumnEngine(snapshot, step.ranking)
        yield step.name, {qid: _rank(engine, text, analyzer) for qid, text in queries}


def _index(docs: Path, analyzer: PersianAnalyzer, fields: bool, folder: Path) -> Snapshot:
    builder = SegmentBuilder(BulkAnalyzer(analyzer), WEIGHTING if fields else _PLAIN)
    for article in read(docs, name=docs.name):
        if isinstance(article, Article):
            builder.add(article if fields else _in_one_field(article), docs.name)
    shutil.rmtree(folder, ignore_errors=True)
    with open_writer(folder) as writer:
        segment = builder.write(writer.segment_folder())
        writer.commit([LiveSegment(segment.parent.name, Segment(segment.parent))], {})
    return open_snapshot(folder)


def _in_one_field(article: Article) -> Article:
    whole = "\n".join((article.title, article.lead, article.body))
    return replace(article, title="", lead="", body=whole)


def _rank(engine: ColumnEngine, text: str, analyzer: PersianAnalyzer) -> list[tuple[str, float]]:
    answer = engine.best(read_query(text, analyzer), LIMIT)
    return [(engine.id(number), score) for number, score in zip(answer.numbers, answer.scores, strict=True)]
