"""Ids taken: each is known with its file, whatever the ids are, in little memory."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.index.taken import TakenIds


@given(st.lists(st.tuples(st.text(max_size=3), st.sampled_from("abc")), max_size=200))
def test_an_id_is_of_the_file_it_was_taken_from(rows: list[tuple[str, str]]) -> None:
    taken, known = TakenIds(), dict[str, tuple[str, int]]()
    for id, file in rows:
        assert taken.get(id) == known.get(id)
        if id not in known:
            taken.add(id, file, hash(file) & 0xFFFF)
            known[id] = file, hash(file) & 0xFFFF
    assert {id: taken.get(id) for id in known} == known
    assert len(taken) == len(known)
    assert taken.get("never taken") is None


def test_a_table_that_has_grown_knows_all_it_knew() -> None:
    taken = TakenIds()
    for number in range(3000):
        taken.add(f"id {number}", f"file {number // 1000}", number)
    assert [taken.get(f"id {number}") for number in (0, 1500, 2999, 3000)] == [
        ("file 0", 0), ("file 1", 1500), ("file 2", 2999), None,
    ]  # fmt: skip


def test_an_id_takes_a_few_dozen_bytes_however_long_it_is() -> None:
    tracemalloc.start()
    taken = TakenIds()
    for number in range(20_000):
        taken.add(f"{number}" + "x" * 100, "a.csv", number)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 70 * 20_000
