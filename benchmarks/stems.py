"""How well lemmas group the forms of a word: pairwise precision, recall and F1 against gold lemmas.

    python benchmarks/stems.py [--wrong] GOLD.tsv [GOLD.tsv ...]

GOLD.tsv has the lines form<TAB>UPOS<TAB>lemma<TAB>count. Every two forms are a pair; it is rightly together when gold
gives both one lemma and the analyzer does too. A form with several lemmas counts for its commonest. Printed for all
content words, for nouns and adjectives, and for verbs; each for the forms as they stand, without their ZWNJ, and with
a space in its place.

The last column is the precision when those pairs are set aside whose two gold lemmas are one word in two spellings:
alike once letters are folded and ZWNJ removed (رئیس, رییس), or in one row of our table of variants. With ``--wrong``
the pairs wrongly together, as the forms stand, are printed too, each with its cause as far as letters tell it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.normalizer import ZWNJ, fold, join_parts
from khabarjoo.analyzers.word_tables import read_table

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


def _set_aside(gold: Mapping[str, str], ours: Mapping[str, str]) -> int:
    """How many pairs are together for us but not for gold, only because gold spells one lemma in two ways."""
    spelled = _spelling()
    alike = _pairs(Counter((spelled(lemma), ours[form]) for form, lemma in gold.items()).values())
    return alike - _pairs(Counter((lemma, ours[form]) for form, lemma in gold.items()).values())


def _spelling() -> Callable[[str], str]:
    """What brings the spellings of one word to one: letters folded, parts joined, the first of a row of variants."""
    chief = {
        join_parts(fold(other)): join_parts(fold(row[0])) for row in read_table("variants.txt", 0) for other in row
    }

    def spelled(lemma: str) -> str:
        folded = join_parts(fold(lemma))
        return chief.get(folded, folded)

    return spelled


def wrong_pairs(gold: Mapping[str, str], ours: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The pairs wrongly together: the cause, and the two forms, each with its gold lemma."""
    spelled, groups = _spelling(), dict[str, list[str]]()
    for form in gold:
        groups.setdefault(ours[form], []).append(form)
    wrong = [pair for forms in groups.values() for pair in combinations(forms, 2) if gold[pair[0]] != gold[pair[1]]]
    shown = _shown(gold)
    return sorted((_cause(spelled, gold[one], gold[other]), shown(one), shown(other)) for one, other in wrong)


def _shown(gold: Mapping[str, str]) -> Callable[[str], str]:
    return lambda form: f"{form} ({gold[form]})"


def _cause(spelled: Callable[[str], str], one: str, other: str) -> str:
    if spelled(one) == spelled(other):
        return "one lemma in two spellings"
    short, long = sorted((join_parts(fold(one)), join_parts(fold(other))), key=len)
    if long.startswith(short):
        return f"a lemma is the other and -{long.removeprefix(short)}"
    return "other"


def _pairs(sizes: Iterable[int]) -> int:
    """How many pairs groups of these sizes make."""
    return sum(size * (size - 1) // 2 for size in sizes)


def _precision_aside(gold: Mapping[str, str], ours: Mapping[str, str]) -> float:
    together = _pairs(Counter((lemma, ours[form]) for form, lemma in gold.items()).values())
    got = _pairs(Counter(ours[form] for form in gold).values())
    return together / max(got - _set_aside(gold, ours), 1)


def main() -> int:
    """Prints the figures of each gold file the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="print the pairs that are wrongly together")
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.tsv")
    arguments = parser.parse_args()
    for path in arguments.gold:
        lines = path.read_text(encoding="utf-8").splitlines()
        print(f"{path.name:<36}{'forms':>7}{'precision':>11}{'recall':>9}{'F1':>9}{'spelling aside':>16}")
        for name, parts_of_speech in PARTS_OF_SPEECH.items():
            gold = gold_lemmas(lines, parts_of_speech)
            for spelled, spell in SPELLINGS.items():
                ours = {form: our_lemma(spell(form)) for form in gold}
                figures = score(gold, ours)
                row = f"{figures.precision:>11.4f}{figures.recall:>9.4f}{figures.f1:>9.4f}"
                print(f"  {name:<18}{spelled:<16}{figures.forms:>7}{row}{_precision_aside(gold, ours):>16.4f}")
                if arguments.wrong and spell is str:
                    print("".join("      {}: {} | {}\n".format(*pair) for pair in wrong_pairs(gold, ours)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
