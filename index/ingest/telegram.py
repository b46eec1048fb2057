"""Telegram: an article a message, from the JSON that Telegram Desktop exports, of one chat or of a whole account.

The format is that of Telegram Desktop 6 (tdesktop, ``export_output_json.cpp``): chats with ``name``, ``type``, ``id``
and ``messages``; an account has them in ``chats`` and ``left_chats``. Messages of an album, and replies to a message
that is not long past, are one article with it. Service messages, and those without words, are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from khabarjoo.analyzers.dates import DateError

from ..article import Article
from ..news import outlets
from .encoding import mend
from .json_stream import JsonStream
from .records import moment, split_tags
from .source import Input, Notice, Reading, Skipped

_LISTS = ("chats", "left_chats")
_PRIVATE = ("personal_chat", "bot_chat", "verify_codes", "replies")
_PEERS = {"personal_chat": "user", "bot_chat": "user", "saved_messages": "user", "private_group": "chat"}
_ALBUMS = ("grouped_id", "media_group_id", "album_id")
_FORWARDED = "هدایت‌شده از"
_WINDOW = 100  # articles of a chat that a reply may still belong to
_LONGEST_TITLE = 200
_LONGEST_THREAD = 100_000  # characters
_HASHTAG = re.compile(r"(?<![\w/])#[\w\u200c]*\w")
_LINK = re.compile(r"https?://\S+|\bt\.me/\S+|@\w+")
_ADORNED_START = re.compile(r"^[^\w«“\"(\[]+")
_ADORNED_END = re.compile(r"[^\w»”\")\].!؟?…٪%:،]+$")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Channel:
    """Where messages are from: the prefix of their ids, the name readers know, and what t.me calls it, if known."""

    key: str
    name: str
    username: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message with words. ``reply_to`` is the number of another in the same channel, ``album`` names its album."""

    number: int
    text: str
    published: datetime | None = None
    forwarded_from: str = ""
    reply_to: int = 0
    album: str = ""
    url: str = ""


def articles(channel: Channel, messages: Iterable[Message]) -> Iterator[Article]:
    """Yields the articles of a channel, in order, each with what belongs to it."""
    open_: dict[int, Article] = {}
    roots: dict[int, int] = {}
    albums: dict[str, int] = {}
    for message in messages:
        root = albums.get(message.album, 0) if message.album else 0
        root = root or roots.get(message.reply_to, 0)
        if root in open_ and len(open_[root].body) < _LONGEST_THREAD:
            open_[root] = _continued(open_[root], message)
        else:
            root = message.number
            if root in open_:
                yield open_.pop(root)
            open_[root] = _article(channel, message)
        roots[message.number] = root
        if message.album:
            albums[message.album] = root
        if len(open_) > _WINDOW:
            oldest = next(iter(open_))
            yield open_.pop(oldest)
            roots = {number: of for number, of in roots.items() if of != oldest}
            albums = {album: of for album, of in albums.items() if of != oldest}
    yield from open_.values()


def _article(channel: Channel, message: Message) -> Article:
    title, body = titled(message.text)
    link = f"https://t.me/{channel.username}/{message.number}" if channel.username else ""
    return Article(
        id=f"{channel.key}/{message.number}",
        title=title,
        lead=f"{_FORWARDED} {message.forwarded_from}" if message.forwarded_from else "",
        body=body,
        published=message.published,
        source=outlet(channel.name),
        tags=hashtags(message.text),
        url=message.url or link,
    )


def _continued(article: Article, message: Message) -> Article:
    body = "\n".join(filter(None, (article.body, message.text)))
    return replace(article, body=body, tags=tuple(dict.fromkeys((*article.tags, *hashtags(message.text)))))


def titled(text: str) -> tuple[str, str]:
    """Returns the title of a message, its first line with words, and the rest; no title if that line is a paragraph.

    >>> titled("🔴 سیلاب در لرستان\\n\\nپل را برد.\\n#سیل")
    ('سیلاب در لرستان', 'پل را برد.\\n#سیل')
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    for place, line in enumerate(lines):
        title = _ADORNED_END.sub("", _ADORNED_START.sub("", line[: 2 * _LONGEST_TITLE]))
        if not title or not any(map(str.isalpha, _LINK.sub("", _HASHTAG.sub("", line)))):
            continue
        if len(title) > _LONGEST_TITLE:
            break
        return title, "\n".join((*lines[:place], *lines[place + 1 :])).strip()
    return "", text.strip()


def hashtags(text: str) -> tuple[str, ...]:
    """Returns the hashtags of a text.

    >>> hashtags("برف آمد #آذربایجان_غربی https://t.me/a#b")
    ('آذربایجان غربی',)
    """
    return split_tags(" ".join(found[0] for found in _HASHTAG.finditer(text)))


def outlet(name: str) -> str:
    """Returns the outlet that a channel's name tells, without the signs that adorn it.

    >>> outlet("🔵 خبرگزاری مهر"), outlet("خبر کویر")
    ('مهر', 'خبر کویر')
    """
    bare = _ADORNED_END.sub("", _ADORNED_START.sub("", name[:_LONGEST_NAME])) or name[:_LONGEST_NAME].strip()
    return outlets.called(bare) or outlets.of_heading(bare) or bare


# -- the JSON of Telegram Desktop --------------------------------------------------------------------------------------


def is_export(value: Mapping[str, object]) -> bool:
    """Returns whether an object is what Telegram Desktop exports of a chat or an account.

    >>> is_export({"name": "خبر", "type": "public_channel", "id": 1, "messages": []}), is_export({"messages": []})
    (True, False)
    """
    return _is_chat(value) or any(_chats(value, name) is not None for name in _LISTS)


def read_export(source: Input, value: Mapping[str, object]) -> Iterator[Reading]:
    """Yields the articles of an export that is in memory."""
    if _is_chat(value):
        yield from _read_chat(source, value, iter(_listed(value.get("messages"))), alone=True)
        return
    for name in _LISTS:
        for chat in _chats(value, name) or ():
            if isinstance(chat, dict):
                yield from _read_chat(source, chat, iter(_listed(chat.get("messages"))))


class Export:
    """An export that is read as a stream: hears of what the document holds, and takes the lists that are its own."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._header: dict[str, object] = {}

    def note(self, name: str, value: object) -> None:
        """Hears of a value that is no list."""
        if len(self._header) < len(_HEADER):
            self._header.setdefault(name, value)

    def leave(self, path: Sequence[str]) -> None:
        """Hears that an object ends."""
        if not path:
            self._header = {}

    def is_list_of_chats(self, path: Sequence[str], name: str) -> bool:
        """Returns whether the list of this name, in the objects of the path, holds the chats of an account."""
        return name == "list" and bool(path) and path[-1] in _LISTS

    def is_list_of_messages(self, name: str) -> bool:
        """Returns whether the list of this name holds the messages of the one chat there is."""
        return name == "messages" and _is_chat({**self._header, "messages": []})

    def stream_messages(self, stream: JsonStream) -> Iterator[Reading]:
        """Returns the articles of the one chat there is, whose messages come next."""
        return _read_chat(self._source, self._header, (stream.value() for _ in stream.items()), alone=True)

    def stream_chats(self, stream: JsonStream) -> Iterator[Reading]:
        """Yields the articles of the chats that come next."""
        for _ in stream.items():
            header: dict[str, object] = {}
            for name in stream.names():
                if name == "messages" and stream.peek() == "[":
                    yield from _read_chat(self._source, header, (stream.value() for _ in stream.items()))
                else:
                    header[name] = stream.value()


_HEADER = ("name", "type", "id", "username", "about", "personal_information")


def _is_chat(value: Mapping[str, object]) -> bool:
    return isinstance(value.get("messages"), list) and isinstance(value.get("type"), str) and "id" in value


def _chats(value: Mapping[str, object], name: str) -> list[object] | None:
    member = value.get(name)
    found = member.get("list") if isinstance(member, dict) else None
    return found if isinstance(found, list) else None


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _read_chat(
    source: Input, header: Mapping[str, object], messages: Iterator[object], *, alone: bool = False
) -> Iterator[Reading]:
    """The articles of one chat. Conversations with one person are read only where they are all there is."""
    kind, name = str(header.get("type") or ""), mend(str(header.get("name") or ""))
    where = f"{source.where}[{name or header.get('id')}]"
    if not alone and kind in _PRIVATE:
        count = sum(1 for _ in messages)
        yield Notice(where, f"it is a {kind.replace('_', ' ')}, which is no news; {count:,} messages were left out")
        return
    peer = "channel" if "channel" in kind or "supergroup" in kind else _PEERS.get(kind, "channel")
    username = _username(header.get("username"))
    channel = Channel(username or f"{peer}{_number(header.get('id'))}", name, username)
    counted = _Counted(messages)
    found = False
    for article in articles(channel, counted):
        found = True
        yield article
    if counted.wordless:
        yield Notice(where, f"{counted.wordless:,} messages hold no words (pictures, sounds and the like)")
    if not found and not counted.wordless:
        yield Skipped(where, "it is a chat without messages")


class _Counted:
    """The messages with words among those of an export; counts the others."""

    def __init__(self, messages: Iterator[object]) -> None:
        self._messages = messages
        self.wordless = 0

    def __iter__(self) -> Iterator[Message]:
        for value in self._messages:
            if not isinstance(value, dict) or value.get("type") not in ("message", None):
                continue
            if (text := _text(value).strip()) and (number := _number(value.get("id"))):
                yield _message(value, number, text)
            else:
                self.wordless += 1


def _message(value: Mapping[str, object], number: int, text: str) -> Message:
    album = next((str(value[name]) for name in _ALBUMS if value.get(name)), "")
    return Message(
        number,
        text,
        _moment(value),
        mend(str(value.get("forwarded_from") or "")),
        0 if value.get("reply_to_peer_id") else _number(value.get("reply_to_message_id")),
        album,
    )


def _text(value: Mapping[str, object]) -> str:
    """The words of a message, its entities in order; of a poll, the question and the answers."""
    poll = value.get("poll")
    text = _joined(value.get("text")) or _joined(value.get("text_entities"))
    if isinstance(poll, dict):
        answers = [_joined(a.get("text")) for a in _listed(poll.get("answers")) if isinstance(a, dict)]
        text = "\n".join(filter(None, (text, _joined(poll.get("question")), *answers)))
    return mend(text)


def _joined(value: object) -> str:
    if isinstance(value, str):
        return value
    pieces = (piece.get("text") if isinstance(piece, dict) else piece for piece in _listed(value))
    return "".join(piece for piece in pieces if isinstance(piece, str))


def _moment(value: Mapping[str, object]) -> datetime | None:
    try:
        if seconds := _number(value.get("date_unixtime")):
            return datetime.fromtimestamp(seconds, UTC)
        return moment(str(value.get("date") or ""))
    except (DateError, OverflowError, ValueError, OSError):
        return None


def _number(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.lstrip("-").isdecimal() and len(text) < 20 else 0


def _username(value: object) -> str:
    text = str(value or "").lstrip("@")
    return text if re.fullmatch(r"[A-Za-z]\w{3,31}", text, re.ASCII) else ""
