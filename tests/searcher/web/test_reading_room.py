"""The searchers of the room: each lent to one request at a time, and opened anew when the index has changed."""

from __future__ import annotations

import threading

import pytest

from khabarjoo.index.errors import StoreError
from khabarjoo.searcher.web.reading_room import ReadingRoom, TooBusy


class FakeSearcher:
    def __init__(self) -> None:
        self.is_outdated = self.is_closed = False

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def opened() -> list[FakeSearcher]:
    return []


@pytest.fixture
def room(opened) -> ReadingRoom:
    def open_searcher() -> FakeSearcher:
        opened.append(FakeSearcher())
        return opened[-1]

    return ReadingRoom(open_searcher, searchers=2)


def test_a_searcher_is_lent_again_after_its_request(room, opened) -> None:
    for _ in range(3):
        with room.desk():
            pass
    assert len(opened) == 1


def test_none_is_lent_to_two_and_the_third_waits(room, opened, monkeypatch) -> None:
    monkeypatch.setattr("khabarjoo.searcher.web.reading_room.PATIENCE", 0.01)
    with room.desk() as one, room.desk() as two:
        assert one.searcher is not two.searcher
        with pytest.raises(TooBusy), room.desk():
            pass
    with room.desk():
        assert len(opened) == 2


def test_one_that_is_behind_is_closed_and_what_it_told_forgotten(room, opened) -> None:
    with room.desk() as desk:
        assert desk.remember("key", lambda: "old") == "old"
        assert desk.remember("key", lambda: "new") == "old"
    opened[0].is_outdated = True
    with room.desk() as desk:
        assert desk.searcher is opened[1]
        assert desk.remember("key", lambda: "new") == "new"
    assert opened[0].is_closed


def test_what_one_that_is_behind_tells_meanwhile_is_not_told_of_the_new_state(room, opened) -> None:
    with room.desk() as behind:
        with room.desk():
            pass
        opened[1].is_outdated = True
        with room.desk() as current:
            behind.remember("key", lambda: "old")
            assert current.remember("key", lambda: "new") == "new"


def test_one_that_is_found_damaged_is_lent_no_more(room, opened) -> None:
    with pytest.raises(StoreError), room.desk() as desk:
        raise StoreError(desk, "damaged")
    with pytest.raises(ZeroDivisionError), room.desk():
        raise ZeroDivisionError  # an error of the page says nothing about the index
    with room.desk():
        pass
    assert opened[0].is_closed
    assert len(opened) == 2
    room.close()
    assert opened[1].is_closed


def test_many_at_a_time_all_get_their_turn(room, opened) -> None:
    told: list[int] = []

    def ask() -> None:
        for _ in range(50):
            with room.desk() as desk:
                told.append(desk.generation)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 400
    assert len(opened) <= 2
