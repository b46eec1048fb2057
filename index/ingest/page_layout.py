"""Which rows of a page are the headline, the lead and the text, and where the article is over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..news.furniture import is_site_talk
from ..news.furniture_patterns import Meaning
from ..news.line_matching import letters
from ..news.sections import is_section
from .page_rows import PARAGRAPH, PageRow

# Where a headline is looked for, how far from it it may be repeated, and how many letters it has.
_HEAD = 60
_REPEATED_WITHIN = 14
_SHORTEST_TITLE = 8
_LONGEST_TITLE = 220
_FEWEST_WORDS = 4
_LONGEST_LEAD = 600
_LONGEST_KICKER = 70
# Below a line that may be a kicker, a longer one is rather a lead that nobody ended with a stop.
_LONGEST_HEADLINE = 110
# A bare «دیدگاه» above so little, compared with what stands before it, heads what readers say.
_MUCH_MORE = 3
# How far ahead it is looked for where the text goes on.
_FAR = 200
# A box of related articles amid the text has no more headlines than this.
_LONGEST_BOX = 8

_KICKER_END = re.compile(r"[:؛/]$")
# «… اعلام کرد», which is half a sentence above a headline.
_REPORTED = re.compile(r"(?:کرد|كرد|شد|داد|گفت|کردند|كردند|شدند|دادند)$")
_REPORT = re.compile(r"به[\s\u200c]*(?:گزارش|نقل\s+از)")
_LONGEST_DESK = 80
_LONGEST_SIGN = 80
_DESK = re.compile(r"(?:گروه|سرو[یي]س)\s+([^:–-]{2,30}?)\s*[:–-]\s*")
_SIGNED_OFF = re.compile(
    r"(?<=[.!؟?»”)\]])[\s/\\.]*(?:انتها[یيى]|پا[یيى]ان)[\s\u200c]*(?:پ[یيى]ام|خبر|گزارش)[\s/.]*\S{0,12}$"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A page laid out. The numbers are places in its rows.

    ``head`` is where the text begins (what stands before it is about the page), ``end`` where the article is over.
    """

    title: str
    title_at: int
    lead: str
    body: tuple[str, ...]
    head: int
    end: int


def arrange(rows: Sequence[PageRow], title: str = "", lead: str = "") -> Layout:
    """Returns the layout of a page, whose headline and lead may be known from elsewhere."""
    title_at = _find(rows, letters(title)) if title else _title_place(rows)
    title = title or (rows[title_at].text if title_at >= 0 else _title_of_trail(rows))
    kicker = _kicker(rows, title_at) if title_at > 0 else ""
    end = _end(rows, title_at + 1)
    own = _own(rows, title_at + 1, end, {letters(title), *map(letters, lead.split("\n"))})
    lead_at = None
    if not lead:
        lead_at = title_at - 1 if title_at > 0 and _below_lead(rows) == title_at else _lead_place(rows, own)
        lead = _trimmed(rows[lead_at].text, title) if lead_at is not None else ""
    body = tuple(_trimmed(rows[place].text, title) for place in own if place != lead_at)
    return Layout(
        title=title,
        title_at=title_at,
        lead="\n".join(filter(None, (kicker, lead))),
        body=tuple(filter(None, body)),
        head=own[0] if own else end,
        end=end,
    )


def _find(rows: Sequence[PageRow], key: str) -> int:
    return next((place for place, row in enumerate(rows) if row.key == key), -1)


def _title_place(rows: Sequence[PageRow]) -> int:
    """Where the headline is, or -1: what the breadcrumb ends with, what the head repeats, or what heads the text."""
    for crumb in _trail_ends(rows):
        place = _find(rows, letters(crumb))
        text = sum(row.is_own and row.is_sentence for row in rows[: max(place, 0)])
        if 0 <= place < _HEAD and text < 2 and len(rows[place].key) >= _SHORTEST_TITLE:
            return place
    for find in (_repeated, _heading, _below_lead):
        if (place := find(rows)) >= 0:
            return place
    return -1


def _trail_ends(rows: Sequence[PageRow]) -> Iterator[str]:
    return (crumb for row in rows[:_HEAD] if row.mark for crumb in row.mark.values(Meaning.CRUMB))


def _title_of_trail(rows: Sequence[PageRow]) -> str:
    """The headline at the end of a breadcrumb, in a page that prints it nowhere else."""
    return next((crumb for crumb in _trail_ends(rows) if len(crumb.split()) >= _FEWEST_WORDS), "")


def _repeated(rows: Sequence[PageRow]) -> int:
    """The first headline that stands twice in the head of the page, where no text has begun."""
    paragraphs = 0
    for place, row in enumerate(rows[:_HEAD]):
        if _may_head(row):
            near = rows[place + 1 : place + 1 + _REPEATED_WITHIN]
            if any(other.key == row.key or _pictures(other, row) for other in near):
                return place
        paragraphs += row.is_own and row.is_sentence
        if paragraphs > 1:
            break
    return -1


def _may_head(row: PageRow) -> bool:
    return row.is_own and len(row.key) >= _SHORTEST_TITLE and len(row.text) <= _LONGEST_TITLE and row.text[-1] != ":"


def _pictures(picture: PageRow, title: PageRow) -> bool:
    """Whether a row is a picture in Markdown whose words are the headline."""
    return picture.text.startswith("![") and letters(picture.text[2:].partition("](")[0]) == title.key


def _heading(rows: Sequence[PageRow]) -> int:
    """The headline among the lines before the first paragraph."""
    places: list[int] = []
    for place, row in enumerate(rows[:_HEAD]):
        if row.is_own and (row.is_sentence or len(row.text) > _LONGEST_TITLE):
            break
        if row.is_own and len(row.key) > 2 and row.text.count("|") < 2:
            places.append(place)
    if len(places) > 2 and _is_slogan(rows, places):
        places = places[1:]
    last = next((place for place in range(len(rows) - 1, -1, -1) if rows[place].is_own), -1)
    for place, following in pairwise(places):
        if following == last or not _is_kicker(rows[place].text, rows[following].text):
            places = [place]
            break
    if not places or _KICKER_END.search(rows[places[-1]].text) or len(rows[places[-1]].key) < _SHORTEST_TITLE:
        return -1
    return places[-1]


def _below_lead(rows: Sequence[PageRow]) -> int:
    """A headline that stands below the lead, right above the report."""
    own = [place for place, row in enumerate(rows[:_HEAD]) if row.is_own][:3]
    if len(own) < 3 or not _may_head(rows[own[1]]) or rows[own[1]].is_sentence:
        return -1
    is_lead = rows[own[0]].is_sentence and len(rows[own[0]].text) <= _LONGEST_LEAD and own[1] == own[0] + 1
    return own[1] if is_lead and not _REPORT.match(rows[own[0]].text) and _REPORT.match(rows[own[2]].text) else -1


def _is_slogan(rows: Sequence[PageRow], places: Sequence[int]) -> bool:
    """Whether the page begins with a line of the site's own: above the date, with kicker and headline below it."""
    between = rows[places[0] + 1 : places[1]]
    dated = any(row.tells(Meaning.MOMENT, Meaning.PUBLISHED) for row in between)
    return dated and _is_kicker(rows[places[1]].text, rows[places[2]].text)


def _is_kicker(text: str, headline: str) -> bool:
    """Whether a line leads up to the headline below it: «وزیر نیرو:», «در نشستی خبری اعلام شد»."""
    if len(text) > _LONGEST_KICKER or len(headline) > PARAGRAPH or "|" in text:
        return False
    if _KICKER_END.search(text):
        return True
    return len(headline) <= _LONGEST_HEADLINE and len(text) < len(headline) * (0.9 if _REPORTED.search(text) else 0.7)


def leads_up(text: str, headline: str) -> bool:
    """Returns whether a line is short enough beside the headline below it, and such as stands above one.

    >>> leads_up("رئیس سازمان هواشناسی:", "سامانهٔ بارشی تازه به کشور وارد شد")
    True
    """
    reports = len(text) <= _LONGEST_KICKER and _REPORTED.search(text) is not None
    return reports or _is_kicker(text, headline)


def _kicker(rows: Sequence[PageRow], title_at: int) -> str:
    """The line right above the headline, where it leads up to it."""
    above = rows[title_at - 1]
    return above.text if above.is_own and leads_up(above.text, rows[title_at].text) else ""


def _end(rows: Sequence[PageRow], start: int) -> int:
    """The first row after the article, of those from ``start``."""
    lengths = [len(row.text) if row.is_own else 0 for row in rows]
    after, before, count = sum(lengths[start:]), 0, 0
    for place in range(start, len(rows)):
        row = rows[place]
        before += lengths[place]
        after -= lengths[place]
        count += row.is_own
        if row.mark is not None and count and _ends(row, rows[place + 1 : place + 1 + _FAR], count, before, after):
            return place
    return len(rows)


def _ends(row: PageRow, following: Sequence[PageRow], count: int, before: int, after: int) -> bool:
    """Whether the article is over with this row, after ``count`` rows of its own of so many characters."""
    if row.tells(Meaning.END):
        return True
    if row.mark is not None and not row.mark.sure:
        goes_on = any(other.is_own and other.is_sentence for other in following)
        return row.tells(Meaning.COMMENTS) and (not goes_on or before >= _MUCH_MORE * after)
    if row.tells(Meaning.COMMENTS):
        return count > 1 or before >= after
    if row.tells(Meaning.TAGS):
        return before >= after
    return row.tells(Meaning.OTHERS) and not _resumes(following)


def _resumes(following: Sequence[PageRow]) -> bool:
    """Whether the text goes on after a list of other articles: from its first paragraph on there is mostly text."""
    own: list[PageRow] = []
    for row in following:
        if row.tells(Meaning.END, Meaning.COMMENTS):
            break
        if row.is_own:
            own.append(row)
    first = next((place for place, row in enumerate(own) if row.is_sentence), len(own))
    sentences = sum(row.is_sentence for row in own[first:])
    return sentences * 2 > len(own) - first


def _own(rows: Sequence[PageRow], start: int, end: int, elsewhere: set[str]) -> list[int]:
    """The places of the article's rows: what is no furniture, and amid them what only looks like it.

    ``elsewhere`` are the keys of rows that are the headline or the lead.
    """
    own: list[int] = []
    is_box = False
    for place in range(start, end):
        row = rows[place]
        if row.tells(Meaning.RELATED, Meaning.OTHERS):
            is_box = _box_ends(rows, place + 1, end)
            continue
        is_box = is_box and (not row.is_own or not row.is_sentence)
        if row.is_own and not is_box and row.key not in elsewhere and not _is_picture(row):
            own.append(place)
    last = next((place for place in reversed(own) if rows[place].is_sentence), -1)
    own = [place for place in own if place <= last or last < 0 or not is_site_talk(rows[place].text)]
    unsure = (place for place in range(own[1], own[-1]) if _may_be_own(rows[place])) if len(own) > 2 else ()
    repeated = {place for place in own[1:] if rows[place].is_sentence and rows[place].key == rows[own[0]].key}
    return sorted({*own, *unsure} - repeated)


def _box_ends(rows: Sequence[PageRow], start: int, end: int) -> bool:
    """Whether the headlines from here are a box: few before the text goes on, or none of it goes on."""
    headlines = 0
    for row in rows[start : min(end, start + _FAR)]:
        if row.is_own and row.is_sentence:
            return headlines <= _LONGEST_BOX
        headlines += row.is_own
    return True


def _is_picture(row: PageRow) -> bool:
    return row.text.startswith("![") and row.text.endswith(")")


def _may_be_own(row: PageRow) -> bool:
    return row.mark is not None and not row.mark.sure


def _lead_place(rows: Sequence[PageRow], own: Sequence[int]) -> int | None:
    """The place of the lead: a short first paragraph that stands apart from the report below it."""
    if len(own) < 2:
        return None
    first, second = rows[own[0]], rows[own[1]]
    if len(first.text) > _LONGEST_LEAD or _REPORT.match(first.text):
        return None
    if any(row.tells(Meaning.LEAD) for row in rows[: own[0]]):
        return own[0]
    apart = second.after_space or own[1] - own[0] > 1 or _REPORT.match(second.text)
    return own[0] if apart else None


def _trimmed(text: str, title: str) -> str:
    """A paragraph without the headline that a picture left glued to it, the desk's name and the signing off."""
    if (desk := _DESK.match(text[:_LONGEST_DESK])) and is_section(desk[1]):
        text = text[desk.end() :]
    if title and text.startswith(title) and _REPORT.match(text[len(title) :].lstrip()):
        text = text[len(title) :].lstrip()
    return text[:-_LONGEST_SIGN] + _SIGNED_OFF.sub("", text[-_LONGEST_SIGN:]).rstrip()
