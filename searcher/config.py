"""What a reader may set, once for all: a file of settings, which the environment and flags overrule.

One table, `KEYS`, tells what there is to set; the file, the checks and ``khabarjoo config`` are made from it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from khabarjoo.analyzers import value_object
from khabarjoo.analyzers.config_folders import user_folder

from .query_limits import LIMITS, Limits

if TYPE_CHECKING:
    from khabarjoo.index.opensearch.address import Place

_NOTHING: Mapping[str, str | None] = MappingProxyType({})
_VARIABLE_OF_PATH = "KHABARJOO_CONFIG"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts, as POSIX has it
_NUMBERS = {"page_size": (1, 1000), "time_limit": (0, 86_400), "position_limit": (0, 1_000_000)}
_MAP = "map"
_COLUMNS_OF_COMMENTS = 110
_ABOUT_MAPS = "What fields are called in tables and JSON, for khabarjoo index: in all files, then in those of a folder."
_UNSET = "default"  # where a setting was set that nobody set


class ConfigError(Exception):
    """A setting that cannot be, or a file of settings that cannot be read; the message names where and why."""


@value_object.value
class Settings:
    """What is in force. ``index`` is None for the index in the user's data folder."""

    index: Place | None = None
    colours: str = "auto"
    theme: str = "auto"
    keys: str = "emacs"
    page_size: int = 10
    bidi: str = "auto"
    calendar: str = "jalali"
    digits: str = "mixed"
    language: str = "auto"
    time_limit: int = int(LIMITS.seconds)
    position_limit: int = int(LIMITS.positions)

    @property
    def limits(self) -> Limits:
        """What one query may take."""
        return Limits(self.time_limit, self.position_limit)

    def language_of_messages(self, environment: Mapping[str, str] = os.environ) -> str:
        """Returns ``fa`` or ``en``: the locale tells where the settings do not.

        >>> Settings().language_of_messages({"LANG": "fa_IR.UTF-8"}), Settings(language="en").language_of_messages({})
        ('fa', 'en')
        """
        if self.language != "auto":
            return self.language
        locale = next(filter(None, (environment.get(name) for name in _LOCALE_VARIABLES)), "")
        return "fa" if locale.lower().startswith("fa") else "en"


DEFAULTS = Settings()


class Key(NamedTuple):
    """Something to set: what it may be (any path or count when nothing is listed), and what it means."""

    name: str
    values: tuple[str, ...]
    help: tuple[str, ...]

    @property
    def variable(self) -> str:
        """The environment variable that overrules the file."""
        return f"KHABARJOO_{self.name.upper()}"

    @property
    def allowed(self) -> str:
        """What it may be, in words."""
        if self.values:
            return " or ".join(", ".join(f'"{value}"' for value in self.values).rsplit(", ", 1))
        if self.name in _NUMBERS:
            return "a whole number from {} to {}".format(*_NUMBERS[self.name])
        return "the path of a folder"


KEYS = (
    Key("index", (), ("The folder of the index; one in your data folder when it is not set.",)),
    Key(
        "colours",
        ("auto", "always", "never"),
        ("Bold, underlined and coloured text. auto: on terminals that have it.",),
    ),
    Key(
        "theme",
        ("auto", "light", "dark", "none"),
        (
            "Colours for a light or a dark background; none: bold and underlined, but no colours, as with NO_COLOR.",
            "auto: the terminal is asked for its background; where it does not tell, colours that read on both.",
        ),
    ),
    Key("keys", ("emacs", "vi"), ("The keys of the shell's prompt.",)),
    Key("page_size", (), ("How many hits a page has.",)),
    Key(
        "bidi",
        ("auto", "on", "off"),
        (
            "Who puts Persian lines in the order of the screen and joins their letters: on for us, off for the",
            "terminal, auto for us where the terminal is not known to do it.",
        ),
    ),
    Key(
        "calendar",
        ("jalali", "gregorian", "both"),
        (
            "jalali: ۲ بهمن ۱۳۹۶ (2018-01-22), the Jalali day first. gregorian: 2018-01-22 (۲ بهمن ۱۳۹۶).",
            "both: ۲ بهمن ۱۳۹۶ · 2018-01-22, side by side.",
        ),
    ),
    Key(
        "digits",
        ("mixed", "persian", "latin"),
        (
            "Of dates and counts. mixed: each calendar in its own, numbers in Latin ones. Where it is not set and",
            "messages are Persian, all are Persian.",
        ),
    ),
    Key("language", ("auto", "fa", "en"), ("Of messages. auto: Persian when the locale is, English otherwise.",)),
    Key(
        "time_limit",
        (),
        (
            "Seconds of computing that one query may take, 0 for as many as it wants. What was found until then is",
            "shown, and that it is partial is told.",
        ),
    ),
    Key(
        "position_limit",
        (),
        (
            "Millions of words of articles that the patterns, similar words and phrases of one query may look at,",
            "likewise. Unlike time, it ends a query always at the same article.",
        ),
    ),
)
"""Everything there is to set."""


class Setting(NamedTuple):
    """A value in force, and where it was set: a file, a variable, the command line, or nowhere."""

    value: Any
    origin: str


def config_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Returns the file of settings: that of ``$KHABARJOO_CONFIG``, else ``config.toml`` in the user's config folder."""
    if named := environment.get(_VARIABLE_OF_PATH):
        return Path(named)
    return user_folder("config") / "config.toml"


def default_folder() -> Place:
    """Returns where the index is that ``$KHABARJOO_INDEX`` or the file names, else one in the user's data folder."""
    return load().index or user_folder("data") / "index"


def load(environment: Mapping[str, str] = os.environ, flags: Mapping[str, str | None] = _NOTHING) -> Settings:
    """Returns the settings in force. Raises ConfigError for one that cannot be."""
    return Settings(**{name: setting.value for name, setting in in_force(environment, flags).items()})


def in_force(
    environment: Mapping[str, str] = os.environ, flags: Mapping[str, str | None] = _NOTHING
) -> dict[str, Setting]:
    """Returns every setting with its origin: flags beat the environment, which beats the file. None is no flag."""
    path = config_path(environment)
    found = {name: Setting(value, _UNSET) for name, value in asdict(DEFAULTS).items()}
    for name, value in _read(path).items():
        if name == _MAP:
            load_maps(environment)
            continue
        key = next((key for key in KEYS if key.name == name), None)
        if key is None:
            raise ConfigError(f"{path}: there is no {name!r} to set; there are {', '.join(key.name for key in KEYS)}")
        found[name] = Setting(_checked(key, value, str(path), folder=path.parent), str(path))
    if environment.get("NO_COLOR"):
        found["theme"] = Setting("none", "$NO_COLOR")
    for key in KEYS:
        if told := environment.get(key.variable):
            found[key.name] = Setting(_checked(key, _number(told), f"${key.variable}"), f"${key.variable}")
        if (flag := flags.get(key.name)) is not None:
            found[key.name] = Setting(_checked(key, _number(flag), f"--{key.name}"), "command line")
    speaks_persian = Settings(language=found["language"].value).language_of_messages(environment) == "fa"
    if speaks_persian and found["digits"].origin == _UNSET:
        found["digits"] = Setting("persian", "language")
    return found


_FLAGS: ContextVar[Mapping[str, str | None]] = ContextVar("flags", default=_NOTHING)


def put_flag(name: str, value: str) -> None:
    """Sets what the command line says of a setting, for the context that runs the command."""
    _FLAGS.set({**_FLAGS.get(), name: value})


def flags() -> Mapping[str, str | None]:
    """Returns what the command line says of settings, in this context."""
    return _FLAGS.get()


def current(environment: Mapping[str, str] = os.environ) -> Settings:
    """Returns the settings in force here, flags included; for those that cannot be, what there is without them.

    For what is said about failures: a broken file of settings is told by whoever needs it, once.
    """
    try:
        return load(environment, flags())
    except ConfigError:
        given = {name: value for name, value in flags().items() if value is not None}
        return Settings(**given)  # type: ignore[arg-type]


def load_maps(environment: Mapping[str, str] = os.environ) -> dict[str, tuple[tuple[str, str], ...]]:
    """Returns what fields are called in the files of a folder, by its real path; by '' what they are called anywhere.

    The table ``map`` of the file sets them: ``published = "pubdate"`` in it for all, in ``map."~/news"`` for a folder
    or a file. A list of names is tried in its order. Raises ConfigError.
    """
    path = config_path(environment)
    table = _read(path).get(_MAP, {})
    if not isinstance(table, dict):
        raise ConfigError(f'{path}: {_MAP} is a table, such as [map] with published = "pubdate" below it')
    found = {"": {name: value for name, value in table.items() if not isinstance(value, dict)}}
    for folder, inner in table.items():
        if isinstance(inner, dict):
            found[os.path.realpath(path.parent / Path(folder).expanduser())] = inner
    return {folder: _pairs(inner, path) for folder, inner in found.items() if inner}


def _pairs(table: Mapping[str, Any], path: Path) -> tuple[tuple[str, str], ...]:
    from khabarjoo.index.ingest import MapError, field_map

    names = [(field, name) for field, told in table.items() for name in (told if isinstance(told, list) else [told])]
    try:
        return field_map(f"{field}={name if isinstance(name, str) else ''}" for field, name in names)
    except MapError as error:
        raise ConfigError(f"{path}: {_MAP}: {error}") from error


def make_file(path: Path, say: Callable[[str], str] = str) -> None:
    """Writes the file with every setting explained and commented out, unless it is there.

    ``say`` puts what it explains into the reader's language.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template(say))
    except FileExistsError:
        return


def template(say: Callable[[str], str] = str) -> str:
    """Returns the text of a file that sets nothing and explains everything."""
    lines = [
        *_comment(say, "Settings of khabarjoo. Take the # away from a line to set it."),
        *_comment(say, "Flags beat environment variables (KHABARJOO_BIDI and so on), which beat this file."),
    ]
    for key in KEYS:
        value = getattr(DEFAULTS, key.name)
        example = "~/news.index" if value is None else value
        lines += ["", *_comment(say, *key.help), *_comment(say, key.allowed)]
        lines.append(f"#{key.name} = {example}" if isinstance(example, int) else f'#{key.name} = "{example}"')
    lines += [
        "",
        *_comment(say, _ABOUT_MAPS),
        "#[map]",
        '#published = "pubdate"',
        '#[map."~/news/dumps"]',
        '#body = ["matn", "sharh"]',
    ]
    return "\n".join(lines) + "\n"


def _comment(say: Callable[[str], str], *lines: str) -> Iterator[str]:
    """The lines of a comment as they are, or in another language, which breaks its own lines."""
    text = " ".join(lines)
    if (said := say(text)) != text:
        from textwrap import wrap

        lines = tuple(wrap(said, _COLUMNS_OF_COMMENTS, break_long_words=False, break_on_hyphens=False))
    return (f"# {line}" for line in lines)


def _read(path: Path) -> dict[str, Any]:
    """What the file sets; nothing when there is none."""
    try:
        text = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    import tomllib

    try:
        return tomllib.loads(text.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error


def _checked(key: Key, value: object, where: str, *, folder: Path | None = None) -> object:
    """The value as settings hold it, or ConfigError. Relative paths in a file start from its folder."""
    if key.name == "index" and isinstance(value, str | int) and str(value).strip():
        if "://" in str(value):
            from khabarjoo.index.opensearch.address import place_of  # late, as folders need none of it

            if not isinstance(place := place_of(str(value)), Path):
                return place
        path = Path(str(value)).expanduser() if folder else Path(str(value))
        return folder / path if folder else path
    if key.name in _NUMBERS and type(value) is int:
        least, most = _NUMBERS[key.name]
        if least <= value <= most:
            return value
    if key.values and value in key.values:
        return value
    raise ConfigError(f"{where}: {key.name} is {key.allowed}, not {value!r}")


def _number(told: str) -> str | int:
    """A word of the environment, which has no types, as TOML would have it."""
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else told
