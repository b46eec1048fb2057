"""What methods that read an index raise is looked into: whether it comes of damage to the index."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from khabarjoo.analyzers.calendars import DateError
from khabarjoo.index.errors import NoSuchArticle, StoreError

if TYPE_CHECKING:
    from .searcher import Searcher

NO_DAMAGE = (DateError, NoSuchArticle, StoreError)
"""What is raised over whole indexes."""

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def checked(
    method: Callable[Concatenate[Searcher, _Given], _Result],
) -> Callable[Concatenate[Searcher, _Given], _Result]:
    """Looks into what a method that reads the index raises, whether it comes of damage."""

    @wraps(method)
    def looked_into(searcher: Searcher, /, *given: _Given.args, **named: _Given.kwargs) -> _Result:
        try:
            searcher._engine.check()
            return method(searcher, *given, **named)
        except Exception as error:
            searcher.blame(error)
            raise

    return looked_into
