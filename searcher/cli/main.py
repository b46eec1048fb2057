"""The ``khabarjoo`` command: finds the command asked for, turns every failure into one line and an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import copy_context
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from khabarjoo.index.errors import IndexBusy, IndexDamaged, IndexIncomplete, IndexLocked, NoSuchArticle

from ..config import current
from .options import Indexes, display_options, indexes_option
from .query_words import guarded, is_query, unguarded
from .streams import Exit

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Each command: the module beside this one whose function it is, imported when it is asked for, and the first sentence
# of its help, which stands here so that the list of commands need not import them all.
_COMMANDS = {
    "analyze": ("analyze_command", "Show how a text is read, word by word."),
    "batch": ("batch_command", "Rank articles for each query of a file."),
    "cite": ("show_command", "Cite articles, for a text or a reference manager."),
    "completion": ("config_command", "Print the script that completes khabarjoo in a shell."),
    "config": ("config_command", "Make the file of settings, and print its path."),
    "copy": ("copy_command", "Copy an index, from its stored articles."),
    "dump": ("dump_command", "Write all articles with their texts, a line of JSON each."),
    "explain": ("show_command", "Tell why an article has its score for a query."),
    "facets": ("counts_command", "Count articles by outlet, category, tag and date."),
    "index": ("index_command", "Add, update and forget articles."),
    "kwic": ("kwic_command", "Show every place where words stand, with what is around them."),
    "quotes": ("quotes_command", "List what somebody is reported to have said."),
    "remove": ("remove_command", "Take articles out of the index, by id or by file."),
    "run": ("run_command", "Search again for what was saved."),
    "search": ("search_command", "Find articles, the best answer first."),
    "shell": ("shell_command", "Search interactively."),
    "show": ("show_command", "Print a whole article."),
    "similar": ("search_command", "Find articles about the same things as another."),
    "stats": ("counts_command", "Tell what the index holds."),
    "terms": ("kwic_command", "Tell how often words are used, in how many articles, and when."),
    "timeline": ("counts_command", "Show how many articles there are from month to month."),
    "verify": ("verify_command", "Tell whether the index is whole."),
    "web": (
        "web_command",
        "Read in the browser: search, facets, timelines and articles, as pages of this machine alone.",
    ),
}

# All other failures are Exit.ERROR.
_EXIT_CODES: tuple[tuple[type[Exception], Exit], ...] = (
    (NoSuchArticle, Exit.NOTHING_FOUND),
    (IndexLocked, Exit.LOCKED),
    (IndexBusy, Exit.LOCKED),
    (IndexDamaged, Exit.DAMAGED),
    (IndexIncomplete, Exit.DAMAGED),
)


class _PipeClosedError(Exception):
    """Nobody reads what we write; the way past click, which has an exit code of its own for it."""


class _InterruptedError(Exception):
    """Ctrl-C; the way past click, which would write an empty line."""


@contextmanager
def _past_click() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise _PipeClosedError from error
    except KeyboardInterrupt as error:
        raise _InterruptedError(str(error) or "interrupted") from error


class _Context(click.Context):
    """A context that writes help in the reader's language."""

    def make_formatter(self) -> click.HelpFormatter:
        if current().language_of_messages() != "fa":
            return super().make_formatter()
        from .persian_help import PersianHelp

        return PersianHelp()


class _Group(click.Group):
    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f".{_COMMANDS[cmd_name][0]}", __package__), cmd_name)
        return _with_display_options(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        say: Callable[[str], str] = str
        if current().language_of_messages() == "fa":
            from ..output.translation import translated

            say = translated
        named = ((name, summary) for name, (_, summary) in _COMMANDS.items() if name.startswith(incomplete))
        commands = [CompletionItem(name, help=say(summary)) for name, summary in named]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, guarded(args, ctx, first_only=True))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Returns the command named; without one, a search for what is typed in Persian, or the nearest command."""
        args = unguarded(args)
        if args[0] in _COMMANDS:
            return super().resolve_command(ctx, args)
        if is_query(args[0]):
            return "search", self.get_command(ctx, "search"), args
        from difflib import get_close_matches  # late, as few commands are misspelt

        from ..terminal_safety import one_line

        nearest = get_close_matches(args[0].lower(), _COMMANDS, 1)
        meant = f"did you mean {nearest[0]}? " if nearest else ""
        raise click.UsageError(
            f"there is no command “{one_line(args[0])}”; {meant}To search for it: khabarjoo search {one_line(args[0])}",
            ctx,
        )

    def make_context(self, *given: Any, **options: Any) -> click.Context:
        with _past_click():
            return super().make_context(*given, **options)

    def invoke(self, ctx: click.Context) -> object:
        with _past_click():
            return super().invoke(ctx)


def _with_display_options(command: click.Command) -> click.Command:
    """The command, which also takes what every command takes about the screen, and says help as all do."""
    known = {parameter.name for parameter in command.params}
    command.params += [option for option in display_options() if option.name not in known]
    command.context_class = _Context
    return command


def _tell_version(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        from khabarjoo.analyzers.native_kernel import describe

        told = f"khabarjoo, version {version('khabarjoo')} ({describe()})"
        if current().language_of_messages() == "fa":
            from khabarjoo.analyzers.digits import persian_digits

            from ..output.translation import translated

            told = persian_digits(translated(told))
        click.echo(told)
        ctx.exit()


_OF_ONE_INDEX = ("index", "remove", "verify")
"""Commands that write, or may."""


@click.group(
    cls=_Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version, and whether the native kernel is at work, and exit.",
)
@indexes_option
@click.pass_context
def khabarjoo(ctx: click.Context, folder: Indexes) -> int:
    """Search Persian news on your own disk. Without a command, this is the shell; Persian words are searched for.

    The index is that of --index, else of $KHABARJOO_INDEX, else one in the user's data folder. While nothing
    is indexed there, a bundled sample takes its place.

    Exit codes: 0 found, 1 nothing found, 2 an error, 3 another process is writing the index, 4 the index is
    damaged, 130 interrupted.

    \b
    Examples:
      khabarjoo index ~/news
      khabarjoo زلزله -بم
      khabarjoo search همکاری‌های جهاد دانشگاهی --since ۱۴۰۱
      khabarjoo --index archive.index
    """
    if ctx.invoked_subcommand is not None:
        folders = folder if isinstance(folder, tuple) else (folder,) if folder else ()
        if len(folders) > 1 and ctx.invoked_subcommand in _OF_ONE_INDEX:
            raise click.UsageError(f"khabarjoo {ctx.invoked_subcommand} works on one index at a time")
        given = {name: folders[0] if name in _OF_ONE_INDEX else folders for name in _COMMANDS if folders}
        ctx.default_map = {name: {"folder": value} for name, value in given.items()}
        return Exit.FOUND
    from .shell_command import shell

    return int(ctx.invoke(shell, folder=folder))


_with_display_options(khabarjoo)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command, by default that of the process, and returns its exit code."""
    # Before numpy is there: its linear algebra, which we do not use, would start a thread on every core.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _prepare_streams()
    code = copy_context().run(_run, arguments)  # what flags say of settings ends with the command
    try:
        sys.stdout.flush()
    except OSError as error:
        _discard_output()
        return Exit.BROKEN_PIPE if isinstance(error, BrokenPipeError) else _fail(error)
    return code


def _run(arguments: Sequence[str] | None) -> int:
    try:
        return khabarjoo.main(arguments, prog_name="khabarjoo", standalone_mode=False) or Exit.FOUND
    except _PipeClosedError:
        return Exit.BROKEN_PIPE
    except _InterruptedError as error:
        if sys.stderr.isatty():
            print(file=sys.stderr)  # it shows ^C in this one
        _complain(error)
        return Exit.INTERRUPTED
    except (click.Abort, KeyboardInterrupt):  # outside of commands
        return Exit.INTERRUPTED
    except click.ClickException as error:
        _complain(*_usage(error))
        return Exit.ERROR
    except Exception as error:
        return _fail(error)


def _usage(error: click.ClickException) -> tuple[str, str]:
    """What is wrong, and the command that tells more."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "khabarjoo"
    return error.format_message().rstrip("."), f"{path} --help"


def _complain(message: object, hint: str = "") -> None:
    from ..output.messages import complain  # late, as help has nothing to complain of

    complain(message, hint)


def _fail(error: Exception) -> Exit:
    from ..output.messages import tell_failure

    tell_failure(error)
    return next((code for kind, code in _EXIT_CODES if isinstance(error, kind)), Exit.ERROR)


def _prepare_streams() -> None:
    """Persian in UTF-8 whatever the locale; what UTF-8 has no bytes for, as a backslash escape."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _discard_output() -> None:
    """Keeps Python from complaining at its end that it cannot write what is left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
