"""How fast Khabarjoo is: building an index, queries, pages with snippets, a cold start; beside other engines if wanted.

    python benchmarks/speed.py DOCS.jsonl[.gz] QUERIES.tsv DIR
    python benchmarks/speed.py DOCS.jsonl QUERIES.tsv DIR --builds 3 --peers --peers-python PYTHON --lucene-jar JAR
    python benchmarks/speed.py DOCS.jsonl QUERIES.tsv DIR --both-ways    # with the native kernel, and without

Prints one JSON line for Khabarjoo, and one for each peer:

    docs, seconds, docs_s   articles indexed, with all cores, and how fast; for Khabarjoo, the time of the whole command
    peak_mb                 memory of the process that indexes and its children (see processes.py)
    size_mb                 the index on disk, articles stored in it
    mean_ms, p50_ms, p95_ms a query: its ten best articles' ids, from its text, in a process that has asked all of them
                            in whole rounds before
    address_ms, address_p50_ms   of tantivy: the mean and the median without the ids, which stand in its store
    snippet_ms              a query and its page of ten with titles and snippets made, mean
    cold_ms                 a whole `khabarjoo search` in a new process, median of seven queries

QUERIES.tsv has a query id, a tab and the query a line. Indexes are kept in DIR, one folder an engine, and used again;
what was measured when they were built is kept beside them. Rounds go engine by engine, each in a new process, so that
all have their share of whatever else the machine does; figures are medians over the rounds. With peers, Khabarjoo's
line has `ratios`: mean_ms to the faster of tantivy and Lucene (median over the rounds), to_address our mean_ms to
tantivy's address_ms, docs_s to tantivy's, size_mb to Lucene's.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import shutil
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.metadata import packages_distributions, version
from pathlib import Path
from typing import Any, Protocol

from ours import IN_PYTHON, Figures, Khabarjoo, available_cores
from peers import MissingError, peers

DEFAULT_BENCH = Path(__file__).parents[2] / "shared" / "bench"

_KEYS = (
    "docs", "seconds", "docs_s", "size_mb", "mean_ms", "p50_ms", "p95_ms", "address_ms", "address_p50_ms",
    "snippet_ms", "cold_ms", "peak_mb",
)  # fmt: skip


class Engine(Protocol):
    """What can be measured."""

    @property
    def name(self) -> str:
        """What its lines and its folder are called."""
        ...

    @property
    def repeated(self) -> bool:
        """Whether it is fast enough to be measured in every round."""
        ...

    def measure(self, docs: Path, queries: Path, folder: Path) -> tuple[Figures, Figures]:
        """Figures of the build, empty if the folder is there already, and of the queries. Raises MissingError."""
        ...


class Measured:
    """An engine and what was measured of it so far, a dictionary a round."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self.engine = engine
        self.folder = home / f"{engine.name}.index"
        self._remembered = home / f"{engine.name}.build.json"
        self.builds: list[Figures] = []
        self.rounds: list[Figures] = []

    def measure(self, docs: Path, queries: Path, *, anew: bool) -> None:
        """One round; the index is built if it is not there, or only in part, or if all is to be done anew."""
        if self.folder.exists() and (anew or not self._remembered.exists()):
            shutil.rmtree(self.folder)
        build, asked = self.engine.measure(docs, queries, self.folder)
        self.rounds.append(asked)
        if build:
            self.builds.append(build)
            self._remembered.write_text(json.dumps(self.builds), encoding="utf-8")

    def line(self) -> dict[str, Any]:
        """The medians, in the order they are printed."""
        builds = self.builds
        if not builds and self._remembered.exists():
            builds = json.loads(self._remembered.read_text(encoding="utf-8"))
        figures = _medians(builds) | _medians(self.rounds) | {"size_mb": _size_mb(self.folder)}
        return {"engine": self.engine.name} | {key: figures[key] for key in _KEYS if key in figures}


def measure(
    engines: Sequence[Engine], docs: Path, queries: Path, home: Path, *, rounds: int, builds: int
) -> list[dict[str, Any]]:
    """The line of each engine that is there; the first of them is compared with the others."""
    home.mkdir(parents=True, exist_ok=True)
    docs = unpacked(docs, home)
    all_measured = [Measured(engine, home) for engine in engines]
    for number in range(rounds):
        for measured in list(all_measured):
            if number and not measured.engine.repeated:
                continue
            _tell(f"round {number + 1} of {rounds}: {measured.engine.name}")
            try:
                measured.measure(docs, queries, anew=number < builds)
            except MissingError as error:
                _tell(f"left out: {measured.engine.name}: {error}")
                all_measured.remove(measured)
    lines = [measured.line() for measured in all_measured]
    by_name = {measured.engine.name: measured for measured in all_measured}
    for line in lines:
        if line["engine"].startswith("khabarjoo") and (ratios := dict(_ratios(by_name, line["engine"]))):
            line["ratios"] = ratios
    return lines


def add_options(parser: argparse.ArgumentParser, *, rounds: int) -> None:
    """The options that all benchmarks of speed have."""
    parser.add_argument("docs", type=Path, metavar="DOCS.jsonl")
    parser.add_argument("queries", type=Path, metavar="QUERIES.tsv")
    parser.add_argument("home", type=Path, metavar="DIR")
    parser.add_argument("--rounds", type=int, default=rounds, help=f"how often all is asked (default {rounds})")
    parser.add_argument(
        "--builds",
        type=int,
        default=0,
        help="how often all is indexed anew (default: what DIR does not have yet, once)",
    )
    parser.add_argument("--both-ways", action="store_true", help="measure Khabarjoo without its native kernel too")
    parser.add_argument(
        "--peers", type=Path, nargs="?", const=DEFAULT_BENCH, metavar="FOLDER",
        help="measure other engines too, with the peers.py and LuceneFa.java in FOLDER (default ../shared/bench)",
    )  # fmt: skip
    parser.add_argument(
        "--only", nargs="+", metavar="PEER", help="of the peers, only these (tantivy lucene fts5 whoosh)"
    )
    parser.add_argument("--peers-python", default=sys.executable, help="a Python that has tantivy, Whoosh and hazm")
    parser.add_argument("--lucene-jar", type=Path, help="a jar that has Lucene, its analyzers and Jackson")


def engines(options: argparse.Namespace) -> list[Engine]:
    """Khabarjoo, and the peers that the options ask for."""
    ours = [Khabarjoo(), IN_PYTHON] if options.both_ways else [Khabarjoo()]
    if options.peers is None:
        return [*ours]
    known = peers(options.peers, options.peers_python, options.lucene_jar)
    return [*ours, *(peer for peer in known if options.only is None or peer.name in options.only)]


def tell_machine() -> None:
    """Says what all was measured on."""
    packages = ("khabarjoo", "numpy", *packages_distributions()["whoosh"])  # of Whoosh there are several distributions
    versions = " ".join(f"{package} {version(package)}" for package in packages)
    _tell(f"{available_cores()} cores, {platform.platform()}, Python {platform.python_version()}, {versions}")


def main() -> int:
    """Measures what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, rounds=5)
    options = parser.parse_args()
    tell_machine()
    for line in measure(
        engines(options), options.docs, options.queries, options.home, rounds=options.rounds, builds=options.builds
    ):
        print(json.dumps(line), flush=True)
    return 0


def _ratios(measured: dict[str, Measured], name: str) -> Iterator[tuple[str, float]]:
    """Of ours to theirs, for each figure that has peers to be compared with."""
    ours = measured[name]
    rivals = [measured[peer] for peer in ("tantivy", "lucene") if peer in measured]
    if not rivals:
        return
    rounds = zip(ours.rounds, *(rival.rounds for rival in rivals), strict=True)
    slower = [our["mean_ms"] / min(their["mean_ms"] for their in others) for our, *others in rounds]
    yield "mean_ms", round(statistics.median(slower), 2)
    if tantivy := measured.get("tantivy"):
        both = zip(ours.rounds, tantivy.rounds, strict=True)
        if to_addresses := [our["mean_ms"] / their["address_ms"] for our, their in both if "address_ms" in their]:
            yield "to_address", round(statistics.median(to_addresses), 2)
    for key, peer in (("docs_s", "tantivy"), ("size_mb", "lucene")):
        if peer in measured and key in (line := measured[peer].line()):
            yield key, round(ours.line()[key] / line[key], 2)


def _medians(rounds: Sequence[Figures]) -> Figures:
    """The median of each figure."""
    values: defaultdict[str, list[float]] = defaultdict(list)
    for figures in rounds:
        for key, value in figures.items():
            values[key].append(value)
    medians = {key: statistics.median(seen) for key, seen in values.items()}
    return {key: int(value) if float(value).is_integer() else round(value, 4) for key, value in medians.items()}


def _size_mb(folder: Path) -> float:
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def unpacked(docs: Path, home: Path) -> Path:
    """The articles as plain JSON lines, as not all engines read packed ones; unpacking is not measured."""
    if docs.suffix != ".gz":
        return docs
    plain = home / docs.stem
    if not plain.exists():
        part = plain.with_suffix(".part")
        with gzip.open(docs) as packed, part.open("wb") as file:
            shutil.copyfileobj(packed, file)
        part.replace(plain)
    return plain


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
