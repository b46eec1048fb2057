"""Tells whether speech goes on over the next sentence, or the next paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .cast import Person
from .sentences import AROUND, Sentence
from .statement import Statement
from .word_kinds import key

_LONGEST = 2500  # letters that speech goes on for without being ascribed anew
_STOPS = tuple(
    tuple(map(key, line.split()))
    for line in (
        "گفتنی است|لازم به ذکر|شایان ذکر|به گزارش|این گزارش|بر اساس این گزارش|براساس این گزارش|انتهای پیام|"
        "قابل ذکر است|یادآور می‌شود|خاطرنشان می‌شود|این در حالی است|این درحالی است|به نقل از"
        "|به گفته|همزمان با|پیش از این|عکس|منبع|کد خبر|"
        "بیشتر بخوانید|هم‌اکنون|تصاویر|مشاهده|در این مراسم|در این نشست|در این جلسه|در این دیدار|وی|او|ایشان"
    ).split("|")
)
_HE, _THIS, _THEY = ("او",), ("این",), ("وی",)
_BEFORE_THEY = frozenset(map(key, "البته همچنین سپس اما ولی و".split()))
_ITEM = re.compile(r"\s*(?:[\d۰-۹]{1,2}\s?[-–ـ).]|[•▪●*])\s?\D")
_FIRST_OF_STOPS = {line[0] for line in _STOPS}
_FIRST = frozenset(map(key, "اول اولا نخست اولین نخستین یکی".split()))
_SECOND = frozenset(map(key, "دوم ثانیا دومین".split()))
_ORDINALS = {
    **dict.fromkeys(_SECOND, _FIRST),
    **dict.fromkeys(map(key, "سوم ثالثا سومین".split()), _SECOND),
}  # and what stands before them


def goes_on(text: str, said: Statement, sentence: Sentence, who: Person, named: Iterable[Person]) -> bool:
    """Returns whether a statement goes on over the sentence after it, as nothing in that begins a report."""
    if sentence.end - said.start > _LONGEST or _is_closed(text, said):
        return False
    words = text[sentence.start : sentence.start + 80].split(None, 5)[:5]
    forms = tuple(map(key, words))
    is_of_another = forms[:1] == _HE and text.startswith(_HE[0], said.start)  # of whom the speech is
    is_stop = forms and forms[0] in _FIRST_OF_STOPS and any(forms[: len(line)] == line for line in _STOPS)
    is_stop = is_stop or forms[1:2] == _THEY and forms[0] in _BEFORE_THEY
    if is_stop and not is_of_another:
        return False
    role = who.role_forms[:2]
    if len(role) > 1 and forms[:2] == role or forms[:1] == _THIS and forms[1:2] and forms[1] in role:
        return False
    joined = "".join(forms)
    if any(
        one is not who and joined.startswith(one.forms[0]) and joined.startswith("".join(one.forms)) for one in named
    ):
        return False  # somebody else who speaks in the article
    surname = key(said.name.split()[-1]) if said.name else ""
    return not (len(surname) > 3 and surname in forms[:2])


def goes_on_listing(text: str, said: Statement, sentence: Sentence) -> bool:
    """Returns whether a paragraph is a further item of a list, or the second where a statement tells the first."""
    if _ITEM.match(text, said.start) and _ITEM.match(text, sentence.start):
        return True
    counted = _ORDINALS.get(key(text[sentence.start : sentence.end].split()[0].strip(AROUND)))
    if counted is None:
        return False
    return not counted.isdisjoint(map(key, text[said.start : said.end].replace("،", " ").split()))


def _is_closed(text: str, said: Statement) -> bool:
    """Whether a statement is one quotation, to its end."""
    return (
        text[said.start] == '"' and '"' in text[said.end - 2 : said.end] and text.count('"', said.start, said.end) == 2
    )
