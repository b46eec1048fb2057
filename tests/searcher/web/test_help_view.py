"""The page of help: its queries find what they say, and its keys are those of the script."""

from __future__ import annotations

from khabarjoo.searcher.web.help_view import KEYS
from khabarjoo.searcher.web.site import STATIC
from tests.searcher.web.pages import Read


def test_every_query_that_is_shown_is_read_as_it_stands(room) -> None:
    for address in Read(room.get("/help?lang=en").text).links("table.help a"):
        answer = room.get(address)
        assert answer.status_code == 200
        assert Read(answer.text).all(".remark") == []


def test_every_key_that_is_shown_is_one_of_the_script() -> None:
    script = (STATIC / "room.js").read_text(encoding="utf-8")
    for key, _ in KEYS:
        assert f"Key{key.upper()}:" in script if key.isalpha() else key in script
