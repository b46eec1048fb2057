"""``khabarjoo web``: the reading room, an index in the browser."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from khabarjoo.analyzers.config_folders import user_folder

from ..config import config_path, default_folder, load
from ..output.messages import complain, note
from .opening import open_index
from .options import Indexes, indexes_option, settings
from .streams import Exit

if TYPE_CHECKING:
    from ..searcher import Searcher

PORT = 8642
_HOST = "127.0.0.1"
_TRIED = 20  # ports after the usual one, where that is taken
_AT_ONCE = 256  # connections; what is more is told to come again
_SILENCE = 20  # seconds a connection is kept open between two requests


@click.command()
@indexes_option
@click.option("--host", default=_HOST, show_default=True, metavar="H", help="Address to be reached at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N",
    help=f"Port to be reached at; 0 for any that is free. [default: {PORT}, or the next that is free]",
)  # fmt: skip
@click.option(
    "--name", "names", multiple=True, metavar="NAME",
    help="A name it is reached by, as of a server that passes requests on. May be given again.",
)  # fmt: skip
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
def web(folder: Indexes, host: str, port: int | None, names: Sequence[str], no_browser: bool) -> int:
    """Read in the browser: search, facets, timelines and articles, as pages of this machine alone.

    The address is printed, and Ctrl-C ends it. What is read changes nothing in the index, and an index that is
    updated meanwhile is followed. Under /api the same is there as JSON. A host that others can reach, such as
    0.0.0.0, wants a password in $KHABARJOO_WEB_PASSWORD; so does a --name, by which a server that encrypts passes
    requests on.

    \b
    Examples:
      khabarjoo web
      khabarjoo web --index archive.index --no-browser
      KHABARJOO_WEB_PASSWORD=... khabarjoo web --host 0.0.0.0 --port 8080
    """
    try:
        import uvicorn

        from ..web.application import application
        from ..web.guard import PASSWORD_VARIABLE, is_loopback
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("khabarjoo"):
            raise
        complain(f"the reading room needs {error.name}, too: pip install 'khabarjoo[web]'")
        return Exit.ERROR
    password = os.environ.get(PASSWORD_VARIABLE, "")
    others = next((each for each in (host, *names) if not is_loopback(each)), None)
    if others and not password:
        complain(f"others can reach {others}: set a password in ${PASSWORD_VARIABLE} first")
        return Exit.ERROR
    waiting = [open_index(folder, first_search=True)]  # at once, so that what is wrong with the index is told here

    def open_searcher() -> Searcher:
        return waiting.pop() if waiting else _open_again(folder)

    listening = _listen(host, port)
    address = _address(host, listening.getsockname()[1])
    made = application(
        open_searcher, user_folder("state"), settings=settings(), host=host, names=names, password=password
    )
    print(address, flush=True)
    note("Ctrl-C ends the reading room")
    if not no_browser:
        _show(address)
    config = uvicorn.Config(
        made, log_level="error", access_log=False, server_header=False, lifespan="off",
        limit_concurrency=_AT_ONCE, timeout_keep_alive=_SILENCE, timeout_graceful_shutdown=2,
    )  # fmt: skip
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
    return Exit.FOUND


def _open_again(folder: Indexes) -> Searcher:
    """The index as it is now."""
    import khabarjoo

    return khabarjoo.open(folder or default_folder(), limits=load().limits, tables=config_path().parent)


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket on the port, or on the first free one where none was asked for. Raises OSError."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    wanted = [port] if port is not None else [*range(PORT, PORT + _TRIED), 0]
    for place, each in enumerate(wanted):
        # asyncio (of 3.11 to 3.14) sends without delay only where the socket names TCP; else a page takes 40 ms more.
        listening = socket.socket(kind, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if sys.platform != "win32":  # where it would let two programs have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, each))
            listening.listen(128)
        except OSError as error:
            listening.close()
            if place + 1 == len(wanted) or isinstance(error, PermissionError | socket.gaierror):
                raise OSError(error.errno, error.strerror or str(error), f"{host}, port {each}") from error
        else:
            return listening
    raise AssertionError("port 0 is any that is free")


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": _HOST, "::": "::1"}.get(host, host)
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def _show(address: str) -> None:
    """Opens the browser, where there is a screen for one."""
    if sys.platform.startswith(("linux", "freebsd")) and not {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ):
        return
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
