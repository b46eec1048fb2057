"""Values: objects that are never changed, and equal when their parts are."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

_Value = TypeVar("_Value")


@dataclass_transform(frozen_default=True)
def value(cls: type[_Value]) -> type[_Value]:
    """Makes a class a dataclass with slots; that its objects are not changed is seen to by the type checker.

    ``dataclass(frozen=True)`` writes and compiles six methods a class, and all that a search needs would take a tenth
    of the time it has. Here that is done for ``__init__`` alone, the others are the same for all classes.

    >>> @value
    ... class Place:
    ...     city: str
    ...     number: int = 1
    >>> Place("قم"), Place("قم") == Place("قم", 1), len({Place("قم"), Place("قم"), Place("یزد")})
    (Place(city='قم', number=1), True, 2)
    """
    for name, method in _METHODS.items():
        setattr(cls, name, method)
    made = dataclass(slots=True, eq=False, repr=False)(cls)
    open_to_change: Any = made
    names = open_to_change.__match_args__
    open_to_change._parts = attrgetter(*names) if names else _nothing
    return made


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def lasting_value(cls: type[_Value]) -> type[_Value]:
    """Makes a class a dataclass without slots, whose objects may remember what was asked of them (`cached_property`).

    Those of ``dataclass(frozen=True)`` take five times as long to make, which for the hits of a page is longer than
    finding them. What a class says of its own is left, as its ``__repr__``.

    >>> @lasting_value
    ... class Place:
    ...     city: str
    ...     note: str = field(default="", compare=False)
    >>> Place("قم", "الف") == Place("قم", "ب"), len({Place("قم"), Place("قم")})
    (True, 1)
    """
    return dataclass(unsafe_hash=True, repr="__repr__" not in vars(cls))(cls)


def _nothing(self: object) -> tuple[()]:
    return ()


def _equals(self: Any, other: Any) -> bool:
    own = type(self)
    return type(other) is own and own._parts(self) == own._parts(other)


def _hash(self: Any) -> int:
    return hash(type(self)._parts(self))


def _show(self: Any) -> str:
    parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({parts})"


_METHODS = {"__eq__": _equals, "__hash__": _hash, "__repr__": _show}
