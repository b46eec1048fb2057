"""Persian in Latin letters ("Finglish"): which words of a list a Latin spelling may be read as, the likeliest first.

A weighted transducer, run over a sorted list of words: each step reads some Latin letters and writes some Persian
ones, at a price, and only spellings that begin a word of the list are followed. There is no one way to write Persian
in Latin letters, so the table below has what people and the official romanisations write alike: those of BGN/PCGN
(1958), ALA-LC (2012) and the United Nations (1967, 2012) for letters, and Maleki's survey of Persian typed in Latin
letters (Dabire, 2008) for the vowels that are left out, doubled or written the English way.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

_LONGEST = 30  # Latin letters of a word that is read
_MOST_STATES = 160  # spellings that are followed at a time
_DEAREST = 9.0  # what a reading may cost
_LAST = "\U0010ffff"

# Latin letters, and what they write: Persian letters, each with its price. Free is what nearly everybody means. A
# letter that stands alone at the price's side costs nothing; "-" writes nothing.
_ANYWHERE = """
b ب          p پ          f ف         l ل         m م         n ن         r ر
d د          t ت ط 1.0    k ک ق 3     g گ ق 3.5 ج 4           v و         w و
s س ص 0.8 ث 1.6           z ز ض 1.0 ذ 1.0 ظ 1.3   j ج ژ 2      y ی
h ه ح 0.6 - 3             c ک 1.5 س 2 چ 3         q ق غ 0.8    x خ 0.3 کس 0.6
kh خ         gh ق غ 0.4   ch چ        sh ش        zh ژ 0.3    ph ف        th ت 1 ث 0.8
ck ک         tch چ        dj ج        sch ش       dh ذ 0.8 ض 1.2          ts تس 0.5
kha خوا 0.8  khaa خوا 0.6 khi خوی 2   mb نب 0.8   mp نپ 1
'  - ع 0.3 ی 0.8          -  -        ` - ع 0.3
a - 0.5 ا 0.5 ع 1.8       aa ا عا 2.2 اع 2.2 ع 2.5 آ 2 - 2     â ا  ā ا
e - ی 2.2 ع 1.6 ه 3.5 ا 3.5           ee ی یی 1.0             ea ی 1.5
i ی - 1.2 یی 1.8          ie یه 1 ی 1 یی 1.2      ii یی 0.3 ی 1
o - 0.3 و 0.5 ا 3 ع 2.5   oo و - 2.5 وو 3         ou و 0.3 - 0.7           ow و 0.3
u و 0.3 - 0.8 ا 3         uu و                   au و 0.8 او 1            ei ی 0.3
iy ی         oye وی       uy وی       aye ایه 1    ae ای 0.7 اع 0.9 ایی 1.5         aa'e اع 0.5 ای 0.5
aae ای 0.5 اع 0.6 اه 1.5   aee ایی 0.5 ای 0.8        oa و 1.0 وا 0.8   aai ای 0.3 ایی 0.5  ao او 0.6
un ون 0.3 ان 1.5          oon ون ان 1.2           oom وم ام 1.3
ollah الله 0.2 اله 1.5     allah الله 0.2 اله 1.2  ullah الله 0.2
ol ل 0.4 ول 0.7 ال 1.0 وال 1.0         ul ول 0.4 ال 1.0 وال 1.0 ل 1
oddin الدین 0.2           eddin الدین 0.2         uddin الدین 0.2
"""
_AT_THE_BEGINNING = """
a ا آ 0.8 ع 1.2 عا 1.6    aa آ ا 1 عا 1.5         e ا ع 1.2 ای 2           i ای 0.3 ا 0.8 عی 1.8 ع 2
ee ای ا 1.5 عی 1.5        o ا ع 0.9 او 1.0        u او 0.5 ا 0.7 ع 1.3     oo او 0.2 ا 2 عو 2
ou او 0.3 ا 0.6 ع 1.2     ey ای ا 2 عی 1.2        ei ای عی 1.2             y ی ای 1.5
ya یا ی 0.3               va و 0.3 وا ow او 0.5   au او 1 اع 2             '  - ع 0.2
"""
_AT_THE_END = """
a ا 0.2 ه 1.2 ی 2.5 - 2 ع 2           aa ا اع 1.5              e ه 0.3 - 0.6 ی 2.5 ع 2
eh ه         ah ه 0.3 اه 1 ا 2        i ی - 2.8 یی 1.5 یع 2.2         y ی         ie ی 0.8 یی 0.8 یه 1
ye ی 0.3 - 0.6 یه 0.5     eye ه 0.2 ی 2           iye ی 0.3 یه 0.3         aye ای 0.2
o و 0.3 - 2 ه 3 وع 2      u و - 2 وع 2           oo و وع 1.3 ou و وع 1.5        oh وه 0.5 ه 1.5
an ان 0.5 ن 0.5 ا 1.8     aan ان      at ات 0.7 ت 0.6          -e -        -ye - ی 0.3     -i ی
"""
_LEFT_OUT = (("ع", 1.8), ("ا", 3.0), ("ی", 3.2), ("و", 3.2), ("ه", 3.5), ("ح", 4.0))
"""Letters that are written in Persian where the Latin spelling has none, and their price."""

_BROKEN = {"aa": 2.5, "ee": 2.0, "oo": 2.0, "kh": 2.0, "gh": 2.0, "ch": 3.0, "sh": 2.0, "zh": 1.5}
"""What it costs to read letters apart that nearly always write one: sh is س and ح in Eshagh."""

_DOUBLED = "bcdfgjklmnpqrstvwxz"
_TWICE = 0.1  # what a doubled consonant costs, which Persian writes once

_Outputs = tuple[tuple[str, float], ...]


class Reading(NamedTuple):
    """Persian letters for a Latin spelling, and what they cost: 0 for the plainest; the places of the words that are
    so spelled, or begin so, in the list."""

    text: str
    cost: float
    start: int
    end: int


def is_latin(word: str) -> bool:
    """Returns whether a word may be Persian in Latin letters: of these alone, hyphens and apostrophes among them.

    >>> is_latin("zendegi"), is_latin("ali-reza"), is_latin("mp3"), is_latin("خبر")
    (True, True, False, False)
    """
    letters = word.replace("-", "").replace("'", "").replace("’", "").replace("`", "")
    return 0 < len(word) <= _LONGEST and (letters.isascii() or "â" in letters or "ā" in letters) and letters.isalpha()


def read(latin: str, words: Sequence[str], limit: int, *, begun: bool = False) -> list[Reading]:
    """Returns the cheapest readings of a Latin word among words in ascending order, the cheapest first.

    With ``begun`` those of words that only begin as the Latin word does.

    >>> [reading.text for reading in read("xane", ["خان", "خانه", "خنده"], 1)]
    ['خانه']
    >>> [reading.text for reading in read("khab", ["خانه", "خبرگزاری"], 3, begun=True)]
    ['خب']
    """
    text = latin.lower().replace("’", "'").strip("-")
    if not is_latin(text):
        return []
    rules = _rules()
    longest = max(map(len, rules[0]))
    at: list[dict[str, tuple[float, int, int]]] = [{} for _ in range(len(text) + 1)]
    at[0][""] = (0.0, 0, len(words))
    for place in range(len(text)):
        states = _pruned(at[place])
        _left_out(states, words, at_start=place == 0)
        for length in range(1, min(longest, len(text) - place) + 1):
            piece = text[place : place + length]
            is_last = place + length == len(text)
            outputs = (place == 0 and rules[1].get(piece)) or rules[0].get(piece, ())
            if is_last and not begun and place:
                outputs = rules[2].get(piece) or outputs
            broken = _BROKEN.get(text[place : place + 2], 0.0) if length == 1 else 0.0
            if broken:
                outputs = tuple((output, price + broken) for output, price in outputs)
            if outputs:
                _follow(states, outputs, at[place + length], words)
    states = _pruned(at[-1])
    if not begun:
        _left_out(states, words, at_start=False)
    found = []
    for written, (cost, start, end) in states.items():
        if written and (begun or words[start] == written):
            last = end if begun else bisect_left(words, written + "\0", start, end)
            found.append(Reading(written, cost, start, last))
    return heapq.nsmallest(limit, found, key=lambda reading: (reading.cost, reading.text))


def beginnings(latin: str) -> set[str]:
    """Returns the Persian letters that a Latin word may begin with.

    >>> sorted(beginnings("shab"))
    ['ث', 'س', 'ش', 'ص']
    """
    text = latin.lower().replace("’", "'").strip("-")
    if not is_latin(text):
        return set()
    anywhere, at_start, _ = _rules()
    outputs = [at_start.get(text[:length]) or anywhere.get(text[:length], ()) for length in range(1, 6)]
    letters = {output[0] for some in outputs for output, _ in some if output}
    return letters | beginnings(text[1:]) if any(not output for some in outputs for output, _ in some) else letters


_States = dict[str, tuple[float, int, int]]


def _pruned(states: _States) -> _States:
    if len(states) <= _MOST_STATES:
        return dict(states)
    return dict(heapq.nsmallest(_MOST_STATES, states.items(), key=lambda item: item[1][0]))


def _follow(states: _States, outputs: _Outputs, reached: _States, words: Sequence[str]) -> None:
    """Writes each output after each spelling that some word begins with."""
    for written, (cost, start, end) in states.items():
        for output, price in outputs:
            total = cost + price
            if total > _DEAREST:
                continue
            longer = written + output
            known = reached.get(longer)
            if known is not None:
                if total < known[0]:
                    reached[longer] = (total, known[1], known[2])
                continue
            if not output:
                reached[longer] = (total, start, end)
                continue
            first = bisect_left(words, longer, start, end)
            if first < end and words[first].startswith(longer):
                reached[longer] = (total, first, bisect_left(words, longer + _LAST, first, end))


def _left_out(states: _States, words: Sequence[str], *, at_start: bool) -> None:
    if not at_start:
        reached: _States = {}
        _follow(states, _LEFT_OUT, reached, words)
        for written, state in reached.items():
            if written not in states or state[0] < states[written][0]:
                states[written] = state


@cache
def _rules() -> tuple[dict[str, _Outputs], dict[str, _Outputs], dict[str, _Outputs]]:
    """What Latin letters write anywhere, at the beginning of a word, and at its end."""
    anywhere = _table(_ANYWHERE)
    for letter in _DOUBLED:
        anywhere[letter * 2] = tuple((output, price + _TWICE) for output, price in anywhere[letter])
    for digraph in ("sh", "ch", "kh", "gh", "zh"):
        anywhere[digraph * 2] = anywhere[digraph[0] + digraph] = anywhere[digraph]
    return anywhere, _table(_AT_THE_BEGINNING), _table(_AT_THE_END)


def _table(text: str) -> dict[str, _Outputs]:
    table: dict[str, list[tuple[str, float]]] = {}
    piece = ""
    is_latin_next = True
    for token in text.split():
        try:
            price = float(token)
        except ValueError:
            pass
        else:
            output, _ = table[piece].pop()
            table[piece].append((output, price))
            continue
        is_output = not is_latin_next and (token == "-" or not token[0].isascii()) and token not in ("â", "ā")
        if is_output:
            table[piece].append(("" if token == "-" else token, 0.0))
        else:
            piece, is_latin_next = token, False
            table[piece] = []
    return {piece: tuple(outputs) for piece, outputs in table.items()}
