import asyncio
from pathlib import Path

import pytest

from khabarjoo.searcher.shell.history import LONGEST_LINE, MOST_LINES, LineHistory, cleaned
from khabarjoo.searcher.shell.prompt import pasted


def loaded(path: Path) -> list[str]:
    """The lines a session finds, the latest first."""

    async def load() -> list[str]:
        return [line async for line in LineHistory(path).load()]

    return asyncio.run(load())


def test_lines_are_kept_from_one_session_to_the_next(tmp_path: Path) -> None:
    path = tmp_path / "state" / "history"
    for line in ("باران", "می‌بارد", "باران"):
        LineHistory(path).append_string(line)
    assert loaded(path) == ["باران", "می‌بارد"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_line_twice_in_a_row_and_an_empty_one_are_kept_once_and_not_at_all(tmp_path: Path) -> None:
    history = LineHistory(tmp_path / "history")
    for line in ("باران", "باران", "  ", "\x1b[31m"):
        history.append_string(line)
    assert (tmp_path / "history").read_text("utf-8") == "+باران\n"


@pytest.mark.parametrize("line", ["\x1b]0;x\x07خبر \x1b[31mقم", "خبر \u202eقم", "خبر\r\nقم", "\x9dخبر\tقم"])
def test_lines_are_cleaned_when_they_are_kept_and_when_they_are_read(tmp_path: Path, line: str) -> None:
    LineHistory(tmp_path / "history").append_string(line)
    (tmp_path / "other").write_text("+" + line.replace("\n", " "), "utf-8", newline="")
    assert loaded(tmp_path / "history") == loaded(tmp_path / "other") == ["خبر قم"]
    assert pasted(line) == "خبر قم"


def test_a_history_that_has_grown_is_cut_to_the_latest_lines(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_text("".join(f"+line {number}\n" for number in range(3 * MOST_LINES)), "utf-8")
    lines = loaded(path)
    assert (len(lines), lines[0]) == (MOST_LINES, f"line {3 * MOST_LINES - 1}")
    assert len(path.read_text("utf-8").splitlines()) == MOST_LINES


def test_a_huge_line_and_a_huge_file_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_bytes(b"+" + b"x" * 5_000_000 + b"\n+\xff\xfe\n# 2026\n+last\n")
    assert loaded(path)[0] == "last"
    assert len(cleaned("x" * 10**6)) == LONGEST_LINE


def test_a_place_that_cannot_be_written_keeps_lines_for_the_session(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    history = LineHistory(tmp_path / "file" / "history")
    history.append_string("باران")
    assert history.get_strings() == ["باران"]
