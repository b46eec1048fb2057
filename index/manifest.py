"""Manifests: what each generation of an index consists of, with sizes and checksums.

A manifest is JSON and a last line with the checksum of all before it. The files of an index are named here too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from khabarjoo.analyzers.checksums import sha256

from .errors import NotAnIndex, OtherFormat, disk_failure
from .regular_files import read_regular

FORMAT_VERSION = 2
"""Of the files in the folder. Goes up when old ones can no longer be read."""

LOCK = "lock"

MIXED = "mixed"
"""In place of the digest of a lexicon, where the terms of some segments are of another than those of others."""

MARK = "unfinished"
"""Is there while a run writes several segments; see `resume`."""

GENERATION = r"(?:0[0-9]{5}|[1-9][0-9]{5,17})"
"""A generation in a name: six digits, the first ones 0, or as many as it has."""

_MANIFEST = re.compile(rf"manifest-({GENERATION})\.json")
_OURS = re.compile(
    rf"manifest-{GENERATION}\.json(\.tmp)?|s{GENERATION}(-[0-9]+)?|deleted-{GENERATION}-\S+|sources-{GENERATION}\.json"
    "|lock|unfinished"
)
_SEGMENT = rf"s({GENERATION})-([0-9]+)"


Sources = Mapping[str, Sequence[int]]
"""Origin file to [size, modification time in ns, articles read from it, change time in ns].

A modification time of -1 has the file read again. Earlier versions kept no change times. Two numbers follow if one is
not 0: whether the file's ids are written after its name (see `id_clashes`), and a digest of how it was read.
"""


class Row(NamedTuple):
    """A segment in a manifest.

    ``directory`` is the fingerprint of its columns, which includes a checksum of each; it is compared whenever the
    segment is opened, ``sha256`` when it is verified. ``deleted`` names the file of its deleted articles, or is ''.
    """

    name: str
    articles: int
    bytes: int
    directory: int
    sha256: str
    deleted: str
    deleted_sha256: str


_ROW_TYPES = (str, int, int, int, str, str, str)


class Manifest(NamedTuple):
    """What one generation consists of; ``sample`` says that it is the bundled sample, which gives way to others.

    ``speakers`` is the version of the rules by which it tells who said what; 0 when it does not. ``lexicon`` is the
    digest of the one that made the terms, '' in manifests of earlier versions, `MIXED` for several.
    """

    generation: int
    analyzer: int
    segments: tuple[Row, ...]
    sources_sha256: str
    sample: bool = False
    speakers: int = 0
    lexicon: str = ""

    def names(self) -> set[str]:
        """Returns the files and folders of the generation."""
        files = {manifest_name(self.generation), sources_name(self.generation)}
        return files | {name for row in self.segments for name in (row.name, row.deleted) if name}


def lexicon_after(before: str, ours: str) -> str:
    """Returns which lexicon made the terms of an index after our run over it, given the one of before."""
    return before if before in ("", ours) else MIXED


def manifest_name(generation: int) -> str:
    """Returns the file of a generation's manifest."""
    return f"manifest-{generation:06}.json"


def sources_name(generation: int) -> str:
    """Returns the file of a generation's sources."""
    return f"sources-{generation:06}.json"


def deleted_name(generation: int, segment: str) -> str:
    """Returns the file of the articles of a segment that are deleted from a generation on."""
    return f"deleted-{generation:06}-{segment}"


def generations(path: Path) -> list[int]:
    """Returns the numbers of the manifests in a folder, newest first. Raises NotAnIndex for a file, StoreError."""
    try:
        names = [entry.name for entry in path.iterdir()]
    except FileNotFoundError:
        return []
    except NotADirectoryError as error:
        if path.exists():
            raise NotAnIndex(path, "it is a file") from None
        raise disk_failure(path, error, is_new=True) from error
    except OSError as error:
        raise disk_failure(path, error) from error
    return sorted((int(match[1]) for name in names if (match := _MANIFEST.fullmatch(name))), reverse=True)


def strangers(path: Path) -> list[str]:
    """Returns what is in a folder that no index has."""
    return sorted(entry.name for entry in path.iterdir() if not _OURS.fullmatch(entry.name)) if path.is_dir() else []


def segment_name(generation: int, number: int) -> str:
    """Returns the folder of one of the segments that a generation adds."""
    return f"s{generation:06}-{number}"


def segments_of(path: Path, generation: int) -> list[Path]:
    """Returns the folders of the segments there are that a generation added, in order."""
    found = [(match, entry) for entry in path.iterdir() if (match := re.fullmatch(_SEGMENT, entry.name))]
    return [entry for match, entry in sorted(found, key=lambda f: int(f[0][2])) if int(match[1]) == generation]


def unkept(path: Path, kept: Iterable[str]) -> list[Path]:
    """Returns what is in an index's folder that is ours and is not to be kept."""
    names = {*kept, LOCK}
    return [entry for entry in path.iterdir() if _OURS.fullmatch(entry.name) and entry.name not in names]


def encode(manifest: Manifest) -> bytes:
    """Returns a manifest as it is written."""
    fields = {"format": FORMAT_VERSION, **manifest._asdict(), "segments": [row._asdict() for row in manifest.segments]}
    if not manifest.speakers:
        del fields["speakers"]
    body = json.dumps(fields, indent=1)
    return f"{body}\n{sha256(body.encode()).hexdigest()}\n".encode()


def read_manifest(path: Path, generation: int) -> Manifest:
    """Returns the manifest of a generation.

    Raises ValueError when it is not what was written, OtherFormat when another version wrote it, OSError.
    """
    name = manifest_name(generation)
    body, _, checksum = read_regular(path / name).removesuffix(b"\n").rpartition(b"\n")
    if sha256(body).hexdigest().encode() != checksum:
        raise ValueError(f"{name} is not what was written")
    try:
        fields = json.loads(body)
    except RecursionError as error:
        raise ValueError(f"{name} is not a manifest: {error}") from error
    if not isinstance(fields, dict) or "format" not in fields:
        raise ValueError(f"{name} is not a manifest")
    if fields.get("format") != FORMAT_VERSION:
        raise OtherFormat(path, fields.get("format"), FORMAT_VERSION)
    return _manifest(fields, generation)


def _manifest(fields: Any, generation: int) -> Manifest:
    try:
        if not isinstance(fields["segments"], list):
            raise TypeError(f"its segments are {fields['segments']!r}")
        rows = tuple(Row(**row) for row in fields["segments"])
        for row in rows:
            if tuple(map(type, row)) != _ROW_TYPES or bool(row.deleted) != bool(row.deleted_sha256):
                raise TypeError(f"it tells {row} of a segment")
            _require_ours(row.name)
            _require_ours(row.deleted or row.name)
        if fields["generation"] != generation:
            raise ValueError(f"it is that of generation {fields['generation']}")
        analyzer, checksum, lexicon = fields["analyzer"], fields["sources_sha256"], fields.get("lexicon", "")
        if (type(analyzer), type(checksum), type(lexicon)) != (int, str, str):
            raise TypeError(f"it tells of analyzer {analyzer}, lexicon {lexicon} and sources {checksum}")
        is_sample = fields.get("sample") is True  # manifests of earlier versions have no such field
        speakers = fields.get("speakers", 0)
        if type(speakers) is not int:
            raise TypeError(f"it tells of speakers by rules {speakers}")
        return Manifest(generation, analyzer, rows, checksum, is_sample, speakers, lexicon)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{manifest_name(generation)} is not a manifest: {error}") from error


def _require_ours(name: object) -> None:
    """Refuses names that lead out of the folder; a manifest may be somebody else's."""
    if not (isinstance(name, str) and _OURS.fullmatch(name) and Path(name).name == name):
        raise ValueError(f"it names {name!r}, which no index has")


def read_sources(path: Path, manifest: Manifest) -> Sources:
    """Returns the sources of a generation. Raises ValueError when they are not what was written, OSError."""
    name = sources_name(manifest.generation)
    import hashlib  # late, as no search reads these, which may be long

    data = read_regular(path / name)
    if hashlib.sha256(data).hexdigest() != manifest.sources_sha256:
        raise ValueError(f"{name} is not what was written")
    return sources_of(data, name)


def sources_of(data: bytes, name: str) -> Sources:
    """Returns the sources that a file of this name holds. Raises ValueError when it is no list of files."""
    try:
        loaded = json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{name} is no list of files: {error}") from error
    if not isinstance(loaded, dict) or not all(map(_is_source, loaded.values())):
        raise ValueError(f"{name} is no list of files")
    return loaded


def _is_source(row: object) -> bool:
    return isinstance(row, list) and list(map(type, row)) in ([int] * 3, [int] * 4, [int] * 6)
