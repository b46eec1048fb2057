"""Brings the sizes and hashes in `manifest.json` up to date: ``python -m khabarjoo.seeds.make_manifest``.

Run it after changing a page. What the pages say (title, date, outlet and so on) is kept in the manifest by hand, since
the tests hold the readers against it; for a new page, write those facts first and leave ``bytes`` and ``sha256`` out.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from . import pages_folder


def main() -> int:
    """Rewrites the manifest; 1 when its files and those in the folder are not the same, and then nothing is written."""
    folder = pages_folder().parent
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    listed = {entry["file"] for entry in manifest["files"]}
    found = {page.relative_to(folder).as_posix() for page in pages_folder().iterdir()}
    if strangers := sorted(listed ^ found):
        print("in the manifest or in the folder, but not in both:", *strangers, sep="\n  ", file=sys.stderr)
        return 1
    manifest["files"] = [_refreshed(entry, folder) for entry in manifest["files"]]
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{len(listed)} files, {sum(len(entry['articles']) for entry in manifest['files'])} articles")
    return 0


def _refreshed(entry: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A file's entry with its size and hash as they are now, before its articles."""
    data = (folder / entry["file"]).read_bytes()
    return {
        "file": entry["file"],
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "articles": entry["articles"],
    }


if __name__ == "__main__":
    sys.exit(main())
