"""What stands for an article in a list: its title, or its first sentence when it has none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khabarjoo.index.article import Article

LONGEST = 120
"""Characters a sentence may have before it is cut at a word."""

_LOOKED_AT = 2000
_END = r"[.!؟?…][»”\")\]]*(?=\s|$)|\n"
_LEAST = 8  # characters of a sentence; what is shorter is an abbreviation or a number


def is_untitled(article: Article) -> bool:
    """Returns whether an article has no title of its own."""
    return not article.title.strip()


def heading_of(article: Article) -> str:
    """Returns the title of an article, else the first sentence of its lead or body; '' when it has none of these.

    >>> from khabarjoo.index.article import Article
    >>> heading_of(Article("1", body="باران بارید. رودها پرآب شدند."))
    'باران بارید.'
    """
    if not is_untitled(article):
        return article.title
    return first_sentence(article.lead) or first_sentence(article.body)


def first_sentence(text: str) -> str:
    """Returns the first sentence of a text, in one line and cut where it is long."""
    beginning = text[:_LOOKED_AT].strip()
    ends = (found.end() for found in re.finditer(_END, beginning) if len(beginning[: found.start()].strip()) >= _LEAST)
    sentence = " ".join(beginning[: next(ends, len(beginning))].split())
    if len(sentence) <= LONGEST:
        return sentence
    return f"{sentence[:LONGEST].rsplit(' ', 1)[0]}…"
