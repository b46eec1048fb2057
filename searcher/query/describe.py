"""Queries and plans in words and signs: what was asked, and what it came to.

Both are written in the query language with English operators. A question described is a query that parses to the same
question. A plan shows more than a query can say: a word is followed by its lemma where that is another,
``همکاریها[همکاری]``, ``*`` is every article, and dates are days of the Jalali calendar, or moments in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from .keywords import LOOSE_QUOTES, is_enclosure
from .plan import (
    AllOf,
    AnyOf,
    Boosting,
    DateRange,
    Exact,
    Exclude,
    Filters,
    Fuzzy,
    Leaf,
    Match,
    MatchAll,
    MatchNone,
    Near,
    Node,
    Pattern,
    Plan,
    Said,
    Terms,
    Word,
)
from .syntax import (
    Asked,
    Barred,
    Boosted,
    Both,
    Close,
    Either,
    Hashtag,
    InField,
    Phrase,
    Question,
    Required,
    Similar,
    Together,
    Wildcard,
    Words,
)

if TYPE_CHECKING:
    from khabarjoo.analyzers.dates import Span

# How tightly what is written holds together: whatever is looser than its place allows is put in parentheses.
_OR, _AND, _BESIDE, _SIGNED, _NAMED, _BOOSTED, _WHOLE = range(7)

Written = tuple[str, int]
"""A piece of a query, and how tightly it holds together."""


def describe(asked: Question | Plan) -> str:
    """Returns a question or a plan as one line, '' for nothing.

    >>> from .parser import parse
    >>> describe(parse("«گفت و گو» یا عنوان: زلزله"))
    '"گفت و گو" OR title:زلزله'
    """
    if isinstance(asked, Plan):
        return _write_node(_filtered(asked))[0]
    return describe_asked(asked.root) if asked.root else ""


def describe_node(node: Node) -> str:
    """Returns a part of a plan as one line."""
    return _write_node(node)[0]


def describe_asked(asked: Asked) -> str:
    """Returns a part of a question as a query."""
    return _write(asked)[0]


def _within(written: Written, least: int) -> str:
    text, tightness = written
    return text if tightness >= least else f"({text})"


def _joined(parts: Iterable[Written], sign: str, tightness: int) -> Written:
    return sign.join(_within(part, tightness + 1) for part in parts), tightness


# -- questions -------------------------------------------------------------------------------------------------


def _write(asked: Asked) -> Written:
    match asked:
        case Words():
            return asked.text, _WHOLE if len(asked.text.split()) == 1 else _BESIDE
        case Phrase():
            marks = "«»" if any(mark in asked.text for mark in LOOSE_QUOTES) else '""'
            distance = "" if asked.distance is None else f"~{asked.distance}"
            return f"{'=' * asked.exact}{marks[0]}{asked.text}{marks[1]}{distance}", _WHOLE
        case Similar():
            return f"{asked.text}~{asked.distance}", _WHOLE
        case Wildcard() | Hashtag():
            return asked.text, _WHOLE
        case Boosted():
            return f"{_within(_write(asked.part), _WHOLE)}^{_number(asked.factor)}", _BOOSTED
        case InField(field="date", part=Words(text)):
            return f"date:({text})", _NAMED
        case InField():
            return f"{asked.field}:{_within(_write(asked.part), _BOOSTED)}", _NAMED
        case Required():
            text = _within(_write(asked.part), _NAMED)
            return f"+({text})" if is_enclosure(text) else f"+{text}", _SIGNED
        case Barred():
            return f"-{_within(_write(asked.part), _NAMED)}", _SIGNED
        case Close():
            between = f" NEAR/{asked.distance} "
            return between.join(_within(_write(part), _NAMED) for part in asked.parts), _BESIDE
        case Together():
            return " ".join(_write_beside(part) for part in asked.parts), _BESIDE
        case Both():
            return _joined(map(_write, asked.parts), " AND ", _AND)
        case Either():
            return _joined(map(_write, asked.parts), " OR ", _OR)


def _write_beside(part: Asked) -> str:
    """A part of several: words and what NEAR joins stand among the others as they are."""
    written = _write(part)
    return written[0] if isinstance(part, Words | Close) else _within(written, _SIGNED)


# -- plans -----------------------------------------------------------------------------------------------------


def _filtered(plan: Plan) -> Node:
    """The plan's root with its filters beside it."""
    filters: Filters = plan.filters
    nodes: list[Node] = [] if plan.root == MatchAll() else [plan.root]
    if filters.published:
        nodes.append(DateRange(filters.published))
    if filters.sources:
        nodes.append(Terms("source", filters.sources))
    if filters.categories:
        nodes.append(Terms("category", filters.categories))
    if filters.tags:
        nodes.append(Terms("tag", filters.tags))
    return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes)) if nodes else plan.root


def _write_node(node: Node) -> Written:
    match node:
        case Word() | Exact() | Pattern() | Fuzzy():
            return _boosted(_field(node) + _write_leaf(node), node.boost)
        case Near():
            words = " ".join(map(_write_leaf, node.parts))
            how = f"~{node.slop}" if not node.ordered else f"~{node.slop} in order" if node.slop else ""
            return _boosted(f'{_field(node.parts[0])}"{words}"{how}', node.boost)
        case Match():
            return " ".join(_within(_write_node(part), _SIGNED) for part in node.parts), _BESIDE
        case AnyOf():
            return _joined(map(_write_node, node.parts), " OR ", _OR)
        case AllOf():
            return _joined(map(_write_node, node.parts), " AND ", _AND)
        case Boosting():
            required = node.required.parts if isinstance(node.required, AllOf) else (node.required,)
            return f"{_signed('+', required)} {_within(_write_node(node.optional), _BESIDE)}", _BESIDE
        case Exclude():
            barred = node.barred.parts if isinstance(node.barred, AnyOf) else (node.barred,)
            return f"{_within(_write_node(node.kept), _BESIDE)} {_signed('-', barred)}", _BESIDE
        case Terms():
            names = " OR ".join(f'"{name}"' for name in node.names)
            return f"{node.field}:{names if len(node.names) == 1 else f'({names})'}", _NAMED
        case Said():
            names = " OR ".join(f'"{name}"' for name in node.speakers)
            words = " ".join(_within(_write_node(part), _NAMED) for part in node.parts)
            who = f"speaker:{names if len(node.speakers) == 1 else f'({names})'}"
            return (f"{who} SAID ({words})", _BESIDE) if words else (who, _NAMED)
        case DateRange():
            return f"date:{_write_span(node.span)}", _NAMED
        case MatchAll():
            return "*", _WHOLE
        case MatchNone():
            return "", _WHOLE


def _write_leaf(leaf: Leaf) -> str:
    match leaf:
        case Word():
            forms = "/".join(leaf.forms)
            return forms if forms == leaf.lemma else f"{forms}[{leaf.lemma}]"
        case Exact():
            return f"={leaf.form}"
        case Pattern():
            return leaf.pattern
        case Fuzzy():
            return f"{leaf.form}~{leaf.distance}"


def _field(leaf: Leaf) -> str:
    return f"{leaf.field}:" if leaf.field else ""


def _boosted(text: str, boost: float) -> Written:
    return (text, _NAMED) if boost == 1 else (f"{text}^{_number(boost)}", _NAMED)


def _signed(sign: str, nodes: Iterable[Node]) -> str:
    return " ".join(sign + _within(_write_node(node), _NAMED) for node in nodes)


def _number(number: float) -> str:
    """A number as the shortest decimal that is read back as it."""
    return f"{number:.4f}".rstrip("0").rstrip(".")


def _write_span(span: Span) -> str:
    """A span as days, both taken in, where it begins and ends with one in Tehran, and as moments elsewhere."""
    if span.start == span.end and span.start is not None:
        return "none"
    first, last = _write_bound(span.start, timedelta(0)), _write_bound(span.end, timedelta(microseconds=1))
    return first if first == last else f"{first}..{last}"


def _write_bound(moment: datetime | None, step: timedelta) -> str:
    if moment is None:
        return ""
    from khabarjoo.analyzers.dates import jalali, tehran

    if moment.astimezone(tehran()).time() in (time(), time(1)):
        day = jalali(moment - step)
        return f"{day.year}/{day.month:02}/{day.day:02}"
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
