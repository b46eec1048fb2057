"""How much memory reading dumps of any size takes: a Telegram account and a web archive, made on the spot.

python -m benchmarks.large_dumps --megabytes 1000
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import read

_WORDS = "دیروز در سراسر گیلان باران بارید و رودها پرآب شدند. "


def telegram(path: Path, size: int) -> None:
    """Writes an account with ten channels, as Telegram Desktop does."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{\n "about": "x",\n "chats": {\n  "about": "x",\n  "list": [\n')
        for chat in range(10):
            file.write(",\n" * (chat > 0))
            file.write(f'   {{"name": "کانال {chat}", "type": "public_channel", "id": {chat + 1}, "messages": [\n')
            number = 0
            while file.tell() < size * (chat + 1) // 10:
                number += 1
                message = {
                    "id": number,
                    "type": "message",
                    "date_unixtime": "1678028400",
                    "text": [{"type": "bold", "text": f"خبر {number}"}, "\n" + _WORDS * 8],
                }
                file.write((",\n" if number > 1 else "") + json.dumps(message, ensure_ascii=False, indent=1))
            file.write("\n]}")
        file.write("\n  ]\n }\n}\n")


def warc(path: Path, size: int) -> None:
    """Writes a web archive of small pages."""
    with path.open("wb") as file:
        number = 0
        while file.tell() < size:
            number += 1
            page = f"<!doctype html><title>خبر {number}</title><body><p>{_WORDS * 40}</p>".encode()
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/{number}\r\n"
                "WARC-Date: 2021-09-06T10:00:00Z\r\nContent-Type: application/http\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            file.write(head.encode() + body + b"\r\n\r\n")


_KINDS = {"result.json": telegram, "crawl.warc": warc}


def main() -> None:
    """Writes the files, reads each in a process of its own, and prints what that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        started = time.process_time()
        count = sum(isinstance(found, Article) for found in read(given.read, name=given.read.name))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"| {given.read.name} | {count:,} | {peak} MB | {time.process_time() - started:.0f} s |")
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, write in _KINDS.items():
            path = Path(folder, name)
            write(path, given.megabytes * 1_000_000)
            subprocess.run([sys.executable, "-m", "benchmarks.large_dumps", "--read", str(path)], check=True)
            path.unlink()


if __name__ == "__main__":
    main()
