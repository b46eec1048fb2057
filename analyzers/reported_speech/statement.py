"""A reported statement: what an article says that somebody said."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from ..normalizer import fold, join_parts
from ..word_tables import read_table

SHOWN = 0.8
"""The certainty from which a statement may be shown as said by its speaker; below it is a "perhaps"."""

Field = Literal["title", "lead", "body"]
Kind = Literal["quotation", "direct", "indirect", "headline", "report", "answer"]
Resolution = Literal["printed", "pronoun", "pointing", "short", "role", "carried"]

FIELDS: tuple[Field, ...] = ("title", "lead", "body")
KINDS: tuple[Kind, ...] = ("quotation", "direct", "indirect", "headline", "report", "answer")


class Place(NamedTuple):
    """A stretch of a field of an article: ``text[start:end]``."""

    field: Field
    start: int
    end: int


class Statement(NamedTuple):
    """What somebody is reported to have said.

    ``name`` is the speaker's full name as the article prints it, or that of an institution; '' where it has none, and
    then ``printed`` or ``role`` is all that is known. ``printed`` is how the speaker is called where this is said.
    ``role`` is what he is, as printed in this article. Only what stands between quotation marks is verbatim:
    ``kind`` is then ``quotation``. ``resolution`` says how a وی, a short name or a role came to its name, which is
    printed at ``named``. ``certainty`` is from 0 to 1.
    """

    field: Field
    start: int
    end: int
    cue_start: int
    cue_end: int
    kind: Kind
    verb: str
    printed: str
    name: str
    role: str
    is_person: bool
    certainty: float
    resolution: Resolution
    named: Place | None

    @property
    def is_shown(self) -> bool:
        """Whether it is certain enough to be shown and counted as said by its speaker."""
        return self.certainty >= SHOWN and bool(self.name)

    @property
    def speaker(self) -> str:
        """The best that is known of who speaks: the name, or how he is called, or what he is."""
        return self.name or self.printed or self.role


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """Returns what all spellings of a full name share, with its titles or without.

    >>> name_key("دکتر محمد باقر قالیباف") == name_key("محمدباقر قاليباف")
    True
    >>> name_key("سیدمحمد خاتمی") == name_key("سید محمد خاتمی") == name_key("محمد خاتمی")
    True
    >>> name_key("احمد خاتمی") == name_key("محمد خاتمی")
    False
    """
    words = [join_parts(fold(word)) for word in name.split()]
    kept = [word for word in words if word not in _titles()] or words
    first = kept[0].removeprefix(_SEYED) if kept else ""
    return "".join((first if len(first) > 1 else kept[0], *kept[1:])) if kept else ""


_SEYED = "سید"


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    rows = (words for kind, words in read_table("speakers.txt", 2) if kind == "title")
    return frozenset(join_parts(fold(word)) for words in rows for word in words.split())
