"""What a run tells of troubles: the first of each file by name, the others as a count, and never more than so many."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabarjoo.index.ingest import Notice, Skipped, limits
from khabarjoo.index.run_complaints import Complaints
from tests.newsfolder import Folder


def test_the_first_of_each_file_are_named_and_the_rest_is_counted() -> None:
    skipped: list[Skipped] = []
    noticed: list[Notice] = []
    complaints = Complaints(skipped, noticed)
    for file in ("a", "b"):
        for line in range(limits.TROUBLES):
            complaints.add(Skipped(f"{file}:{line}", "why"))
        complaints.add(Skipped(file, "more of the reader's", count=7))
        complaints.add(Notice(file, "why"))
        complaints.end_file(file)
    assert len(skipped) == 2 * (limits.TROUBLES + 1)
    assert skipped[limits.TROUBLES] == Skipped.more("a", 7)
    assert "7 more lines" in skipped[-1].why
    assert noticed == [Notice.more("a", 1), Notice.more("b", 1)]
    assert complaints.skipped == sum(each.count for each in skipped) == 2 * (limits.TROUBLES + 7)


def test_after_very_many_each_file_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TROUBLES_IN_ALL", 5)
    skipped: list[Skipped] = []
    complaints = Complaints(skipped, [])
    for file in range(10):
        for _ in range(3):
            complaints.add(Skipped(str(file), "why"))
        complaints.end_file(str(file))
    assert [each.count for each in skipped] == [1, 1, 1, 1, 1, 1, *[3] * 8]


def test_rows_of_one_id_and_text_are_one_line_with_their_number(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (folder.files / "a.csv").write_text("id,title\n" + "a,خبر\n" * 1000, encoding="utf-8")
    for _ in range(2):  # a file with troubles is read again, so that they are told again
        report = folder.sync()
        assert report.articles == 1
        (skipped,) = report.skipped
        assert skipped.count == 999
        assert skipped.why.startswith("999 articles are in a.csv already, with the same ids and texts")


def test_rows_of_one_id_and_other_texts_are_counted_beyond_the_first_hundred(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    rows = "".join(f"a,خبر {number}\n" for number in range(1000))
    (folder.files / "a.csv").write_text("id,title\n" + rows, encoding="utf-8")
    report = folder.sync()
    assert sum(skipped.count for skipped in report.skipped) + report.articles == 1000
    assert len(report.skipped) <= limits.TROUBLES + 1
