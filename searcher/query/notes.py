"""Notes: how a query was read, where it was not read as its signs and operators would have it."""

from __future__ import annotations

from dataclasses import dataclass

from ..terminal_safety import one_line

_LONGEST_DETAIL = 60

# Each kind of note in English and in Persian; {} is the part of the query it is about, or a number.
_WORDINGS = {
    "words": ("Only the first {} words of the query were read.", "فقط {} واژهٔ نخست پرسش خوانده شد."),
    "characters": ("Only the first {} characters of the query were read.", "فقط {} نویسهٔ نخست پرسش خوانده شد."),
    "deep": (
        "Parentheses more than {} deep were passed over.",
        "پرانتزهای بیش از {} لایه نادیده گرفته شد.",
    ),
    "quote": ("A quotation mark without its pair was passed over.", "گیومه‌ای که جفت ندارد نادیده گرفته شد."),
    "open": (
        "A parenthesis that is not closed was closed at the end.",
        "پرانتزی که بسته نشده بود در پایان پرسش بسته شد.",
    ),
    "close": (
        "A parenthesis that closes nothing was passed over.",
        "پرانتزی که چیزی را نمی‌بندد نادیده گرفته شد.",
    ),
    "operator": (
        "{} has nothing to join here and was read as a word.",
        "{} اینجا چیزی برای پیوند دادن ندارد و واژه خوانده شد.",
    ),
    "sign": (
        "{} has nothing to join here and was passed over.",
        "{} اینجا چیزی برای پیوند دادن ندارد و نادیده گرفته شد.",
    ),
    "not": (
        "نه between plain words was read as a word; to leave a word out, write -{0} or NOT {0}.",
        "«نه» میان واژه‌های ساده واژه خوانده شد؛ برای کنار گذاشتن یک واژه بنویسید ‎-{0} یا NOT {0}.",
    ),
    "field": ("Nothing follows {}, so it was read as a word.", "پس از {} چیزی نیامده است؛ پس واژه خوانده شد."),
    "date": ("{}, so it was read as words.", "«{}» تاریخی خوانا نیست؛ پس واژه خوانده شد."),
    "letters": (
        "{} has no letters to go by and was left out.",
        "{} حرفی ندارد که بشود جست‌وجویش کرد؛ پس کنار گذاشته شد.",
    ),
    "empty": (
        "Nothing stands between a pair of quotation marks; it was left out.",
        "میان دو گیومه چیزی نیست؛ پس کنار گذاشته شد.",
    ),
    "most": ("{} is the most that can be asked for, and was taken.", "بیش از {} نمی‌شود خواست؛ همین گرفته شد."),
    "near": (
        "Of what NEAR joins, {} is no word, phrase or choice of words; pages must have both, near or not.",
        "از آنچه «نزدیک» پیوند می‌دهد، {} واژه یا عبارت نیست؛ بودن هر دو در صفحه بس است.",
    ),
    "choices": (
        "NEAR joins too many words to try more than {} ways; pages must have one of each, near or not.",
        "«نزدیک» بیش از {} ترکیب ساخت؛ بودن یکی از هر دسته در صفحه بس است.",
    ),
    "no speakers": (
        "This index does not tell who said what; khabarjoo index --speakers, over the same paths, makes it do so.",
        "این نمایه نمی‌گوید چه کسی چه گفته است؛ khabarjoo index --speakers روی همان مسیرها چنین نمایه‌ای می‌سازد.",
    ),
    "no single speaker": (
        "Several speakers have this name, and all are taken: {}.",
        "چند گوینده این نام را دارند و همه گرفته شدند: {}.",
    ),
    "no speaker": ("No one called {} is quoted here.", "از کسی به نام {} سخنی نقل نشده است."),
    "no source": ("No article is of an outlet called {}.", "خبری از منبعی به نام «{}» نیست."),
    "no category": ("No article is of a category called {}.", "خبری از دسته‌ای به نام «{}» نیست."),
    "no tag": ("No article has the tag {}.", "خبری با برچسب «{}» نیست."),
    "no source, near": (
        "No article is of an outlet called {0}; the nearest is {1}.",
        "خبری از منبعی به نام «{0}» نیست؛ نزدیک‌ترین: «{1}».",
    ),
    "no category, near": (
        "No article is of a category called {0}; the nearest is {1}.",
        "خبری از دسته‌ای به نام «{0}» نیست؛ نزدیک‌ترین: «{1}».",
    ),
    "no tag, near": (
        "No article has the tag {0}; the nearest is {1}.",
        "خبری با برچسب «{0}» نیست؛ نزدیک‌ترین: «{1}».",
    ),
    "nothing": ("There is no word in the query to search for.", "در پرسش واژه‌ای برای جست‌وجو نیست."),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One clear sentence on how a query was read, in two languages; ``detail`` is what it is about.

    ``reason`` tells why, ``near`` what there is instead.

    >>> Note("operator", "AND").english
    'AND has nothing to join here and was read as a word.'
    """

    kind: str
    detail: str = ""
    reason: str = ""
    near: str = ""

    @property
    def english(self) -> str:
        """The sentence in English; where there is a reason, it stands in place of the detail."""
        return _WORDINGS[self.kind][0].format(_shown(self.reason, 3) or _shown(self.detail), _shown(self.near))

    @property
    def persian(self) -> str:
        """The sentence in Persian."""
        return _WORDINGS[self.kind][1].format(_shown(self.detail), _shown(self.near))


def note_kinds() -> tuple[str, ...]:
    """Returns every kind of note there is."""
    return tuple(_WORDINGS)


def _shown(text: str, lengths: int = 1) -> str:
    """The text in one short line, without what would act on a terminal."""
    longest = _LONGEST_DETAIL * lengths
    line = one_line(text[: 4 * longest]).strip()
    printable = "".join(char for char in line if char.isprintable() or char == "\u200c")
    return printable if len(printable) <= longest else f"{printable[: longest - 1]}…"
