"""What codecs make of an index's stored articles: how large they become, how long writing and reading them takes.

    python -m venv codecs && codecs/bin/pip install . isal zlib-ng zstandard
    codecs/bin/python benchmarks/record_codecs.py INDEX

Prints a line for each codec that is there: its size to that of today, seconds of the processor for writing all articles
and for reading all of them, medians of some rounds in turn. Each article is written by itself, in the code of one byte
a letter that `index/packed_texts.py` has. Dictionaries are made of every fiftieth article, which is in the figures too.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from khabarjoo.index.packed_texts import one_byte_each, open_record
from khabarjoo.index.store import open_snapshot

ROUNDS = 5
SAMPLED = 50  # of so many articles one is in the dictionary
DEFLATE_DICTIONARY = 1 << 15  # the most that deflate looks back
ZSTD_DICTIONARY = 1 << 16


class Codec(NamedTuple):
    """How records are written and read."""

    name: str
    write: Callable[[bytes], bytes]
    read: Callable[[bytes], bytes]


def records(folder: Path) -> list[bytes]:
    """Returns the stored articles of an index, in the code of one byte a letter where they have it."""
    found = []
    for live in open_snapshot(folder).segments:
        columns = live.segment.columns
        data, ends = columns.bytes("stored"), columns["stored.ends"].tolist()
        for start, end in pairwise(ends):
            text = open_record(bytes(data[start:end]))
            try:
                found.append(one_byte_each(text, errors="strict"))
            except UnicodeEncodeError:
                found.append(text.encode("utf-8", "surrogatepass"))
    return found


def codecs(sample: Sequence[bytes]) -> Iterator[Codec]:
    """Yields the codecs that are installed, today's first."""
    yield Codec("zlib 5, today's", lambda d: zlib.compress(d, 5, -15), lambda d: zlib.decompress(d, -15))
    yield Codec("zlib 3", lambda d: zlib.compress(d, 3, -15), lambda d: zlib.decompress(d, -15))
    common = b"".join(sample)[-DEFLATE_DICTIONARY:]
    start = zlib.compressobj(5, zlib.DEFLATED, -15, zdict=common)

    def write(data: bytes) -> bytes:
        stream = start.copy()
        return stream.compress(data) + stream.flush()

    yield Codec("zlib 5 with a dictionary", write, lambda d: zlib.decompressobj(-15, zdict=common).decompress(d))
    if isal := _module("isal.isal_zlib"):
        yield Codec("isal 2", lambda d: isal.compress(d, 2, -15), lambda d: isal.decompress(d, -15))
    if ng := _module("zlib_ng.zlib_ng"):
        yield Codec("zlib-ng 5", lambda d: ng.compress(d, 5, -15), lambda d: ng.decompress(d, -15))
    if zstd := _module("zstandard"):
        dictionary = zstd.train_dictionary(ZSTD_DICTIONARY, list(sample))
        for name, more in (("zstd 3", {}), ("zstd 3 with a dictionary", {"dict_data": dictionary})):
            yield Codec(name, zstd.ZstdCompressor(3, **more).compress, zstd.ZstdDecompressor(**more).decompress)


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        print(f"left out: {name} is not installed", file=sys.stderr)
        return None


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures the codecs over the articles of the index that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, metavar="INDEX")
    articles = records(parser.parse_args(arguments).index)
    measured = list(codecs(articles[::SAMPLED]))
    sizes: dict[str, int] = {}
    times: dict[str, list[tuple[float, float]]] = {codec.name: [] for codec in measured}
    for _ in range(ROUNDS):
        for name, write, read in measured:
            began = time.process_time()
            written = [write(article) for article in articles]
            wrote = time.process_time()
            if [read(record) for record in written] != articles:
                raise RuntimeError(f"{name} gives back something else")
            times[name].append((wrote - began, time.process_time() - wrote))
            sizes[name] = sum(map(len, written))
    today = sizes[measured[0].name]
    print(f"{len(articles)} articles of {sum(map(len, articles)) / 1e6:.1f} MB, today {today / 1e6:.1f} MB")
    for name, pairs in times.items():
        writing, reading = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{name:26} size {sizes[name] / today:.3f}   write {writing:.2f} s   read {reading:.2f} s")


if __name__ == "__main__":
    main()
