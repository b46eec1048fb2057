"""The searcher of the room: shared by a few requests at a time, and opened anew when the index has changed."""

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

    return ReadingRoom(open_searcher, at_once=2)  # type: ignore[arg-type]


def test_a_searcher_is_shared_by_as_many_as_have_their_turn(room, opened, monkeypatch) -> None:
    monkeypatch.setattr("khabarjoo.searcher.web.reading_room.PATIENCE", 0.01)
    with room.desk() as one, room.desk() as two:
        assert one.searcher is two.searcher is opened[0]
        with pytest.raises(TooBusy), room.desk():
            pass
    with room.desk():
        assert len(opened) == 1


def test_pages_are_made_one_after_another_and_none_waits_long_for_a_slow_one(room, monkeypatch) -> None:
    monkeypatch.setattr("khabarjoo.searcher.web.reading_room.ITS_TURN", 3600)
    at_work, most = [0], [0]

    def read() -> None:
        for _ in range(200):
            with room.desk():
                at_work[0] += 1
                most[0] = max(most[0], at_work[0])
                sum(range(100))
                at_work[0] -= 1

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
    monkeypatch.setattr("khabarjoo.searcher.web.reading_room.ITS_TURN", 0.001)
    with room.desk() as slow, room.desk() as next_one:
        assert slow.searcher is next_one.searcher


def test_one_that_is_behind_is_left_and_what_it_told_forgotten(room, opened) -> None:
    with room.desk() as desk:
        assert desk.remember("key", lambda: "old") == "old"
        assert desk.remember("key", lambda: "new") == "old"
    opened[0].is_outdated = True
    with room.desk() as desk:
        assert desk.searcher is opened[1]
        assert desk.remember("key", lambda: "new") == "new"


def test_who_reads_the_state_before_goes_on_and_tells_nothing_of_the_new_one(room, opened) -> None:
    with room.desk() as behind:
        opened[0].is_outdated = True
        with room.desk() as current:
            behind.remember("key", lambda: "old")
            assert current.remember("key", lambda: "new") == "new"
        assert not opened[0].is_closed


def test_one_that_is_found_damaged_is_lent_no_more(room, opened) -> None:
    with pytest.raises(StoreError), room.desk() as desk:
        raise StoreError(desk, "damaged")
    with pytest.raises(ZeroDivisionError), room.desk():
        raise ZeroDivisionError  # an error of the page says nothing about the index
    with room.desk():
        pass
    assert len(opened) == 2
    room.close()
    assert opened[1].is_closed


def test_many_at_a_time_all_get_their_turn(room, opened, monkeypatch) -> None:
    monkeypatch.setattr("khabarjoo.searcher.web.reading_room.PATIENCE", 600)  # however slow the machine is
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
    assert told == [0] * 400
    assert len(opened) == 1


def test_what_was_not_asked_for_longest_is_forgotten(room) -> None:
    made: list[int] = []
    with room.desk() as desk:
        for number in [*range(1200), 0, 1199]:
            desk.remember(number, lambda number=number: made.append(number))
    assert made == [*range(1200), 0]
