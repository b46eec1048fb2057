"""Files that Word and Excel open, written by libraries that few need: `pip install 'khabarjoo[office]'`."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from ..terminal_safety import one_line

if TYPE_CHECKING:
    from ..results import Page

_PACKAGE = "khabarjoo[office]"
_NOT_OF_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # XML 1.0, production 2; compiled when needed


class MissingPackage(Exception):
    """A library that is not installed is needed; ``package`` is what pip is told to install."""

    def __init__(self, package: str) -> None:
        super().__init__(f"this needs {package}")
        self.package = package


def _writer(module: str, name: str) -> Callable[..., None]:
    """Returns a function of a module, which is imported when there is something to write."""

    def write(page: Page, file: BinaryIO, **options: Any) -> None:
        try:
            found = import_module(f".{module}", __package__)
        except ImportError as error:
            raise MissingPackage(_PACKAGE) from error
        getattr(found, name)(page, file, **options)

    return write


DOCUMENTS: dict[str, Callable[..., None]] = {
    ".docx": _writer("word_document", "write_docx"),
    ".xlsx": _writer("spreadsheet", "write_xlsx"),
}
"""What writes a page to a file of bytes, by the ending of its name: with ``filters``, ``sort`` and ``bibliography``."""


def printable(text: str) -> str:
    r"""Returns the text in one line, with nothing in it that XML cannot hold.

    >>> printable("خبر\x1b[31m \uffff\n")
    'خبر �'
    """
    return re.sub(_NOT_OF_XML, "\N{REPLACEMENT CHARACTER}", one_line(text)).strip()
