"""How good rankings are on judged queries: average precision, nDCG@10, RR@10 and recall at 100, by ir-measures.

    python benchmarks/relevance.py DOCS QUERIES.tsv QRELS.tsv DIR
    python benchmarks/relevance.py DOCS QUERIES.tsv QRELS.tsv DIR --against OTHER.run
    python benchmarks/relevance.py DOCS QUERIES.tsv QRELS.tsv DIR --lucene --lucene-jar JAR
    python benchmarks/relevance.py DOCS QUERIES.tsv QRELS.tsv DIR --ablation

Indexes DOCS with `khabarjoo index`, asks all queries with `khabarjoo batch`, and leaves index and run in DIR. QUERIES
has a query id, a tab and the query a line; QRELS a query id, an article id and a grade, perhaps with TREC's column of
zeros.

Prints a JSON line for each run, means over all judged queries, and one for each comparison of two runs:

    difference  of the means, the first run's less the other's
    t, p        of Student's test of the queries' differences in pairs, two-sided
    p_flips     by turning the signs of the differences at random: how often their mean comes out as far from 0

With --lucene the same articles and queries go through Lucene's PersianAnalyzer and BM25 (LuceneFa.java of the folder
--peers; Java and a jar of Lucene are needed: that in the wheel of pyserini 0.22.1 will do) and are compared with ours.
With --ablation indexes and rankings of growing parts are compared, each with the one before it (see ablation.py).
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from ir_measures import AP, RR, R, ScoredDoc, iter_calc, nDCG, read_trec_run
from numpy.typing import NDArray

MEASURES = (AP, nDCG @ 10, RR @ 10, R @ 100)
DEFAULT_PEERS = Path(__file__).parents[2] / "shared" / "bench"

_FLIPS, _AT_ONCE = 10_000, 500
_SEED = 1403

Qrels = dict[str, dict[str, int]]
"""Of each query the grades of the articles judged."""

Figures = dict[str, NDArray[np.float64]]
"""Of each measure the figures of all judged queries, in their order."""


class MissingError(Exception):
    """Something that is not installed here, or does not run."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures what the command line asks for."""
    options = _parser().parse_args(arguments)
    options.home.mkdir(parents=True, exist_ok=True)
    qrels = read_qrels(options.qrels.read_text(encoding="utf-8").splitlines())
    if options.ablation:
        return _ablation(options, qrels)
    run = options.home / "khabarjoo.run"
    rank(options.docs, options.queries, options.home / "khabarjoo", run)
    ours = measure(_read(run), qrels)
    _print({"run": "khabarjoo", **summary(ours)})
    others = [(path.stem, path) for path in options.against]
    if options.lucene:
        try:
            others.append(("lucene", rank_with_lucene(options)))
        except MissingError as error:
            print(f"left out: lucene: {error}", file=sys.stderr)
    for name, path in others:
        theirs = measure(_read(path), qrels)
        _print({"run": name, **summary(theirs)})
        _print({"run": "khabarjoo", "against": name, **compare(ours, theirs)})
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path, metavar="DOCS")
    parser.add_argument("queries", type=Path, metavar="QUERIES.tsv")
    parser.add_argument("qrels", type=Path, metavar="QRELS.tsv")
    parser.add_argument("home", type=Path, metavar="DIR")
    parser.add_argument("--against", type=Path, metavar="RUN", nargs="+", default=[], help="runs in TREC's format")
    parser.add_argument("--lucene", action="store_true")
    parser.add_argument("--lucene-jar", type=Path, metavar="JAR")
    parser.add_argument("--peers", type=Path, metavar="FOLDER", default=DEFAULT_PEERS, help="where LuceneFa.java is")
    parser.add_argument("--ablation", action="store_true")
    return parser


# -- runs ------------------------------------------------------------------------------------------------------


def rank(docs: Path, queries: Path, index: Path, run: Path) -> None:
    """Indexes anew, and writes the run of all queries. Raises CalledProcessError when a command fails."""
    shutil.rmtree(index, ignore_errors=True)
    command = [sys.executable, "-m", "khabarjoo"]
    subprocess.run([*command, "index", "--index", index, docs], check=True, stdout=subprocess.DEVNULL)
    with run.open("wb") as file:
        # The exit code tells whether anything was found.
        subprocess.run([*command, "batch", "--index", index, queries], check=False, stdout=file)


def rank_with_lucene(options: argparse.Namespace) -> Path:
    """Lucene's run of the same queries over the same articles. Raises MissingError."""
    script = options.peers / "LuceneFa.java"
    for path, what in ((options.lucene_jar, "--lucene-jar"), (script, "LuceneFa.java")):
        if path is None or not path.exists():
            raise MissingError(f"no {what}" if path is None else f"no {path}")
    docs, index, run = options.home / "docs.jsonl", options.home / "lucene", options.home / "lucene.run"
    _unpack(options.docs, docs)
    shutil.rmtree(index, ignore_errors=True)
    java = ["java", "-cp", options.lucene_jar, script]
    try:
        for arguments in (["index", index, docs], ["search", index, options.queries, run]):
            subprocess.run([*java, *arguments], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise MissingError(error) from error
    return Path(run)


def _unpack(docs: Path, plain: Path) -> None:
    with gzip.open(docs) if docs.suffix == ".gz" else docs.open("rb") as packed, plain.open("wb") as file:
        shutil.copyfileobj(packed, file)


# -- figures ---------------------------------------------------------------------------------------------------


def read_qrels(lines: Iterable[str]) -> Qrels:
    """Judgments: a query id, perhaps TREC's second column, an article id and a grade."""
    qrels: Qrels = defaultdict(dict)
    for line in lines:
        if line.strip():
            query, *_, article, grade = line.split()
            qrels[query][article] = int(grade)
    return dict(qrels)


def measure(run: Iterable[ScoredDoc], qrels: Qrels) -> Figures:
    """The figures of a run; queries of which it has nothing get 0."""
    figures: Figures = {str(measure): np.zeros(len(qrels)) for measure in MEASURES}
    place = {query: number for number, query in enumerate(qrels)}
    for metric in iter_calc(MEASURES, qrels, run):
        if not math.isnan(metric.value):
            figures[str(metric.measure)][place[metric.query_id]] = metric.value
    return figures


def summary(figures: Figures) -> dict[str, Any]:
    """The number of queries, and the means."""
    queries = len(next(iter(figures.values())))
    return {"queries": queries, **{name: round(float(values.mean()), 4) for name, values in figures.items()}}


def compare(ours: Figures, theirs: Figures) -> dict[str, dict[str, float | None]]:
    """For each measure whether the first figures are better, and how sure that is."""
    return {name: significance(ours[name] - theirs[name]) for name in ours}


def significance(differences: NDArray[np.float64], flips: int = _FLIPS) -> dict[str, float | None]:
    """The mean of some differences, and how likely it is to be as far from 0 by chance.

    >>> significance(np.array([0.1, 0.2, 0.1, 0.3]))
    {'difference': 0.175, 't': 3.66, 'p': 0.035, 'p_flips': 0.13}
    """
    mean = float(differences.mean())
    random, as_far = np.random.default_rng(_SEED), 0
    for start in range(0, flips, _AT_ONCE):
        signs = random.choice((-1.0, 1.0), (min(_AT_ONCE, flips - start), len(differences)))
        as_far += int(np.count_nonzero(np.abs((signs * differences).mean(axis=1)) >= abs(mean) - 1e-12))
    t, p = _student(differences)
    return {"difference": round(mean, 4), "t": t, "p": p, "p_flips": float(f"{(as_far + 1) / (flips + 1):.2g}")}


def _student(differences: NDArray[np.float64]) -> tuple[float | None, float | None]:
    """Student's t and how likely it is, if there is no difference; None where all differences are equal."""
    from scipy.special import stdtr  # type: ignore[import-untyped]  # comes with ir-measures

    freedom = len(differences) - 1
    if np.ptp(differences) < 1e-12:
        return None, None
    t = float(differences.mean() / (differences.std(ddof=1) / math.sqrt(len(differences))))
    return round(t, 2), float(f"{2 * stdtr(freedom, -abs(t)):.2g}")


def _ablation(options: argparse.Namespace, qrels: Qrels) -> int:
    from ablation import STEPS, ranked

    queries = [line.split("\t", 1) for line in options.queries.read_text(encoding="utf-8").splitlines() if line.strip()]
    before: tuple[str, Figures] | None = None
    for name, run in ranked(STEPS, options.docs, queries, options.home / "ablation"):
        figures = measure(_scored(run), qrels)
        _print({"run": name, **summary(figures)})
        if before is not None:
            _print({"run": name, "against": before[0], **compare(figures, before[1])})
        before = name, figures
    return 0


def _read(run: Path) -> list[ScoredDoc]:
    return list(read_trec_run(str(run)))


def _scored(run: Mapping[str, Sequence[tuple[str, float]]]) -> list[ScoredDoc]:
    return [ScoredDoc(query, article, score) for query, ranking in run.items() for article, score in ranking]


def _print(line: Mapping[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
