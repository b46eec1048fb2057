"""How fast texts become terms, on one core, after a warm-up over the same texts.

    python benchmarks/analyzer_speed.py ARTICLES.jsonl.gz      # any file the readers take

Prints one JSON line: terms a second through the bulk path and through Whoosh's analyzer protocol (positions and
offsets asked for); the time of the first pass, when every word is new, and its terms a second; the raw tokens a second
of a search for two words' places (`PersianAnalyzer.find`); and whether all paths give the same terms, positions and
offsets on every article.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from analyzers.bulk import BulkAnalyzer
from analyzers.chain import PersianAnalyzer
from analyzers.tokens import RAW_TOKEN
from index.article import Article
from index.readers import read
from index.schema import WhooshAnalyzer

_BATCH = 256
_ROUNDS = 3
_WANTED = frozenset(["دولت", "کتاب"])


def main(path: str) -> None:
    """Measures and prints."""
    texts = [article.body for article in read(Path(path), name=path) if isinstance(article, Article)]
    analyzer = PersianAnalyzer()
    bulk, protocol = BulkAnalyzer(analyzer), WhooshAnalyzer(analyzer)
    first, terms = _seconds(lambda: _through_bulk(bulk, texts))
    bulk_time = min(_seconds(lambda: _through_bulk(bulk, texts))[0] for _ in range(_ROUNDS))
    protocol_time = min(_seconds(lambda: _through_protocol(protocol, texts))[0] for _ in range(_ROUNDS))
    find_time = min(
        _seconds(lambda: sum(len(analyzer.find(text, _WANTED)) for text in texts))[0] for _ in range(_ROUNDS)
    )
    raw_tokens = sum(len(RAW_TOKEN.findall(text)) for text in texts)
    figures = {
        "articles": len(texts),
        "terms": terms,
        "first_pass_s": round(first, 2),
        "first_pass_terms_s": round(terms / first),
        "bulk_terms_s": round(terms / bulk_time),
        "protocol_terms_s": round(terms / protocol_time),
        "find_tokens_s": round(raw_tokens / find_time),
        "articles_that_differ": sum(not _agree(analyzer, bulk, protocol, text) for text in texts),
    }
    print(json.dumps(figures))


def _seconds(work) -> tuple[float, int]:
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
    found = [(found.term, found.start, found.end) for found in analyzer.find(text, _WANTED)]
    return (
        [bulk.terms[number][:3] for number in numbers.tolist()] == [token.term[:3] for token in tokens]
        and walked == [(token.term.lemma, token.position, token.start, token.end) for token in tokens]
        and found == [(term, start, end) for term, _, start, end in tokens if _WANTED & {term.lemma, *term.parts}]
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
