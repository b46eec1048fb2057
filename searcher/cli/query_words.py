"""Takes a query from the command line as it was typed: words that exclude look like options, and are none."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

_GUARD = "\N{WORD JOINER}"  # stands before a word that excludes, while click looks for options
_QUOTED = r"[\"«»“”„()]"
_FIELD = r"-\w+:"
_LEAST_LATIN = 3  # characters of a Latin word that excludes, with its sign; what is shorter is an option


class QueryCommand(click.Command):
    """A command whose arguments are a query: ``-بم`` is a part of it, wherever it stands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parses the arguments, and puts words that exclude back as they were."""
        rest = super().parse_args(ctx, guarded(args, ctx))
        for name, value in ctx.params.items():
            if isinstance(value, str):
                ctx.params[name] = value.removeprefix(_GUARD)
            elif isinstance(value, tuple) and name == "words":
                words = [word.removeprefix(_GUARD) for word in value]
                ctx.params[name] = tuple(map(_phrase, words)) if len(words) > 1 else tuple(words)
        return rest


def guarded(args: Sequence[str], context: click.Context, *, first_only: bool = False) -> list[str]:
    """Returns the arguments, words that exclude told from options; if ``first_only`` only up to the first word."""
    options = [each for each in context.command.get_params(context) if isinstance(each, click.Option)]
    flags = {name for option in options for name in (*option.opts, *option.secondary_opts)}
    taking = {name for option in options if not (option.is_flag or option.count) for name in option.opts}
    told: list[str] = []
    is_value = False
    for place, arg in enumerate(args):
        if arg == "--" and not is_value:
            return [*told, *args[place:]]
        excludes = not is_value and _excludes(arg, flags, context)
        told.append(_GUARD + arg if excludes else arg)
        if first_only and not is_value and (excludes or not arg.startswith("-")):
            return [*told, *args[place + 1 :]]
        is_value = not is_value and arg in taking
    return told


def unguarded(args: Sequence[str]) -> list[str]:
    """Returns the arguments as they were typed."""
    return [arg.removeprefix(_GUARD) for arg in args]


def is_query(text: str) -> bool:
    """Returns whether the first argument of all can only be a query: no command has other letters than Latin ones.

    >>> [is_query(text) for text in ("زلزله", "covid ایران", "1402", "*", "serch", "new york")]
    [True, True, True, True, False, True]
    """
    return not re.fullmatch(r"[A-Za-z][\w-]*", text, re.ASCII)


def whole_phrases(args: Sequence[str]) -> list[str]:
    """Returns the arguments, phrases in guillemets whole, which the shell parts at their spaces.

    >>> whole_phrases(["سیل", "«کم", "آبی»", "برف"])
    ['سیل', '«کم آبی»', 'برف']
    """
    phrases: list[str] = []
    for arg in args:
        if phrases and phrases[-1].count("«") > phrases[-1].count("»"):
            phrases[-1] = f"{phrases[-1]} {arg}"
        else:
            phrases.append(arg)
    return phrases


def _excludes(arg: str, flags: set[str], context: click.Context) -> bool:
    """Whether an argument is a word to be left out. Raises NoSuchOption for an option with a dash too few."""
    if not arg.startswith("-") or arg.startswith("--") or len(arg) < 2 or arg in flags or arg[:2] in flags:
        return False
    if not arg[1].isascii() or arg[1] in "\"'(#":
        return True
    from difflib import get_close_matches  # late, as few words that exclude are Latin

    long_names = [flag for flag in flags if flag.startswith("--")]
    if meant := get_close_matches(f"-{arg.partition('=')[0]}", long_names, 1, cutoff=0.85):
        raise click.NoSuchOption(arg, possibilities=meant, ctx=context)
    return len(arg) >= _LEAST_LATIN and arg[1].isalnum()


def _phrase(word: str) -> str:
    """A word that excludes, several words of which came in one argument, as the shell leaves -"سازمان ملل".

    >>> _phrase("-سازمان ملل"), _phrase("-منبع:خبرگزاری مهر"), _phrase("سازمان ملل")
    ('-"سازمان ملل"', '-منبع:"خبرگزاری مهر"', 'سازمان ملل')
    """
    if not word.startswith("-") or len(word.split()) < 2 or re.search(_QUOTED, word):
        return word
    field = re.match(_FIELD, word)
    start = field.end() if field else 1
    return f'{word[:start]}"{word[start:].strip()}"'
