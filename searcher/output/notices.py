"""What is said beside the results: counts, suggestions and complaints. All of it goes to standard error."""

from __future__ import annotations

import os
import sys
import traceback

from analyzers.calendars import DateError
from index.errors import NoSuchArticle, StoreError

from ..clean import one_line
from ..results import Page

_DEBUG = "KHABARJOO_DEBUG"


def note(message: str) -> None:
    """Says something in one line."""
    print(one_line(message).strip(), file=sys.stderr)


def complain(message: object) -> None:
    """Says what went wrong, in one line that names us."""
    note(f"khabarjoo: {message}")


def tell_failure(error: Exception) -> None:
    """Words a failure in one line; with ``$KHABARJOO_DEBUG`` set, after where it happened."""
    if os.environ.get(_DEBUG):
        traceback.print_exception(error)
    if isinstance(error, OSError):
        reason = (error.strerror or str(error)).lower()
        complain(f"{error.filename}: {reason}" if error.filename else reason)
    elif isinstance(error, (StoreError, NoSuchArticle, DateError)):
        complain(error)
    else:
        complain(f"{type(error).__name__}: {error} (this should not happen; {_DEBUG}=1 shows where)")


def counts(page: Page, *, by_date: bool = False) -> str:
    """How many articles were found, which of them are shown, and how long it took.

    ``by_date`` says which articles a list in order of date is taken from.
    """
    told = [f"all words: {page.total_all}, any: {page.total}"]
    if by_date and page.total:
        told.append("by date, of those with " + ("all" if page.total_all else "any, as none has all"))
    if page.hits and (page.offset or len(page) < page.total):
        told.append(f"{page.offset + 1}-{page.offset + len(page)} shown")
    told.append(f"{page.took_ms:.1f} ms")
    return " · ".join(told)


def suggestion(page: Page) -> str:
    """The better query in words, or '' when there is none."""
    if page.suggestion is None:
        return ""
    lead = "searched for" if page.suggestion.applied else "did you mean"
    return f"{lead}: {page.suggestion.query} ({page.suggestion.reason})"
