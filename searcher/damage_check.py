"""What methods that read an index raise is looked into: whether it comes of damage to the index."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from khabarjoo.analyzers.calendars import DateError
from khabarjoo.index.errors import NoSuchArticle, StoreError

if TYPE_CHECKING:
    from .engine import Engine

    class Asking(Protocol):
        """Whatever asks an engine, and looks into its errors."""

        _engine: Engine

        @property
        def blame(self) -> Callable[[Exception], None]:
            """Raises IndexDamaged if an error comes of damage to the index."""


NO_DAMAGE = (DateError, NoSuchArticle, StoreError)
"""What is raised over whole indexes."""

_Asking = TypeVar("_Asking", bound="Asking")
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def checked(
    method: Callable[Concatenate[_Asking, _Given], _Result],
) -> Callable[Concatenate[_Asking, _Given], _Result]:
    """Looks into what a method that reads the index raises, whether it comes of damage."""

    @wraps(method)
    def looked_into(asking: _Asking, /, *given: _Given.args, **named: _Given.kwargs) -> _Result:
        try:
            asking._engine.check()
            return method(asking, *given, **named)
        except Exception as error:
            asking.blame(error)
            raise

    return looked_into
