"""``khabarjoo index``: brings an index up to date with folders and files."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..config import default_folder
from ..output.messages import complain, note, note_counts
from ..output.styles import is_terminal
from .column_mapping import reading_options
from .options import index_option
from .progress_bar import progress_bar
from .streams import STDIN, Exit

if TYPE_CHECKING:
    from khabarjoo.index.errors import IndexLocked, WouldForget
    from khabarjoo.index.ingest import Notice
    from khabarjoo.index.opensearch.address import Place
    from khabarjoo.index.repair import Repair
    from khabarjoo.index.run_report import Report

OnLocked = Callable[["IndexLocked"], None] | None
"""What is done when another process writes to the index, before it is waited for; None when it is not."""

_SHOWN = 20


def wait_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Returns ``--wait``, as what is to be done when another process writes."""
    return click.option(
        "--wait", "on_locked", is_flag=True, help="Wait while another process writes to the index.",
        callback=lambda context, parameter, wait: _tell_wait if wait else None,
    )(command)  # fmt: skip


def _tell_wait(error: IndexLocked) -> None:
    note(f"waiting for {error.owner}, which writes to the index in {error.path}")


def went_on(resumed: int) -> str:
    """Says in one line that so many articles had not to be indexed."""
    return f"went on from an interrupted run, which had indexed {resumed:,} of them"


def tell_losses(done: Repair) -> None:
    """Says which articles were lost, and how they come back."""
    for article, origin in done.lost[:_SHOWN]:
        note(f"lost {article}" + (f", which was read from {origin}" if origin else ""))
    if len(done.lost) > _SHOWN:
        note(f"and {len(done.lost) - _SHOWN:,} more")
    if done.read_again:
        note_counts(f"the next khabarjoo index over the paths that gave them reads {done.read_again:,} files again")


OnForget = Callable[["WouldForget"], bool] | None

_TROUBLES_SHOWN = 20


@click.command()
@index_option
@click.option(
    "--rebuild", is_flag=True, help="Make the index anew from these paths alone; without a PATH, from itself."
)
@click.option(
    "--speakers/--no-speakers",
    default=None,
    help="Also index who said what, from now on; --no-speakers, with --rebuild, no longer.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Use at most N processes; as many as there are cores by default.",
)
@wait_option
@click.option("--watch", is_flag=True, help="Then go on: look for changes every few seconds, until Ctrl-C.")
@click.option(
    "--every",
    type=click.FloatRange(min=0, min_open=True),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="How long --watch waits between looks.",
)
@click.option(
    "--allow-forget",
    is_flag=True,
    help="Forget what is gone, even if that is over half of the index, or all that a path gave.",
)
@click.option("--again", is_flag=True, help="Read files that have not changed, too: what was removed comes back.")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="FIELD=NAME",
    help="What a field is called in tables and JSON, such as published=pubdate. May be given again.",
)
@click.option(
    "--part",
    metavar="N/OF",
    help="Of an index on a cluster, load only this share of the articles, as several machines do at once.",
)
@click.option("--table", default="", metavar="NAME", help="The table to read of SQLite databases.")
@click.option("--drafts", is_flag=True, help="Read what is not published, too, of exports of WordPress.")
@click.option(
    "--verbose", "-v", is_flag=True, help="Name every article added, updated or forgotten, and all that was skipped."
)
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="PATH...")
def index(
    folder: Place | None,
    rebuild: bool,
    speakers: bool | None,
    jobs: int | None,
    on_locked: OnLocked,
    watch: bool,
    every: float,
    allow_forget: bool,
    again: bool,
    maps: Sequence[str],
    part: str | None,
    table: str,
    drafts: bool,
    verbose: bool,
    paths: Sequence[str],
) -> int:
    """Add, update and forget articles.

    What is new in the paths is added, what changed is updated, what is gone is forgotten. A run that would forget
    over 100 articles that are over half of the index, or all there is under a path, as when a disk is not mounted,
    asks first; where there is nobody to ask it does nothing, and the exit code is 2. After an interruption the same
    command goes on from what it had done. A PATH is a folder, a file (text, HTML, Markdown, Word, PDF, JSON, JSON
    lines, CSV, RSS, Atom, WordPress, Telegram, MediaWiki, TREC, WARC, WACZ, Parquet, SQLite; also packed or in a zip or
    tar),
    or - for any of these on standard input. What cannot be read is skipped and named, and what it gave before stays;
    the exit code is 2 only when nothing could be read. With --rebuild and no PATH, the index is made anew from the
    articles stored in it, for a new version of the analyzer.

    Columns of tables and names in JSON that nothing was read from are named; --map tells what they are. For a folder
    it can be set once for all: see khabarjoo config.

    \b
    Examples:
      khabarjoo index ~/news
      khabarjoo index --index archive.index pages/ dump.jsonl.gz
      khabarjoo index --map published=pubdate --map body=matn news.csv
      khabarjoo index --table articles news.db
      khabarjoo index --rebuild ~/news
      khabarjoo index --speakers ~/news
      khabarjoo index --watch --every 60 ~/news
      khabarjoo index --index opensearch://localhost:9200/news --part 2/5 /mnt/dumps
      curl -s https://example.org/feed.jsonl | khabarjoo index -
    """
    if watch and STDIN in paths:
        raise click.UsageError("--watch looks at files again; standard input can be read once only")
    if speakers is False and not rebuild:
        raise click.UsageError("--no-speakers needs --rebuild")
    target = folder or default_folder()
    if not paths:
        if not rebuild:
            raise click.UsageError("Missing argument 'PATH...'")
        return _remake(target, jobs or os.cpu_count() or 1, on_locked, speakers)
    from khabarjoo.index.errors import WouldForget

    bring_up_to_date = _into(target, jobs or os.cpu_count() or 1, on_locked, part)
    if again:
        bring_up_to_date = partial(bring_up_to_date, again=True)
    if speakers is not None:
        bring_up_to_date = partial(bring_up_to_date, speakers=speakers)
    options = reading_options(maps, table=table, drafts=drafts)
    on_forget = (lambda error: allow_forget) if allow_forget or watch else None
    with ExitStack() as stack:
        inputs = [_input(path, stack) for path in paths]

        def run(on_forget: OnForget) -> Report:
            with progress_bar() as progress:
                return bring_up_to_date(
                    inputs,
                    rebuild=rebuild,
                    on_progress=progress,
                    on_forget=on_forget,
                    options=options,
                    list_changes=verbose,
                )

        try:
            report = run(on_forget)
        except WouldForget as error:
            if not _is_meant(error):
                raise
            report = run(lambda error: True)
    if report.skipped and not report.articles and not report.removed and not watch:
        complain(_first_trouble(report))
        return Exit.ERROR
    note_counts(_done(report))
    _tell(_details(report, everything=verbose))
    if watch:
        look = partial(
            _into(target, jobs or os.cpu_count() or 1, None, part),
            [Path(path) for path in paths],
            on_forget=on_forget,
            options=options,
            list_changes=verbose,
        )
        _watch(look, every, everything=verbose)
    return Exit.FOUND


def _is_meant(error: WouldForget) -> bool:
    """Asks whether so much is to be forgotten; where nobody can be asked, it is not."""
    if not _is_answered():
        return False
    note(str(error))
    return click.confirm("Forget them?", default=False, err=True)


def _is_answered() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and is_terminal(sys.stderr)


def _tell(lines: Iterable[str]) -> None:
    """Says each line."""
    for line in lines:
        note(line)


def _watch(look: Callable[[], Report], every: float, *, everything: bool) -> None:
    """Looks for changes again and again, and says so when something has come of it, until Ctrl-C."""
    from khabarjoo.index.errors import StoreError

    said: tuple[str, list[str]] = "", []
    with suppress(KeyboardInterrupt):
        note(f"looking again every {every:g} seconds; Ctrl-C ends it")
        while True:
            time.sleep(every)
            done = ""
            try:
                report = look()
            except StoreError as error:  # another process writes, or a path is gone for now
                lines = [str(error)]
            else:
                if report.added or report.updated or report.removed:
                    done = _done(report)
                lines = list(_details(report, everything=everything))
            if (done, lines) != said:
                if done:
                    note_counts(done)
                _tell(lines)
            said = done, lines


def _into(target: Place, jobs: int, on_locked: OnLocked, part: str | None) -> Callable[..., Report]:
    """What brings the index up to date with paths, wherever it is."""
    if isinstance(target, Path):
        if part:
            raise click.UsageError("--part is for an index on a cluster; one in a folder has a single writer")
        from khabarjoo.index.file_sync import sync

        return partial(sync, target, jobs=jobs, on_locked=on_locked)
    from khabarjoo.index.opensearch.cluster_sink import sync_to_cluster
    from khabarjoo.index.opensearch.runs import WHOLE, Part

    try:
        share = Part.of_text(part) if part else WHOLE
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return partial(sync_to_cluster, target, jobs=jobs, part=share)


def _remake(target: Place, jobs: int, on_locked: OnLocked, speakers: bool | None) -> int:
    if not isinstance(target, Path):
        from .copy_command import remake_there

        note_counts(f"made anew from {remake_there(target, jobs, speakers):,} stored articles")
        return Exit.FOUND
    from khabarjoo.index.repair import remake

    done = remake(target, jobs=jobs, on_locked=on_locked, speakers=speakers)
    note_counts(f"made anew from {done.articles:,} stored articles")
    if done.resumed:
        note(went_on(done.resumed))
    tell_losses(done)
    return Exit.DAMAGED if done.lost else Exit.FOUND


def _input(path: str, stack: ExitStack) -> Path:
    """The path; standard input as a file that lasts as long as the stack."""
    if path != STDIN:
        return Path(path)
    import hashlib  # late, these three, as the help of all commands comes by here
    import shutil

    from khabarjoo.index.temporary_folders import temporary_folder

    folder = stack.enter_context(temporary_folder())
    copy = folder / "stdin"
    with copy.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    with copy.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    # Articles without an id of their own are named after the file: other input must not take their place.
    return copy.rename(folder / f"stdin-{digest[:8]}")


def _first_trouble(report: Report) -> str:
    """Why nothing could be read, in one line."""
    first, *others = report.skipped
    more = f" (and {sum(other.count for other in others):,} more like it)" if others else ""
    return f"nothing could be read: {first.where}: {first.why}{more}"


def _done(report: Report) -> str:
    """What was done."""
    return (
        f"read {report.articles:,} articles: {report.added:,} added, {report.updated:,} updated, "
        f"{report.unchanged:,} unchanged, {report.removed:,} forgotten; "
        f"skipped {sum(skipped.count for skipped in report.skipped):,} ({report.seconds:.1f} s)"
    )


def _details(report: Report, *, everything: bool) -> Iterator[str]:
    """From where on it was done, then what was skipped, or read with a loss, and why."""
    if report.resumed:
        yield went_on(report.resumed)
    if report.passed_over:
        kinds = (
            f"{count:,} {suffix or 'without an extension'}" for suffix, count in report.passed_over.most_common(10)
        )
        more = len(report.passed_over) - 10
        yield f"passed over {', '.join(kinds)}" + (f" and {more:,} more kinds" if more > 0 else "") + ": not read"
    yield from (f"{what} {id}" for what, id in report.changes)
    troubles = [f"skipped {skipped.where}: {skipped.why}" for skipped in report.skipped]
    troubles += _told_once(report.notices)
    shown = len(troubles) if everything else _TROUBLES_SHOWN
    yield from troubles[:shown]
    if shown < len(troubles):
        more = sum(skipped.count for skipped in report.skipped[shown:]) + len(troubles)
        more -= max(shown, len(report.skipped))
        yield f"and {more:,} more (--verbose shows all)"


def _told_once(notices: Sequence[Notice]) -> Iterator[str]:
    """The notices; of those that say the same of many files, the first file, and how many more there are."""
    alike: dict[str, list[Notice]] = {}
    for notice in notices:
        alike.setdefault(notice.why, []).append(notice)
    for why, (first, *others) in alike.items():
        more = f" (and {len(others):,} more)" if others else ""
        yield f"noticed {first.where}{more}: {why}"
