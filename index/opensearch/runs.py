"""Runs that write to an index on a cluster: each leaves a mark while it works, and several may share the input."""

from __future__ import annotations

import os
import socket
import sys
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import IndexLocked
from .cluster import Cluster
from .cluster_layout import Layout


class Part(NamedTuple):
    """A share of the articles, of equal shares: by their ids, so that each machine finds its own.

    >>> [Part(number, 3).takes("isna-1") for number in (1, 2, 3)]
    [True, False, False]
    """

    number: int = 1
    of: int = 1

    @classmethod
    def of_text(cls, text: str) -> Part:
        """Returns the part that a text such as ``2/5`` names. Raises ValueError for another."""
        number, _, of = text.partition("/")
        if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= 10_000):
            raise ValueError(f"a part is told as 2/5, not {text!r}")
        return cls(int(number), int(of))

    def takes(self, id: str) -> bool:
        """Returns whether an article is of this part."""
        return zlib.crc32(id.encode("utf-8", "surrogatepass")) % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}-{self.of}"


WHOLE = Part()

_TO_ASK, _DENIED, _STILL_ACTIVE = 0x1000, 5, 259  # Windows: PROCESS_QUERY_LIMITED_INFORMATION and two answers


class RunMark:
    """The mark of one run. Runs of different machines or parts have different ones."""

    def __init__(self, cluster: Cluster, layout: Layout, part: Part = WHOLE) -> None:
        self._cluster, self._log = cluster, layout.log
        self._name = f"{socket.gethostname()}-{part}"

    def set(self) -> bool:
        """Sets the mark. Returns whether one like it was cut short, so that the words must be counted anew.

        Raises IndexLocked where it is at work still.
        """
        (before,) = self._cluster.get(self._log, [self._id], ["run"])
        if before is not None and _is_running(process := str(before.get("run", ""))):
            raise IndexLocked(str(self._cluster.address), f"process {process}")
        document: dict[str, Any] = {"kind": "run", "run": str(os.getpid())}
        log, id = self._log, self._id
        self._cluster.ask(lambda client: client.index(index=log, id=id, body=document, refresh=True))
        return before is not None

    def is_alone(self) -> bool:
        """Returns whether no other run is at work, or was cut short elsewhere."""
        others = {"bool": {"filter": [{"term": {"kind": "run"}}], "must_not": [{"ids": {"values": [self._id]}}]}}
        return self._cluster.count(self._log, others) == 0

    def clear(self) -> None:
        """Takes the mark away."""
        log, id = self._log, self._id
        self._cluster.ask(lambda client: client.delete(index=log, id=id), missing={})
        self._cluster.refresh(log)

    @property
    def _id(self) -> str:
        return f"run-{self._name}"


def _is_running(process: str) -> bool:
    """Whether a process of this machine lives that is not this one."""
    if not process.isdecimal() or int(process) == os.getpid():
        return False
    if Path("/proc").is_dir():
        return Path(f"/proc/{process}").exists()
    return _lives(int(process))


if sys.platform == "win32":

    def _lives(process: int) -> bool:
        """As signals end processes there, the system is asked for a handle (OpenProcess, GetExitCodeProcess)."""
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if not (handle := kernel.OpenProcess(_TO_ASK, False, process)):
            return ctypes.get_last_error() == _DENIED
        try:
            code = ctypes.c_ulong()
            return not kernel.GetExitCodeProcess(handle, ctypes.byref(code)) or code.value == _STILL_ACTIVE
        finally:
            kernel.CloseHandle(handle)

else:

    def _lives(process: int) -> bool:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True
