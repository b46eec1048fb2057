"""The addresses for programs: the JSON of the command line."""

from __future__ import annotations

import json

import pytest

from khabarjoo.searcher.cli.main import main


def without_time(record: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in record.items() if name != "took_ms"}


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("/api/search?q=باران&limit=3", ["search", "--limit", "3", "باران"]),
        ("/api/search?q=نفت&page=2&sort=oldest", ["search", "--offset", "10", "--sort", "oldest", "نفت"]),
        ("/api/search?q=باران&source=پیک باران&since=1401",
         ["search", "--source", "پیک باران", "--since", "1401", "باران"]),
        ("/api/search?q=شورا&copies=all", ["search", "--all-copies", "شورا"]),
        ("/api/article/rain?q=باران", ["show", "rain", "--query", "باران"]),
        ("/api/article/rain%2F2", ["show", "rain/2"]),
        ("/api/similar/rain", ["similar", "rain"]),
        ("/api/explain/rain?q=باران", ["explain", "باران", "rain"]),
        ("/api/facets?q=باران&by=source&limit=2", ["facets", "باران", "--by", "source", "--limit", "2"]),
        ("/api/facets?q=باران", ["facets", "باران"]),
        ("/api/timeline?q=باران&by=season", ["timeline", "باران", "--by", "season"]),
    ],
)  # fmt: skip
def test_an_answer_is_that_of_the_command(room, index, capsys, address: str, arguments: list[str]) -> None:
    command, *rest = arguments
    main([command, "--index", str(index), "--format", "json", *rest])
    told = json.loads(capsys.readouterr().out)
    answer = room.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["format_version"] == 1
    assert without_time(answer.json()) == without_time(told)


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/api/article/none", 404, "no article has the id “none”"),
        ("/api/similar/none", 404, "none"),
        ("/api/search?q=a&since=neverday", 400, "neverday"),
        ("/api/search?q=a&since=1402&until=1401", 400, "ends before it begins"),
        ("/api/search?q=a&limit=1001", 400, "limit must be a whole number from 1 to 1,000"),
        ("/api/search?q=a&page=-1", 400, "page must be"),
        ("/api/search?q=a&page=10000", 400, "page must be"),
        ("/api/search?q=a&sort=best", 400, "sort must be one of relevance, newest, oldest"),
        ("/api/facets?q=a&by=colour", 400, "by must be one of source, category, tag, speaker, year, month"),
        ("/api/search?q=a&offset=10000", 400, "offset must be a whole number from 0 to 9,999"),
        ("/api/timeline?q=a&by=day", 400, "by must be one of"),
        ("/api/nothing", 404, "no such page"),
    ],
)
def test_what_cannot_be_answered_says_why_in_one_line(room, address: str, status: int, told: str) -> None:
    answer = room.get(address)
    assert answer.status_code == status
    assert told in answer.json()["error"]
    assert "\n" not in answer.json()["error"]


def test_nothing_asked_is_nothing_found(room) -> None:
    assert room.get("/api/search").json()["hits"] == []
