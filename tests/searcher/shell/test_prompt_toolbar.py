import io
from typing import Any

import pytest
from wcwidth import wcswidth

from khabarjoo.searcher.bidi.terminals import Layout
from khabarjoo.searcher.config import Settings
from khabarjoo.searcher.query.plan import Filters
from khabarjoo.searcher.shell.prompt import toolbar_text
from khabarjoo.searcher.shell.session import Session


@pytest.fixture
def session(fake, tmp_path) -> Session:
    return Session(lambda: fake, io.StringIO(), saved=tmp_path / "saved.json")


def shown(session: Session, columns: int = 200, **facts) -> str:
    known: dict[str, Any] = {"articles": 15452, "index": "~/news.index", "keys": "emacs", "columns": columns} | facts
    return toolbar_text(session, **known)


def test_it_tells_the_count_the_index_and_the_keys(session: Session) -> None:
    assert shown(session) == "15,452 articles · ~/news.index · emacs"
    assert shown(session, is_ready=False) == "15,452 articles… · ~/news.index · emacs"
    assert shown(session, articles=None, is_ready=False).startswith("opening the index…")


def test_filters_and_what_is_unusual_come_first(session: Session) -> None:
    session.standing = Filters.of(since="۱۴۰۱", source=("مهر",))
    session.sort, session.format_name = "newest", "json"
    assert shown(session).startswith("since ۱۴۰۱ · source مهر · newest · json · 15,452")


@pytest.mark.parametrize("columns", [10, 40, 41, 80])
def test_it_fits(session: Session, columns: int) -> None:
    session.standing = Filters.of(source=("خبرگزاری مهر", "ایسنا"), tag=("漢字" * 20,))
    assert wcswidth(shown(session, columns)) < columns


def test_it_is_persian_for_persian_readers_and_laid_out_for_the_terminal(fake, tmp_path) -> None:
    session = Session(lambda: fake, io.StringIO(), settings=Settings(language="fa"), saved=tmp_path / "saved.json")
    assert shown(session) == "۱۵٬۴۵۲ خبر · ~/news.index · emacs"
    assert shown(session, layout=Layout.VISUAL).endswith("ﺮﺒﺧ ۱۵٬۴۵۲")


def test_it_tells_first_which_hits_are_shown_of_how_many(session: Session) -> None:
    session.limit = 1
    session.answer("باران")
    assert shown(session).startswith("1-1 of 2 · 15,452")
    session.answer("n")
    assert shown(session).startswith("2-2 of 2 · 15,452")


def test_nothing_in_a_path_acts_on_the_terminal(session: Session) -> None:
    assert shown(session, index="a\x1b[31m\u202eb\x07") == "15,452 articles · ab · emacs"


def test_a_latin_outlet_and_the_count_keep_their_places(fake, tmp_path) -> None:
    session = Session(lambda: fake, io.StringIO(), settings=Settings(language="fa"), saved=tmp_path / "saved.json")
    session.standing = Filters.of(source=("Hamshahri",))
    assert "۱۵٬۴۵۲ · Hamshahri" in shown(session, layout=Layout.VISUAL, keys="", index="/i")
