from __future__ import annotations

import pickle
from dataclasses import asdict, replace

import pytest

from khabarjoo.analyzers.value_object import value


@value
class Town:
    """A place."""

    name: str
    people: int = 0

    @property
    def is_large(self) -> bool:
        """Whether many live there."""
        return self.people > 100_000


@value
class Village:
    """Another kind of place, with the same parts."""

    name: str
    people: int = 0


@value
class Nowhere:
    """No place at all."""


def test_values_are_equal_when_their_class_and_all_their_parts_are() -> None:
    assert Town("قم", 5) == Town("قم", people=5)
    assert Town("قم", 5) != Town("قم", 6)
    others: list[object] = [Village("قم", 5), ("قم", 5), None]
    assert Town("قم", 5) not in others
    assert Nowhere() == Nowhere()


def test_equal_values_have_one_hash() -> None:
    assert len({Town("قم"), Town("قم", 0), Town("یزد"), Nowhere(), Nowhere()}) == 3


def test_a_value_shows_its_parts() -> None:
    assert repr(Town("قم")) == "Town(name='قم', people=0)"
    assert repr(Nowhere()) == "Nowhere()"


def test_values_are_dataclasses_with_slots() -> None:
    assert asdict(replace(Town("قم"), people=7)) == {"name": "قم", "people": 7}
    assert not hasattr(Town("قم"), "__dict__")
    assert pickle.loads(pickle.dumps(Town("قم", 7))) == Town("قم", 7)
    match Town("قم", 200_000):
        case Town("قم", people) as town:
            assert (people, town.is_large) == (200_000, True)


def test_a_part_without_a_default_must_be_given() -> None:
    with pytest.raises(TypeError, match="name"):
        Town()  # type: ignore[call-arg]
