"""A manifest that is something else is damage, and never an index with less in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from khabarjoo.index.manifest import manifest_name, read_manifest
from tests.newsfolder import Folder


def no_list(fields: dict[str, Any]) -> None:
    fields["segments"] = {}


def forgotten_deletions(fields: dict[str, Any]) -> None:
    fields["segments"][0]["deleted"] = ""


def deletions_of_nothing(fields: dict[str, Any]) -> None:
    fields["segments"][0]["deleted_sha256"] = ""


@pytest.mark.parametrize("change", [no_list, forgotten_deletions, deletions_of_nothing])
def test_rows_of_another_shape_are_damage(tmp_path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    folder = Folder(tmp_path)
    folder.write("a.jsonl", {str(number): f"باران {number}" for number in range(40)})
    folder.sync()
    folder.write("a.jsonl", {str(number): f"باران {number}" for number in range(39)})
    folder.sync()
    generation = 2
    assert read_manifest(folder.index, generation).segments[0].deleted
    file = folder.index / manifest_name(generation)
    fields = json.loads(file.read_bytes().rpartition(b"}")[0] + b"}")
    change(fields)
    body = json.dumps(fields)
    file.write_text(f"{body}\n{hashlib.sha256(body.encode()).hexdigest()}\n")
    with pytest.raises(ValueError, match="is not a manifest"):
        read_manifest(folder.index, generation)
