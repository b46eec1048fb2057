"""Coverage-guided fuzzing of all that reads what others wrote; run by hand.

    pip install atheris            # not a dependency
    python tests/fuzz/fuzz.py readers -max_total_time=600
    python tests/fuzz/fuzz.py analyzer | dates | queries ...

The first argument names the target, the rest are libFuzzer's. An input that raises, or takes longer than -timeout
(seconds), is written to a file; `python tests/fuzz/fuzz.py TARGET FILE` repeats it.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable


def readers() -> Callable[[bytes], None]:
    """Any bytes under any name; the first byte chooses it."""
    from index.article import Article
    from index.readers import SUFFIXES, Notice, Skipped, read_stream

    names = ["a", *(f"a{suffix}" for suffix in SUFFIXES), "a.txt.gz"]

    def target(data: bytes) -> None:
        name = names[data[0] % len(names)] if data else "a"
        for reading in read_stream(io.BytesIO(data[1:]), where=name, name=name):
            assert isinstance(reading, Article | Notice | Skipped)
            if isinstance(reading, Article):
                f"{reading.id}{reading.title}{reading.lead}{reading.body}".encode()

    return target


def analyzer() -> Callable[[bytes], None]:
    """Any text: offsets stay inside it and go forward."""
    from analyzers.chain import default_analyzer

    analyzer = default_analyzer()

    def target(data: bytes) -> None:
        text = data.decode("utf-8", "surrogateescape" if data[:1] == b"\0" else "replace")
        for token in analyzer.tokens(text):
            assert 0 <= token.start <= token.end <= len(text)

    return target


def dates() -> Callable[[bytes], None]:
    """Any text: a span, or a DateError."""
    from analyzers.dates import DateError, find_moment, parse_span

    def target(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        find_moment(text)
        try:
            span = parse_span(text)
        except DateError:
            return
        assert span.start is None or span.end is None or span.start < span.end

    return target


def queries() -> Callable[[bytes], None]:
    """Any text: the parser always understands something."""
    from searcher.query.grammar import parse

    return lambda data: (parse(data.decode("utf-8", "replace")), None)[1]


TARGETS = {target.__name__: target for target in (readers, analyzer, dates, queries)}


def main() -> None:
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"which of these: {', '.join(TARGETS)}? then libFuzzer's options")
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["index", "analyzers", "searcher"]):
        target = TARGETS[name]()
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
