"""Completion, as in the shell."""

from __future__ import annotations

import pytest


def completed(room, text: str, **more: object) -> list[str]:
    answer = room.get("/api/complete", params={"q": text, **more})
    assert answer.status_code == 200
    return [each["text"] for each in answer.json()["completions"]]


def test_words_outlets_fields_and_dates_are_completed(room) -> None:
    assert "باران" in completed(room, "بار")
    assert "Reuters" in completed(room, "منبع:Re")
    assert "عنوان:" in completed(room, "عنو")
    assert "دیروز" in completed(room, "تاریخ:دی")


def test_what_stands_at_the_cursor_is_completed_and_told_in_the_language_of_the_page(room) -> None:
    answer = room.get("/api/complete", params={"q": "منبع:Re باران", "cursor": 7, "lang": "en"}).json()
    assert answer["completions"][0] == {"text": "Reuters", "start": 5, "what": "outlet"}


@pytest.mark.parametrize("text", ["", " ", "\\", "\\sort", "\x00", "ا" * 1000])
def test_of_nothing_and_of_commands_there_is_nothing_to_complete(room, text: str) -> None:
    assert completed(room, text) == []


@pytest.mark.parametrize("cursor", ["-1", "9", "x", "۱"])
def test_a_cursor_is_within_the_text(room, cursor: str) -> None:
    assert room.get("/api/complete", params={"q": "با", "cursor": cursor}).status_code == 400
