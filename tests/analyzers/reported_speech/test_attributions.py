"""Ways of telling that somebody said something: each in clean and in defective spelling."""

from __future__ import annotations

import pytest

from khabarjoo.analyzers.reported_speech import Statement, default_reader


def read(body: str, title: str = "") -> list[Statement]:
    return default_reader().read(title, "", body)


def said(body: str, statement: Statement) -> str:
    return " ".join(body[statement.start : statement.end].split())


INTRODUCED = "محمدباقر قالیباف، رئیس مجلس در نشست علنی گفت: تورم را مهار می‌کنیم. این وعده ماست."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("علی رضایی تاکید کرد، قیمت نان تا پایان سال گران نمی‌شود.", "قیمت نان تا پایان سال گران نمی‌شود."),
        ("علي رضايي خاطر نشان ساخت قيمت نان تا پايان سال گران نمي شود.", "قيمت نان تا پايان سال گران نمي شود."),
        ("علی رضایی هم گفت باید قیمت نان را پایین بیاوریم.", "باید قیمت نان را پایین بیاوریم."),
        ("علي رضايي هم گفت: قيمت نان پايين مي آيد و مردم راضي اند.", "قيمت نان پايين مي آيد و مردم راضي اند."),
        ("علی رضایی اطمینان داد که قیمت نان گران نمی‌شود.", "قیمت نان گران نمی‌شود."),
        ("علي رضايي ابراز اميدواري كرد كه قيمت نان گران نشود.", "قيمت نان گران نشود."),
    ],
)
def test_words_that_no_colon_parts_from_their_verb_are_found(body: str, text: str) -> None:
    (statement,) = read(body)
    assert statement.name in ("علی رضایی", "علي رضايي")
    assert said(body, statement) == text


def test_words_that_nothing_parts_from_their_verb_are_a_perhaps_yet_name_who_speaks_next() -> None:
    body = "علی رضایی وزیر راه تاکید کرد جاده تا پایان سال ساخته می‌شود. وی افزود: بودجه آن هم رسیده است."
    first, second = read(body)
    assert not first.is_shown
    assert second.is_shown
    assert first.name == second.name == "علی رضایی"


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("وی گرانی ارز را پیامد تحریم خواند و افزود: دولت کار کند.", "گرانی ارز را پیامد تحریم خواند"),
        ("وي گراني ارز را پيامد تحريم دانسته و مي گويد: دولت كار كند.", "گراني ارز را پيامد تحريم دانسته"),
        ("وی بر ساختن مدرسه در روستاها تاکید کرد و گفت: دولت کار کند.", "بر ساختن مدرسه در روستاها تاکید کرد"),
        ("وی گرانی ارز را پیامد تحریم دانست و تاکید کرد باید همه کار کنیم.", "گرانی ارز را پیامد تحریم دانست"),
    ],
)
def test_what_is_judged_before_and_said_is_a_statement_too(sentence: str, text: str) -> None:
    body = f"{INTRODUCED}\n{sentence}"
    judged, told = read(body)[1:]
    assert said(body, judged) == text
    assert judged.name == told.name == "محمدباقر قالیباف"


def test_what_is_read_or_named_is_not_judged() -> None:
    assert not read("علی رضایی نامه پدرش را خواند و از خانه بیرون رفت.")


def test_speech_that_a_pronoun_ends_is_followed_by_what_he_tells_then() -> None:
    body = f"{INTRODUCED} وی گرانی ارز در ماه‌های گذشته را پیامد تحریم دانست که به بازار آسیب زد."
    speech, judged = read(body)
    assert said(body, speech).endswith("این وعده ماست.")
    assert (judged.name, judged.kind) == ("محمدباقر قالیباف", "report")


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ("یک مقام آگاه در وزارت نفت گفت: قرارداد تا پایان سال امضا می‌شود.", "یک مقام آگاه"),
        ("يكي از نمايندگان مجلس اعلام كرد كه بودجه كم است و كافي نيست.", "يكي از نمايندگان مجلس"),
        ("یکی از خوانندگان ما نوشته است: خیابان ما چراغ ندارد.", "یکی از خوانندگان ما"),
        ("از سوی دیگر سازمان هواشناسی هشدار داد که باران تندی می‌بارد.", "سازمان هواشناسی"),
        ("در این مراسم شهردار تهران گفت: خیابان‌ها را چراغانی می‌کنیم.", "شهردار تهران"),
    ],
)
def test_one_of_many_and_whoever_stands_behind_an_adverbial_speak(body: str, speaker: str) -> None:
    (statement,) = read(body)
    assert statement.speaker == speaker


def test_a_name_that_nobody_listed_is_one_between_marks_and_before_a_role() -> None:
    body = "«رابو تاندرو» مهاجم هلندی باشگاه گفت: در این تیم می‌مانم و گل می‌زنم."
    (statement,) = read(body)
    assert (statement.name, statement.role) == ("رابو تاندرو", "مهاجم هلندی باشگاه")


def test_a_clause_of_saying_that_is_not_ended_by_a_verb_of_saying_in_it() -> None:
    body = "علی رضایی با بیان اینکه دولت اعلام کرده است که پول ندارد گفت: مالیات‌ها را کم می‌کنیم."
    assert said(body, read(body)[-1]) == "مالیات‌ها را کم می‌کنیم."


def test_what_only_tells_when_somebody_spoke_is_not_said() -> None:
    body = f"{INTRODUCED}\nوی در حالی این سخن را گفت که قیمت‌ها در بازار بالا می‌رود."
    assert len([each for each in read(body) if each.kind != "report"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        "علی رضایی اظهارداشت: قیمت نان پایین می‌آید و مردم راضی‌اند.",
        "علي رضايي پيش بيني كرد: قيمت نان پايين مي آيد و مردم راضي اند.",
        "علی رضایی تایید کرد که قیمت نان پایین می‌آید و مردم راضی‌اند.",
    ],
)
def test_verbs_that_are_written_as_one_or_apart_are_verbs_of_saying(body: str) -> None:
    (statement,) = read(body)
    assert statement.name.replace("ي", "ی") == "علی رضایی"


def test_what_somebody_ought_to_say_is_not_said() -> None:
    assert not read("وزیر راه باید هر هفته به مردم اعلام کند که جاده‌ها کی ساخته می‌شود و چند می‌ارزد.")


def test_whoever_is_cited_first_has_said_all_that_follows() -> None:
    body = "به گفته علی رضایی، وزارت راه اعلام کرده است که جاده تا پایان سال ساخته می‌شود."
    (statement,) = read(body)
    assert statement.name == "علی رضایی"


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ("به نوشته روزنامه «آفتاب صبح»، نان در شهر ما گران شده است.", "آفتاب صبح"),
        ("همه کارشناسان می‌گویند که نان در شهر ما گران شده است.", "همه کارشناسان"),
        ("از مردم این شهر بارها پرسیدیم، اما به‌تازگی پزشکان گفته‌اند که آب شهر پاک نیست.", "پزشکان"),
    ],
)
def test_papers_between_marks_the_whole_of_several_and_another_clause_speak(body: str, speaker: str) -> None:
    (statement,) = read(body)
    assert statement.speaker == speaker


def test_a_pointing_role_ends_before_its_object() -> None:
    body = f"{INTRODUCED}\nاین مقام گرانی ارز را پیامد تحریم دانست و گفت: دولت باید کار کند."
    assert {each.name for each in read(body)} == {"محمدباقر قالیباف"}


def test_a_headline_that_the_body_begins_with_is_a_perhaps() -> None:
    body = "وزیر راه: جاده شمال تا پایان سال ساخته می‌شود\nهوا در شمال سرد است."
    (statement,) = read(body)
    assert (statement.kind, statement.speaker) == ("headline", "وزیر راه")
    assert not statement.is_shown


def test_who_is_the_subject_in_between_is_more_likely_meant_by_a_pronoun() -> None:
    body = f"{INTRODUCED}\nمهدی کریمی وزیر راه به مجلس آمد.\nوی افزود: دولت باید کار کند و گزارش دهد."
    assert read(body)[-1].name == "مهدی کریمی"


def test_a_line_that_begins_with_an_agency_begins_a_paragraph() -> None:
    headline = "برای ساختن جاده‌های تازه در شمال کشور به هزار میلیارد تومان پول نیاز است"
    body = f"{headline}\nفارس: علی رضایی وزیر راه گفت: جاده شمال ساخته می‌شود و مردم راضی‌اند."
    (statement,) = read(body)
    assert statement.name == "علی رضایی"


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("وی خواستار ساختن جاده‌های تازه شد و گفت: دولت کار کند.", "خواستار ساختن جاده‌های تازه شد"),
        ("وي خواهان آزادي همه زندانيان شده و مي گويد: دولت كار كند.", "خواهان آزادي همه زندانيان شده"),
    ],
)
def test_what_is_asked_for_before_a_light_verb_is_a_perhaps(sentence: str, text: str) -> None:
    body = f"{INTRODUCED}\n{sentence}"
    asked, told = read(body)[1:]
    assert said(body, asked) == text
    assert not asked.is_shown
    assert told.is_shown


def test_a_role_pointed_at_with_nobody_before_stands_for_itself() -> None:
    body = "این بازیگر درباره کار تازه‌اش گفت: در شهرهای زیادی کار کرده‌ام.\nعلی رضایی گفت: فیلم فردا پخش می‌شود."
    first, second = read(body)
    assert (first.name, first.speaker) == ("", "این بازیگر")
    assert second.name == "علی رضایی"


def test_some_of_several_are_told_to_their_end() -> None:
    (statement,) = read("برخی از مسئولان شهر گفتند: آب شهر پاک است و نگران نباشید.")
    assert statement.speaker == "برخی از مسئولان شهر"


@pytest.mark.parametrize("verb", ["فرمودند", "مي فرمايد", "اظهارداشتند", "تصریح کردند"])
def test_verbs_of_respect_open_what_is_said(verb: str) -> None:
    body = f"حضرت آيت الله حسين رضايي {verb}: در اين سختي ها است كه مردم آبديده مي شوند."
    (statement,) = read(body)
    assert statement.name == "حسين رضايي"
    assert statement.is_shown


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("علی رضایی دستیارش در تهران گفت: تیم آماده است و می‌بریم.", "علی رضایی"),
        ("علی رضایی دو روز پیش گفت: تیم آماده است و می‌بریم.", "علی رضایی"),
        ("محمدرضا کریمی تصمیم گرفت برود و از همه خواست که نان را ارزان کنند.", "محمدرضا کریمی"),
        ("روزنامه اسرائیلی معاریو نوشت: نان در شهر ما گران شده است.", "معاریو"),
    ],
)
def test_names_end_before_words_that_are_none(body: str, name: str) -> None:
    assert read(body)[-1].name == name


def test_a_role_ends_where_the_object_behind_it_begins() -> None:
    body = "رئیس جمهور کشور ایجاد شغل در شهرهای کوچک را ضروری خواند و افزود: همه باید کار کنند."
    assert {each.role for each in read(body)} == {"رئیس جمهور کشور"}


def test_that_which_tells_more_of_an_object_is_a_perhaps() -> None:
    body = "علی رضایی نام بازیکنان تیم را امروز اعلام کرد که در آن نامی از کریمی دیده نمی‌شود."
    (statement,) = read(body)
    assert not statement.is_shown


def test_who_is_cited_does_not_say_what_is_said_after() -> None:
    body = f"{INTRODUCED}\nوی با اشاره به شاعری که گفت: «توانا بود هر که دانا بود»، افزود: همه باید درس بخوانند."
    assert said(body, read(body)[-1]) == "همه باید درس بخوانند."


def test_what_is_an_institution_of_many_is_the_one_named_before() -> None:
    body = "پلیس بنگلادش گفت: سه نفر دستگیر شده‌اند.\nبه گفته پلیس، همه آنها جوان هستند و زنده‌اند."
    assert [each.name for each in read(body)] == ["پلیس بنگلادش"] * 2
    (alone,) = read("به گفته پلیس، همه آنها جوان هستند و زنده‌اند.")
    assert not alone.is_shown


def test_a_role_that_tells_not_of_what_is_left_out() -> None:
    body = "علی رضایی عضو کمیسیون گفت: نان گران است و کم.\nعلی رضایی، عضو کمیسیون اقتصادی مجلس گفت: دولت کار کند."
    assert [each.role for each in read(body)] == ["", "عضو کمیسیون اقتصادی مجلس"]


def test_a_name_and_its_role_behind_a_dash_speak_together() -> None:
    body = "محمدجواد کریمی - معاون شهرداری تهران با اشاره به ساخت جاده افزود: شنبه جلسه‌ای داریم و می‌آییم."
    assert {(each.name, each.role) for each in read(body)} == {("محمدجواد کریمی", "معاون شهرداری تهران")}
