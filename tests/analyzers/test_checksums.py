"""Checksums: what zlib and hashlib say, with the kernel and without."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zlib
from random import Random

import pytest

from khabarjoo.analyzers import checksums
from khabarjoo.analyzers.checksums import crc32, sha256


@pytest.mark.parametrize("with_kernel", [True, False])
def test_crc_32_is_that_of_zlib(monkeypatch: pytest.MonkeyPatch, with_kernel: bool) -> None:
    if not with_kernel:
        monkeypatch.setattr(checksums, "has_kernel", lambda: False)
    rng = Random(1)
    for size in (0, 1, 7, 64, 1000, 70_001):
        data = rng.randbytes(size)
        assert crc32(data) == crc32(memoryview(data)) == zlib.crc32(data)
        assert crc32(data[9:], crc32(data[:9])) == zlib.crc32(data)
    assert crc32(memoryview(bytes(8)).cast("I")) == zlib.crc32(bytes(8))


def test_sha_256_is_that_of_hashlib() -> None:
    summed = sha256(b"khabar")
    summed.update(b"joo")
    assert summed.digest() == hashlib.sha256(b"khabarjoo").digest()
    assert sha256().hexdigest() == hashlib.sha256().hexdigest()


def test_sha_256_loads_no_openssl_where_the_interpreter_has_its_own() -> None:
    code = "import sys; from khabarjoo.analyzers.checksums import sha256; sha256(b'a'); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = set(ran.stdout.split())
    assert {"_sha2", "_sha256"} & imported or "hashlib" in imported
    assert not ({"_sha2", "_sha256"} & imported and "hashlib" in imported)
