"""A writer and readers at the same index, for a few seconds."""

from __future__ import annotations

from pathlib import Path


def test_no_reader_fails_or_sees_half_a_state(tmp_path: Path) -> None:
    from readers_and_writer import READERS, run

    for seconds in (3, 60):  # a machine with much to do gets more time
        folder = tmp_path / str(seconds)
        folder.mkdir()
        writer, *readers = run(folder, seconds)
        assert [done.failures for done in (writer, *readers)] == [[]] * (READERS + 1)
        if worked := writer.commits > 3 and all(reader.opened > 3 and reader.states > 1 for reader in readers):
            break
    assert worked
    assert len(readers) == 4
