"""The settings in force for a command: its own flags, those of the whole command, the environment and the file."""

from __future__ import annotations

import click

from ..config import Settings, load

_BIDI = "khabarjoo.bidi"  # where click keeps the flag, for the command and the commands in it


def _keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[_BIDI] = value


bidi_option = click.option(
    "--bidi",
    type=click.Choice(["auto", "on", "off"]),
    expose_value=False,
    callback=_keep,
    help="Who puts Persian in the order of the screen: on for us, off for the terminal.",
)


def settings() -> Settings:
    """The settings in force. Raises ConfigError for one that cannot be."""
    return load(flags=flags())


def flags() -> dict[str, str | None]:
    """What the flags say that can be set elsewhere, too; a command's own count more than those before it."""
    context = click.get_current_context(silent=True)
    return {"bidi": context.meta.get(_BIDI) if context else None}
