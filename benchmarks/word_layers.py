"""What each layer of the reading of words brings, and what it harms: figures with all layers, and with each left out.

    python benchmarks/word_layers.py [--gold GOLD.tsv ...] [--pairs PAIRS.tsv ...] [--spacing WORDS.tsv ...]
                                     [--judged FOLDER ...] [--layers NAME ...]

GOLD.tsv is as for stems.py (form, part of speech, lemma, count): pairwise F1 of all its words. PAIRS.tsv has two
spellings a line, in its first two columns: the share of rows that come to the same lemmas, the copula and the object
marker aside. WORDS.tsv has a word with ZWNJ first in each line: the share of words whose three spellings are read
alike. FOLDER has docs.jsonl.gz, queries.tsv and qrels.tsv: average precision and RR@10 of a search. Prints a JSON line
for each layer left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from ablation import Step, ranked
from ir_measures import ScoredDoc
from relevance import measure, read_qrels, summary
from stems import gold_lemmas, score

from khabarjoo.analyzers import compounds, lemmatizer
from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.analyzers.colloquial import SpokenWords
from khabarjoo.analyzers.compounds import Compounds
from khabarjoo.analyzers.lemmatizer import Lemmatizer
from khabarjoo.analyzers.madda import MissingMadda
from khabarjoo.analyzers.normalizer import ZWNJ
from khabarjoo.analyzers.run_together import RunTogether
from khabarjoo.analyzers.verbs import Verbs
from khabarjoo.searcher.local.ranking import RANKING

_WHOLE = Step("all of it", PersianAnalyzer, True, RANKING)
_PARTICLES = frozenset(("هست#است", "را"))


@contextmanager
def _nothing_left_out() -> Iterator[None]:
    yield


def _left_out(owner: object, method: str, answer: object) -> Callable[[], object]:
    return lambda: patch.object(owner, method, answer)


def _without_endings(*rules: str) -> Callable[[], object]:
    """Leaves out the suffixes of some rules."""
    kept = {
        name: [suffix for suffix in getattr(lemmatizer, name) if not suffix.rule.startswith(rules)]
        for name in ("_PLAIN", "_DOUBTFUL", "_POSSESSED", "_GUESSED")
    }
    listed = lemmatizer._Suffixes(*kept["_PLAIN"], *kept["_DOUBTFUL"], *kept["_POSSESSED"])
    every = lemmatizer._Suffixes(*kept["_PLAIN"], *kept["_DOUBTFUL"], *kept["_POSSESSED"], *kept["_GUESSED"])
    return lambda: patch.multiple(lemmatizer, _CUT_LISTED=listed, _CUT_UNLISTED=every)


LAYERS: dict[str, Callable[[], object]] = {
    "all layers": _nothing_left_out,
    "without spoken verbs": _left_out(Verbs, "_as_spoken", lambda self, word, any_verb: None),
    "without spoken nouns": _left_out(SpokenWords, "find", lambda self, word, listed=0: None),
    "without rare verbs": _left_out(Lemmatizer, "_rare_verb", lambda self, word: None),
    "without madda": _left_out(MissingMadda, "restored", lambda self, folded: folded),
    "without words run together": _left_out(RunTogether, "split", lambda self, word: ()),
    "without stems that end compounds": _left_out(Compounds, "_is_agent", lambda self, word: False),
    "without the progressive": _left_out(compounds, "BEFORE_PROGRESSIVE", frozenset()),
    "without infinitives of states": _left_out(lemmatizer, "_STATES", ()),
    "without copulas and possessives": _without_endings("copula", "possessive"),
}


def main() -> int:
    """Prints the figures of the files the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", nargs="*", type=Path, default=[], metavar="GOLD.tsv")
    parser.add_argument("--pairs", nargs="*", type=Path, default=[], metavar="PAIRS.tsv")
    parser.add_argument("--spacing", nargs="*", type=Path, default=[], metavar="WORDS.tsv")
    parser.add_argument("--judged", nargs="*", type=Path, default=[], metavar="FOLDER")
    parser.add_argument("--layers", nargs="*", choices=LAYERS, default=list(LAYERS), metavar="NAME")
    options = parser.parse_args()
    for name in options.layers:
        leave_out = LAYERS[name]
        with leave_out():  # type: ignore[attr-defined]
            analyzer = PersianAnalyzer()
            figures = {_name(path): round(_f1(analyzer, path), 4) for path in options.gold}
            figures |= {_name(path): round(_meeting(analyzer, path), 4) for path in options.pairs}
            figures |= {_name(path): round(_spacing(analyzer, path), 4) for path in options.spacing}
            judged = {path.name: _judged(path) for path in options.judged}
        print(json.dumps({"layers": name, **figures, **judged}), flush=True)
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


def _spacing(analyzer: PersianAnalyzer, path: Path) -> float:
    words = [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines() if line]
    alike = [
        len({tuple(_lemmas(analyzer, word.replace(ZWNJ, mark))) for mark in (ZWNJ, " ", "")}) == 1 for word in words
    ]
    return sum(alike) / len(words)


def _judged(folder: Path) -> dict[str, float]:
    qrels = read_qrels((folder / "qrels.tsv").read_text(encoding="utf-8").splitlines())
    lines = (folder / "queries.tsv").read_text(encoding="utf-8").splitlines()
    queries = [line.split("\t", 1) for line in lines if line.strip()]
    with TemporaryDirectory() as home:
        [(_, run)] = ranked((_WHOLE,), folder / "docs.jsonl.gz", queries, Path(home, "index"))
        scored = [ScoredDoc(query, article, score) for query, found in run.items() for article, score in found]
        figures = summary(measure(scored, qrels))
    return {name: figures[name] for name in ("AP", "RR@10")}


def _lemmas(analyzer: PersianAnalyzer, text: str) -> list[str]:
    return [token.term.lemma for token in analyzer.tokens(text)]


def _without_particles(lemmas: list[str]) -> list[str]:
    return [lemma for lemma in lemmas if lemma not in _PARTICLES]


if __name__ == "__main__":
    sys.exit(main())
