"""How fast texts become terms, on one core, after a warm-up over the same texts.

    python benchmarks/analyzer_speed.py ARTICLES.jsonl.gz      # any file the readers take

Prints one JSON line: terms a second through the bulk path and through Whoosh's analyzer protocol (positions and
offsets asked for); the time of the first pass, when every word is new, and its terms a second; and whether both paths
give the same terms, positions and offsets on every article.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from khabarjoo.analyzers.analyzer import PersianAnalyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.index.article import Article
from khabarjoo.index.ingest import read
from khabarjoo.index.schema import WhooshAnalyzer

_BATCH = 256
_ROUNDS = 3


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=Path, help="any file the readers take")
    path = parser.parse_args().articles
    texts = [article.body for article in read(path, name=path.name) if isinstance(article, Article)]
    analyzer = PersianAnalyzer()
    bulk, protocol = BulkAnalyzer(analyzer), WhooshAnalyzer(analyzer)
    first, terms = _seconds(lambda: _through_bulk(bulk, texts))
    bulk_time = min(_seconds(lambda: _through_bulk(bulk, texts))[0] for _ in range(_ROUNDS))
    protocol_time = min(_seconds(lambda: _through_protocol(protocol, texts))[0] for _ in range(_ROUNDS))
    figures = {
        "articles": len(texts),
        "terms": terms,
        "first_pass_s": round(first, 2),
        "first_pass_terms_s": round(terms / first),
        "bulk_terms_s": round(terms / bulk_time),
        "protocol_terms_s": round(terms / protocol_time),
        "articles_that_differ": sum(not _agree(analyzer, bulk, protocol, text) for text in texts),
    }
    print(json.dumps(figures))


def _seconds(work: Callable[[], int]) -> tuple[float, int]:
    start = time.perf_counter()
    count = work()
    return time.perf_counter() - start, count


def _through_bulk(bulk: BulkAnalyzer, texts: list[str]) -> int:
    return sum(len(bulk.analyze(texts[at : at + _BATCH])[0]) for at in range(0, len(texts), _BATCH))


def _through_protocol(protocol: WhooshAnalyzer, texts: list[str]) -> int:
    return sum(1 for text in texts for _ in protocol(text, positions=True, chars=True))


def _agree(analyzer: PersianAnalyzer, bulk: BulkAnalyzer, protocol: WhooshAnalyzer, text: str) -> bool:
    tokens = list(analyzer.tokens(text))
    numbers, _ = bulk.analyze([text])
    walked = [(t.text, t.pos, t.startchar, t.endchar) for t in protocol(text, positions=True, chars=True)]
    return [bulk.terms[number][:3] for number in numbers.tolist()] == [token.term[:3] for token in tokens] and (
        walked == [(token.term.lemma, token.position, token.start, token.end) for token in tokens]
    )


if __name__ == "__main__":
    main()
