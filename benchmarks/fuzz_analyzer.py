"""Throws odd texts at the analyzer and stops at the first that breaks a promise.

    python benchmarks/fuzz_analyzer.py [N] [--seed SEED]

A case is a text of every kind of trouble: characters of one Unicode block, runs of marks, ZWNJ and its look-alikes,
Persian words and affixes with odd characters between them, numbers gone wrong, half surrogates. For each: no exception;
tokens in order and inside the text; positions from 0 without a gap; what stands between a token's offsets folds to it;
and the same tokens when it is analysed again, also by an analyzer that has not seen it before.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from khabarjoo.analyzers.analyzer import PersianAnalyzer, Token
from khabarjoo.analyzers.normalizer import ALEF, ALEF_MADDA, BIDI_CONTROLS, ZWNJ, ZWNJ_LOOKALIKES, fold
from khabarjoo.analyzers.tokenizer import RAW_TOKEN, plain_number

_BLOCK = 128  # Unicode blocks begin at multiples of it, but for a few that share one
_MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u0640\u0301\u0308"
_JOINERS = ZWNJ * 8 + ZWNJ_LOOKALIKES
_GAPS = (ZWNJ, ZWNJ, " ", " ", "", "", "_", ".", "\u00a0", "\n", ZWNJ + " ", " " + ZWNJ, "\u0640", "\u064e", "-", "،")
_WORDS = (
    "می نمی بی هم پیش نا غیر خود بر باز در وا ها های هایی هایشان تر ترین ای ام ات اش اند ایم است که و را به از "
    "رفت رو رفته گفت گو کرد کن شد شو آمد آ داد ده خواهد بود کتاب خانه نامه دانش آموز دانشآموز جهاد دانشگاهی سازی گذاری "
    "بین المللی الله مسئول مسؤول علي كتاب گفتگو سال تهران ایران آستان ۱۴۰۳ ٢٥ 12,000 ۳٫۵ ج.ا.ا "
    "UIL USB info@isna.ir #دهه_فجر"
).split()
_NUMERALS = "0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩.,٫٬،/%٪²½"


@lru_cache(maxsize=1)
def blocks() -> tuple[tuple[str, ...], ...]:
    """The characters of every Unicode block that has any; half surrogates make blocks too."""
    codes = ((code // _BLOCK, chr(code)) for code in range(sys.maxunicode + 1))
    assigned = (pair for pair in codes if unicodedata.category(pair[1]) not in ("Cn", "Co"))
    return tuple(tuple(char for _, char in group) for _, group in groupby(assigned, key=lambda pair: pair[0]))


def cases(seed: int, count: int) -> Iterator[str]:
    """Odd texts, the same for the same seed; the first ones go once through all blocks."""
    random_ = random.Random(seed)
    for number in range(count):
        block = blocks()[number] if number < len(blocks()) else random_.choice(blocks())
        makers = (_words, _marked_words, _numbers, _mixture)
        yield _of_block(random_, block) if number < len(blocks()) else random_.choice(makers)(random_, block)


def _of_block(random_: random.Random, block: tuple[str, ...]) -> str:
    return "".join(random_.choices((*block, " "), k=random_.randint(1, 40)))


def _words(random_: random.Random, _: tuple[str, ...]) -> str:
    return "".join(random_.choice(_WORDS) + random_.choice(_GAPS) for _ in range(random_.randint(1, 12)))


def _marked_words(random_: random.Random, _: tuple[str, ...]) -> str:
    trouble = random_.choice((_MARKS, _JOINERS, _JOINERS + BIDI_CONTROLS, _MARKS + _JOINERS))
    pieces = []
    for char in _words(random_, ()):
        pieces.append(char)
        if random_.random() < 0.3:
            pieces.extend(random_.choices(trouble, k=random_.randint(1, 4)))
    return "".join(pieces)


def _numbers(random_: random.Random, _: tuple[str, ...]) -> str:
    return "".join(random_.choices((*_NUMERALS, " ", ZWNJ, "ا", "a"), k=random_.randint(1, 30)))


def _mixture(random_: random.Random, block: tuple[str, ...]) -> str:
    return "".join(
        random_.choice((random_.choice(block), random_.choice(_WORDS), random_.choice(_GAPS), random_.choice(_JOINERS)))
        for _ in range(random_.randint(1, 30))
    )


def broken_promise(analyzer: PersianAnalyzer, text: str) -> str:
    """What the analyzer got wrong about a text, or '' when nothing."""
    tokens = list(analyzer.tokens(text))
    if [token.position for token in tokens] != list(range(len(tokens))):
        return "positions do not count up from 0"
    end = 0
    for (start, stop), group in groupby(tokens, key=lambda token: (token.start, token.end)):
        if not end <= start < stop <= len(text):
            return f"offsets {start}:{stop} are out of order or outside the text"
        if _letters(text[start:stop]) != _joined_forms(list(group)):
            return f"{text[start:stop]!r} does not fold to its token"
        end = stop
    if any(not token.term.lemma or not token.term.form for token in tokens):
        return "an empty term"
    if list(analyzer.tokens(text)) != tokens:
        return "other tokens the second time"
    return ""


def _letters(piece: str) -> str:
    """The folded letters of a piece of text, written together; alef and alef with madda are one."""
    folded = (plain_number(raw) or fold(raw.replace(".", "")) for raw in RAW_TOKEN.findall(piece))
    return "".join(folded).replace(ZWNJ, "").replace(ALEF_MADDA, ALEF)


def _joined_forms(tokens: list[Token]) -> str:
    return "".join(token.term.form for token in tokens).replace(ALEF_MADDA, ALEF)


def main() -> int:
    """Runs the cases the command line asks for; 1 when one of them broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=100_000, metavar="N", help="how many cases (100,000)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32), help="to repeat a run")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    used, fresh = PersianAnalyzer(), PersianAnalyzer()
    started = time.perf_counter()
    for number, text in enumerate(cases(options.seed, options.count)):
        problem = broken_promise(used, text)
        if not problem and number % 100 == 0:
            fresh = PersianAnalyzer()
        if not problem and list(fresh.tokens(text)) != list(used.tokens(text)):
            problem = "other tokens from a new analyzer"
        if problem:
            print(f"case {number}: {problem}: {text!r}")
            return 1
    print(f"{options.count:,} cases held, in {time.perf_counter() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
