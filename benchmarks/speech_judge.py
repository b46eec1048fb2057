"""Draws reported statements for readers to judge, and scores the sheets they fill.

    python benchmarks/speech_judge.py draw OUT ARTICLES.jsonl.gz [--other ARTICLES...] [--seed N]
    python benchmarks/speech_judge.py score OUT FILLED.tsv...

``draw`` writes into a folder: statements.tsv, shown statements of articles at random (--statements of the first file,
--others of the others), one a row with what stands before and after it; whole.txt and whole.tsv, articles at random
(--articles of the first file) to be read whole, with the statements found in each; README.txt, what each column means;
and key.jsonl, what the scoring needs, which no reader sees. No rule is told anywhere.

``score`` reads sheets that were filled (a second reader's beside the first's: disagreements are listed) and prints the
shares with the lower bounds of Wilson's interval at 95 %.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any

from speech import FIELDS, rows_of, statements_of

from khabarjoo.analyzers.reported_speech import SpeechReader, Statement

_FIELD_NAMES = {"title": "title", "lead": "lead", "body": "body"}
_BEFORE, _AFTER = 700, 250  # letters of an article around a statement
_LONGEST_READ = 6000  # letters of an article that is read whole
_JUDGED = ("person", "span", "name", "role")
_README = """\
statements.tsv has one statement a row, as a program read it in a news article. Columns:

  number, outlet, title of the article
  context    the article around the statement: the words said stand between ⟦ and ⟧; … where more was left out
  speaker    who is reported to have said them, as the program tells it
  role       what he or she is, as the program tells it ('-' where it tells none)
  printed    how the speaker is called right there ('-': not at all)
  named      where the article names the speaker in full, with some words around; the name stands between ⟦ and ⟧

Please fill these columns for each row (leave none empty):

  person     y: the article reports this as said (or written) by this person or institution
             n: somebody else said it, or nobody did      ?: cannot be told even from the context
  span       y: what stands between ⟦ ⟧ is what was said, give or take a few words at its ends
             n: a sentence or more too much or too little
  name       y: the speaker's name is whole, and nothing is in it that is no part of it (a missing title is no fault)
             n: cut short, or with words that do not belong to it
  role       y: right as far as it goes    -: none is told    cut: cut off so that it misleads or makes no sense
             n: it is not the role of this person
  note       anything, may stay empty

whole.txt has whole articles; whole.tsv has a row for each statement that the program found in them, and 12 empty rows
an article for those it missed. Please read each article, and fill for the rows that are there:

  right      y: somebody is reported to have said this, and the speaker (name, or what stands for it) is right
             n: not so
and write a row for each further statement in the article that the program has not: the article's number, the first
words said (column said), the speaker, and right = missed. A statement is one place where the article tells that
somebody said, wrote or announced something, with the words or their content; speech that goes on over several
sentences is one statement.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    draw = commands.add_parser("draw", help="Draw statements and articles for readers.")
    draw.add_argument("folder", type=Path, metavar="OUT")
    draw.add_argument("articles", type=Path, metavar="ARTICLES")
    draw.add_argument("--other", type=Path, nargs="*", default=[], metavar="ARTICLES", help="Of other outlets.")
    draw.add_argument("--statements", type=int, default=200)
    draw.add_argument("--others", type=int, default=100)
    draw.add_argument("--whole", type=int, default=40)
    draw.add_argument("--seed", type=int, default=1)
    score = commands.add_parser("score", help="Score sheets that were filled.")
    score.add_argument("folder", type=Path, metavar="OUT")
    score.add_argument("sheets", type=Path, nargs="+", metavar="FILLED", help="statements.tsv or whole.tsv, filled.")
    arguments = parser.parse_args()
    if arguments.command == "draw":
        _draw(arguments)
    else:
        _score(arguments.folder, arguments.sheets)


# -- drawing -----------------------------------------------------------------------------------------------------------


def _draw(arguments: argparse.Namespace) -> None:
    arguments.folder.mkdir(parents=True, exist_ok=True)
    reader, choice = SpeechReader(), random.Random(arguments.seed)
    rows = list(rows_of(arguments.articles))
    others = [row for path in arguments.other for row in rows_of(path)]
    drawn = _shown(rows, reader, arguments.statements, choice) + _shown(others, reader, arguments.others, choice)
    with (arguments.folder / "key.jsonl").open("w", encoding="utf-8") as key:
        with (arguments.folder / "statements.tsv").open("w", encoding="utf-8", newline="") as file:
            sheet = csv.writer(file, delimiter="\t", lineterminator="\n")
            sheet.writerow(
                ["number", "outlet", "title", "context", "speaker", "role", "printed", "named", *_JUDGED, "note"]
            )
            for number, (row, said) in enumerate(drawn, 1):
                sheet.writerow([number, *_told(row, said), *[""] * (len(_JUDGED) + 1)])
                print(json.dumps({"number": number, **_key(row, said)}, ensure_ascii=False), file=key)
        _draw_whole(arguments.folder, rows, reader, arguments.whole, choice, key)
    (arguments.folder / "README.txt").write_text(_README, encoding="utf-8")
    print(f"{len(drawn)} statements and {arguments.whole} articles in {arguments.folder}")


def _shown(
    rows: list[dict[str, Any]], reader: SpeechReader, wanted: int, choice: random.Random
) -> list[tuple[dict[str, Any], Statement]]:
    """Returns shown statements at random, each as likely as any other, in a random order."""
    found = [(row, said) for row in rows for said in statements_of(reader, row) if said.is_shown]
    return choice.sample(found, min(wanted, len(found)))


def _told(row: dict[str, Any], said: Statement) -> list[str]:
    named = "-"
    if said.named:
        named = _around(row[said.named.field], said.named.start, said.named.end, 100, 60)
    context = _around(row[said.field], said.start, said.end, _BEFORE, _AFTER)
    if said.field == "title" and row.get("body"):
        context += " ‖ " + _plain(row["body"][:_BEFORE])
    return [
        row.get("source") or "?",
        _plain(row.get("title") or ""),
        context,
        said.name,
        said.role or "-",
        said.printed or "-",
        named,
    ]


def _around(text: str, start: int, end: int, before: int, after: int) -> str:
    first, last = max(0, start - before), min(len(text), end + after)
    parts = (
        "…" if first else "",
        text[first:start],
        "⟦",
        text[start:end],
        "⟧",
        text[end:last],
        "…" if last < len(text) else "",
    )
    return _plain("".join(parts))


def _plain(text: str) -> str:
    return " ".join(text.replace("\n", " ¶ ").split())


def _key(row: dict[str, Any], said: Statement) -> dict[str, Any]:
    return {
        "id": row["id"], "outlet": row.get("source") or "?", "kind": said.kind, "resolution": said.resolution,
        "certainty": said.certainty, "is_person": said.is_person, "shown": said.is_shown,
    }  # fmt: skip


def _draw_whole(
    folder: Path, rows: list[dict[str, Any]], reader: SpeechReader, wanted: int, choice: random.Random, key: Any
) -> None:
    """Writes articles to be read whole, and what was found in each."""
    readable = [row for row in rows if len(row.get("body") or "") <= _LONGEST_READ]
    with (
        (folder / "whole.txt").open("w", encoding="utf-8") as texts,
        (folder / "whole.tsv").open("w", encoding="utf-8", newline="") as file,
    ):
        sheet = csv.writer(file, delimiter="\t", lineterminator="\n")
        sheet.writerow(["article", "statement", "said", "speaker", "right", "note"])
        for article, row in enumerate(choice.sample(readable, wanted), 1):
            print(f"==== article {article} ({row.get('source') or '?'})", file=texts)
            for field in FIELDS:
                if row.get(field):
                    print(f"-- {field}\n{row[field].strip()}", file=texts)
            print(file=texts)
            for number, said in enumerate(statements_of(reader, row), 1):
                words = _plain(row[said.field][said.start : said.end])
                sheet.writerow([article, number, words[:300], said.speaker, "", ""])
                print(
                    json.dumps({"article": article, "statement": number, **_key(row, said)}, ensure_ascii=False),
                    file=key,
                )
            for _ in range(12):
                sheet.writerow([article, "", "", "", "", ""])


# -- scoring -----------------------------------------------------------------------------------------------------------


def wilson(right: int, of: int) -> float:
    """Returns the lower bound of Wilson's interval at 95 % for a share.

    >>> round(wilson(97, 100), 3)
    0.915
    """
    if not of:
        return 0.0
    z, share = 1.96, right / of
    middle = share + z * z / (2 * of)
    return (middle - z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))) / (1 + z * z / of)


def _score(folder: Path, sheets: list[Path]) -> None:
    keys = [json.loads(line) for line in (folder / "key.jsonl").open(encoding="utf-8")]
    numbered = {each["number"]: each for each in keys if "number" in each}
    found = {(each["article"], each["statement"]): each for each in keys if "article" in each}
    filled: list[tuple[str, dict[int, dict[str, str]]]] = []
    for path in sheets:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        if rows and "article" in rows[0]:
            _score_whole(path.name, rows, found)
        else:
            filled.append((path.name, {int(row["number"]): row for row in rows}))
            _score_statements(*filled[-1], numbered)
    for (one, first), (other, second) in pairwise(filled):
        _disagreements(one, first, other, second)


def _line(name: str, right: int, of: int) -> None:
    share = f"{right / of:.1%}" if of else "-"
    print(f"  {name:34} {right:4} of {of:4}  {share:>6}  at least {wilson(right, of):.1%}")


def _score_statements(name: str, rows: dict[int, dict[str, str]], keys: dict[int, dict[str, Any]]) -> None:
    print(f"{name}: {len(rows)} statements")
    judged = {number: row for number, row in rows.items() if row["person"] in ("y", "n")}
    right = {number for number, row in judged.items() if row["person"] == "y"}
    _line("right person", len(right), len(judged))
    for column in ("outlet", "kind", "resolution"):
        for value in sorted({keys[number][column] for number in judged}):
            of = {number for number in judged if keys[number][column] == value}
            _line(f"  {value}", len(right & of), len(of))
    for column in ("span", "name"):
        told = [row[column] for row in rows.values() if row[column] in ("y", "n")]
        _line(f"{column} right", told.count("y"), len(told))
    roles = [row["role"] for row in rows.values()]
    print(
        f"  role: {roles.count('n')} wrong and {roles.count('cut')} cut of {len(roles)} (none told {roles.count('-')})"
    )
    for number, row in rows.items():
        wrong = [f"{column}={row[column]}" for column in _JUDGED if row[column] not in ("y", "-")]
        if wrong:
            print(f"    {number} {keys[number]['id']} {' '.join(wrong)} [{row['speaker']}] {row['note']}")


def _score_whole(name: str, rows: list[dict[str, str]], keys: dict[tuple[int, int], dict[str, Any]]) -> None:
    told = [(keys[int(row["article"]), int(row["statement"])], row["right"]) for row in rows if row["statement"]]
    missed = sum(row["right"] == "missed" for row in rows)
    right = [key for key, verdict in told if verdict == "y"]
    there = len(right) + missed
    print(f"{name}: {len({row['article'] for row in rows})} articles, {there} statements in them")
    _line("found with the right speaker", len(right), there)
    _line("shown", sum(key["shown"] for key in right), there)
    _line("right of those found", len(right), sum(verdict in ("y", "n") for _, verdict in told))


def _disagreements(one: str, first: dict[int, dict[str, str]], other: str, second: dict[int, dict[str, str]]) -> None:
    both = sorted(first.keys() & second.keys())
    for column in _JUDGED:
        apart = [number for number in both if first[number][column] != second[number][column]]
        told = " ".join(f"{number}({first[number][column]}/{second[number][column]})" for number in apart)
        print(f"{one} and {other} disagree on {column}: {len(apart)} of {len(both)} {told}")


if __name__ == "__main__":
    main()
