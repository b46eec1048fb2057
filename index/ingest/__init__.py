"""Reading articles from files: page text, HTML, JSON, CSV, feeds and web archives, packed and in archives or not.

One registry (``formats``) picks the reader, from what a file is called and from what it holds: an HTML page named
``.txt`` is read as HTML. Readers work on streams of bytes; only a page or a JSON document is in memory whole, up to a
named limit (``limits``). Whatever is wrong with a file comes out as a ``Skipped`` or a ``Notice`` in its place, never
as an exception.
"""

from .field_names import FieldMap, MapError, field_map
from .files import read, read_stream
from .formats import SUFFIXES, is_readable, known_kinds
from .source import NO_OPTIONS, Notice, Options, Reading, Skipped, stem

__all__ = [
    "NO_OPTIONS",
    "SUFFIXES",
    "FieldMap",
    "MapError",
    "Notice",
    "Options",
    "Reading",
    "Skipped",
    "field_map",
    "is_readable",
    "known_kinds",
    "read",
    "read_stream",
    "stem",
]
