import io
import json

from khabarjoo.analyzers.native_kernel import describe
from khabarjoo.searcher.output.statistics import write_stats_json, write_stats_text


def test_text_tells_one_fact_a_line(fake) -> None:
    out = io.StringIO()
    write_stats_text(fake.stats(), out)
    assert out.getvalue().splitlines() == [
        "index      some.index",
        "articles   1,234",
        "dated      1,000",
        "first      ۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018-01-22)",
        "last       ۸ دی ۱۴۰۴، ۱۰:۵۵ (2025-12-29)",
        "sources    2: الف (1,231)، ب (3)",
        "categories none",
        "terms      56,789",
        "size       2.5 MB",
        "analyzer   version 4",
        f"kernel     {describe()}",
    ]


def test_json_has_the_same_facts_for_programs(fake) -> None:
    out = io.StringIO()
    write_stats_json(fake.stats(), out)
    assert json.loads(out.getvalue()) == {
        "format_version": 1,
        "path": "some.index",
        "articles": 1234,
        "dated": 1000,
        "first": "2018-01-22T08:41:00+03:30",
        "first_jalali": "1396/11/02",
        "last": "2025-12-29T10:55:00+03:30",
        "last_jalali": "1404/10/08",
        "sources": {"الف": 1231, "ب": 3},
        "categories": {},
        "terms": 56789,
        "size_bytes": 2500000,
        "analyzer_version": 4,
        "kernel": describe(),
    }
