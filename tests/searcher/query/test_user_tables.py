"""The user's own names, synonyms and stopwords: read from a folder, heeded by searches, told by analyze."""

from __future__ import annotations

from pathlib import Path

import pytest

import khabarjoo
from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.index.article import Article
from khabarjoo.searcher.config import ConfigError
from khabarjoo.searcher.query.user_tables import read_tables
from tests.corpus import make_index

BODIES = {
    "quake": "زلزله در شهر",
    "tremor": "زمین‌لرزه در روستا",
    "league": "سازمان ملل متحد در نیویورک",
    "un": "نشست UN در ژنو",
    "roads": "یاران نور در جنوب",
    "road": "یار دور و دراز",
    "report": "گزارش زلزله",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_index(tmp_path / "index", [Article(id, body=body) for id, body in BODIES.items()])
    return tmp_path


def found(folder: Path, query: str, tables: bool = True) -> set[str]:
    with khabarjoo.open(folder / "index", tables=folder if tables else None) as news:
        return {hit.id for hit in news.search(query)}


def test_words_that_stand_for_each_other_find_what_either_does(folder: Path) -> None:
    (folder / "synonyms.txt").write_text("# what shakes\nزلزله، زمین لرزه\nسازمان ملل, UN\n", encoding="utf-8")
    assert found(folder, "زلزله") == {"quake", "tremor", "report"}
    assert found(folder, "زلزله", tables=False) == {"quake", "report"}
    assert found(folder, "زمین‌لرزه") == {"quake", "tremor", "report"}
    assert found(folder, "سازمان ملل") == found(folder, "UN") == {"league", "un"}
    assert found(folder, "زلزله AND روستا") == {"tremor"}


def test_all_words_are_counted_with_their_synonyms(folder: Path) -> None:
    (folder / "synonyms.txt").write_text("زلزله,زمین‌لرزه", encoding="utf-8")
    with khabarjoo.open(folder / "index", tables=folder) as news:
        page = news.search("زلزله روستا")
    assert (page.total_all, page[0].id) == (1, "tremor")
    assert "زمینلرزه" in page.explanation


def test_names_are_searched_by_their_own_letters(folder: Path) -> None:
    assert found(folder, "یاران", tables=False) == {"roads", "road"}
    (folder / "names.txt").write_text("یاران\n", encoding="utf-8")
    assert found(folder, "یاران") == {"roads"}
    assert found(folder, "یاران دراز") == {"roads", "road"}


def test_stopwords_are_left_out_unless_nothing_else_is_there(folder: Path) -> None:
    (folder / "stopwords.txt").write_text("گزارش\n\n", encoding="utf-8")
    assert found(folder, "گزارش نیویورک") == {"league"}
    assert found(folder, "گزارش") == {"report"}


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("synonyms.txt", "# one\nزلزله\n", "line 2: 'زلزله' has to be two words or more"),
        ("synonyms.txt", "زلزله,,لرزه", "line 1"),
        ("names.txt", "کوه بلند", "line 1: 'کوه بلند' is several words; a line has one"),
        ("stopwords.txt", "گزارش\n!!\n", "line 2: '!!' is no word"),
    ],
)
def test_what_is_wrong_is_named_with_its_file_and_line(folder: Path, name: str, text: str, why: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=name) as told:
        found(folder, "زلزله")
    assert why in str(told.value)


def test_bytes_that_are_not_utf8_are_named_too(folder: Path) -> None:
    (folder / "names.txt").write_bytes("یاران\n".encode() + b"\xff\xfe\n")
    with pytest.raises(ConfigError, match=r"names\.txt, line 2: not UTF-8"):
        found(folder, "زلزله")


def test_without_tables_nothing_is_heeded(folder: Path) -> None:
    assert read_tables(folder, default_analyzer()) is None


def test_what_acts_on_a_text_is_told(folder: Path) -> None:
    (folder / "synonyms.txt").write_text("زلزله,زمین‌لرزه", encoding="utf-8")
    (folder / "stopwords.txt").write_text("گزارش", encoding="utf-8")
    (folder / "names.txt").write_text("یاران", encoding="utf-8")
    tables = read_tables(folder, default_analyzer())
    assert tables is not None
    terms = [token.term for token in default_analyzer().tokens("گزارش زلزله برای یاران")]
    assert list(tables.acting(terms)) == [
        "stopwords.txt: گزارش is left out of a query that has other words",
        "names.txt: یاران is searched by its own letters",
        "synonyms.txt: زلزله is searched as زمینلرزه too",
    ]
    assert list(tables.acting([])) == []
