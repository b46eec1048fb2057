"""Scores who said what against statements that were judged by a reader, and times it.

    python benchmarks/speech.py ARTICLES.jsonl.gz LABELLED.json... [--list] [--sample N]

A labelled statement has the id of its article, the words said, the speaker's name or role, and a verdict: right,
right-but-key-unclean, wrong or none (no statement). Ours is compared with the one whose words overlap its own most.
What is shown of ours is right where the verdict is right and the speaker is the same, wrong where the reader says that
there is no statement, or that this speaker is the wrong one, or where we name another; the rest is for the eye
(--list prints all of it, --sample prints shown statements of articles at random).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.analyzers.reported_speech import SpeechReader, Statement, name_key

_LETTERS = str.maketrans("يىئكأإٱآؤۀة۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "یییکااااوهه01234567890123456789")
FIELDS = ("title", "lead", "body")
_OVERLAPS = 0.3  # the same, for ours to be the statement that a reader says is none
_AGREES = 0.8  # of the letters of two spans together, those that both have, for them to be one


class Case(NamedTuple):
    """A labelled statement beside ours that overlaps it most."""

    label: dict[str, Any]
    ours: Statement | None
    overlap: float
    text: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, metavar="ARTICLES")
    parser.add_argument("labelled", type=Path, nargs="*", metavar="LABELLED")
    parser.add_argument("--list", action="store_true", help="Print every case that is not right.")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="Print so many shown statements.")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    articles = {row["id"]: row for row in rows_of(arguments.articles)}
    reader = SpeechReader()
    for path in arguments.labelled:
        score(path, articles, reader, is_listed=arguments.list)
    measure(list(articles.values()), arguments.sample, arguments.seed)


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """Yields the articles of a file of JSON lines, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def statements_of(reader: SpeechReader, row: dict[str, Any]) -> list[Statement]:
    """Returns what an article tells that somebody said."""
    return reader.read(*(row.get(field) or "" for field in FIELDS))


# -- against labels ----------------------------------------------------------------------------------------------------


def score(path: Path, articles: dict[str, dict[str, Any]], reader: SpeechReader, *, is_listed: bool) -> None:
    """Prints how our statements compare with the labelled ones of a file."""
    cases = [case(label, articles[label["id"]], reader) for label in json.loads(path.read_text(encoding="utf-8"))]
    outcomes = [(outcome(each), each) for each in cases]
    print(f"\n{path.name}: {len(cases)} statements")
    by_outlet: dict[str, Counter[str]] = defaultdict(Counter)
    for found, each in outcomes:
        by_outlet[each.label["outlet"]][found] += 1
        by_outlet["all"][found] += 1
    for outlet, counts in by_outlet.items():
        right, wrong = counts["shown right"], counts["shown wrong"]
        there = right + counts["right"] + counts["missed"] + counts["other speaker"] + counts["unnamed"]
        shown = f"{right}/{right + wrong}" if right + wrong else "-"
        said = right + counts["right"] + counts["unnamed"]
        print(f"  {outlet:12} shown right {shown:9} found {said}/{there}, shown {right}/{there}   {dict(counts)}")
    spans = [each for found, each in outcomes if found == "shown right" and each.label["span_label"] == "ok"]
    good = sum(each.overlap >= _AGREES for each in spans)
    print(f"  spans of those shown that agree: {good}/{len(spans)}")
    if is_listed:
        for found, each in outcomes:
            if found not in ("shown right", "right", "none") or each.overlap < _AGREES and found == "shown right":
                _print_case(found, each)


def _print_case(found: str, each: Case) -> None:
    label, ours = each.label, each.ours
    print(f"\n  {found} ({each.overlap:.2f}) {label['id']} {label['speaker']} {label['kind']} <{label['verb']}>")
    print(
        f"    label {label['name']} | {label['role']} | {label['printed']}: "
        f"{label['span'][:120]} … {label['span'][-60:]}"
    )
    if ours:
        print(
            f"    ours  {ours.name} | {ours.role} | {ours.printed} <{ours.verb}> "
            f"{ours.kind} {ours.certainty} {ours.resolution}"
        )
        print(f"          {' '.join(each.text[:120].split())} … {' '.join(each.text[-60:].split())}")


def outcome(each: Case) -> str:
    """What a case comes to."""
    label, ours = each.label, each.ours
    if ours is None:
        return (
            "none" if label["speaker"] == "none" else "missed" if label["speaker"].startswith("right") else "not ours"
        )
    shown = "shown " if ours.is_shown else ""
    is_same = same_speaker(ours, label)
    if label["speaker"] == "none":
        return f"{shown}wrong" if each.overlap >= _OVERLAPS else "none"
    if label["speaker"] == "wrong":
        return f"{shown}wrong" if is_same else f"{shown}for the eye"
    if is_same or label["speaker"] != "right":
        return f"{shown}right"
    if not ours.name:
        return "unnamed"
    return "shown wrong" if ours.is_shown else "other speaker"


def same_speaker(ours: Statement, label: dict[str, Any]) -> bool:
    """Whether our speaker is the one of a label, by name, or by role where one of the two has no name."""
    if label["name"] and ours.name:
        one, other = letters(name_key(label["name"]))[0], letters(name_key(ours.name))[0]
        return one.endswith(other) or other.endswith(one)
    wanted = {letters(text)[0] for text in (label["role"], label["printed"], label["name"]) if text}
    own = {letters(text)[0] for text in (ours.role, ours.printed, ours.name) if text}
    return any(one in other or other in one for one in wanted for other in own)


def case(label: dict[str, Any], row: dict[str, Any], reader: SpeechReader) -> Case:
    """A label with our statement that overlaps it most."""
    text = row.get(label["field"]) or ""
    flat, places = letters(text)
    span = letters(label["span"])[0]
    start = _nearest(flat, span, label["start"])
    best: tuple[float, Statement] | None = None
    for ours in statements_of(reader, row):
        if ours.field != label["field"] or start < 0:
            continue
        first, last = _within(places, ours.start), _within(places, ours.end)
        shared = min(last, start + len(span)) - max(first, start)
        if shared * 2 >= min(last - first, len(span)) > 0:
            overlap = shared / (max(last, start + len(span)) - min(first, start))
            if best is None or overlap > best[0]:
                best = overlap, ours
    if best is None:
        return Case(label, None, 0.0, "")
    return Case(label, best[1], best[0], text[best[1].start : best[1].end])


def letters(text: str) -> tuple[str, list[int]]:
    """A text's letters and digits in one spelling, and where each stands."""
    kept = [(char, place) for place, char in enumerate(text.translate(_LETTERS)) if char.isalnum()]
    return "".join(char for char, _ in kept), [place for _, place in kept]


def _within(places: list[int], at: int) -> int:
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if places[middle] < at else (low, middle)
    return low


def _nearest(flat: str, span: str, near: int) -> int:
    found, at = [], flat.find(span)
    while at >= 0:
        found.append(at)
        at = flat.find(span, at + 1)
    return min(found, key=lambda place: abs(place - near), default=-1)


# -- over all ----------------------------------------------------------------------------------------------------------


def measure(rows: list[dict[str, Any]], sample: int, seed: int) -> None:
    """Prints how many statements there are of each kind and outlet, and how long an article takes.

    The words of all articles were analysed before, as they are when an index is made.
    """
    texts = [tuple(row.get(field) or "" for field in FIELDS) for row in rows]
    bulk = BulkAnalyzer(default_analyzer())
    bulk.analyze([field for text in texts for field in text])
    reader = SpeechReader(default_analyzer(), bulk.word)
    started = time.process_time()
    first = [reader.read(*text) for text in texts]
    first_pass = time.process_time() - started
    started = time.process_time()
    for text in texts:
        reader.read(*text)
    again = time.process_time() - started
    n = len(rows)
    print(
        f"\n{n:,} articles: {1000 * first_pass / n:.2f} ms of CPU an article, "
        f"{1000 * again / n:.2f} when words were met before"
    )
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for row, found in zip(rows, first, strict=True):
        for ours in found:
            for name in ("all", ours.kind, row.get("source") or "?"):
                table[name]["found"] += 1
                table[name]["shown"] += ours.is_shown
    for name, counts in table.items():
        share = counts["shown"] / counts["found"]
        print(f"  {name:34} {counts['found']:7,} found {counts['shown']:7,} shown ({share:.0%})")
    _print_sample(zip(rows, first, strict=True), sample, seed)


def _print_sample(read: Iterable[tuple[dict[str, Any], list[Statement]]], sample: int, seed: int) -> None:
    shown = [(row, ours) for row, found in read for ours in found if ours.is_shown]
    for row, ours in random.Random(seed).sample(shown, min(sample, len(shown))):
        text = row[ours.field]
        before = " ".join(text[max(0, ours.cue_start - 160) : ours.cue_end + 1].split())
        print(
            f"\n{row['id']} {ours.kind} {ours.certainty} {ours.resolution}: {ours.name} | {ours.role} | {ours.printed}"
        )
        print(f"  {before}")
        print(f"  >>> {' '.join(text[ours.start : ours.end].split())}")


if __name__ == "__main__":
    main()
