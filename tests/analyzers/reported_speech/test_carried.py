"""Where speech goes on over the next sentence or paragraph, and where a quotation ends it."""

from __future__ import annotations

import pytest

from khabarjoo.analyzers.reported_speech import Statement, default_reader


def read(body: str) -> list[tuple[Statement, str]]:
    found = default_reader().read("", "", body)
    return [(each, body[each.start : each.end]) for each in found]


def test_a_quotation_goes_on_over_paragraphs_until_its_mark() -> None:
    body = 'علی رضایی گفت: "تیم خوبی داریم و می‌بریم.\nبازی بعد سخت است. همه آماده‌اند." او فردا به شهر خود می‌رود.'
    ((statement, text),) = read(body)
    assert statement.name == "علی رضایی"
    assert text.endswith('همه آماده‌اند."')


def test_an_open_quotation_ends_before_a_mark_that_opens_another() -> None:
    body = 'علی رضایی گفت: "تیم خوبی داریم و می‌بریم.\nمهدی کریمی گفت: "ما هم تیم خوبی داریم و نمی‌بازیم."'
    (_, first), (statement, second) = read(body)
    assert "ما هم" not in first
    assert (statement.name, second[:6]) == ("مهدی کریمی", '"ما هم')


def test_what_stands_behind_a_closed_quotation_is_not_said() -> None:
    body = 'علی رضایی گفت: "تیم خوبی داریم. فردا هم می‌بریم." هوا در شهر سرد بود و برف می‌بارید.'
    ((_, text),) = read(body)
    assert text.endswith('می‌بریم."')


@pytest.mark.parametrize(("first", "second"), [("نخست،", "دوم،"), ("اول،", "ثانیا"), ("اولا", "ثانيا")])
def test_speech_that_counts_goes_on_with_what_it_counts_second(first: str, second: str) -> None:
    body = f"علی رضایی گفت: {first} نان گران است و کم.\n{second} آب شهر پاک نیست و بو می‌دهد.\nهوا سرد شد."
    ((_, text),) = read(body)
    assert text.endswith("بو می‌دهد.")


def test_a_sentence_that_begins_with_another_speaker_is_the_papers_own() -> None:
    body = (
        "علی رضایی وزیر راه گفت: جاده ساخته می‌شود.\n"
        "مهدی کریمی سفیر عراق گفت: راه باز است. علی رضایی امروز به بغداد می‌رود و سه روز می‌ماند."
    )
    assert read(body)[-1][1] == "راه باز است."
