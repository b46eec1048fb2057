"""Spells words of an index with the ZWNJs that a careful writer types and the index leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from khabarjoo.analyzers.normalizer import ZWNJ

_PREFIXES = ("نمی", "می")  # of verbs
_ENDINGS_APART = ("ها", "تر", "ام", "اند", "ای", "اش")
_AND = "و"


def spell(form: str, lemma: str, parts: Sequence[str] = ()) -> str:
    """Spells a form with the ZWNJs that the index leaves out: in compounds, and before or after affixes.

    >>> spell("میشود", "شد").replace(ZWNJ, "-"), spell("میدان", "میدان"), spell("کتابها", "کتاب").replace(ZWNJ, "-")
    ('می-شود', 'میدان', 'کتاب-ها')
    """
    if parts and form.startswith(parts[0]):
        return _parts_apart(form, parts)
    for prefix in _PREFIXES:
        if form.startswith(prefix) and not lemma.startswith(prefix) and len(form) > len(prefix) + 1:
            return prefix + ZWNJ + form[len(prefix) :]
    if form.startswith(lemma) and form != lemma:
        return lemma + _with_ending(form[len(lemma) :])
    return form


def _parts_apart(form: str, parts: Sequence[str]) -> str:
    """A compound with a ZWNJ after each part that its letters begin with, and the «و» between two of them apart."""
    spelled, rest = "", form
    for part in parts[:-1]:
        if not rest.startswith(part):
            break
        spelled, rest = f"{spelled}{part}{ZWNJ}", rest.removeprefix(part)
        if rest.startswith(_AND + parts[-1]):
            spelled, rest = f"{spelled}{_AND}{ZWNJ}", rest.removeprefix(_AND)
    if rest.startswith(parts[-1]):
        return spelled + parts[-1] + _with_ending(rest.removeprefix(parts[-1]))
    return spelled + rest


def _with_ending(ending: str) -> str:
    """An ending of a word, after a ZWNJ where it stands apart."""
    return ZWNJ + ending if ending.startswith(_ENDINGS_APART) else ending
