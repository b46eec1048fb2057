"""Records to articles: names of fields as people spell them, and values as dumps hold them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from khabarjoo.analyzers.calendars import tehran
from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Notice, Reading, Skipped
from khabarjoo.index.ingest.records import NAMES, read_record

ARTICLE_FIELDS = ("title", "lead", "body", "source", "category", "url", "code")


def readings(record: Mapping[str, object]) -> list[Reading]:
    return list(read_record(record, default_id="f:1", where="f.jsonl:1"))


def article(**record: object) -> Article:
    return article_of({"title": "باران", **record})


def article_of(record: Mapping[str, object]) -> Article:
    (found,) = readings(record)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("field", ARTICLE_FIELDS)
def test_every_name_of_a_field_is_known(field: str) -> None:
    for name in NAMES[field].split(","):
        record = {name.strip(): "ارزش", "متن" if field == "title" else "titr": "باران"}
        assert getattr(article_of(record), field) == "ارزش", name


@pytest.mark.parametrize(
    "name", ["published_at", "PublishedAt", "Published At", "published-at", "تاریخ‌انتشار", "تاريخ انتشار"]
)
def test_case_joints_and_letters_of_names_make_no_difference(name: str) -> None:
    assert article(**{name: "1397/10/25"}).published == datetime(2019, 1, 15, tzinfo=tehran())


def test_the_best_name_wins_and_an_empty_one_does_not() -> None:
    assert article(text="کوتاه", body="بلند").body == "بلند"
    assert article(text="کوتاه", body=" ").body == "کوتاه"


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        (["قم", "جهاد", "قم"], ("قم", "جهاد")),
        ({"قم": "/tag/1", "جهاد": "/tag/2"}, ("قم", "جهاد")),
        ([{"name": "قم"}, {"title": "جهاد"}], ("قم", "جهاد")),
        ("قم، جهاد", ("قم", "جهاد")),
        ("قم,جهاد", ("قم", "جهاد")),
        ("قم | جهاد", ("قم", "جهاد")),
        ("قم - جهاد", ("قم", "جهاد")),
        ("#قم #جهاد_دانشگاهی", ("قم", "جهاد دانشگاهی")),
        ("['قم', 'جهاد']", ("قم", "جهاد")),
        ('["قم", "جهاد"]', ("قم", "جهاد")),
        ("جهاد دانشگاهی", ("جهاد دانشگاهی",)),
        (None, ()),
        ("", ()),
        ([], ()),
        ([None, {}, ["قم"]], ("قم",)),
    ],
)
def test_tags_are_read_however_they_are_listed(value: object, tags: tuple[str, ...]) -> None:
    assert article(tags=value).tags == tags


@pytest.mark.parametrize(
    ("value", "category"),
    [
        ("صفحه نخست » سیاسی", "سیاسی"),
        ("صفحه نخست | سیاسی | صفحه نخست | سیاسی", "سیاسی"),
        ("ورزشی    &nbsp;/&nbsp;    فوتبال جهان", "ورزشی"),
        ("فرهنگی/هنری", "فرهنگی/هنری"),
        ("Home > Sport", "Sport"),
        (["اقتصادی", "بورس"], "اقتصادی،بورس"),
        ("province", "province"),
        ("1125", ""),
        (None, ""),
    ],
)
def test_a_category_is_the_first_section_of_its_breadcrumb(value: object, category: str) -> None:
    assert article(category=value).category == category


TEHRAN_MORNING = datetime(2019, 11, 5, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2019-11-05T16:35:00+03:30",
        "2019-11-05 16:35:00",
        "Tue, 05 Nov 2019 13:05:00 GMT",
        "۱۳۹۸/۰۸/۱۴ - ۱۶:۳۵",
        "۱۶:۳۵ &nbsp;-&nbsp; ۱۳۹۸/۸/۱۴",
        "تاريخ انتشار:  ۱۶:۳۵ - ۱۴ آبان ۱۳۹۸ - 05 November 2019",
        1572959100,
        1572959100.0,
        1572959100000,
        "1572959100",
    ],
)
def test_dates_are_read_in_both_calendars_and_as_seconds(value: object) -> None:
    assert article(date=value).published == TEHRAN_MORNING


def test_a_time_in_a_field_of_its_own_belongs_to_the_date() -> None:
    assert article(تاریخ="1398/08/14", ساعت="۱۶:۳۵").published == TEHRAN_MORNING
    assert article(date="1398/08/14 16:35", time="09:00").published == TEHRAN_MORNING


@pytest.mark.parametrize(
    "value",
    ["", None, 0, "0", "0000-00-00 00:00:00", "1900-01-01 00:00:00", "1970-01-01", "1970-01-01T00:00:00Z",
     "0001-01-01T00:00:00",     "null", "NaN"],
)  # fmt: skip
def test_placeholders_for_no_date_leave_an_article_undated_without_a_word(value: object) -> None:
    assert article(date=value).published is None


@pytest.mark.parametrize("value", ["به زودی", "1399/13/01", "۵ ساعت پیش", "دیروز", "9" * 30, 1e400])
def test_a_date_nobody_can_read_is_noticed_with_its_place_and_text(value: object) -> None:
    notice, found = readings({"title": "باران", "date": value})
    assert isinstance(notice, Notice)
    assert notice.where == "f.jsonl:1"
    assert str(value)[:20] in notice.why
    assert isinstance(found, Article)
    assert found.published is None


def test_a_second_date_field_stands_in_for_one_that_cannot_be_read() -> None:
    assert article(published="به زودی", date="1398/08/14 16:35").published == TEHRAN_MORNING


def test_markup_and_entities_in_texts_become_what_they_mean() -> None:
    found = article(
        body="<p>نامه&zwnj;ای&nbsp;تازه</p>\n<p>دوم<br>سوم</p><script>x()</script>",
        title="نامه&zwnj;ای &laquo;نو&raquo;",
    )
    assert found.body == "نامه\u200cای\xa0تازه\nدوم\nسوم"
    assert found.title == "نامه\u200cای «نو»"


@pytest.mark.parametrize("text", ["دو\n\nبند  با   جای خالی\n", "۳ < ۵ و a<b", "AT&T و R&D;", "*ستاره* و «گیومه» ك ي"])
def test_plain_text_is_kept_character_for_character(text: str) -> None:
    assert article(body=text).body == text.strip()


def test_a_kicker_stands_above_the_lead_and_in_for_a_missing_title() -> None:
    assert article(rutitr="وزیر نیرو:", lead="سدها پر شدند.").lead == "وزیر نیرو:\nسدها پر شدند."
    assert article_of({"روتیتر": "گفت‌وگوی ویژه", "متن": "آغاز"}).title == "گفت‌وگوی ویژه"


def test_objects_of_word_processors_and_feeds_give_their_words() -> None:
    found = article_of(
        {
            "id": 12,
            "title": {"rendered": "باران"},
            "content": {"rendered": "<p>بارید.</p>", "protected": False},
            "source": {"id": None, "name": "پیک ساحل"},
            "paragraphs": ["یک", "دو"],
        }
    )
    assert (found.id, found.title, found.body, found.source) == ("12", "باران", "بارید.", "پیک ساحل")
    assert article_of({"paragraphs": ["یک", None, "دو"]}).body == "یک\nدو"


def test_an_outlet_we_know_is_told_by_its_address_where_nothing_else_tells_it() -> None:
    assert article(url="https://www.isna.ir/news/1").source == "ایسنا"
    assert article(url="https://www.isna.ir/news/1", source="isna.ir").source == "isna.ir"
    assert article(url="http://[broken").source == ""


def test_codes_are_written_in_the_digits_of_the_index() -> None:
    assert article(**{"کد خبر": "۵۳۲۰۴"}).code == "53204"
    assert article(news_code=53204).code == "53204"


@pytest.mark.parametrize(
    "record", [{}, {"id": 1, "date": "1398/08/14"}, {"title": " ", "body": "<p> </p>"}, {"title": None}]
)
def test_a_record_without_title_and_text_is_skipped(record: dict[str, object]) -> None:
    assert readings(record) == [Skipped("f.jsonl:1", "it has neither a title nor a text")]


def test_markup_nested_beyond_reason_costs_its_record_only() -> None:
    (skipped,) = readings({"title": "باران", "body": "<div>" * 10_000})
    assert isinstance(skipped, Skipped)
    assert "nested" in skipped.why
