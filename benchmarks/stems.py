"""How well lemmas group the forms of a word: pairwise precision, recall and F1 against gold lemmas.

    python benchmarks/stems.py GOLD.tsv [GOLD.tsv ...]

GOLD.tsv has the lines form<TAB>UPOS<TAB>lemma<TAB>count. Every two forms are a pair; it is rightly together when gold
gives both one lemma and the analyzer does too. A form with several lemmas counts for its commonest. Printed for all
content words, for nouns and adjectives, and for verbs; each for the forms as they stand, without their ZWNJ, and with
a space in its place.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from analyzers.chain import default_analyzer
from analyzers.chars import ZWNJ

PARTS_OF_SPEECH = {
    "all": frozenset(("NOUN", "ADJ", "VERB", "ADV", "PROPN")),
    "nouns+adjectives": frozenset(("NOUN", "ADJ")),
    "verbs": frozenset(("VERB",)),
}
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as written": str,
    "ZWNJ removed": lambda form: form.replace(ZWNJ, ""),
    "ZWNJ as space": lambda form: form.replace(ZWNJ, " "),
}


class Score(NamedTuple):
    """Pairwise figures between 0 and 1, over ``forms`` distinct forms."""

    forms: int
    precision: float
    recall: float
    f1: float


def gold_lemmas(lines: Iterable[str], parts_of_speech: frozenset[str]) -> dict[str, str]:
    """Each form's lemma, the commonest of those that are of the wanted parts of speech; the first of equals."""
    counts: dict[str, Counter[str]] = {}
    for line in lines:
        form, part_of_speech, lemma, count = line.rstrip("\n").split("\t")
        if part_of_speech in parts_of_speech:
            seen = counts.setdefault(form, Counter())
            seen[lemma] = max(seen[lemma], int(count))
    return {form: seen.most_common(1)[0][0] for form, seen in counts.items()}


def our_lemma(text: str) -> str:
    """The lemmas of a form, in order, as one label."""
    return " ".join(token.term.lemma for token in default_analyzer().tokens(text)) or text


def score(gold: Mapping[str, str], ours: Mapping[str, str]) -> Score:
    """Pairwise precision, recall and F1 of one grouping of forms against another.

    >>> score({"a": "x", "b": "x", "c": "y"}, {"a": "1", "b": "1", "c": "1"}).recall
    1.0
    """
    together = _pairs(Counter((lemma, ours[form]) for form, lemma in gold.items()).values())
    wanted, got = _pairs(Counter(gold.values()).values()), _pairs(Counter(ours[form] for form in gold).values())
    precision, recall = together / max(got, 1), together / max(wanted, 1)
    return Score(len(gold), precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))


def _pairs(sizes: Iterable[int]) -> int:
    """How many pairs groups of these sizes make."""
    return sum(size * (size - 1) // 2 for size in sizes)


def main() -> int:
    """Prints the figures of each gold file the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.tsv")
    for path in parser.parse_args().gold:
        lines = path.read_text(encoding="utf-8").splitlines()
        print(f"{path.name:<36}{'forms':>7}{'precision':>11}{'recall':>9}{'F1':>9}")
        for name, parts_of_speech in PARTS_OF_SPEECH.items():
            gold = gold_lemmas(lines, parts_of_speech)
            for spelling, spell in SPELLINGS.items():
                figures = score(gold, {form: our_lemma(spell(form)) for form in gold})
                row = f"{figures.precision:>11.4f}{figures.recall:>9.4f}{figures.f1:>9.4f}"
                print(f"  {name:<18}{spelling:<16}{figures.forms:>7}{row}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
