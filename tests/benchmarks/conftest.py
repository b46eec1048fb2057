"""The bundled sample as benchmarks take it, and engines whose figures are known beforehand."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import read
from khabarjoo.seeds import pages_folder

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(autouse=True)
def benchmarks(monkeypatch) -> Path:
    """The folder of the scripts, which import each other by their plain names."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    return BENCHMARKS


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """The articles of the bundled sample as JSON lines."""
    articles = (
        article
        for path in sorted(pages_folder().iterdir())
        for article in read(path, name=path.name)
        if isinstance(article, Article)
    )
    rows = [{"id": a.id, "title": a.title, "body": a.body, "source": a.source} for a in articles]
    docs = tmp_path_factory.mktemp("sample") / "sample.jsonl"
    docs.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return docs


@pytest.fixture
def queries(tmp_path) -> Path:
    path = tmp_path / "queries.tsv"
    path.write_text("q1\tباران\nq2\tکتابخانه های سیار\n", encoding="utf-8")
    return path


@dataclass
class FakeEngine:
    """Measures nothing: builds an index of 2,000,000 bytes, and tells the times it was given, a round each."""

    name: str
    times: list[float]
    docs_s: float = 100.0
    repeated: bool = True
    called: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._times: Iterator[float] = iter(self.times)

    def measure(self, docs: Path, queries: Path, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
        self.called.append(self.name)
        build: dict[str, float] = {}
        if not folder.exists():
            folder.mkdir()
            (folder / "postings").write_bytes(bytes(2_000_000))
            articles = sum(1 for _ in docs.open(encoding="utf-8"))
            build = {"docs": articles, "seconds": articles / self.docs_s, "docs_s": self.docs_s}
        return build, {"mean_ms": next(self._times)}


@pytest.fixture
def fake_engine() -> type[FakeEngine]:
    return FakeEngine


@pytest.fixture
def python() -> str:
    return sys.executable
