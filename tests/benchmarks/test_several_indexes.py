from pathlib import Path

import pytest

from khabarjoo.index.file_sync import sync


def test_queries_are_timed_over_one_index_and_over_its_parts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from several_indexes import main

    rows = [f'{{"id": "{number}", "title": "باران"}}\n' for number in range(4)]
    for name, part in (("whole", rows), ("a", rows[:2]), ("b", rows[2:])):
        file = tmp_path / f"{name}.jsonl"
        file.write_text("".join(part), encoding="utf-8")
        sync(tmp_path / name, [file])
    queries = tmp_path / "queries.tsv"
    queries.write_text("1\tباران\n2\tبرف\n", encoding="utf-8")
    assert main([str(tmp_path / "whole"), str(queries), str(tmp_path / "a"), str(tmp_path / "b"), "--rounds", "1"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("2 queries, 1 rounds in turns")
    assert "2 indexes" in shown
