"""Ids seen: each is known with its file, whatever the ids are, in little memory."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.index.seen_ids import SeenIds


@given(st.lists(st.tuples(st.text(max_size=3), st.sampled_from("abc")), max_size=200))
def test_an_id_is_of_the_file_it_was_seen_in(rows: list[tuple[str, str]]) -> None:
    seen, known = SeenIds(), dict[str, tuple[str, int]]()
    for id, file in rows:
        assert seen.get(id) == known.get(id)
        if id not in known:
            seen.add(id, file, hash(file) & 0xFFFF)
            known[id] = file, hash(file) & 0xFFFF
    assert {id: seen.get(id) for id in known} == known
    assert len(seen) == len(known)
    assert seen.get("never seen") is None


def test_a_table_that_has_grown_knows_all_it_knew() -> None:
    seen = SeenIds()
    for number in range(3000):
        seen.add(f"id {number}", f"file {number // 1000}", number)
    assert [seen.get(f"id {number}") for number in (0, 1500, 2999, 3000)] == [
        ("file 0", 0), ("file 1", 1500), ("file 2", 2999), None,
    ]  # fmt: skip


def test_an_id_takes_a_few_dozen_bytes_however_long_it_is() -> None:
    tracemalloc.start()
    seen = SeenIds()
    for number in range(20_000):
        seen.add(f"{number}" + "x" * 100, "a.csv", number)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 70 * 20_000
