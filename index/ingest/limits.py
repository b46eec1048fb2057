"""How much readers take before they give up and say so: every limit there is, by name.

All are far beyond any news that people wrote. Each can be set in the environment, with ``KHABARJOO_`` before its name:
``KHABARJOO_PAGE_BYTES=100000000``. They are read once, when the program starts.
"""

from __future__ import annotations

from ..format_limits import ARTICLE_CHARACTERS, limit, raised_by

__all__ = ["ARTICLE_CHARACTERS", "limit", "raised_by"]

_MEGA = 2**20

# One page of text or HTML, which must be in memory whole; one JSON document that is not lines, or one archive that
# stands inside another.
PAGE_BYTES = limit("PAGE_BYTES", 16 * _MEGA)
DOCUMENT_BYTES = limit("DOCUMENT_BYTES", 256 * _MEGA)

# One line of JSON, one cell of CSV, one article of a feed; and blank lines in a row.
LINE_CHARACTERS = limit("LINE_CHARACTERS", 16 * _MEGA)
CELL_CHARACTERS = limit("CELL_CHARACTERS", 16 * _MEGA)
ITEM_CHARACTERS = limit("ITEM_CHARACTERS", 16 * _MEGA)
BLANK_LINES = limit("BLANK_LINES", 1_000_000)

# An article's id: longer than any address or path.
ID_CHARACTERS = limit("ID_CHARACTERS", 5000)

# How far one file may expand, through all that it is packed in: news packs five to ten times. What passes both the
# allowance and so many times the packed size is made to fill a disk. And the memory xz may ask for.
EXPANSION_BYTES = limit("EXPANSION_BYTES", 256 * _MEGA)
EXPANSION_RATIO = limit("EXPANSION_RATIO", 200)
XZ_MEMORY_BYTES = limit("XZ_MEMORY_BYTES", 256 * _MEGA)

# Files in one archive; bytes of its names and notes about one file; archives inside archives.
ARCHIVE_MEMBERS = limit("ARCHIVE_MEMBERS", 1_000_000)
ARCHIVE_HEADER_BYTES = limit("ARCHIVE_HEADER_BYTES", _MEGA)
ARCHIVE_DEPTH = limit("ARCHIVE_DEPTH", 2)

# HTML: tags in all; elements that hold paragraphs, in all and in one another; attributes of one element. Beyond these
# parsing takes minutes, with every container looking for what it closes and every attribute for its like.
HTML_TAGS = limit("HTML_TAGS", 250_000)
HTML_CONTAINERS = limit("HTML_CONTAINERS", 30_000)
HTML_DEPTH = limit("HTML_DEPTH", 4096)
HTML_ATTRIBUTES = limit("HTML_ATTRIBUTES", 4096)

# XML: elements in elements, and characters of one tag or comment.
XML_DEPTH = limit("XML_DEPTH", 256)
XML_TAG_CHARACTERS = limit("XML_TAG_CHARACTERS", 4 * _MEGA)

# PDF: pages, and what each of the two programs that read it may take of memory and of seconds.
PDF_PAGES = limit("PDF_PAGES", 1000)
PDF_MEMORY_BYTES = limit("PDF_MEMORY_BYTES", 1024 * _MEGA)
PDF_SECONDS = limit("PDF_SECONDS", 60)

# Values in values of JSON.
JSON_DEPTH = limit("JSON_DEPTH", 64)

# Complaints about one file, and about all files of a run: further ones are only counted, for each file; and a file that
# gives nothing but so many is given up.
TROUBLES = limit("TROUBLES", 100)
TROUBLES_IN_ALL = limit("TROUBLES_IN_ALL", 10_000)
FRUITLESS_TROUBLES = limit("FRUITLESS_TROUBLES", 200_000)
