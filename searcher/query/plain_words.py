"""Plain words: what nearly all queries consist of."""

from __future__ import annotations

from collections.abc import Iterable

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.analyzers.stopwords import stopwords

from .plan import Match, Plan, TextField, Word


def plain_plan(text: str, analyzer: PersianAnalyzer) -> Plan | None:
    """Returns the plan of a text that is plain words, whatever signs are in it; None when there is no word."""
    words = merge_words(words_in(text, analyzer))
    if not words:
        return None
    return Plan(words[0] if len(words) == 1 else Match(words))


def words_in(text: str, analyzer: PersianAnalyzer, field: TextField = "", boost: float = 1.0) -> tuple[Word, ...]:
    """Returns the words of a text, every one; those that go on with a person's name know the word before them."""
    terms = [token.term for token in analyzer.tokens(text)]
    if len(terms) < 2 or field:
        return tuple(Word(term.lemma, (term.form,), boost, field) for term in terms)
    continued = analyzer.person_names.continued(terms)
    before = ("", *(term.lemma for term in terms))
    return tuple(
        Word(term.lemma, (term.form,), boost, field, after if goes_on else "")
        for term, after, goes_on in zip(terms, before, continued, strict=False)
    )


def merge_words(words: Iterable[Word], *, alone: bool = True) -> tuple[Word, ...]:
    """Returns words with each lemma once, its forms and boosts together; stopwords are left out.

    Where there is nothing but stopwords, they are kept if the words stand ``alone``.
    """
    words, ignored = list(words), stopwords()
    content = [word for word in words if word.forms[0] not in ignored]
    merged: dict[tuple[str, str], Word] = {}
    for word in content or (words if alone else ()):
        key = word.lemma, word.field
        if (known := merged.get(key)) is not None:
            forms = tuple(dict.fromkeys((*known.forms, *word.forms)))
            word = Word(word.lemma, forms, known.boost + word.boost, word.field, known.after or word.after)
        merged[key] = word
    return tuple(merged.values())
