"""Help in Persian, laid out for the terminal: what is typed runs from left to right, what is said the other way."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable
from typing import Any

import click

from ..bidi.isolation import with_runs_isolated
from ..config import current
from ..output.styles import Paragraph, Span, Style, is_terminal, write_paragraphs
from ..output.translation import translated

_AS_TYPED = "\b\n"
_EXTRA = re.compile(r"(.*?)\s\s\[([^\]]*)\]", re.DOTALL)  # what click puts behind the help of an option
_UNCUT = 10_000  # columns, so that no sentence is cut before it is looked up


class PersianHelp(click.HelpFormatter):
    """Writes what click says of a command as paragraphs, each in its direction."""

    def __init__(self, **options: Any) -> None:
        super().__init__(width=_UNCUT)
        self._paragraphs: list[Paragraph] = []

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Writes how the command is called."""
        self._add(translated("Usage") + ":", Style.TITLE)
        self._typed(f"{prog} {args}".strip())

    def write_heading(self, heading: str) -> None:
        """Writes the heading of a section."""
        self._add(translated(heading) + ":", Style.TITLE)

    def write_paragraph(self) -> None:
        """Writes an empty line, unless there is one."""
        if self._paragraphs and self._paragraphs[-1].line:
            self._paragraphs.append(Paragraph([]))

    def write_text(self, text: str) -> None:
        """Writes paragraphs, and examples as they are typed."""
        for paragraph in text.split("\n\n"):
            self.write_paragraph()
            if paragraph.startswith(_AS_TYPED):
                heading, *lines = paragraph.removeprefix(_AS_TYPED).splitlines()
                self._add(translated(heading.rstrip(":")) + ":", Style.TITLE)
                for line in lines:
                    self._typed(line.strip())
            else:
                self._add(translated(paragraph))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Writes options or commands, what each is for below it."""
        for typed, meaning in rows:
            self._typed(typed, Style.TITLE)
            if meaning:
                self._add(_meaning(meaning), lead="    ")

    def getvalue(self) -> str:
        """Returns all of it, as standard output needs it."""
        out = _Out()
        write_paragraphs(self._paragraphs, out, current())
        return out.getvalue()

    def _add(self, text: str, style: Style = Style.PLAIN, lead: str = "") -> None:
        self._paragraphs.append(
            Paragraph([Span(with_runs_isolated(text, right_to_left=True), style)], lead, right_to_left=True)
        )

    def _typed(self, text: str, style: Style = Style.PLAIN) -> None:
        self._paragraphs.append(Paragraph([Span(text, style)], "  "))


class _Out(io.StringIO):
    """A text that is laid out as standard output is."""

    def isatty(self) -> bool:
        return is_terminal(sys.stdout)

    def fileno(self) -> int:
        return sys.stdout.fileno()


def _meaning(text: str) -> str:
    """What an option is for, and what click says behind it: its default, its range."""
    extra = _EXTRA.fullmatch(text)
    if extra is None:
        return translated(text)
    said = "؛ ".join(translated(part.strip()) for part in extra[2].split(";"))
    return f"{translated(extra[1])} [{said}]"
