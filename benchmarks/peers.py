"""Measures other engines on the same articles and queries, with the scripts of a folder of benchmarks.

The folder has `peers.py ENGINE DOCS.jsonl QUERIES.tsv DIR`, which builds the index if DIR is not there, asks the
queries and prints a JSON line, and `LuceneFa.java index DIR DOCS.jsonl` and `LuceneFa.java search DIR QUERIES.tsv`,
which print one each. Lucene needs Java and a jar of it: the one inside the wheel of pyserini 0.22.1 will do.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from processes import Watched, watch

Figures = dict[str, float]

_BUILD = ("docs", "seconds", "docs_s")
_QUERIES = ("mean_ms", "p50_ms", "p95_ms")
_WITH_IDS = Path(__file__).with_name("peer_ids.py")


class MissingError(Exception):
    """An engine that is not installed here, or does not run."""


@dataclass(frozen=True)
class ScriptPeer:
    """An engine that peers.py knows. Its memory is that of the whole script, which holds all articles in a list.

    Where the script leaves it at ``addresses`` of documents, it is asked once more, for ids.
    """

    name: str
    repeated: bool
    script: Path
    python: str
    addresses: bool = False

    def measure(self, docs: Path, queries: Path, folder: Path) -> tuple[Figures, Figures]:
        """Builds the index if it is not there, and asks, in one process."""
        run = _run([self.python, self.script, self.name, docs, queries, folder])
        figures = _last_line(run)
        build = {key: figures[key] for key in _BUILD if key in figures}
        asked = {key: figures[key] for key in _QUERIES}
        if self.addresses:
            with_ids = _run([self.python, _WITH_IDS, self.script.parent, queries, folder])
            asked = {**_last_line(with_ids), "address_ms": asked["mean_ms"], "address_p50_ms": asked["p50_ms"]}
        return _with_memory(build, run), asked


@dataclass(frozen=True)
class Lucene:
    """Lucene's PersianAnalyzer and BM25, timed inside the Java machine, once that is warm."""

    script: Path
    jar: Path | None
    name: str = "lucene"
    repeated: bool = True

    def measure(self, docs: Path, queries: Path, folder: Path) -> tuple[Figures, Figures]:
        """Builds the index if it is not there, and asks, in two processes."""
        if self.jar is None:
            raise MissingError("no --lucene-jar")
        java: list[str | Path] = ["java", "-cp", self.jar, self.script]
        build: Figures = {}
        if not folder.exists():
            run = _run([*java, "index", folder, docs])
            build = _with_memory(_last_line(run), run)
        return build, _last_line(_run([*java, "search", folder, queries]))


def peers(folder: Path, python: str, lucene_jar: Path | None) -> list[ScriptPeer | Lucene]:
    """All engines the folder's scripts know. Those not ``repeated`` are so slow that measuring them once will do."""
    script = folder / "peers.py"
    return [
        ScriptPeer("tantivy", True, script, python, addresses=True),
        Lucene(folder / "LuceneFa.java", lucene_jar),
        ScriptPeer("fts5", False, script, python),
        ScriptPeer("whoosh", False, script, python),
    ]


def _run(command: Sequence[str | Path]) -> Watched:
    try:
        run = watch(command)
    except OSError as error:
        raise MissingError(error) from error
    if run.code:
        raise MissingError((run.errors.strip() or f"exit code {run.code}").splitlines()[-1])
    return run


def _last_line(run: Watched) -> Figures:
    figures: Figures = json.loads(run.output.splitlines()[-1])
    return figures


def _with_memory(build: Figures, run: Watched) -> Figures:
    return {**build, "peak_mb": run.peak_mb} if build and run.peak_mb is not None else build
