"""What a search in a new process takes of the processor's time: one installation beside others.

    python benchmarks/cold_cpu.py [--turns N] QUERIES.tsv LABEL=PYTHON=INDEX [LABEL=PYTHON=INDEX ...]

PYTHON is that of an environment in which Khabarjoo is installed, whichever version, and INDEX an index that it can
read. QUERIES.tsv has the lines id<TAB>query. Each turn asks one query of each in turn, as `python -m khabarjoo search`,
and counts what the process took, user's and system's, which what else the machine does changes least. Printed are the
median and the least in milliseconds, and the median of the turns' shares of the first's time.

Modules are compiled before the clock starts, as whoever installs a wheel has them: into a folder of each that is
removed at the end. With ``--uncompiled`` nothing is kept of what Python compiles, so that each process compiles all it
imports of a checkout.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

WARMING = 2  # searches of each before the clock starts


class Subject(NamedTuple):
    """An installation and the index it is to search."""

    label: str
    python: str
    folder: str


def subject(told: str) -> Subject:
    """Returns what LABEL=PYTHON=INDEX names. Raises ArgumentTypeError when it is something else."""
    parts = told.split("=")
    if len(parts) != 3:
        raise argparse.ArgumentTypeError(f"{told} is not LABEL=PYTHON=INDEX")
    label, python, folder = parts
    return Subject(label, os.path.abspath(python), os.path.abspath(folder))  # noqa: PTH100, as links stay


def searched_ms(of: Subject, query: str, environment: dict[str, str]) -> float:
    """Runs one search, and returns the milliseconds of the processor that it took."""
    before = _children_ms()
    program = [of.python, "-P", "-m", "khabarjoo", "search", "--index", of.folder, "--", query]
    subprocess.run(program, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return _children_ms() - before


def _children_ms() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (used.ru_utime + used.ru_stime)


def main() -> None:
    """Measures, and prints a line for each installation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=25, metavar="N")
    parser.add_argument("--uncompiled", action="store_true", help="nothing is kept of what Python compiles")
    parser.add_argument("queries", type=Path, metavar="QUERIES.tsv")
    parser.add_argument("subjects", type=subject, nargs="+", metavar="LABEL=PYTHON=INDEX")
    given = parser.parse_args()
    lines = given.queries.read_text(encoding="utf-8").splitlines()
    queries = [query.strip() for line in lines if (query := line.partition("\t")[2])]
    taken: dict[str, list[float]] = {of.label: [] for of in given.subjects}
    with tempfile.TemporaryDirectory() as folder:
        environments = {of.label: _environment(of, folder, compiles=not given.uncompiled) for of in given.subjects}
        for of in given.subjects:
            for query in queries[:WARMING]:
                searched_ms(of, query, environments[of.label])
        for turn in range(given.turns):
            for of in given.subjects:
                query = queries[turn * 7 % len(queries)]
                taken[of.label].append(searched_ms(of, query, environments[of.label]))
    first = taken[given.subjects[0].label]
    for label, times in taken.items():
        share = median(one / other for one, other in zip(times, first, strict=True))
        print(f"{label:12} median {median(times):6.1f} ms   least {min(times):6.1f} ms   of the first {share:.3f}")


def _environment(of: Subject, folder: str, *, compiles: bool) -> dict[str, str]:
    """The environment of a process: where it keeps what is compiled, if it does."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if compiles:
        return environment | {"PYTHONPYCACHEPREFIX": str(Path(folder, of.label))}
    return environment | {"PYTHONDONTWRITEBYTECODE": "1"}


if __name__ == "__main__":
    main()
