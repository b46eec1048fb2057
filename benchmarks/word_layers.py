"""What each layer of the reading of words brings, and what it harms: figures with all layers, and with each left out.

    python benchmarks/word_layers.py [--gold GOLD.tsv ...] [--pairs PAIRS.tsv ...]

GOLD.tsv is as for stems.py (form, part of speech, lemma, count): pairwise F1 of all its words. PAIRS.tsv has two
spellings a line, in its first two columns: the share of rows that come to the same lemmas, the copula and the object
marker aside. Prints a JSON line for each layer left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from stems import gold_lemmas, score

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.analyzers.lemmatizer import Lemmatizer
from khabarjoo.analyzers.madda import MissingMadda
from khabarjoo.analyzers.spoken import SpokenWords
from khabarjoo.analyzers.verbs import Verbs

_PARTICLES = frozenset(("هست#است", "را"))


@contextmanager
def _nothing_left_out() -> Iterator[None]:
    yield


def _left_out(owner: type, method: str, answer: Callable[..., object]) -> Callable[[], object]:
    return lambda: patch.object(owner, method, answer)


LAYERS: dict[str, Callable[[], object]] = {
    "all layers": _nothing_left_out,
    "without spoken verbs": _left_out(Verbs, "_as_spoken", lambda self, word, any_verb: None),
    "without spoken nouns": _left_out(SpokenWords, "find", lambda self, word, listed=0: None),
    "without rare verbs": _left_out(Lemmatizer, "_rare_verb", lambda self, word: None),
    "without madda": _left_out(MissingMadda, "restored", lambda self, folded: folded),
}


def main() -> int:
    """Prints the figures of the files the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", nargs="*", type=Path, default=[], metavar="GOLD.tsv")
    parser.add_argument("--pairs", nargs="*", type=Path, default=[], metavar="PAIRS.tsv")
    options = parser.parse_args()
    for name, leave_out in LAYERS.items():
        with leave_out():  # type: ignore[attr-defined]
            analyzer = PersianAnalyzer()
            figures = {_name(path): round(_f1(analyzer, path), 4) for path in options.gold}
            figures |= {_name(path): round(_meeting(analyzer, path), 4) for path in options.pairs}
        print(json.dumps({"layers": name, **figures}), flush=True)
    return 0


def _name(path: Path) -> str:
    return path.parent.name if path.stem == "dev" else path.stem


def _f1(analyzer: PersianAnalyzer, path: Path) -> float:
    lines = path.read_text(encoding="utf-8").splitlines()
    gold = gold_lemmas(lines, frozenset(line.split("\t")[1] for line in lines))
    return score(gold, {form: " ".join(_lemmas(analyzer, form)) or form for form in gold}).f1


def _meeting(analyzer: PersianAnalyzer, path: Path) -> float:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
    same = [
        _without_particles(_lemmas(analyzer, one)) == _without_particles(_lemmas(analyzer, two))
        for one, two, *_ in rows
    ]
    return sum(same) / len(rows)


def _lemmas(analyzer: PersianAnalyzer, text: str) -> list[str]:
    return [token.term.lemma for token in analyzer.tokens(text)]


def _without_particles(lemmas: list[str]) -> list[str]:
    return [lemma for lemma in lemmas if lemma not in _PARTICLES]


if __name__ == "__main__":
    sys.exit(main())
