"""Packed files and archives: read in place, by cleaned names, to an end."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Reading, Skipped, limits, read_stream

ReadBytes = Callable[[str, bytes | str], list[Reading]]
Files = dict[str, bytes]

PAGE = "باران در گیلان\n\nدیروز در سراسر گیلان باران بارید و رودها پرآب شدند.\n".encode()


def row(id: str) -> bytes:
    return json.dumps({"id": id, "title": "باران"}).encode() + b"\n"


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(files: Files, mode: str = "w", format: int = tarfile.PAX_FORMAT) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode, format=format) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def told(found: list[Reading]) -> list[str]:
    """The id of each article, the reason of each complaint."""
    return [x.id if isinstance(x, Article) else x.why for x in found]


ARCHIVES = [
    ("news.zip", zipped),
    ("news.tar", tarred),
    ("news.tar", lambda files: tarred(files, format=tarfile.GNU_FORMAT)),
    ("news.tar.gz", lambda files: tarred(files, "w:gz")),
    ("news.tgz", lambda files: tarred(files, "w:gz")),
    ("news.tar.bz2", lambda files: tarred(files, "w:bz2")),
    ("news.tar.xz", lambda files: tarred(files, "w:xz")),
    ("news.zip.gz", lambda files: gzip.compress(zipped(files))),
    ("news", zipped),
    ("news.txt", tarred),
]


@pytest.mark.parametrize(("name", "pack"), ARCHIVES)
def test_an_archive_is_read_as_the_folder_it_packs(
    readings: ReadBytes, name: str, pack: Callable[[Files], bytes]
) -> None:
    long = "ب" * 110
    files = {
        "a.txt": PAGE,
        "./deep/b.jsonl": row("7") + b'{"title":"x"}\n',
        "c.txt.gz": gzip.compress(PAGE),
        f"{long}/d.txt": PAGE,
        "photo.jpg": b"\xff\xd8",
        ".hidden/e.txt": PAGE,
        "__MACOSX/f.txt": PAGE,
    }
    assert told(readings(f"1403/{name}", pack(files))) == [
        "1403/news/a",
        "7",
        "1403/news/deep/b:2",
        "1403/news/c",
        f"1403/news/{long}/d",
    ]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_read_whatever_packs_them(readings: ReadBytes, pack: Callable[[bytes], bytes]) -> None:
    assert told(readings("a.jsonl", pack(row("1")) + pack(row("2")))) == ["1", "2"]
    (*_, skipped) = readings("a.jsonl", pack(os.urandom(2000).hex().encode())[:-500])
    assert "damaged" in getattr(skipped, "why", "")


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_that_lead_elsewhere_are_cleaned_or_refused(readings: ReadBytes, pack: Callable[[Files], bytes]) -> None:
    names = ["/etc/a.txt", "../b.jsonl", "c/../../d.txt", "C:/e.txt", "\\\\f.txt", "\x1b[2J\u202e.txt"]
    found = readings("x.zip", pack(dict.fromkeys(names, PAGE)))
    f = "x/f" if pack is zipped else "x/\\\\f"
    upwards = "its name leads out of the archive"
    assert told(found) == ["x/etc/a", upwards, upwards, "x/e", f, "x/\x1b[2J\u202e"]


def test_links_devices_and_encrypted_files_are_never_read(readings: ReadBytes) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, kind in (("a.txt", tarfile.SYMTYPE), ("b.txt", tarfile.LNKTYPE), ("c.txt", tarfile.CHRTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    assert told(readings("a.tar", packed.getvalue())) == ["it is a link; only files of archives are read"] * 2
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(packed := io.BytesIO(), "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert told(readings("a.zip", packed.getvalue())) == ["it is a link; only files of archives are read"]
    secret = bytearray(zipped({"a.txt": PAGE}))
    secret[secret.find(b"PK\x01\x02") + 8] |= 1
    assert told(readings("a.zip", bytes(secret))) == ["it is encrypted; unpack it yourself"]
    assert "method 12" in told(readings("a.zip", zipped({"a.txt": PAGE}, zipfile.ZIP_BZIP2)))[0]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_archives_in_archives_are_read_one_level_deep(readings: ReadBytes, pack: Callable[[Files], bytes]) -> None:
    inner = zipped({"a.txt": PAGE})
    once = pack({"in.zip": inner, "in2.tar": tarred({"b.txt": PAGE})})
    assert told(readings("x.zip", once)) == ["x/in/a", "x/in2/b"]
    (skipped,) = readings("x.zip", pack({"out.zip": zipped({"in.zip": inner})}))
    assert skipped == Skipped(getattr(skipped, "where", ""), "it is an archive too deep in others; unpack it yourself")
    assert getattr(skipped, "where", "").endswith("x.zip/out.zip/in.zip")


@pytest.mark.parametrize(("name", "pack"), ARCHIVES[:4])
def test_what_expands_without_end_is_given_up_through_all_layers(
    readings: ReadBytes, name: str, pack: Callable[[Files], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPANSION_BYTES", 2**20)
    monkeypatch.setattr(limits, "EXPANSION_RATIO", 20)
    page = gzip.compress(b"<p>" + b" " * 2**18)
    found = readings(name, pack({f"{number}.html.gz": page for number in range(40)}))
    assert "unpacks to over 20 times" in told(found)[-1]
    assert len(found) < 40


def test_xz_gets_no_more_memory_than_it_may(readings: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "XZ_MEMORY_BYTES", 2**20)
    assert "damaged (Memory usage limit" in told(readings("a.txt.xz", lzma.compress(PAGE)))[0]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_archive_of_too_many_files_is_given_up(
    readings: ReadBytes, pack: Callable[[Files], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_MEMBERS", 2)
    (*found, last) = told(readings("a.zip", pack({f"{number}.txt": PAGE for number in range(5)})))
    assert found == ["a/0", "a/1"]
    assert "$KHABARJOO_ARCHIVE_MEMBERS raises the limit" in last


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_archive_without_news_says_so(readings: ReadBytes, pack: Callable[[Files], bytes]) -> None:
    assert told(readings("a.zip", pack({"a.jpg": b"x"}))) == ["it holds no file that is read"]


@pytest.mark.parametrize("size", [900_000, 9_000_000])
def test_notes_of_tar_that_are_endless_digits_cost_no_time(readings: ReadBytes, size: int) -> None:
    notes = tarfile.TarInfo("notes")
    notes.type, notes.size = tarfile.XHDTYPE, size
    archive = notes.tobuf(tarfile.USTAR_FORMAT) + b"1" * size + bytes(-size % 512) + tarred({"a.txt": PAGE})
    assert told(readings("a.tar", archive))[-1] in ("a/a", "it is damaged (what it says of one file is too long); what"
    " stands before the damage was read")  # fmt: skip


def test_a_stream_that_cannot_go_back_is_read_too() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    assert told(list(read_stream(Pipe(zipped({"a.txt": PAGE})), where="-", name="x"))) == ["x/a"]


def test_bytes_changed_anywhere_never_raise() -> None:
    files = {"a.txt": PAGE, "b.jsonl": row("1") * 3, "ج.jsonl.gz": gzip.compress(row("2"))}
    for archive in (zipped(files), tarred(files), gzip.compress(tarred(files)), lzma.compress(zipped(files))):
        for place in range(0, len(archive), max(1, len(archive) // 150)):
            for broken in (
                archive[:place],
                archive[:place] + bytes([archive[place] ^ 0xFF]) + archive[place + 1 :],
            ):
                for reading in read_stream(io.BytesIO(broken), where="x", name="x"):
                    repr(reading).encode()


def test_names_in_utf_8_are_read_though_their_flag_is_not_set(readings: ReadBytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("باران.txt", "باران در گیلان\n\nدیروز در سراسر گیلان باران بارید و رودها پرآب شدند.\n")
    (found,) = readings("a.zip", packed.getvalue().replace(b"\x00\x08", b"\x00\x00"))
    assert isinstance(found, Article)
    assert found.id == "a/باران"


def test_ids_that_are_unique_in_their_files_only_are_kept_apart_in_an_archive(readings: ReadBytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/x.jsonl", '{"id": 1, "title": "باران"}\n{"id": 2, "title": "برف"}\n')
        archive.writestr("b/x.jsonl", '{"id": 1, "title": "باد"}\n{"id": 2, "title": "برف"}\n')
    found = [(x.id, x.title) for x in readings("n.zip", packed.getvalue()) if isinstance(x, Article)]
    assert found == [("1", "باران"), ("2", "برف"), ("b/x/1", "باد"), ("2", "برف")]
