"""A writer and readers at the same index, for a few seconds."""

from __future__ import annotations

from pathlib import Path


def test_no_reader_fails_or_sees_half_a_state(tmp_path: Path) -> None:
    from readers_and_writer import READERS, run

    writer, *readers = run(tmp_path, 3)
    assert [done.failures for done in (writer, *readers)] == [[]] * (READERS + 1)
    assert len(readers) == 4
    assert writer.commits > 3
    assert all(reader.opened > 3 and reader.states > 1 for reader in readers)
