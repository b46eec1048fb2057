"""What an outlet puts around a story that is not the story: whom it is from, and how it ends.

Set aside before articles are compared, or copies would differ by it and strangers be alike. It is found among lemmas,
as punctuation is not kept; that a word or two of the story go with it does no harm to a comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..hashing import GOLDEN, Hashes, hashes_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

# All tables are of lemmas, as the analyzer makes them of «خبرگزاری‌ها» or «وب‌سایت», so that none is needed to read them.

# What a dateline begins with; whom the story is from follows. Sources: the house styles of IRNA, ISNA, Mehr, Fars,
# Tasnim, ILNA and YJC, and of the sites that quote them.
_CREDITS = """
به گزارش
به نقل
گزارش خبرنگار
گزارش خبرگزاری
گزارش گروه
"""

# Kinds of outlets and their desks, which may follow before its name.
_KINDS = """
خبرگزاری پایگاه خبر خبری سایت وبسایت تارنما روزنامه خبرنگار گروه سرویس حوزه شبکه اطلاعرسانی رابطه عمومی باشگاه دفتر
منطقه استان شهرستان مرکز تحلیلی آنلاین نیوز نقل از به و ما اجتماعی سیاسی اقتصادی ورزشی فرهنگی بینالملل علمی جوان
"""

# Agencies that others quote (see `outlets`); they may follow each other.
_AGENCIES = """
ایرنا ایسنا مهر فارس تسنیم ایلنا ایکنا ایبنا ایمنا پانا آنا برنا میزان شانا فارسنیوز مهرنیوز ایسکانیوز جماران تابناک
"""

# What stands behind a story, to the end of the text: ends as agencies mark them (ISNA, Fars, Tasnim: «انتهای پیام»,
# IRNA: codes of desks), and labels of pages that scrapers leave.
_CLOSINGS = """
انتها پیام
پایان پیام
انتها خبر
پایان خبر
انتها گزارش
کد خبر
شناسه خبر
کد خبرنگار
لینک کوتاه
خبر مرتبط
"""

_PHRASE = 2  # words of every phrase above
_LONGEST_CREDIT = 12  # words of a credit
_CLOSING_WORDS = 40  # how far from the end of a text a closing may stand


def own_words(words: Hashes, lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Returns which words of some articles are of the story, and can be compared.

    ``words`` are `hashing.hashes_of` lemmas, ``lengths`` say how many each article has.
    """
    own: NDArray[np.bool_] = words != 0
    pairs = words[:-1] * GOLDEN + words[1:]
    credits, kinds, named, closings = _tables()
    ends = np.cumsum(lengths)
    for place, end in _found(pairs, credits, ends):
        if own[place]:  # else within another credit
            last = min(end, place + _LONGEST_CREDIT)
            name = _pass_over(words, place + _PHRASE, last, kinds)
            own[place : _pass_over(words, name + 1, last, named)] = False
    for place, end in _found(pairs, closings, ends):
        if end - place <= _CLOSING_WORDS:
            own[place:end] = False
    return own


def _found(pairs: Hashes, phrases: Hashes, ends: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Where the phrases stand, and where the article ends that each is in."""
    places = np.flatnonzero(np.isin(pairs, phrases))
    return zip(places.tolist(), ends[np.searchsorted(ends, places, side="right")].tolist(), strict=True)


def _pass_over(words: Hashes, place: int, last: int, passed: frozenset[int]) -> int:
    """The first place before the last where a word stands that is none of those passed over."""
    while place < last and int(words[place]) in passed:
        place += 1
    return min(place, last)


@lru_cache(maxsize=1)
def _tables() -> tuple[Hashes, frozenset[int], frozenset[int], Hashes]:
    """The tables as hashes: pairs that begin credits, words before a name, words after it, pairs that begin ends."""
    kinds, agencies = (frozenset(hashes_of(words.split()).tolist()) for words in (_KINDS, _AGENCIES))
    return _pairs(_CREDITS), kinds, kinds | agencies, _pairs(_CLOSINGS)


def _pairs(phrases: str) -> Hashes:
    words = hashes_of(phrases.split())
    return words[::_PHRASE] * GOLDEN + words[1::_PHRASE]
