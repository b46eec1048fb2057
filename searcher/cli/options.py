"""Declares the options that several commands share, and the settings in force for a command."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

import click

from ..config import DEFAULTS, Settings, default_folder, flags, load, put_flag

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from khabarjoo.index.opensearch.address import Place

    from ..engine import NameKind
    from ..query.plan import Names

_MOST = 200
_ALL = ("all", "همه")
_IN_BASH = ("_KHABARJOO_COMPLETE", "bash_complete")  # the variable click has its scripts set, and what to
_NOT_PLAIN = "[^\\w\N{ZERO WIDTH NON-JOINER}@%+=:,./-]"


def complete_names(context: click.Context, parameter: click.Parameter, start: str) -> list[str]:
    """Names of the option's kind that begin as typed so far; none when there is no index to ask."""
    import khabarjoo
    from khabarjoo.index.errors import StoreError

    from ..terminal_safety import one_line

    folder: Place | tuple[Place, ...] = context.params.get("folder") or default_folder()
    try:
        with khabarjoo.open(folder) as index:
            names = index.names(cast("NameKind", parameter.name))
    except (StoreError, OSError):
        return []
    found = sorted(name for name in names if name.startswith(start) and name == one_line(name))[:_MOST]
    return list(map(shell_word, found))


def shell_word(name: str) -> str:
    """Returns a name as the shell that completes it must be given it."""
    return _quoted(name) if os.environ.get(_IN_BASH[0]) == _IN_BASH[1] else name


def _quoted(name: str) -> str:
    r"""A name as bash must be given it: it puts on the command line what it gets, and would run what is in it.

    The script unquotes once, so backslashes are doubled.

    >>> print(_quoted("خبرگزاری مهر"), _quoted("$(x)"))
    خبرگزاری\\ مهر \\$\\(x\\)
    """
    return re.sub(_NOT_PLAIN, r"\\\\\g<0>", name)


def _keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None and parameter.name is not None:
        put_flag(parameter.name, value)


def display_options() -> list[click.Parameter]:
    """Returns ``--bidi`` and ``--theme``, which all commands take; a command's own count more than those before it."""
    return [
        click.Option(
            ["--bidi"],
            type=click.Choice(["auto", "on", "off"]),
            expose_value=False,
            callback=_keep,
            help="Who puts Persian in the order of the screen: on for us, off for the terminal.",
        ),
        click.Option(
            ["--theme"],
            type=click.Choice(["auto", "light", "dark", "none"]),
            expose_value=False,
            callback=_keep,
            help="Colours for a light or a dark background, or none.",
        ),
    ]


def settings() -> Settings:
    """Returns the settings in force. Raises ConfigError for one that cannot be."""
    return load(flags=flags())


_Command = TypeVar("_Command", bound=Callable[..., Any])


if TYPE_CHECKING:
    _PlaceType = click.ParamType[Place]
    _RangeType = click.ParamType[int | None]
else:
    _RangeType = click.IntRange
    _PlaceType = click.ParamType  # which takes no parameter at run time before 8.2


class IndexPlace(_PlaceType):
    """Takes a folder, or the address of an index on a cluster."""

    name = "index"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Place:
        """Returns where the index is. Raises WrongAddress."""
        if not isinstance(value, str):
            return cast("Place", value)  # a default
        if "://" not in value:
            return Path(value)
        from khabarjoo.index.opensearch.address import place_of  # late, as folders need none of it

        return place_of(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Has the shell complete paths."""
        from click.shell_completion import CompletionItem  # late, as no other command needs it

        return [CompletionItem(incomplete, type="file")]


index_option = click.option(
    "--index",
    "folder",
    type=IndexPlace(),
    metavar="DIR",
    help="Folder of the index, or opensearch://HOST:PORT/NAME. "
    "[default: $KHABARJOO_INDEX, else the user's data folder]",
)


Indexes: TypeAlias = "Place | tuple[Place, ...] | None"
"""One index to search, several as one, or the default."""


def _given(context: click.Context, parameter: click.Parameter, folders: tuple[Place, ...]) -> Indexes:
    return folders if len(folders) > 1 else folders[0] if folders else None


indexes_option = click.option(
    "--index",
    "folder",
    type=IndexPlace(),
    metavar="DIR",
    multiple=True,
    callback=_given,
    help="Folder of the index, or opensearch://HOST:PORT/NAME; several folders, each with its --index, are searched "
    "as one. "
    "[default: $KHABARJOO_INDEX, else the user's data folder]",
)


def format_option(names: Iterable[str], default: str) -> Callable[[_Command], _Command]:
    """Returns ``--format``, with these names to choose from."""
    return click.option(
        "--format", "format_name", type=click.Choice(list(names)), default=default, show_default=True,
        help="How to write the results.",
    )  # fmt: skip


def _fields(context: click.Context, parameter: click.Parameter, told: str | None) -> tuple[str, ...]:
    """The fields named, in their order. Raises BadParameter for one there is not."""
    if told is None:
        return ()
    from difflib import get_close_matches

    from ..output.hits_data import FIELDS
    from ..terminal_safety import one_line

    names = [name.strip() for name in re.split("[,،]", told) if name.strip()]
    for name in names:
        if name not in FIELDS:
            nearest = get_close_matches(name, FIELDS, 1)
            meant = f"did you mean {nearest[0]}?" if nearest else f"there are {', '.join(FIELDS)}"
            raise click.BadParameter(f"there is no field “{one_line(name)}”; {meant}")
    if not names:
        raise click.BadParameter("name some fields, such as id,title,body")
    return tuple(dict.fromkeys(names))


def _complete_fields(context: click.Context, parameter: click.Parameter, start: str) -> list[str]:
    from ..output.hits_data import FIELDS

    before, comma, last = start.rpartition(",")
    return [f"{before}{comma}{name}" for name in FIELDS if name.startswith(last) and name not in before.split(",")]


fields_option = click.option(
    "--fields", metavar="NAME,...", callback=_fields, shell_complete=_complete_fields,
    help="What to tell of each hit in json, jsonl and csv, in this order; rank, lead and body are told only so.",
)  # fmt: skip


class _Limit(_RangeType):
    """Takes a number of hits, at least 1, or ``all``, which is None."""

    name = "integer or all"

    def __init__(self) -> None:
        super().__init__(min=1)  # type: ignore[call-arg]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        """Returns the number, or None for all. Raises BadParameter."""
        is_all = isinstance(value, str) and value.strip().lower() in _ALL
        return None if is_all else super().convert(value, param, ctx)


def is_limited_by_default() -> bool:
    """Returns whether the command that runs shows as many hits as it does without being told a number."""
    context = click.get_current_context(silent=True)
    return context is not None and context.get_parameter_source("limit") is not click.core.ParameterSource.COMMANDLINE


def hits_option(help: str) -> Callable[[_Command], _Command]:
    """Returns ``--limit`` of hits: a number, or ``all``, which is None; by default the page size of the settings."""
    return click.option(
        "--limit", type=_Limit(), metavar="N|all", help=help, default=_page_size, show_default=str(DEFAULTS.page_size)
    )


def limit_option(default: int | None, help: str) -> Callable[[_Command], _Command]:
    """Returns ``--limit``, at least 1; by default the page size of the settings."""
    return click.option(
        "--limit", type=click.IntRange(min=1), metavar="N", help=help,
        default=_page_size if default is None else default,
        show_default=str(DEFAULTS.page_size if default is None else default),
    )  # fmt: skip


def _page_size() -> int:
    return settings().page_size


def filter_options(command: _Command) -> _Command:
    """Returns ``--since``, ``--until``, ``--source``, ``--category``, ``--tag``, ``--speaker``, as ``filters``."""

    @wraps(command)
    def filtered(
        *given: Any,
        since: str | None,
        until: str | None,
        source: Names,
        category: Names,
        tag: Names,
        speaker: Names,
        **others: Any,
    ) -> Any:
        from ..query.plan import Filters

        return command(*given, filters=Filters.of(since, until, source, category, tag, speaker), **others)

    for option in reversed(_FILTERS):
        filtered = option(filtered)
    return cast("_Command", filtered)


def _name_option(flag: str, help: str, *, completes: bool = True) -> Callable[[_Command], _Command]:
    return click.option(
        f"--{flag}", multiple=True, metavar="NAME", help=f"{help} May be given again.",
        callback=lambda context, parameter, names: names or None, shell_complete=complete_names if completes else None,
    )  # fmt: skip


_FILTERS: tuple[Callable[[Any], Any], ...] = (
    click.option("--since", metavar="DATE", help="Published on this day or later, in either calendar."),
    click.option("--until", metavar="DATE", help="Published on this day or earlier."),
    _name_option("source", "Of this outlet."),
    _name_option("category", "Of this category."),
    _name_option("tag", "With this tag."),
    _name_option("speaker", "With the words in what this person is reported to have said.", completes=False),
)
