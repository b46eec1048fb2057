"""The bar that shows how far a long run has come, where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..output.styles import is_terminal

if TYPE_CHECKING:
    from khabarjoo.index.run_report import Progress


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """Draws a bar while it lasts, moved by what is yielded; yields None where nobody watches."""
    if not is_terminal(sys.stderr):
        yield None
        return
    from rich import progress
    from rich.console import Console

    columns = (
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TextColumn("{task.fields[articles]}"),
        progress.DownloadColumn(binary_units=True),
        progress.TimeRemainingColumn(compact=True),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, articles="")

        def move(at: Progress) -> None:
            articles = f"{at.articles:,} articles" if at.articles else ""
            bar.update(task, completed=at.done_bytes, total=at.total_bytes, articles=articles)

        yield move
