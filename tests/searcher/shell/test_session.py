import io
from pathlib import Path

import pytest

from khabarjoo.index.errors import StoreError
from khabarjoo.searcher.config import Settings
from khabarjoo.searcher.results import Suggestion
from khabarjoo.searcher.shell.session import Session

TWO_HITS = " 1. باران در رشت\n"


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def session(fake, out, tmp_path) -> Session:
    return Session(lambda: fake, out, limit=5, saved=tmp_path / "saved.json")


def test_a_line_is_a_query(session, fake, out, capsys) -> None:
    session.answer("  باران در رشت \n")
    assert fake.asked == [("باران در رشت", {"limit": 5})]
    assert out.getvalue().startswith(TWO_HITS)
    assert capsys.readouterr().err == "all words: 1, any: 2 · 1.2 ms\n"


@pytest.mark.parametrize("number", ["2", "۲", "٢"])
def test_the_number_of_a_hit_opens_its_article_with_the_query_marked(session, fake, out, number: str) -> None:
    session.answer("باران")
    session.answer(number)
    assert fake.asked[1:] == [("باران", {})]
    assert "سطر یک\nسطر دو\n" in out.getvalue()
    assert "· b/2\n" in out.getvalue()


def test_the_query_marked_is_the_one_that_was_searched(session, fake) -> None:
    fake.suggestion = Suggestion("ایران", True, "typed on the English keyboard")
    session.answer("hdvhk")
    session.answer("1")
    assert fake.asked[-1] == ("ایران", {})


@pytest.mark.parametrize("line", ["1403", "9" * 5000, "²"])
def test_a_number_that_may_be_a_year_is_a_query(session, fake, line: str) -> None:
    session.answer("باران")
    session.answer(line)
    assert fake.asked[-1][0] == line


def test_an_empty_line_does_nothing(session, fake, out) -> None:
    session.answer("  \n")
    assert fake.asked == []
    assert out.getvalue() == ""


@pytest.mark.parametrize("name", ["quit", "خروج", "q", "QUIT"])
def test_quit_ends_the_session(session, name: str) -> None:
    assert not session.done
    session.answer(f"\\{name}")
    assert session.done


def test_an_unknown_command_is_told_and_searched_for_by_nobody(session, fake, capsys) -> None:
    session.answer("\\نیست")
    assert capsys.readouterr().err == "khabarjoo: there is no command \\نیست; \\help lists them\n"
    assert fake.asked == []


def test_a_failure_is_one_line_and_ends_nothing(session, fake, monkeypatch, capsys) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreError(Path("i"), "something\x1b[31m odd")

    monkeypatch.setattr(fake, "search", fail)
    session.answer("باران")
    assert capsys.readouterr().err == "khabarjoo: something odd\n"
    assert not session.done


def test_a_reader_that_left_does_end_the_session(session, fake, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(fake, "search", fail)
    with pytest.raises(BrokenPipeError):
        session.answer("باران")


# -- numbers and letters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["n", "ب", "\\next", "\\بعدی"])
def test_the_next_page_is_asked_for_and_numbered_on(session, fake, out, line: str) -> None:
    session.limit = 1
    session.answer("باران")
    session.answer(line)
    assert fake.asked[1:] == [("باران", {"limit": 1, "offset": 1})]
    assert set(session.shown) == {1, 2}


@pytest.mark.parametrize("line", ["p", "ق", "\\previous", "\\قبل"])
def test_the_page_before_is_shown_again(session, fake, line: str) -> None:
    session.limit = 1
    for typed in ("باران", "n", line):
        session.answer(typed)
    assert fake.asked[-1] == ("باران", {"limit": 1})


def test_a_hit_of_a_page_before_can_still_be_opened(session, out) -> None:
    session.limit = 1
    for typed in ("باران", "n", "1"):
        session.answer(typed)
    assert "· a1\n" in out.getvalue().split("سطر یک")[0]


def test_there_is_no_page_after_the_last_nor_before_the_first(session, capsys) -> None:
    for typed in ("باران", "n", "p"):
        session.answer(typed)
    assert "this is the last page" in capsys.readouterr().err
    session.answer("p")
    assert capsys.readouterr().err == "khabarjoo: this is the first page\n"


@pytest.mark.parametrize("line", ["n", "s 1", "c 1", "p"])
def test_a_letter_before_any_search_is_a_query(session, fake, line: str) -> None:
    session.answer(line)
    assert fake.asked[0][0] == line


@pytest.mark.parametrize("line", ["n باران", "s باران", "c 1 باران", "n 2"])
def test_a_letter_with_words_is_a_query(session, fake, line: str) -> None:
    session.answer("باران")
    session.answer(line)
    assert fake.asked[-1][0] == line


@pytest.mark.parametrize("line", ["s 1", "ه ۱", "\\similar 1", "\\همانند ۱", "similar 1", "همانند ۱"])
def test_similar_articles_are_listed_under_the_title_of_the_hit(session, out, capsys, line: str) -> None:
    session.answer("باران")
    capsys.readouterr()
    session.answer(line)
    assert capsys.readouterr().err == "like 1: باران در رشت\n"
    assert "b/2" in out.getvalue()


def test_an_article_found_without_a_query_is_opened_unmarked(session, fake) -> None:
    for typed in ("باران", "s 1", "2"):
        session.answer(typed)
    assert fake.asked == [("باران", {"limit": 5})]


@pytest.mark.parametrize(
    ("line", "begins"), [("c 1", "پیک باران. «"), ("\\c ۱ bibtex", "@misc{"), ("ا ۱ ris", "TY  - ")]
)
def test_a_hit_is_cited(session, fake, out, line: str, begins: str) -> None:
    session.answer("باران")
    out.truncate(0)
    out.seek(0)
    session.answer(line)
    assert out.getvalue().startswith(begins)


@pytest.mark.parametrize("line", ["s 7", "c 7", "\\open 7", "\\explain 7"])
def test_a_number_that_was_not_shown_is_told(session, capsys, line: str) -> None:
    session.answer("باران")
    capsys.readouterr()
    session.answer(line)
    assert capsys.readouterr().err == (
        'khabarjoo: hit 7 has not been shown: 1 to 2 have; "7" in quotation marks is searched for\n'
    )


@pytest.mark.parametrize(("line", "told"), [("3", "1 to 2 have;"), ("۳", "1 to 2 have;"), ("0", "1 to 2 have;")])
def test_a_number_beyond_those_shown_tells_which_are_and_is_no_query(session, fake, capsys, line, told) -> None:
    session.answer("باران")
    session.answer(line)
    assert told in capsys.readouterr().err
    assert len(fake.asked) == 1


def test_where_there_are_more_hits_how_they_come_is_told_too(session, capsys) -> None:
    session.limit = 1
    session.answer("باران")
    session.answer("2")
    assert "1 has, n shows more;" in capsys.readouterr().err


@pytest.mark.parametrize("before", [(), ("باران",)])
@pytest.mark.parametrize(("line", "shown"), [("12", "12"), ("۳", "3")])
def test_a_number_where_nothing_is_listed_tells_what_lists_hits(session, fake, capsys, before, line, shown) -> None:
    fake.hits = []
    for typed in (*before, line):
        session.answer(typed)
    assert len(fake.asked) == len(before)
    told = capsys.readouterr().err
    assert f"no hits are listed, so there is no hit {shown}; words, \\search and \\run list some" in told
    assert f'"{shown}" in quotation marks, or \\search {shown}, searches for the number' in told


@pytest.mark.parametrize("line", ["\\search 12", "\\جست‌وجو 12", "\\بجو 12", "\\search help", "\\search n"])
def test_whatever_a_query_looks_like_it_can_be_searched_for(session, fake, line: str) -> None:
    session.answer("باران")
    session.answer(line)
    assert fake.asked[-1][0] == line.split()[1]


def test_a_search_for_nothing_tells_how_it_is_typed(session, fake, capsys) -> None:
    session.answer("\\search")
    assert capsys.readouterr().err == "khabarjoo: \\search wants a query: \\search زلزله\n"
    assert fake.asked == []


@pytest.mark.parametrize("line", ["\\open", "\\similar x", "\\cite"])
def test_a_command_without_its_number_tells_how_it_is_typed(session, capsys, line: str) -> None:
    session.answer("باران")
    capsys.readouterr()
    session.answer(line)
    assert "wants the number of a hit" in capsys.readouterr().err


# -- filters, order, format --------------------------------------------------------------------------------------


def test_filters_stay_until_they_are_dropped(session, fake) -> None:
    for typed in ("\\since ۱۴۰۱", "\\منبع ایسنا، «خبرگزاری مهر»", "باران", "برف", "\\clear since", "\\clear"):
        session.answer(typed)
    in_force = {"limit": 5, "since": "۱۴۰۱", "source": ("ایسنا", "خبرگزاری مهر")}
    assert fake.asked == [
        ("باران", in_force),
        ("برف", in_force),
        ("برف", {"limit": 5, "source": ("ایسنا", "خبرگزاری مهر")}),
        ("برف", {"limit": 5}),
    ]


def test_a_date_filter_without_a_value_is_dropped(session) -> None:
    for typed in ("\\since ۱۴۰۱", "\\since"):
        session.answer(typed)
    assert session.standing.typed() == {}


@pytest.mark.parametrize(
    ("line", "by"), [("\\source", "source"), ("\\دسته", "category"), ("\\tag", "tag"), ("\\گوینده", "speaker")]
)
def test_a_filter_of_names_without_one_lists_those_there_are(session, fake, capsys, line: str, by: str) -> None:
    session.answer(line)
    assert fake.asked == [("*", {"by": (by,), "limit": 40})]
    for typed in ("باران", "\\since ۱۴۰۱", line):
        session.answer(typed)
    assert fake.asked[-1] == ("باران", {"by": (by,), "limit": 40, "since": "۱۴۰۱"})
    assert "باران · since ۱۴۰۱ · articles with " in capsys.readouterr().err


def test_of_names_in_force_the_others_are_listed_too_and_how_to_drop_them_is_told(session, fake, capsys) -> None:
    for typed in ("\\tag نفت", "\\since ۱۴۰۱", "\\tag"):
        session.answer(typed)
    assert fake.asked[-1] == ("*", {"by": ("tag",), "limit": 40, "since": "۱۴۰۱"})
    assert session.standing.typed() == {"since": "۱۴۰۱", "tag": ("نفت",)}
    assert capsys.readouterr().err.endswith("in force: tag نفت; \\clear tag drops it\n")


@pytest.mark.parametrize("line", ["\\since نه‌تاریخ", "\\until ۱۴۰۰", "\\تا 1399/01"])
def test_a_date_that_cannot_be_leaves_the_filters_as_they_were(session, capsys, line: str) -> None:
    session.answer("\\since ۱۴۰۱")
    capsys.readouterr()
    session.answer(line)
    assert capsys.readouterr().err.startswith("khabarjoo: ")
    assert session.standing.typed() == {"since": "۱۴۰۱"}


def test_a_filter_is_taken_back_when_the_search_with_it_fails(session, fake, monkeypatch) -> None:
    session.answer("باران")

    def fail(*_: object, **__: object) -> None:
        raise StoreError(Path("i"), "gone")

    monkeypatch.setattr(fake, "search", fail)
    session.answer("\\tag نفت")
    session.answer("\\sort newest")
    assert (session.standing.typed(), session.sort) == ({}, "relevance")


@pytest.mark.parametrize("line", ["\\sort newest", "\\ترتیب تازه"])
def test_another_order_searches_again(session, fake, capsys, line: str) -> None:
    session.answer("باران")
    session.answer(line)
    assert fake.asked[-1] == ("باران", {"limit": 5, "sort": "newest"})
    assert "by date" in capsys.readouterr().err


def test_another_format_writes_the_hits_again(session, out) -> None:
    session.answer("باران")
    session.answer("\\format ids")
    assert out.getvalue().endswith("\na1\nb/2\n")


@pytest.mark.parametrize("line", ["\\sort best", "\\format pdf", "\\timeline day", "\\facets url", "\\clear all"])
def test_a_choice_that_there_is_not_lists_those_there_are(session, capsys, line: str) -> None:
    session.answer("باران")
    capsys.readouterr()
    session.answer(line)
    assert f"{line.split()[0]} is one of: " in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["0", "1001", "x", "²"])
def test_a_page_has_a_sensible_number_of_hits(session, capsys, typed: str) -> None:
    session.answer(f"\\limit {typed}")
    assert capsys.readouterr().err == "khabarjoo: \\limit is a number from 1 to 1000\n"
    session.answer("\\limit ۲۰")
    assert session.limit == 20


# -- views -------------------------------------------------------------------------------------------------------


def test_views_are_of_the_search_and_its_filters(session, fake) -> None:
    for typed in ("\\tag نفت", "باران", "\\timeline فصل", "\\facets source"):
        session.answer(typed)
    assert fake.asked[1:] == [
        ("باران", {"by": "season", "tag": ("نفت",)}),
        ("باران", {"by": ("source",), "limit": 10, "tag": ("نفت",)}),
    ]


def test_a_score_is_explained(session, out) -> None:
    session.answer("باران")
    session.answer("\\explain 1")
    assert "7.250  score of a1" in out.getvalue()


@pytest.mark.parametrize("line", ["\\timeline", "\\facets", "\\explain", "\\save x", "\\export x.csv", "\\next"])
def test_what_needs_a_search_says_so(session, capsys, line: str) -> None:
    session.answer(line)
    assert capsys.readouterr().err == "khabarjoo: nothing has been searched for yet\n"


def test_messages_are_persian_when_the_reader_is(fake, out, tmp_path, capsys) -> None:
    session = Session(lambda: fake, out, settings=Settings(language="fa"), saved=tmp_path / "saved.json")
    session.answer("\\nothing")
    assert capsys.readouterr().err == "khabarjoo: دستوری به نام \u200e\\nothing نیست؛ فهرست: \u200e\\راهنما\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("\\sort", "ترتیب: مرتبط"),
        ("\\format", "نتیجه‌ها به این قالب نوشته می‌شوند: متن"),
        ("\\limit 0", "khabarjoo: \\تعداد عددی است از ۱ تا ۱۰۰۰"),
        ("\\since 1401", "از ۱۴۰۱"),
        ("\\open", "khabarjoo: \u200e\\باز این را می‌خواهد: شمارهٔ خبر، مانند \u200e\\باز ۳"),
        ("s 1", "مانند ۱: باران در رشت"),
        ("7", "۱ تا ۲ نشان داده شده"),
        ("\\save 1", "به نام 1 ذخیره شد: باران. "),
        ("\\export x1.csv", "۲ خبر از ۲ در x1.csv نوشته شد"),
    ],
)
def test_what_is_said_to_a_persian_reader_is_in_persian_digits_but_for_names(
    fake, out, tmp_path, capsys, monkeypatch, line: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    session = Session(lambda: fake, out, settings=Settings(language="fa"), saved=tmp_path / "saved.json")
    session.answer("باران")
    session.answer(line)
    assert told in capsys.readouterr().err


def test_nothing_planted_in_a_line_is_written(session, capsys, out) -> None:
    for line in ("\\\x1b]0;x\x07\u202e", "\\save \x1b[31mx\x07", "\\since \x1b[2J", "\\open \x9b1m", "\\run \x1b[31m"):
        session.answer("باران")
        session.answer(line)
    written = capsys.readouterr().err + out.getvalue()
    assert not any(char in written for char in "\x07\x1b\x9b\u202e")


def test_copies_are_one_hit_unless_all_are_wanted(session, fake, capsys) -> None:
    for line in ("باران", "\\copies همه", "\\copies"):
        session.answer(line)
    assert fake.folded == [True, False]
    assert capsys.readouterr().err.endswith("every copy of an article is a hit\n")


# -- words, commands and ways ----------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["quit", "exit", "EXIT", "q", "خروج", " خروج "])
def test_words_that_everybody_tries_leave_the_shell(session, fake, line: str) -> None:
    session.answer(line)
    assert session.done
    assert fake.asked == []


@pytest.mark.parametrize(("line", "told"), [("help", "the next page"), ("?", "the next page"), ("راهنما", "صفحهٔ بعد")])
def test_words_that_everybody_tries_tell_the_commands(session, fake, out, line: str, told: str) -> None:
    session.answer(line)
    assert told in out.getvalue()
    assert fake.asked == []


@pytest.mark.parametrize("line", ["help me", '"exit"', "خروج آمریکا", "«راهنما»"])
def test_the_same_words_in_company_or_in_quotation_marks_are_searched_for(session, fake, line: str) -> None:
    session.answer(line)
    assert fake.asked[0][0] == line
    assert not session.done


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("\\expalin 3", "\\explain"),
        ("\\timline", "\\timeline"),
        ("\\sorce ایسنا", "\\source"),
        ("\\ذخیر", "\\ذخیره"),
        ("\\راهنم", "\\راهنما"),
        ("\\help exprot", "\\export"),
        ("\\bakc", "\\back"),
    ],
)
def test_a_misspelt_command_is_told_the_nearest(session, fake, capsys, line: str, near: str) -> None:
    session.answer(line)
    assert f"did you mean {near}?" in capsys.readouterr().err
    assert fake.asked == []


def test_a_misspelt_choice_is_told_the_nearest(session, capsys) -> None:
    session.answer("\\sort newst")
    assert "did you mean newest?" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["stats", "since 1401", "export x.csv"])
def test_a_command_typed_without_its_backslash_is_searched_for_and_told(session, fake, capsys, line: str) -> None:
    fake.hits = []
    session.answer(line)
    assert fake.asked[0][0] == line
    assert f"the command is \\{line}\n" in capsys.readouterr().err


def test_one_goes_back_through_searches_and_forward_again_with_filters_order_and_page(session, fake, capsys) -> None:
    session.limit = 1
    for line in ("باران", "n", "\\source پیک", "\\sort newest", "برف"):
        session.answer(line)
    capsys.readouterr()
    for line, asked in (
        ("\\back", ("باران", {"limit": 1, "sort": "newest", "source": ("پیک",)})),
        ("\\back", ("باران", {"limit": 1, "source": ("پیک",)})),
        ("\\برگشت", ("باران", {"limit": 1, "offset": 1})),
        ("\\forward", ("باران", {"limit": 1, "source": ("پیک",)})),
    ):
        session.answer(line)
        assert fake.asked[-1] == asked
    assert session.standing.sources == ("پیک",)
    assert "باران · source پیک\n" in capsys.readouterr().err


def test_there_is_no_way_before_the_first_search_nor_after_the_last(session, fake, capsys) -> None:
    for line in ("\\back", "باران", "\\back", "\\forward"):
        session.answer(line)
    told = capsys.readouterr().err
    assert told.count("there is no search before this one") == 2
    assert told.count("there is no search after this one") == 1
    assert len(fake.asked) == 1


def test_a_new_search_ends_the_way_forward(session, fake, capsys) -> None:
    for line in ("باران", "برف", "\\back", "توفان", "\\forward"):
        session.answer(line)
    assert "no search after" in capsys.readouterr().err
    session.answer("\\back")
    assert fake.asked[-1][0] == "باران"


# -- screens ---------------------------------------------------------------------------------------------------


@pytest.fixture
def watched(fake, terminal, tmp_path):
    """A session on a screen of so many rows."""

    def watched(rows: int, **given) -> Session:
        return Session(lambda: fake, terminal, saved=tmp_path / "s.json", rows=lambda: rows, **given)

    return watched


@pytest.mark.parametrize(("rows", "shown"), [(5, 1), (10, 1), (11, 2), (60, 2)])
def test_a_page_has_as_many_hits_as_fit_the_screen_and_one_at_least(watched, rows: int, shown: int) -> None:
    session = watched(rows)
    session.answer("باران")
    assert len(session.page) == shown
    assert session.has_more == (shown < 2)


def test_the_pages_of_a_small_screen_follow_one_another(watched, terminal, capsys) -> None:
    session = watched(8)
    for line in ("باران", "n", "n"):
        session.answer(line)
    assert set(session.shown) == {1, 2}
    assert "last page" in capsys.readouterr().err
    session.answer("p")
    assert session.page.offset == 0


def test_a_page_of_a_given_length_need_not_fit(watched, capsys) -> None:
    session = watched(8, limit=2)
    session.answer("باران")
    assert len(session.page) == 2
    session.answer("\\limit screen")
    assert len(session.page) == 1
    session.answer("\\limit")
    assert "as many hits a page as fit the screen, 10 at most" in capsys.readouterr().err


def test_from_an_article_one_goes_to_those_beside_it_and_the_page_follows(fake, terminal, tmp_path) -> None:
    wishes = iter(["next", "next", "previous", ""])
    places = []

    def pager(write, out, *, always=False, place="", keep=False) -> str:
        if not always:
            write(out)
            return ""
        places.append(place)
        return next(wishes)

    session = Session(lambda: fake, terminal, saved=tmp_path / "s.json", limit=1, pager=pager)
    session.answer("باران")
    session.answer("1")
    assert places == ["hit 1 of 2", "hit 2 of 2", "hit 2 of 2", "hit 1 of 2"]
    assert session.page.offset == 0


@pytest.mark.parametrize("line", ["cite 99", "explain باران", "similar 1 باران", "facets 1", "next 1"])
def test_a_name_of_a_command_without_a_hit_that_was_shown_is_a_query(session, fake, line: str) -> None:
    session.answer("باران")
    session.answer(line)
    assert fake.asked[-1][0] == line
