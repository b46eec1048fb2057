"""Hits made by hand, a searcher that answers from a list, and a way to run the command against it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from khabarjoo.analyzers.calendars import JALALI, DateError, tehran
from khabarjoo.index.article import Article
from khabarjoo.index.errors import NoIndex, NoSuchArticle
from khabarjoo.searcher.bidi.terminals import SIGNS
from khabarjoo.searcher.cli.main import main
from khabarjoo.searcher.config import KEYS
from khabarjoo.searcher.engine import Found
from khabarjoo.searcher.hit_pickling import KeptSource
from khabarjoo.searcher.query.plan import Filters, Plan
from khabarjoo.searcher.query_limits import Limits, Partial
from khabarjoo.searcher.results import (
    Count,
    Explanation,
    ExplanationLine,
    FacetCounts,
    Facets,
    Fragment,
    Hit,
    Page,
    Period,
    Suggestion,
    Timeline,
    WordsMatched,
)
from khabarjoo.searcher.snippets import Marked

HitMaker = Callable[..., Hit]

_FACTS: dict[str, Any] = {
    "id": "a1",
    "score": 7.25,
    "title": "باران در رشت",
    "published": datetime(2018, 1, 22, 5, 11, tzinfo=UTC),
    "source": "پیک باران",
    "category": "هواشناسی",
    "tags": ("رشت", "باران"),
    "url": "https://example.org/1",
    "code": "77",
    "snippet": [Fragment("دیروز ", False), Fragment("باران", True), Fragment(" بارید.", False)],
    "marked_title": [Fragment("باران", True), Fragment(" در رشت", False)],
}


def make_hit(rank: int = 1, **facts: Any) -> Hit:
    """A hit with these facts, and plausible ones for the rest."""
    known = _FACTS | facts
    if "title" in facts and "marked_title" not in facts:
        known["marked_title"] = [Fragment(known["title"], False)]
    marked = known.pop("snippet"), known.pop("marked_title")
    score = known.pop("score")
    copies = known.pop("copies", ())
    article = Article(**known)
    return Hit(rank, article.id, score, Found(article.id), KeptSource(article, *marked, "", ()), copies)


def make_period(year: int, part: int, count: int, months: int = 1) -> Period:
    """A period of so many months; ``part`` counts periods of that length within the year."""
    start = year * 12 + (part - 1) * months
    days = [JALALI.month_start(month // 12, month % 12 + 1) for month in (start, start + months)]
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=tehran()) for day in days)
    return Period(year, part, begin, end, count)


def make_page(*hits: Hit, **facts: Any) -> Page:
    """A page of these hits."""
    known: dict[str, Any] = {"query": "باران", "total": len(hits), "total_all": len(hits), "took_ms": 1.25}
    explanation, suggestion = facts.pop("explanation", ""), facts.pop("suggestion", None)
    page = Page(hits=hits, _suggest=lambda: suggestion, **(known | facts))
    if explanation:
        page.__dict__["explanation"] = explanation  # where the page keeps it once it has been asked for
    return page


@dataclass
class FakeSearcher:
    """Stands in for a real searcher: answers from ``hits``, and remembers how it was asked."""

    hits: Sequence[Hit] = ()
    article_: Article = field(
        default_factory=lambda: Article(
            id="a1",
            title="باران در رشت",
            lead="خلاصه",
            body="سطر یک\nسطر دو",
            source="پیک باران",
            tags=("رشت",),
        )
    )
    suggestion: Suggestion | None = None
    explanation: str = ""
    plan: Plan | None = None
    words: WordsMatched = "all"
    undated: int = 0
    fell_back: str = ""
    is_behind: bool = False
    is_outdated: bool = False
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)
    folded: list[bool] = field(default_factory=list)
    closed: bool = False

    def __enter__(self) -> FakeSearcher:
        return self

    def __exit__(self, *error: object) -> None:
        self.closed = True

    def search(self, text: str, *, fold_duplicates: bool = False, filters: Filters = Filters(), **options: Any) -> Page:  # noqa: B008
        options |= filters.typed()
        self.folded.append(fold_duplicates)
        self.asked.append((text, options))
        offset = options.get("offset", 0)
        hits = tuple(self.hits[offset : offset + options["limit"]])
        return make_page(
            *hits, query=text, total=len(self.hits), offset=offset, suggestion=self.suggestion, total_all=1,
            explanation=self.explanation, plan=self.plan,
        )  # fmt: skip

    @property
    def name(self) -> str:
        return str(Path("some.index").absolute())

    def names(self, kind: str) -> dict[str, int]:
        return {}

    def vocabulary(self, most: int) -> list[Any]:
        return []

    def dates(self) -> None:
        return None

    def rank(self, text: str, *, limit: int) -> list[tuple[str, float]]:
        self.asked.append((text, {"limit": limit}))
        if text == "تاریخ:؟":
            raise DateError("'؟' names no date")
        return [(hit.id, hit.score) for hit in self.hits[:limit]] if "باران" in text else []

    def article(self, id: str) -> Article:
        if not any(hit.id == id for hit in self.hits):
            raise NoSuchArticle(id)
        return replace(self.article_, id=id)

    def partial(self, text: str) -> Partial | None:
        return Partial("time_limit", 1, 2) if "*" in text else None

    def origin(self, id: str) -> str:
        self.article(id)
        return "/news/a.jsonl"

    def mark(self, article: Article, text: str) -> tuple[list[Fragment], list[Fragment], list[Fragment]]:
        title, lead, body, _ = self.mark_whole(article, text)
        return title, lead, body

    def mark_whole(self, article: Article, text: str) -> Marked:
        self.asked.append((text, {}))
        parts = ([Fragment(article.title, True)], [Fragment(article.lead, False)], [Fragment(article.body, False)])
        return Marked(*parts, complete="*" not in text)

    def similar(self, id: str, *, limit: int) -> Page:
        self.article(id)
        others = [hit for hit in self.hits if hit.id != id]
        return make_page(*others[:limit], query=id)

    def explain(self, text: str, id: str, *, filters: Filters) -> Explanation:
        self.asked.append((text, {**filters.typed()}))
        self.article(id)
        lines = (ExplanationLine("باران", 5.0), ExplanationLine("باران، in the title", 2.25)) if "باران" in text else ()
        return Explanation(text, id, sum(line.value for line in lines), lines)

    def timeline(self, text: str, *, by: Any, filters: Filters) -> Timeline:
        self.asked.append((text, {"by": by, **filters.typed()}))
        periods = (make_period(1402, 7, 12), make_period(1402, 8, 0), make_period(1402, 9, 3))
        return Timeline(text, self.words, len(self.hits), by or "month", periods if self.hits else (), self.undated)

    def facets(self, text: str, *, by: Sequence[Any], limit: int, filters: Filters) -> Facets:
        self.asked.append((text, {"by": by, "limit": limit, **filters.typed()}))
        counts = (Count("=پیک باران", 12), Count("دفتر دانش", 3))
        return Facets(
            text, self.words, len(self.hits), tuple(FacetCounts(name, counts[:limit], len(counts)) for name in by)
        )

    def stats(self) -> Any:
        return SimpleNamespace(
            path=Path("some.index"), articles=1234, dated=1000, terms=56789, size_bytes=2_500_000,
            first=datetime(2018, 1, 22, 5, 11, tzinfo=UTC), last=datetime(2025, 12, 29, 7, 25, tzinfo=UTC),
            sources={"ب": 3, "الف": 1231}, categories={}, analyzer_version=4,
        )  # fmt: skip


class Ran(NamedTuple):
    """How a run of the command ended, and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def hit() -> HitMaker:
    return make_hit


@pytest.fixture
def page() -> Callable[..., Page]:
    return make_page


@pytest.fixture
def period() -> Callable[..., Period]:
    return make_period


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeSearcher:
    """A fake searcher with two hits, which every index that is opened turns out to be."""
    import khabarjoo

    found = FakeSearcher([make_hit(1, id="a1"), make_hit(2, id="b/2", title="برف", score=3.5)])

    def open_fake(path: Path, *, limits: Limits, tables: Path) -> FakeSearcher:
        found.opened.append(path)
        if Path(path).name == "absent":
            raise NoIndex(Path(path))
        return found

    monkeypatch.setattr(khabarjoo, "open", open_fake, raising=False)
    monkeypatch.setenv("KHABARJOO_INDEX", str(tmp_path / "default"))
    return found


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in this process, with text for its standard input."""

    def run(*arguments: str, stdin: str | bytes = "") -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        capfd.readouterr()
        code = main(arguments)
        return Ran(code, *capfd.readouterr())

    return run


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of whoever runs the tests, and an English locale."""
    for variable in (*(key.variable for key in KEYS), "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("KHABARJOO_CONFIG", str(tmp_path / "config" / "config.toml"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A dark terminal with colours to write to, 80 columns wide, that knows nothing of Persian."""
    monkeypatch.setenv("COLORFGBG", "15;0")
    for sign in SIGNS:
        monkeypatch.delenv(sign.variable, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return Terminal()
