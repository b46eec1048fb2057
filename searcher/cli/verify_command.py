"""``khabarjoo verify``: whether an index is whole, and mending it when it is not."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khabarjoo.index.errors import named

from ..config import default_folder
from ..output.messages import complain, note, note_counts
from .index_command import OnLocked, tell_losses, wait_option
from .options import index_option
from .progress_bar import progress_bar
from .streams import Exit

if TYPE_CHECKING:
    from khabarjoo.index.opensearch.address import ClusterAddress, Place
    from khabarjoo.index.repair import Repair
    from khabarjoo.index.verify import Verification

_SAMPLE = 200
_SHOWN = 20


@click.command()
@index_option
@click.option("--repair", is_flag=True, help="Make anew, from the stored articles, what is damaged.")
@click.option(
    "--sample",
    type=click.IntRange(min=0),
    metavar="N",
    default=_SAMPLE,
    show_default=True,
    help="Work out N words and N articles of each segment again.",
)
@wait_option
@click.option("--verbose", "-v", is_flag=True, help="Name everything that is damaged.")
def verify(folder: Place | None, repair: bool, sample: int, on_locked: OnLocked, verbose: bool) -> int:
    """Tell whether the index is whole.

    Everything is read again: files are compared with their checksums, columns and counts with each other, stored
    articles with what was indexed; and a sample of words and articles is worked out again. What is damaged is
    named, and the exit code is 4.

    With --repair, damaged segments are made anew from the articles stored in them. An article that cannot be read
    is lost and named, and the exit code is 4; the next khabarjoo index reads the file it came from again.

    \b
    Examples:
      khabarjoo verify
      khabarjoo verify --index archive.index --sample 10000
      khabarjoo verify --repair
    """
    target = folder or default_folder()
    if not isinstance(target, Path):
        return _verify_cluster(target, repair, sample, everything=verbose)
    if repair:
        from khabarjoo.index.repair import repair as repair_index

        done = repair_index(target, sample=sample, jobs=os.cpu_count() or 1, on_locked=on_locked)
        assert done.found is not None
        _tell_damage(done.found.damage, everything=verbose)
        return _tell_repair(done, done.found)
    from khabarjoo.index.verify import verify as verify_index

    with progress_bar() as progress:
        found = verify_index(target, sample=sample, on_progress=progress)
    _tell_damage(found.damage, everything=verbose)
    if found.whole:
        note_counts(_whole(found))
        return Exit.FOUND
    complain(f"the index in {target} is damaged; mend it with: khabarjoo verify --repair {named(target)}")
    return Exit.DAMAGED


def _verify_cluster(address: ClusterAddress, repair: bool, sample: int, *, everything: bool) -> int:
    """The same of an index on a cluster, which repairs its shards itself."""
    from khabarjoo.index.opensearch.cluster_verify import verify_cluster

    if repair:
        raise click.UsageError("a cluster mends its shards itself; khabarjoo index --rebuild makes the index anew")
    found = verify_cluster(address, sample)
    _tell_damage(found.damage, everything=everything)
    if found.whole:
        note_counts(
            f"whole: {found.articles:,} articles, {found.size_bytes / 1e6:,.1f} MB a copy; "
            f"{found.analysed_again:,} articles analysed again"
        )
        return Exit.FOUND
    complain(f"{address}: the index is not what it should be; see docs/cluster.md")
    return Exit.DAMAGED


def _whole(found: Verification) -> str:
    assert found.manifest is not None
    return (
        f"whole: {found.articles:,} articles in {len(found.manifest.segments)} segments, "
        f"{found.size_bytes / 1e6:,.1f} MB; {found.counted_again:,} words counted again, "
        f"{found.analysed_again:,} articles analysed again"
    )


def _tell_damage(damage: Sequence[object], *, everything: bool) -> None:
    shown = len(damage) if everything else _SHOWN
    for each in damage[:shown]:
        note(f"damaged {each}")
    if shown < len(damage):
        note(f"and {len(damage) - shown:,} more (--verbose shows all)")


def _tell_repair(done: Repair, found: Verification) -> int:
    if found.whole:
        note_counts(f"{_whole(found)}; there is nothing to repair")
        return Exit.FOUND
    note_counts(f"repaired: {done.segments} segments made anew from {done.articles:,} stored articles")
    if done.revived:
        note("it is no longer known which articles had been deleted; some may be back until their files are read again")
    tell_losses(done)
    return Exit.DAMAGED if done.lost else Exit.FOUND
