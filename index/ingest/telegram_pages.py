"""Telegram in HTML: what Telegram Desktop exports as pages, and pages of t.me/s as browsers save them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from khabarjoo.analyzers.dates import DateError

from .encoding import mend
from .markup import lines, parse
from .records import moment
from .source import Input, Notice, Reading, Skipped
from .telegram import Channel, Message, articles

_DESKTOP_DATE = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC([+-])(\d\d):?(\d\d))?")
_DESKTOP_ID = re.compile(r"message-?(\d{1,18})")
_TO_MESSAGE = re.compile(r"(?:#go_to_message|/)(\d{1,18})(?:\?[^/]*)?$")
_POST = re.compile(r"([A-Za-z]\w{3,31})/(\d{1,18})", re.ASCII)


def read_exported(source: Input) -> Iterator[Reading]:
    """Yields the articles of one page of an export; ids carry the channel's name, as the page knows no other."""
    tree, notices = _tree(source)
    yield from notices
    name = _text(tree.css_first(".page_header .text")).strip()
    channel = Channel(name or source.name, name)
    wordless = 0
    found: list[Message] = []
    for node in tree.css("div.message.default"):
        number = _DESKTOP_ID.fullmatch(node.attributes.get("id") or "")
        body = next((child for child in node.css("div.body") if "forwarded" not in _classes(child)), None)
        if number is None or body is None:
            continue
        text = "\n".join(filter(None, (_text(part) for part in body.css(".text"))))
        if not text:
            wordless += 1
            continue
        date = body.css_first(".date[title]")
        forwarded = _own_text(body.css_first(".forwarded .from_name"))
        reply = body.css_first(".reply_to a")
        found.append(
            Message(
                int(number[1]),
                text,
                _desktop_moment(date.attributes.get("title") or "") if date is not None else None,
                forwarded,
                _number_of(reply),
            )
        )
    yield from _given(source, channel, found, wordless)


def read_preview(source: Input) -> Iterator[Reading]:
    """Yields the articles of a saved page of t.me/s, or of one message's."""
    tree, notices = _tree(source)
    yield from notices
    channels: dict[str, tuple[Channel, list[Message]]] = {}
    wordless = 0
    title = _text(tree.css_first(".tgme_channel_info_header_title")) or _text(tree.css_first(".tgme_header_title"))
    for node in tree.css(".tgme_widget_message[data-post]"):
        post = _POST.fullmatch(node.attributes.get("data-post") or "")
        if post is None or "service_message" in _classes(node):
            continue
        text = "\n".join(_text(part) for part in node.css(".tgme_widget_message_text") if not _is_quoted(part))
        if not text:
            wordless += 1
            continue
        time = node.css_first(".tgme_widget_message_date time[datetime]") or node.css_first("time[datetime]")
        name = _text(node.css_first(".tgme_widget_message_owner_name")) or title or post[1]
        channel, messages = channels.setdefault(post[1], (Channel(post[1], name, post[1]), []))
        messages.append(
            Message(
                int(post[2]),
                text,
                _moment(time.attributes.get("datetime") or "") if time is not None else None,
                _text(node.css_first(".tgme_widget_message_forwarded_from_name")),
                _reply_of(node.css_first("a.tgme_widget_message_reply"), channel.username),
            )
        )
    if not channels:
        yield from _given(source, Channel(source.name, title), [], wordless)
    for channel, messages in channels.values():
        yield from _given(source, channel, messages, wordless)
        wordless = 0


def _tree(source: Input) -> tuple[LexborHTMLParser, list[Notice]]:
    text = source.whole()
    if not source.is_damaged(text):
        return parse(text), []
    told = Notice(source.where, f"it holds bytes that are not {source.encoding}; they are read as \ufffd")
    return parse(mend(text)), [told]


def _given(source: Input, channel: Channel, messages: list[Message], wordless: int) -> Iterator[Reading]:
    yield from articles(channel, messages)
    if wordless:
        yield Notice(source.where, f"{wordless:,} messages hold no words (pictures, sounds and the like)")
    elif not messages:
        yield Skipped(source.where, "it is a page of Telegram without messages")


def _text(node: LexborNode | None) -> str:
    return "\n".join(lines(node)) if node is not None else ""


def _own_text(node: LexborNode | None) -> str:
    """The text of an element without that of the elements in it, such as a date behind a name."""
    if node is None:
        return ""
    return (
        _text(node).split("\n")[0].strip() if node.css_first("span") is None else (node.text(deep=False) or "").strip()
    )


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _is_quoted(node: LexborNode) -> bool:
    """Whether a text is that of the message replied to, which is shown above the reply."""
    above = node.parent
    while above is not None and above.tag != "body":
        if "tgme_widget_message_reply" in _classes(above):
            return True
        above = above.parent
    return "js-message_reply_text" in _classes(node)


def _number_of(node: LexborNode | None) -> int:
    found = _TO_MESSAGE.search(node.attributes.get("href") or "") if node is not None else None
    return int(found[1]) if found else 0


def _reply_of(node: LexborNode | None, username: str) -> int:
    """The number of the message replied to, if it is one of the same channel."""
    if node is None:
        return 0
    try:
        path = urlsplit(node.attributes.get("href") or "").path
    except ValueError:
        return 0
    names = path.strip("/").split("/")
    return _number_of(node) if username.lower() in map(str.lower, names) else 0


def _desktop_moment(text: str) -> datetime | None:
    """The moment that Telegram Desktop prints: day.month.year, and the zone where it knows one."""
    found = _DESKTOP_DATE.match(text)
    if found is None:
        return _moment(text)
    day, month, year, hour, minute, second = map(int, found.groups()[:6])
    if not found[7]:
        return _moment(f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    offset = timedelta(hours=int(found[8]), minutes=int(found[9]))
    try:
        zone = timezone(offset if found[7] == "+" else -offset)
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        return moment(text)
    except (DateError, OverflowError, ValueError):
        return None
