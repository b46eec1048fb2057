"""The bar that shows how far a long run has come, where somebody watches."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from khabarjoo.analyzers.digits import persian_number

from ..config import current
from ..output.messages import agreeing
from ..output.styles import is_terminal, screen_of

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

    from khabarjoo.index.run_report import Progress

# What rich tells, in English and in Persian.
_WORDS = {
    "articles": "خبر", "article": "خبر", "%": "٪", "/": " از ", "?": "؟",
    "bytes": "بایت", "KiB": "کیلوبایت", "MiB": "مگابایت", "GiB": "گیگابایت", "TiB": "ترابایت",
}  # fmt: skip
_LATIN = re.compile("|".join(map(re.escape, _WORDS)))


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """Draws a bar while it lasts, moved by what is yielded; yields None where nobody watches."""
    if not is_terminal(sys.stderr):
        yield None
        return
    from rich import progress
    from rich.console import Console

    columns: list[ProgressColumn] = [
        progress.TaskProgressColumn(),
        progress.TextColumn("{task.fields[articles]}"),
        progress.DownloadColumn(binary_units=True),
        progress.TimeRemainingColumn(compact=True),
    ]
    if current().language_of_messages() == "fa":
        columns = list(map(_in_persian, columns))
    with progress.Progress(progress.BarColumn(), *columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, articles="")

        def move(at: Progress) -> None:
            articles = agreeing(f"{at.articles:,} articles") if at.articles else ""
            bar.update(task, completed=at.done_bytes, total=at.total_bytes, articles=articles)

        yield move


def _in_persian(column: ProgressColumn) -> ProgressColumn:
    """A column that tells in Persian what another tells."""
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    from ..shell.visual_line import seen

    layout = screen_of(sys.stderr, current()).layout

    class Persian(ProgressColumn):
        """What the column tells, as the terminal needs it."""

        def render(self, task: Task) -> Text:
            """Returns the text of the column in Persian."""
            told = column.render(task)
            text = told.plain if isinstance(told, Text) else str(told)
            return Text(seen(persian_progress(text), layout, right_to_left=True))

    return Persian()


def persian_progress(text: str) -> str:
    """Returns what a column tells in Persian.

    >>> persian_progress("1,204 articles"), persian_progress("1.5/2.0 MiB"), persian_progress(" 75%")
    ('۱٬۲۰۴ خبر', '۱٫۵ از ۲٫۰ مگابایت', ' ۷۵٪')
    """
    return persian_number(_LATIN.sub(lambda word: _WORDS[word[0]], text))
