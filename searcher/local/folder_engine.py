"""The engine on an index in a folder: what `ColumnEngine` answers in numbers of articles, told by their ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.calendars import tehran
from khabarjoo.index.article import Article
from khabarjoo.index.errors import IndexDamaged
from khabarjoo.index.manifest import generations
from khabarjoo.index.segment import SEGMENT_FILE, UNDATED
from khabarjoo.index.store import Snapshot, open_snapshot

from ..engine import Answer, Correction, Found, NameKind, Share, Sort, WordForm
from ..query.plan import Node, Plan, Said
from ..query_limits import LIMITS, Limits, Partial
from ..results import Stats
from ..snippets import Marking
from .collapse import FOLDED
from .column_engine import Answer as Numbered
from .column_engine import ColumnEngine
from .marking import IndexedMarking

_MATCHINGS_KEPT = 64  # what was found of who said what, a segment and a question each

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from khabarjoo.analyzers.reported_speech import Statement
    from khabarjoo.index.segment import Facet
    from khabarjoo.index.segment_reader import SegmentReader
    from khabarjoo.index.store import LiveSegment

    from ..results import FacetName, Facets, PeriodName, Timeline
    from .statement_search import Matching


def open_folders(paths: Sequence[Path], limits: Limits = LIMITS) -> FolderEngine:
    """Opens the indexes in some folders, each once, of this analyzer or the one before.

    Raises NoIndex, NotAnIndex, IndexDamaged or AnalyzerMismatch.
    """
    if not paths:
        raise ValueError("no index to open")
    different = {path.resolve(): path for path in reversed(paths)}
    folders = list(reversed(different.values()))
    newest = [generations(path)[:1] for path in folders]  # looked up first, so that no later one is missed
    snapshots = [open_snapshot(path, behind=1) for path in folders]
    try:
        if len(snapshots) == 1:
            return FolderEngine(snapshots[0], limits, newest)
        from .several_folders_engine import FoldersEngine

        return FoldersEngine(snapshots, limits, newest)
    except Exception as error:
        for snapshot in snapshots:
            snapshot.blame(error)
        raise


class FolderEngine:
    """Answers plans over one generation of an index."""

    def __init__(self, snapshot: Snapshot, limits: Limits = LIMITS, newest: Sequence[list[int]] | None = None) -> None:
        self._snapshots: Sequence[Snapshot] = (snapshot,)
        self._newest = newest
        self._segments = snapshot.segments
        self._columns = ColumnEngine(snapshot, limits=limits)
        self._matching: dict[tuple[SegmentReader, Said], Matching] = {}

    @property
    def path(self) -> Path | str:
        """The folder, as it was given."""
        return self._snapshots[0].path

    @property
    def name(self) -> str:
        """The folder's absolute path."""
        return str(self._snapshots[0].path.absolute())

    @property
    def fell_back(self) -> str:
        """Why a newer generation of the index was passed over as damaged; '' when none was."""
        return self._snapshots[0].fell_back

    @property
    def is_behind(self) -> bool:
        """Whether the analyzer before this one, or another lexicon, made some of it."""
        return any(snapshot.is_behind for snapshot in self._snapshots)

    @property
    def is_outdated(self) -> bool:
        """Whether there is another newest generation than when it was opened; a look into the folder."""
        newest = self._newest or [[snapshot.generation] for snapshot in self._snapshots]
        return any(
            generations(snapshot.path)[:1] != known for snapshot, known in zip(self._snapshots, newest, strict=True)
        )

    @property
    def tells_speakers(self) -> bool:
        """Whether the index was made to tell who said what."""
        return any(snapshot.manifest.speakers for snapshot in self._snapshots)

    def __len__(self) -> int:
        return sum(map(len, self._snapshots))

    # -- plans -------------------------------------------------------------------------------------------------

    def search(
        self, plan: Plan, limit: int, *, offset: int = 0, sort: Sort = "relevance", collapse: bool = False
    ) -> Answer:
        """See `Engine`."""
        columns, last = self._columns, offset + limit
        reach = last + FOLDED if collapse else last
        if sort == "relevance":
            answer = columns.best(plan, reach)
        else:
            answer = columns.by_date(plan, reach, newest=sort == "newest")
        if not collapse:
            return self._told(answer, offset)
        answer, copies = columns.fold(answer, last, self._id)
        told = self._told(answer, offset)
        by_id = {hit.id: copies[number] for hit in told.hits if (number := self._number(hit)) in copies}
        return told._replace(copies=by_id)

    def facets(self, plan: Plan, by: Sequence[FacetName], limit: int) -> Facets:
        """See `Engine`. Raises ValueError for another facet, or a negative limit."""
        from .facet_counts import count_facets

        matched, of_all, partial = self._columns.matched(plan)
        return count_facets(matched, by, limit, words="all" if of_all else "any")._replace(partial=partial)

    def timeline(self, plan: Plan, by: PeriodName | None) -> Timeline:
        """See `Engine`. Raises ValueError for another period."""
        from .facet_counts import count_periods

        matched, of_all, partial = self._columns.matched(plan)
        return count_periods(matched, by, words="all" if of_all else "any")._replace(partial=partial)

    def explain(self, plan: Plan, article: Found) -> list[Share] | None:
        """See `Engine`."""
        number = self._number(article)
        shares = self._columns.shares(plan, number)
        if shares is None:
            return None
        return [*shares, *(Share(*added) for added in self._columns.second_stage(plan, number).items())]

    def partial(self, plan: Plan) -> Partial | None:
        """See `Engine`."""
        return self._columns.partial(plan)

    def similar(self, article: Found, limit: int) -> Answer:
        """See `Engine`."""
        return self._told(self._columns.similar(self._number(article), limit))

    def correct(self, text: str, plan: Plan, complete: int) -> Correction | None:
        """See `Engine`."""
        return self._columns.correct(text, plan, complete, default_analyzer())

    def _told(self, answer: Numbered, offset: int = 0) -> Answer:
        hits = self._hits(answer.numbers[offset:], answer.scores[offset:])
        return Answer(answer.total, answer.total_all, hits, partial=answer.partial)

    def _hits(self, numbers: list[int], scores: list[float]) -> list[Found]:
        new = tuple.__new__  # which takes half the time that the class takes
        told = zip(self._columns.ids(numbers), scores, numbers, strict=True)
        return [new(Found, (id, score, number, "")) for id, score, number in told]

    def _found(self, number: int, score: float = 0.0) -> Found:
        return Found(self._columns.id(number), score, number)

    def _id(self, number: int) -> str:
        return self._columns.id(number)

    def speakers(self, wanted: Sequence[str]) -> dict[str, int]:
        """See `Engine`."""
        from .statement_search import speakers  # late, as few ask

        return speakers(self._segments, wanted)

    def statements(self, article: Found, said: Said) -> list[Statement]:
        """See `Engine`. They are read again in the stored article."""
        from .statement_search import matching, numbers_within, statements_in

        reader, doc = self._columns.place(self._number(article))
        if (reader, said) not in self._matching:
            if len(self._matching) >= _MATCHINGS_KEPT:
                self._matching.clear()
            self._matching[reader, said] = matching(reader, said)
        numbers = numbers_within(reader, doc, self._matching[reader, said])
        return statements_in(reader.columns.article(doc), numbers, said)

    # -- articles ----------------------------------------------------------------------------------------------

    def find(self, id: str) -> Found | None:
        """See `Engine`."""
        number = self._columns.number(id)
        return None if number < 0 else self._found(number)

    def read(self, article: Found) -> Article:
        """See `Engine`."""
        return self._columns.article(article.place)  # type: ignore[arg-type]

    def origin(self, article: Found) -> str:
        """See `Engine`."""
        return self._columns.origin(self._number(article))

    def all(self) -> Iterator[Found]:
        """See `Engine`."""
        first = 0
        for live in self._segments:
            for doc in live.live().tolist():
                yield self._found(first + doc)
            first += len(live.segment)

    def marking(self, root: Node) -> Marking:
        """See `Engine`. What is to be found in an article is read off the forward view."""
        return IndexedMarking(root, default_analyzer(), self._columns.place)

    @staticmethod
    def _number(article: Found) -> int:
        number: int = article.place  # type: ignore[assignment]  # we put it there
        return number

    # -- the whole ---------------------------------------------------------------------------------------------

    def names(self, kind: NameKind) -> dict[str, int]:
        """See `Engine`."""
        total: Counter[str] = Counter()
        for live in self._segments:
            facet = _facet(live, kind)
            counts = facet.counts(live.live()).tolist()
            total.update({name: count for name, count in zip(facet.names, counts, strict=True) if count})
        return {name: total[name] for name in sorted(total, key=lambda name: (-total[name], name))}

    def vocabulary(self, most: int) -> list[WordForm]:
        """See `Engine`."""
        from khabarjoo.index.common_words import WordList

        words = WordList(self._segments, most)
        return [
            WordForm(form, times, words.lemma(place), words.parts(place))
            for place, (form, times) in enumerate(zip(words.texts, words.counts.tolist(), strict=True))
        ]

    def dates(self) -> tuple[datetime, datetime] | None:
        """See `Engine`."""
        dated = [dates for dates in map(_dates, self._segments) if len(dates)]
        if not dated:
            return None
        return _moment(min(int(dates.min()) for dates in dated)), _moment(max(int(dates.max()) for dates in dated))

    def stats(self) -> Stats:
        """See `Engine`."""
        from khabarjoo.index.common_words import live_lemmas

        lemmas = {live.segment.lemmas.raw(n) for live in self._segments for n in live_lemmas(live).tolist()}
        first, last = self.dates() or (None, None)
        return Stats(
            articles=len(self),
            dated=sum(len(_dates(live)) for live in self._segments),
            first=first,
            last=last,
            sources=self.names("source"),
            categories=self.names("category"),
            terms=len(lemmas),
            size_bytes=sum(snapshot.size_bytes() for snapshot in self._snapshots),
            analyzer_version=self._snapshots[0].analyzer_version,
            path=self.path,
        )

    # -- the engine --------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Raises IndexDamaged if a file was cut short since it was opened, as reading on would end the process."""
        for snapshot in self._snapshots:
            for live in snapshot.segments:
                if live.segment.columns.is_cut_short:
                    raise IndexDamaged(snapshot.path, f"{live.name}/{SEGMENT_FILE} was cut short while it was in use")

    def require_flawless(self) -> None:
        """Raises IndexDamaged if dates of no year were met, which are left out."""
        for snapshot in self._snapshots:
            for live in snapshot.segments:
                for flaw in live.segment.flaws:
                    raise IndexDamaged(snapshot.path, f"{live.name}/{SEGMENT_FILE}: {flaw}")

    def blame(self, error: Exception) -> None:
        """See `Engine`. Rereads the whole index."""
        for snapshot in self._snapshots:
            snapshot.blame(error)

    def close(self) -> None:
        """See `Engine`."""
        self._columns.close()


def _facet(live: LiveSegment, kind: NameKind) -> Facet:
    segment = live.segment
    return {"source": lambda: segment.sources, "category": lambda: segment.categories, "tag": lambda: segment.tags}[
        kind
    ]()


def _dates(live: LiveSegment) -> NDArray[np.int64]:
    """The dates of a segment's live articles that have one."""
    published = live.segment.published[live.live()]
    dated: NDArray[np.int64] = published[published != UNDATED]
    return dated


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tehran())
