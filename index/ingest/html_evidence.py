"""What in an HTML page is no part of its article: by what elements are, what they hold, and what their lines say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from itertools import islice

from khabarjoo.analyzers.dates import find_moment

from ..news.furniture import Furniture, begins_tags
from ..news.furniture_patterns import Meaning
from .html_blocks import Element, Line, Page
from .page_rows import SENTENCE

# Elements that stand beside an article (HTML's sectioning elements, ARIA's landmarks, AMP's), never in it.
_STRANGE = frozenset(
    "nav aside form figcaption dialog menu amp-sidebar amp-consent amp-ad amp-user-notification amp-lightbox".split()
)
_STRANGE_ROLES = frozenset("navigation complementary search dialog alertdialog banner menu menubar".split())
# Words of class names and ids that themes give to what stands beside an article.
_STRANGE_WORDS = frozenset(
    """nav navbar navigation menu submenu sidebar widget related relate relateds similar comment comments disqus respond
    reply social socials tagcloud ad ads adv advert advertise advertisement advertising banner promo promotion sponsor
    newsletter subscribe subscription login register cookie cookies popup modal pagination pager paging rating rate poll
    survey vote latest popular hot mostviewed mostvisited trending recommended recommend suggestion suggestions
    suggested next prev previous ticker skip hidden bato sabavision yektanet mediaad topbar author bio about
    copyright share sharing""".split()
)
# What holds a picture or a recording and the words about it.
_MEDIA_WORDS = frozenset(
    """caption image images img photo pic picture gallery thumb thumbnail figure podcast audio video player media embed
    radio""".split()
)
_FACT_WORDS = frozenset(
    """breadcrumb breadcrumbs crumbs footer share sharing shares sharebox tags tag keywords print toolbar tools
    copyright shortlink caption credit byline author authorbox meta date time code service views visit""".split()
)
_PILLARS = frozenset("html body main article".split())
PARAGRAPHS = frozenset("p li h1 h2 h3 h4 h5 h6".split())
_DIGIT = re.compile(r"\d")
# An element with this share of the page's running text is never beside the article, whatever it is.
_BIG_SHARE = 0.5
# A box amid the text has no more of it than this.
BOX_SHARE = 0.25
_LEAST_LINKED = 0.4
_LONGEST_CAPTION = 250
HINTED = 0.5
_MOST_TAGS = 40
_MOST_DATES = 4
# Links or lines of a list that may still be a breadcrumb or the end of a page; longer ones state no facts.
FEW_LINKS = 12
# Lines of a box about one thing.
_FEW = 6
_BOXES = (Meaning.RELATED, Meaning.OTHERS)
ENDS = (Meaning.END, Meaning.COMMENTS, Meaning.OTHERS)

Look = Callable[[str], Furniture | None]


class Evidence:
    """What is known of the lines and the elements of one page, before its text is looked for."""

    def __init__(self, page: Page, look: Look, title_at: int) -> None:
        self._page, self._look, self._title_at = page, look, title_at
        lines = page.lines
        if not any(line.is_running for line in lines):
            page.unlink()
        # Elements that tell nothing of the article, and those with no text of it: lines by their places.
        self._strange = bytearray(len(lines))
        self._out = bytearray(len(lines))
        self._listed = bytearray(len(lines))
        self._suspected = bytearray(len(lines))
        self._menus = bytearray(len(lines))
        page.weigh({line.place: float(len(line.text) - line.linked) for line in lines if line.is_running})
        self._whole = page.elements[0].running
        for element in page.elements:
            if self._is_foreign(element):
                self._mark(self._strange, element)
        page.weigh({line.place: self._weight(line) for line in lines if self._is_probable(line)})
        self._whole = page.elements[0].running
        self._hints = self._telling_words()
        self._suspects: set[int] = set()
        self._told = 0
        for element in page.elements:
            self._judge(element)
        for line in lines:
            if line.links and not self._strange[line.place] and self._leads_on(line):
                self._out[line.place] = 1

    def _may_tell(self, line: Line, start: int) -> bool:
        """Whether a line may state a fact of the article: what is called comments below its start, only by a label."""
        if self._strange[line.place] or self._menus[line.place]:
            return False
        if line.place < start:
            return True
        if not self._suspected[line.place]:
            return True
        mark = self._mark_of(line.place) if _may_state(line) else None
        return mark is not None and mark.sure

    def _mark(self, marks: bytearray, element: Element) -> None:
        marks[element.first : element.last] = b"\1" * (element.last - element.first)

    def _is_foreign(self, element: Element) -> bool:
        """Whether an element is beside the article by what it is."""
        if element.first == element.last or element.tag in _PILLARS or not element.is_block:
            return False
        by_kind = element.tag in _STRANGE or element.is_concealed
        by_kind = by_kind or (element.tag == "figure" and element.images + element.media > 0)
        by_role = element.attributes.get("role") in _STRANGE_ROLES
        return (by_kind or by_role) and element.running < _BIG_SHARE * self._whole

    def _weight(self, line: Line) -> float:
        weight = len(line.text) - line.linked
        return weight * HINTED if line.place < self._title_at else weight

    def _is_text(self, line: Line) -> bool:
        """Whether a line is running text that nothing says is furniture."""
        return line.is_running and not self._strange[line.place] and self._mark_of(line.place) is None

    def _is_probable(self, line: Line) -> bool:
        """Whether a line is probably running text: long ones hardly ever are furniture, and are looked at later."""
        return self._is_text(line) if len(line.text) < SENTENCE else line.is_running and not self._strange[line.place]

    def _telling_words(self) -> frozenset[str]:
        """The words of names that tell something in this page: not those which most of its text is called by."""
        texts: dict[str, float] = defaultdict(float)
        ends: dict[str, int] = {}
        for element in self._page.elements:
            if element.running and element.tag not in _PILLARS and not element.names.isdisjoint(_STRANGE_WORDS):
                for word in element.names & _STRANGE_WORDS:
                    if element.first >= ends.get(word, 0):
                        texts[word] += element.running
                        ends[word] = element.last
        return frozenset(word for word in _STRANGE_WORDS if texts[word] < _BIG_SHARE * self._whole)

    def _judge(self, element: Element) -> None:
        """Sorts out an element that is no part of the text by what it is called and what it holds."""
        if element.first == element.last or element.tag in _PILLARS or not element.is_block or not element.lines:
            return
        small = element.running < BOX_SHARE * self._whole or not self._whole
        if element.running >= _BIG_SHARE * self._whole and self._whole:
            return
        if element.last <= self._told or element.first <= self._title_at < element.last:
            return
        if self._lists_tags(element):
            self._told = element.last
            self._mark(self._out, element)
            return
        hinted = not element.names.isdisjoint(self._hints)
        is_list = element.links > 0 and element.links >= element.lines / 2 and element.links >= element.prose
        is_other = element.fields or is_list or element.linked >= _LEAST_LINKED * element.size
        if hinted and is_other and not self._tells_facts(element):
            self._mark(self._strange, element)
            return
        if small and self._is_box(element):
            self._mark(self._out, element)
            self._mark(self._listed, element)
        elif hinted and (self._headed(element, Meaning.COMMENTS) or self._headed(element, *_BOXES)):
            self._mark(self._strange, element)
        elif is_list and not element.prose:
            self._mark(self._out, element)
            if element.links > FEW_LINKS:
                self._mark(self._menus, element)
        elif small and self._is_caption(element):
            self._mark(self._out, element)
            self._mark(self._listed, element)
        elif not element.running and not element.names.isdisjoint(_FACT_WORDS):
            self._mark(self._out, element)
        elif hinted:
            self._suspects.add(id(element))
            self._mark(self._suspected, element)

    def _lists_tags(self, element: Element) -> bool:
        """Whether an element is a label of tags and the tags, or their label is in its one line."""
        if element.prose or not element.links + element.linked or element.lines > _MOST_TAGS:
            return False
        line = self._page.lines[element.first]
        if not begins_tags(line.text):
            return False
        marks = [self._mark_of(element.first), self._look(line.label) if line.label else None]
        return any(mark is not None and mark.has(Meaning.TAGS) for mark in marks)

    def _leads_on(self, line: Line) -> bool:
        """Whether a line is a link to another article and the words that say so: «بیشتر در این باره …»."""
        label = line.label
        if not label or line.linked + len(label) < len(line.text) * 0.9:
            return False
        mark = self._look(label)
        return mark is not None and any(map(mark.has, _BOXES))

    def _tells_facts(self, element: Element) -> bool:
        """Whether a labelled fact stands in an element without text, or the moment in one of few lines."""
        if element.prose:
            return False
        lines = self._page.inside(element)[:_MOST_TAGS]
        places = [line.place for line in lines if _may_state(line)]
        if element.lines <= _FEW and (element.times or any(self._tells(place, Meaning.MOMENT) for place in places)):
            return True
        facts = (Meaning.PUBLISHED, Meaning.CODE, Meaning.TAGS)
        marks = map(self._mark_of, places)
        return any(mark is not None and mark.sure and any(map(mark.has, facts)) for mark in marks)

    def _tells(self, place: int, meaning: Meaning) -> bool:
        mark = self._mark_of(place)
        return mark is not None and mark.has(meaning)

    def _mark_of(self, place: int) -> Furniture | None:
        """The furniture in a line, looked at when it is asked for."""
        return None if self._strange[place] else self._look(self._page.lines[place].text)

    def _headed(self, element: Element, *meanings: Meaning) -> bool:
        """Whether the first line of an element, or its last, says what it is."""
        ends = self._mark_of(element.first), self._mark_of(element.last - 1)
        return any(mark is not None and any(map(mark.has, meanings)) for mark in ends)

    def _is_box(self, element: Element) -> bool:
        """Whether an element is a list of other articles by what its lines say."""
        if element.lines == 1 or (element.lines <= 3 and self._page.lines[element.first].is_link):
            return False
        first, last = self._mark_of(element.first), self._mark_of(element.last - 1)
        if first is not None and any(map(first.has, _BOXES)):
            return element.links > 0 or element.prose <= 1 or (last is not None and any(map(last.has, _BOXES)))
        return False

    def _is_caption(self, element: Element) -> bool:
        """Whether an element is a picture or a recording with what is said about it, and no sentence of the text."""
        if not (element.images or element.media) or element.lines > _FEW or element.size > 3 * _LONGEST_CAPTION:
            return False
        if element.first <= self._title_at < element.last or element.tag in PARAGRAPHS:
            return False
        if element.lines <= 3 and not element.names.isdisjoint(_MEDIA_WORDS):
            return True
        if element.tag == "table" and element.lines <= 2 and element.size <= _LONGEST_CAPTION:
            return True
        lines = self._page.inside(element)
        is_short = not any(map(is_long, lines))
        return element.first > self._title_at and is_short and element.lines <= (_FEW if element.media else 2)

    def _is_strange(self, item: Element) -> bool:
        return self._strange[item.first] == self._strange[item.last - 1] == 1

    def _is_list(self, item: Element) -> bool:
        """Whether a region is a list of other articles with summaries, or of comments with names and dates."""
        first = self._mark_of(item.first)
        if first is not None and any(map(first.has, (*ENDS, Meaning.RELATED))):
            return True
        if item.links and item.links >= item.prose:
            return True
        marks = map(self._mark_of, range(item.first, item.last))
        marked = sum(mark is not None and mark.sure for mark in marks)
        if item.links + marked >= item.prose and (item.links or item.prose > 1 or marked):
            return True
        sentences = sum(self._is_probable(line) and is_long(line) for line in self._page.inside(item))
        if item.lines - sentences > sentences + 1:
            return True
        short = (line for line in self._page.inside(item) if not is_long(line) and _DIGIT.search(line.text))
        dated = sum(find_moment(line.text) is not None for line in islice(short, _MOST_DATES))
        return dated > 1 and 2 * dated >= min(sentences, 2 * _MOST_DATES)


def is_long(line: Line) -> bool:
    """Returns whether a line reads as a sentence by its length or its end."""
    return len(line.text) >= SENTENCE or line.text[-1] in ".!؟:"


def _may_state(line: Line) -> bool:
    """Whether a line may state a fact: these have numbers, but for tags."""
    return _DIGIT.search(line.text) is not None or begins_tags(line.text)
