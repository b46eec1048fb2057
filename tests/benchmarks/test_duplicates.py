import sys

from khabarjoo.index.file_sync import sync
from khabarjoo.seeds import pages_folder


def test_every_group_of_copies_is_printed_and_counted(monkeypatch, capsys, tmp_path) -> None:
    import duplicates

    sync(tmp_path / "index", [pages_folder()])
    monkeypatch.setattr(sys, "argv", ["duplicates.py", str(tmp_path / "index"), "--words", "3"])
    duplicates.main()
    shown = capsys.readouterr().out
    assert "   c02 · پایگاه خبری راه ابریشم · 2019-08-18T14:10 · " in shown
    assert shown.index("   c02 ·") < shown.index("   nz-98-1104 ·") < shown.index("70 articles, ")
    assert shown.endswith("6 groups (6 of several outlets), 12 articles; by size: 2: 6\n")


def test_copies_of_copies_are_of_one_group() -> None:
    from duplicates import grouped

    assert grouped(iter([(1, 2), (5, 6), (2, 9)])) == [[1, 2, 9], [5, 6]]
