import io
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.index.article import Article
from khabarjoo.searcher.output.citations import citation_key, write_bibtex, write_citation, write_ris

ARTICLE = Article(
    id="rain/77",
    title="باران‌های پاییزی در رشت",
    body="متن",
    published=datetime(2018, 1, 22, 21, 0, tzinfo=UTC),
    source="پیک باران",
    category="هواشناسی",
    tags=("رشت", "باران"),
    url="https://example.org/خبر?a=1&b={2}",
    code="77",
)
BARE = Article(id="a1")


def written(write, article: Article) -> str:
    out = io.StringIO()
    write(article, out)
    return out.getvalue()


def test_bibtex_has_both_calendars_and_the_day_it_was_in_tehran() -> None:
    assert written(write_bibtex, ARTICLE) == (
        "@misc{khabarjoo:rain/77,\n"
        "  title = {{باران‌های پاییزی در رشت}},\n"
        "  howpublished = {پیک باران},\n"
        "  year = {2018},\n"
        "  month = jan,\n"
        "  day = {23},\n"
        "  url = {https://example.org/%D8%AE%D8%A8%D8%B1?a=1&b=%7B2%7D},\n"
        "  keywords = {رشت, باران},\n"
        "  note = {۳ بهمن ۱۳۹۶؛ کد خبر: 77},\n"
        "  langid = {persian},\n"
        "}\n\n"
    )


def test_ris_is_of_type_news_with_the_jalali_day_in_a_note() -> None:
    assert written(write_ris, ARTICLE) == (
        "TY  - NEWS\r\n"
        "ID  - khabarjoo:rain/77\r\n"
        "TI  - باران‌های پاییزی در رشت\r\n"
        "T2  - پیک باران\r\n"
        "SE  - هواشناسی\r\n"
        "PY  - 2018\r\n"
        "DA  - 2018/01/23/\r\n"
        "UR  - https://example.org/%D8%AE%D8%A8%D8%B1?a=1&b=%7B2%7D\r\n"
        "KW  - رشت\r\n"
        "KW  - باران\r\n"
        "N1  - ۳ بهمن ۱۳۹۶؛ کد خبر: 77\r\n"
        "LA  - fa\r\n"
        "ER  - \r\n"
        "\r\n"
    )


def test_a_citation_to_paste_is_one_line() -> None:
    assert written(write_citation, ARTICLE) == (
        "پیک باران. «باران‌های پاییزی در رشت». ۳ بهمن ۱۳۹۶ (2018-01-23). کد خبر 77. "
        "https://example.org/%D8%AE%D8%A8%D8%B1?a=1&b=%7B2%7D\n"
    )


def test_what_is_not_known_is_left_out() -> None:
    assert written(write_bibtex, BARE) == (
        "@misc{khabarjoo:a1,\n  title = {{(بی‌عنوان)}},\n  langid = {persian},\n}\n\n"
    )
    assert written(write_ris, BARE) == (
        "TY  - NEWS\r\nID  - khabarjoo:a1\r\nTI  - (بی‌عنوان)\r\nLA  - fa\r\nER  - \r\n\r\n"
    )
    assert written(write_citation, BARE) == "«(بی‌عنوان)»\n"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        (r"100% & $5 #1 a_b", r"100\% \& \$5 \#1 a\_b"),
        (r"a{b}c", r"a\textbraceleft{}b\textbraceright{}c"),
        ("}}", r"\textbraceright{}\textbraceright{}"),
        ("\\input{x}", r"\textbackslash{}input\textbraceleft{}x\textbraceright{}"),
        ("~^", r"\textasciitilde{}\textasciicircum{}"),
        ('a "b" @misc', 'a "b" @misc'),
        ("یک\nدو", "یک دو"),
    ],
)
def test_bibtex_takes_titles_for_text(text: str, escaped: str) -> None:
    assert f"  title = {{{{{escaped}}}}},\n" in written(write_bibtex, Article("a1", title=text))


def test_ris_keeps_each_value_in_its_line_and_adds_no_direction_marks() -> None:
    out = written(write_ris, Article("a1", title="یک\r\nER  - \u2028TY  - NEWS\u202e", source="\x1b[31mدو"))
    assert "TI  - یک ER - TY - NEWS\r\n" in out
    assert "T2  - دو\r\n" in out


@pytest.mark.parametrize("moment", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)])
def test_a_day_no_calendar_has_does_no_harm(moment: datetime) -> None:
    for write in (write_bibtex, write_ris, write_citation):
        assert written(write, Article("a1", title="باران", published=moment))


def test_keys_are_readable_where_ids_are() -> None:
    assert citation_key("isna/1401-77.b_2") == "khabarjoo:isna/1401-77.b_2"
    assert re.fullmatch("khabarjoo:004-[0-9a-f]{8}", citation_key("004_اوچی"))
    assert re.fullmatch("khabarjoo:[0-9a-f]{8}", citation_key("خبر"))


IDS = st.text(st.characters(), max_size=8) | st.text("aAbB-_/. {},ا", max_size=6)


@given(st.lists(IDS, unique=True, max_size=20))
def test_keys_are_ascii_and_unique_even_without_regard_to_case(ids: list[str]) -> None:
    keys = [citation_key(id) for id in ids]
    assert len({key.lower() for key in keys}) == len(ids)
    assert all(re.fullmatch("khabarjoo:[a-z0-9._/-]+", key) for key in keys)


@given(st.text(st.characters(), max_size=40), st.text(st.characters(), max_size=20))
def test_braces_of_an_entry_balance_whatever_the_text(title: str, tag: str) -> None:
    entry = written(write_bibtex, Article("a1", title=title, source=tag, tags=(tag,), url=f"https://{title}", code=tag))
    depth = 0
    for place, char in enumerate(entry.rstrip()):
        depth += (char == "{") - (char == "}")
        assert (depth > 0) == ("@misc".__len__() <= place < len(entry.rstrip()) - 1)
    entry.encode()
