"""What the commands that write to an index have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ..output.notices import note

if TYPE_CHECKING:
    from index.errors import IndexLocked
    from index.repair import Repair

OnLocked = Callable[["IndexLocked"], None] | None
"""What is done when another process writes to the index, before it is waited for; None when it is not."""

_SHOWN = 20


def wait_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--wait``, as what is to be done when another process writes."""
    return click.option(
        "--wait", "on_locked", is_flag=True, help="Wait while another process writes to the index.",
        callback=lambda context, parameter, wait: _tell_wait if wait else None,
    )(command)  # fmt: skip


def _tell_wait(error: IndexLocked) -> None:
    note(f"waiting for {error.owner}, which writes to the index in {error.path}")


def went_on(resumed: int) -> str:
    """That so many articles had not to be indexed, in one line."""
    return f"went on from an interrupted run, which had indexed {resumed:,} of them"


def tell_losses(done: Repair) -> None:
    """Says which articles were lost, and how they come back."""
    for article, origin in done.lost[:_SHOWN]:
        note(f"lost {article}" + (f", which was read from {origin}" if origin else ""))
    if len(done.lost) > _SHOWN:
        note(f"and {len(done.lost) - _SHOWN:,} more")
    if done.read_again:
        note(f"the next khabarjoo index over the paths that gave them reads {done.read_again:,} files again")
