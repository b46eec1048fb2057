import io
import json

from khabarjoo.searcher.config import Settings
from khabarjoo.searcher.output.counts import write_facets_csv, write_facets_json, write_facets_text
from khabarjoo.searcher.results import Count, FacetCounts, Facets

FOUND = Facets(
    "باران",
    "any",
    340,
    (
        FacetCounts("source", (Count("=پیک", 200), Count("NATO", 100)), 57),
        FacetCounts("tag", (), 0),
        FacetCounts("month", (Count("1401/06", 3),), 1),
    ),
)


def written(write, **options: object) -> str:
    out = io.StringIO(newline="")
    write(FOUND, out, **options)
    return out.getvalue()


def test_text_has_a_heading_and_a_chart_for_each_facet() -> None:
    source, tag, month = written(write_facets_text).split("\n\n")
    assert source.splitlines()[0] == "source (2 of 57)"
    assert source.splitlines()[1].startswith("  200 █")
    assert source.splitlines()[1].endswith("█ =پیک")
    assert source.splitlines()[2].endswith("█ NATO")
    assert tag == "tag: none"
    assert month.splitlines()[0] == "month"
    assert month.splitlines()[1].endswith("█ شهریور ۱۴۰۱")


def test_numerals_of_dates_are_those_of_the_settings() -> None:
    assert written(write_facets_text, settings=Settings(digits="latin")).endswith("شهریور 1401\n")


def test_json_has_every_facet_by_its_name() -> None:
    assert json.loads(written(write_facets_json)) == {
        "format_version": 1,
        "query": "باران",
        "partial": None,
        "words": "any",
        "articles": 340,
        "facets": {
            "source": {"distinct": 57, "counts": [{"name": "=پیک", "count": 200}, {"name": "NATO", "count": 100}]},
            "tag": {"distinct": 0, "counts": []},
            "month": {"distinct": 1, "counts": [{"name": "1401/06", "count": 3}]},
        },
    }


def test_csv_has_a_row_for_each_name_and_runs_none() -> None:
    assert written(write_facets_csv) == (
        "\ufefffacet,name,count\r\nsource,'=پیک,200\r\nsource,NATO,100\r\nmonth,1401/06,3\r\n"
    )
