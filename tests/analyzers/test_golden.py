"""The golden files: which spellings and forms of a word must meet, and which words must stay apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.normalizer import ZWNJ, ZWNJ_LOOKALIKES

_HERE = Path(__file__).parent
_KNOWN = "known: "
_CODE_POINT = re.compile(r"\\u([0-9a-f]{4})")
_CONTEXT = re.compile(r"\[([^\]]*)\]")


class Case(NamedTuple):
    """A row of a golden file: the line it is on, its cells, and why it is not met yet ('' for one that is)."""

    line: int
    cells: tuple[str, ...]
    known: str


def _cases(name: str) -> list[Case]:
    cases = []
    for number, line in enumerate((_HERE / name).read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# ") or line in ("", "#"):
            continue
        *cells, last = line.split("\t")
        known = last.startswith(_KNOWN)
        cases.append(
            Case(number, tuple(cells if known else [*cells, last]), last.removeprefix(_KNOWN) if known else "")
        )
    return cases


_GROUPS = _cases("golden.tsv")
_PAIRS = _cases("apart.tsv")


def _typed(form: str) -> str:
    """A form with its escaped code points in place."""
    return _CODE_POINT.sub(lambda match: chr(int(match[1], 16)), form)


def _lemmas(form: str) -> tuple[str, ...]:
    """The lemmas of a form, without those of the words in brackets."""
    text, context = "", []
    for place, piece in enumerate(_CONTEXT.split(_typed(form))):
        if place % 2:
            context.append((len(text), len(text) + len(piece)))
        text += piece
    tokens = default_analyzer().tokens(text)
    return tuple(t.term.lemma for t in tokens if not any(start <= t.start and t.end <= end for start, end in context))


def _parameters(cases: list[Case], label: Callable[[Case], str]) -> list[object]:
    marks = {case: [pytest.mark.xfail(reason=case.known, strict=True)] if case.known else [] for case in cases}
    return [pytest.param(case, id=f"{label(case)}-line-{case.line}", marks=marks[case]) for case in cases]


@pytest.mark.parametrize("case", _parameters(_GROUPS, lambda case: case.cells[0]))
def test_every_form_of_a_group_gives_the_same_lemmas(case: Case) -> None:
    forms = case.cells[1].split("|")
    expected = _lemmas(forms[0])
    assert expected != ()
    assert {form: lemmas for form in forms if (lemmas := _lemmas(form)) != expected} == {}, f"{forms[0]} is {expected}"


@pytest.mark.parametrize("case", _parameters(_PAIRS, lambda case: "apart"))
def test_words_that_only_look_alike_share_no_lemma(case: Case) -> None:
    left, right = case.cells
    assert set(_lemmas(left)) & set(_lemmas(right)) == set(), f"{left} meets {right}"


def test_the_golden_files_hold_as_much_as_they_promise() -> None:
    assert len(_GROUPS) >= 1390
    assert len(_PAIRS) >= 540


def test_no_group_and_no_pair_is_listed_twice() -> None:
    rows = Counter(case.cells[1:] for case in _GROUPS) + Counter(case.cells for case in _PAIRS)
    assert [row for row, times in rows.items() if times > 1] == []


def test_every_group_has_a_kind_and_two_or_more_different_forms() -> None:
    bad = [
        case.line
        for case in _GROUPS
        if len(case.cells) != 2
        or not case.cells[0]
        or not 1 < len(set(forms := case.cells[1].split("|"))) == len(forms)
    ]
    assert bad == []


def test_every_pair_has_two_different_words() -> None:
    assert [case.line for case in _PAIRS if len(case.cells) != 2 or case.cells[0] == case.cells[1]] == []


_KEYBOARDS: dict[str, dict[int, str]] = {
    "arabic letters": str.maketrans({"ی": "ي", "ک": "ك"}),
    "urdu heh": str.maketrans({"ه": "ہ"}),
    "arabic digits": str.maketrans(dict(zip("0123456789۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩" * 2, strict=True))),
    "a vowel after each kaf": str.maketrans({"ک": "ک\u064e"}),
    "a tatweel after each seen": str.maketrans({"س": "س\u0640"}),
    "presentation forms": str.maketrans({"ی": "\ufbfd", "ک": "\ufb8f", "ر": "\ufeae"}),
    **{f"U+{ord(mark):04X} for the zwnj": str.maketrans({ZWNJ: mark}) for mark in ZWNJ_LOOKALIKES},
}


@pytest.mark.parametrize("keyboard", _KEYBOARDS)
def test_what_keyboard_a_form_was_typed_on_makes_no_difference(keyboard: str) -> None:
    table = _KEYBOARDS[keyboard]
    forms = {form for case in _GROUPS for form in case.cells[1].split("|") if "." not in form}
    forms |= {word for case in _PAIRS for word in case.cells}
    assert {form for form in forms if _lemmas(_typed(form).translate(table)) != _lemmas(form)} == set()
