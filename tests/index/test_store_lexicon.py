"""Which lexicon made an index's terms stands in its manifest, and another one is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import khabarjoo
from khabarjoo.analyzers.lexicon import default_lexicon
from khabarjoo.index import store
from khabarjoo.index.manifest import MIXED, generations, manifest_name, read_manifest
from khabarjoo.index.repair import remake, repair
from khabarjoo.index.segment import SEGMENT_FILE
from khabarjoo.index.store import open_snapshot
from khabarjoo.index.verify import verify
from tests.newsfolder import Folder


@dataclass
class Other:
    """A lexicon of other words than ours."""

    digest: str = "0123456789abcdef"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.write("a.jsonl", {"1": "باران", "2": "برف"})
    made.sync()
    return made


@pytest.fixture
def other_lexicon(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Has our lexicon be another one from now on."""
    return lambda: monkeypatch.setattr(store, "default_lexicon", Other)


def lexicon_of(folder: Folder) -> str:
    return open_snapshot(folder.index).manifest.lexicon


def test_it_is_the_digest_of_ours(folder: Folder) -> None:
    assert lexicon_of(folder) == default_lexicon().digest
    with khabarjoo.open(folder.index) as news:
        assert not news.is_behind


def test_an_index_of_another_is_searched_and_says_that_it_is_behind(
    folder: Folder, other_lexicon: Callable[[], None]
) -> None:
    other_lexicon()
    with khabarjoo.open(folder.index) as news:
        assert news.is_behind
        assert [hit.id for hit in news.search("باران").hits] == ["1"]


def test_words_are_not_analysed_again_to_verify_what_another_made(
    folder: Folder, other_lexicon: Callable[[], None]
) -> None:
    assert verify(folder.index).analysed_again == 2
    other_lexicon()
    found = verify(folder.index)
    assert (found.damage, found.analysed_again) == ([], 0)


def test_what_is_added_to_an_index_of_another_makes_it_a_mixed_one_until_it_is_made_anew(
    folder: Folder, other_lexicon: Callable[[], None]
) -> None:
    other_lexicon()
    folder.write("b.jsonl", {"3": "تگرگ"})
    folder.sync()
    assert lexicon_of(folder) == MIXED
    assert open_snapshot(folder.index).is_behind
    folder.write("c.jsonl", {"4": "سیل"})
    folder.sync()
    assert lexicon_of(folder) == MIXED
    remake(folder.index)
    assert lexicon_of(folder) == Other().digest
    assert not open_snapshot(folder.index).is_behind


def test_repairing_an_index_of_another_makes_all_of_it_anew(folder: Folder, other_lexicon: Callable[[], None]) -> None:
    for start, end in ((10, 70), (70, 80)):  # which are not merged
        folder.write(f"{start}.jsonl", {str(number): f"تگرگ {number}" for number in range(start, end)})
        folder.sync()
    other_lexicon()
    live = open_snapshot(folder.index).segments[0]
    file = folder.index / live.name / SEGMENT_FILE
    data = bytearray(file.read_bytes())
    data[data.index(bytes(live.segment.columns.bytes("forms")))] ^= 1
    file.write_bytes(bytes(data))
    assert len(open_snapshot(folder.index).segments) == repair(folder.index).segments > 1
    assert lexicon_of(folder) == Other().digest


def rewrite(folder: Folder, lexicon: object) -> None:
    """Has the manifest tell another lexicon, or none for None."""
    (number,) = generations(folder.index)
    file = folder.index / manifest_name(number)
    fields = json.loads(file.read_bytes().rpartition(b"}")[0] + b"}")
    fields.pop("lexicon")
    body = json.dumps(fields if lexicon is None else fields | {"lexicon": lexicon}, indent=1)
    file.write_text(f"{body}\n{hashlib.sha256(body.encode()).hexdigest()}\n")


def test_an_index_that_tells_none_is_read_and_stays_one_that_tells_none(folder: Folder) -> None:
    rewrite(folder, None)
    assert not open_snapshot(folder.index).is_behind
    folder.write("b.jsonl", {"3": "تگرگ"})
    folder.sync()
    assert lexicon_of(folder) == ""
    folder.sync(rebuild=True)
    assert lexicon_of(folder) == default_lexicon().digest


@pytest.mark.parametrize("lexicon", [7, ["x"], {"a": 1}])
def test_something_else_in_its_place_is_damage(folder: Folder, lexicon: object) -> None:
    rewrite(folder, lexicon)
    with pytest.raises(ValueError, match="is not a manifest: it tells of"):
        read_manifest(folder.index, 1)
