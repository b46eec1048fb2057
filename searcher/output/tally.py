"""Which articles were counted, in words: said on standard error beside timelines and facets."""

from __future__ import annotations

from ..results import Facets, Timeline

_WORDS = {
    "en": {
        "all": "articles with all words: {count}",
        "any": "articles with any of the words, as none has all: {count}",
        "undated": "undated, not shown: {count}",
        "month": "by month",
        "season": "by season",
        "year": "by year",
    },
    "fa": {
        "all": "خبرها با همهٔ واژه‌ها: {count}",
        "any": "خبرها با دست‌کم یکی از واژه‌ها، چون هیچ‌یک همه را ندارد: {count}",
        "undated": "بی‌تاریخ، نمایش داده نشده: {count}",
        "month": "به تفکیک ماه",
        "season": "به تفکیک فصل",
        "year": "به تفکیک سال",
    },
}


def tally(counted: Timeline | Facets, language: str = "en") -> str:
    """How many articles, with all words of the query or with any, and how many of them have no date.

    ``language`` is ``en`` or ``fa``.

    >>> tally(Timeline("باران", "any", 340, "month", (), undated=12))
    'articles with any of the words, as none has all: 340 · by month · undated, not shown: 12'
    """
    words = _WORDS[language]
    told = [words[counted.words].format(count=counted.articles)]
    if isinstance(counted, Timeline):
        told.append(words[counted.by])
        if counted.undated:
            told.append(words["undated"].format(count=counted.undated))
    return " · ".join(told)
