"""Isolates facts from what stands beside them, so that a Latin name does not tear the Persian date after it.

Writers put isolates (UAX #9) around facts. Where we reorder, they have their effect and are not written. Where the
terminal reorders, marks stand in for them, which terminals know that know no isolates. In what is piped there are none.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from .reordering import is_right_to_left, mostly_right_to_left

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u2066", "\u2067"
END = "\u2069"
MARKS = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"

_OPENING = {LEFT_TO_RIGHT: False, RIGHT_TO_LEFT: True}
_ISOLATES = re.compile("[\u2066-\u2069]")
_ISO_DAY = "[0-9۰-۹]{4}-[0-9۰-۹]{2}-[0-9۰-۹]{2}"
_BRACKETS = frozenset(")]}")
_NO_BREAK = "\N{NO-BREAK SPACE}"

_TOKEN = r"\S+"
_LETTER = r"[^\W\d_]"
_PERSIAN_DIGIT = "[۰-۹]"
_QUOTED = r"\"[^\"]*\"|“[^”]*”|'[^']*'|«[^»]*»"
_QUOTES = "\"'“”«»"
_OPENING_QUOTES = "“«"
_END_OF_SENTENCE = ".,;:،؛!؟?…"
_DAY_ALONE = rf"\(?{_ISO_DAY}\)?[.:،؛]?"
_DAY = r"\([0-9]{4}[-/][0-9]{2}[-/][0-9]{2}\)"  # as it follows a Jalali day


def isolated(text: str, *, right_to_left: bool | None = None, whole: bool = False) -> str:
    r"""Returns the text, with its own direction; told by its words unless it is given. ``whole``, no line breaks in it.

    A day in numbers within it is isolated once more, or its parts change places after Persian letters.

    >>> isolated("BBC") == "\u2066BBC\u2069", isolated("۲ بهمن (2018)") == "\u2067۲ بهمن (2018)\u2069"
    (True, True)
    """
    if not text:
        return ""
    runs_left = mostly_right_to_left(text) if right_to_left is None else right_to_left
    if runs_left:
        text = re.sub(_ISO_DAY, rf"{LEFT_TO_RIGHT}\g<0>{END}", text)
    if whole:
        text = text.replace(" ", _NO_BREAK)
    return f"{RIGHT_TO_LEFT if runs_left else LEFT_TO_RIGHT}{text}{END}"


def marks_for_isolates(text: str, *, right_to_left: bool) -> dict[int, str]:
    """Marks that do nearly what isolates do, each to be written after the character of its place, or before the text.

    ``right_to_left`` is the direction of the paragraph. There are as few as will do, since some terminals give each a
    column, and none after a bracket, which VTE would not turn around then.
    """
    marks: dict[int, str] = {}
    inside = [right_to_left]
    last = right_to_left  # the direction of the last letter, or mark
    pending = False  # a mark of the direction outside, to be written after the next character that is no letter
    for place, char in enumerate(text):
        if char in _OPENING:
            outside, own = inside[-1], _OPENING[char]
            first = _strong(text[place + 1 : place + 2])
            told = MARKS[outside] if last is not outside and not first is own is outside else ""
            last, pending = (outside if told else last), False
            if own is not outside and first is not own:
                told, last = told + MARKS[own], own
            if told:
                marks[place - 1] = marks.get(place - 1, "") + told
            inside.append(own)
        elif char == END:
            if len(inside) > 1:
                own, before = inside.pop(), text[place - 1]
                ends_well = (last is own and before.isalnum()) or before in _BRACKETS
                if own is not inside[-1] and not ends_well:
                    marks[place - 1] = marks.get(place - 1, "") + MARKS[own]
                pending = last is not inside[-1] and _needs_mark(text, place + 1, inside[-1])
        elif (strong := _strong(char)) is not None:
            if pending and strong is not inside[-1]:
                marks[place - 1] = marks.get(place - 1, "") + MARKS[inside[-1]]
            last, pending = strong, False
        elif pending and char not in _BRACKETS:
            marks[place] = MARKS[inside[-1]]
            last, pending = inside[-1], False
    return marks


def _needs_mark(text: str, place: int, outside: bool) -> bool:
    """Whether what follows would be drawn into what was isolated: a number, or a letter of another direction."""
    for char in islice(text, place, None):
        if char in _OPENING:
            return False  # it sees to that itself
        if char.isalnum():
            return _strong(char) is not outside
    return False


def _strong(char: str) -> bool | None:
    """Whether a letter runs from right to left; None for what is no letter."""
    found = unicodedata.bidirectional(char) if char else ""
    return True if found in ("R", "AL") else False if found == "L" else None


def without_isolates(text: str) -> str:
    """Returns the text as it is read, without isolates."""
    return _ISOLATES.sub("", text)


def with_runs_isolated(text: str, *, right_to_left: bool) -> str:
    r"""Returns a sentence with each run of words of the other direction isolated: names, dates, paths, commands.

    Numbers and signs between two such words belong to them, signs that end a sentence do not.

    >>> with_runs_isolated("like ۳ خبر, or so", right_to_left=False) == "like \u2067۳ خبر\u2069, or so"
    True
    >>> with_runs_isolated("از ۲۰۰۴-۰۱-۱۷", right_to_left=True) == "از \u2066۲۰۰۴-۰۱-۱۷\u2069"
    True
    """
    if not any(map(is_right_to_left, text)) and not re.search(_PERSIAN_DIGIT, text):
        return text
    tokens = [
        (found.start(), found.end(), _runs_against(found[0], right_to_left)) for found in re.finditer(_TOKEN, text)
    ]
    runs: list[tuple[int, int]] = []
    for start, end, against in tokens:
        if not against:
            continue
        between = text[runs[-1][1] : start] if runs else "a"
        if (
            runs
            and not re.search(_LETTER, between)
            and not any(char in _END_OF_SENTENCE for char in between if char != "،")
            and text[start] not in _OPENING_QUOTES
        ):
            runs[-1] = runs[-1][0], end
        else:
            runs.append((start, end))
    told, at = [], 0
    for start, end in runs:
        if not right_to_left and (day := re.compile(_DAY).match(text, end + 1)):
            end = day.end()
        start += len(text[start:end]) - len(text[start:end].lstrip(_QUOTES))
        whole = _balanced(text[start:end])
        told += [text[at:start], isolated(whole, right_to_left=not right_to_left)]
        at = start + len(whole)
    return "".join(told) + text[at:]


def _balanced(run: str) -> str:
    """A run without the signs at its end that belong to the sentence: points, and what was opened before it.

    >>> _balanced("pip install 'x[y]';"), _balanced("x --help)"), _balanced("f(x)"), _balanced("BBC»،")
    ("pip install 'x[y]'", 'x --help', 'f(x)', 'BBC')
    """
    whole = run.rstrip(_END_OF_SENTENCE + _QUOTES)
    mark = run[len(whole) :][:1]
    if mark in ("'", '"') and whole.count(mark) % 2:
        return whole + mark
    for opening, closing in ("()", "[]"):
        whole = whole.removesuffix(closing) if whole.count(closing) > whole.count(opening) else whole
    return whole


def _runs_against(token: str, right_to_left: bool) -> bool:
    """Whether the letters of a word, or a Persian number in a Latin sentence, run the other way."""
    letters = re.findall(_LETTER, token)
    if right_to_left and re.fullmatch(_DAY_ALONE, token):
        return True
    if not letters:
        return not right_to_left and bool(re.search(_PERSIAN_DIGIT, token))
    return all(is_right_to_left(letter) is not right_to_left for letter in letters)


def direction_of_sentence(text: str) -> bool:
    """Returns whether a sentence runs from right to left: by its first letter outside of quotation marks, if any."""
    told = [char for char in re.sub(_QUOTED, "", text) if _strong(char) is not None] or list(text)
    return next((strong for strong in map(_strong, told) if strong is not None), False)
