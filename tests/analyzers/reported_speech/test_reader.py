"""Who said what: verbs, speakers, spans, and what a وی, a role or a short name comes to."""

from __future__ import annotations

import pytest

from khabarjoo.analyzers.reported_speech import Statement, default_reader


def read(body: str, title: str = "", lead: str = "") -> list[Statement]:
    return default_reader().read(title, lead, body)


def said(body: str, statement: Statement) -> str:
    return body[statement.start : statement.end]


INTRODUCED = "محمدباقر قالیباف، رئیس مجلس در نشست علنی گفت: تورم را مهار می‌کنیم. این وعده ماست."


def test_speech_after_a_colon_goes_on_to_the_end_of_its_paragraph() -> None:
    body = f"{INTRODUCED}\nهوا سرد شد و باران بارید."
    (statement,) = read(body)
    assert statement.name == "محمدباقر قالیباف"
    assert statement.role == "رئیس مجلس"
    assert statement.printed == "محمدباقر قالیباف، رئیس مجلس"
    assert statement.verb == "گفت"
    assert statement.kind == "direct"
    assert said(body, statement) == "تورم را مهار می‌کنیم. این وعده ماست."
    assert statement.is_shown


@pytest.mark.parametrize(
    "opening",
    [
        "وی افزود:",
        "او در ادامه تصریح کرد:",
        "وي اظهار داشت:",
        "وی خاطر نشان ساخت:",
        "وی می گوید:",
        "وی با اشاره به وضع بازار یادآور شد:",
        "وی همچنین تاكيد كرد :",
    ],
)
def test_a_pronoun_is_whoever_spoke_last_and_where_he_is_named_is_told(opening: str) -> None:
    body = f"{INTRODUCED} {opening} دولت باید کار کند و گزارش دهد."
    statement = read(body)[-1]
    assert statement.name == "محمدباقر قالیباف"
    assert statement.resolution == "pronoun"
    assert statement.named is not None
    assert body[statement.named.start : statement.named.end] == "محمدباقر قالیباف"
    assert said(body, statement).startswith("دولت باید")


def test_a_short_name_and_a_role_come_to_the_full_name_of_the_article() -> None:
    body = f"{INTRODUCED}\nقالیباف ادامه داد: همه باید بیایند و کمک کنند.\nرئیس مجلس گفت: این آخرین فرصت است."
    _, short, role = read(body)
    assert (short.name, short.resolution) == ("محمدباقر قالیباف", "short")
    assert (role.name, role.resolution) == ("محمدباقر قالیباف", "role")


def test_a_short_name_alone_is_no_name_to_go_by() -> None:
    (statement,) = read("رضایی گفت: قیمت‌ها پایین می‌آید و مردم خوشحال می‌شوند.")
    assert not statement.name
    assert not statement.is_shown
    assert statement.speaker == "رضایی"


def test_two_of_one_surname_are_not_taken_for_each_other() -> None:
    body = "احمد خاتمی گفت: نماز جمعه برگزار می‌شود.\nمحمد خاتمی گفت: گفت‌وگوی تمدن‌ها ادامه دارد."
    assert [statement.name for statement in read(body)] == ["احمد خاتمی", "محمد خاتمی"]


@pytest.mark.parametrize(
    ("body", "name", "text"),
    [
        ("علی رضایی اعلام کرد که قیمت نان گران نمی‌شود.", "علی رضایی", "قیمت نان گران نمی‌شود."),
        ("به گفته علی رضایی، کارشناس اقتصاد، نقدینگی بالا رفته است.", "علی رضایی", "نقدینگی بالا رفته است."),
        ("سازمان ملل اعلام کرد که جنگ در منطقه تمام شده است.", "سازمان ملل", "جنگ در منطقه تمام شده است."),
    ],
)
def test_speech_that_is_reported_is_indirect(body: str, name: str, text: str) -> None:
    (statement,) = read(body)
    assert (statement.name, statement.kind, said(body, statement)) == (name, "indirect", text)


def test_a_clause_of_saying_that_is_a_statement_of_its_own() -> None:
    body = "علی رضایی با بیان اینکه بودجه کسری دارد، گفت: نباید مالیات را بالا برد."
    clause, speech = read(body)
    assert (clause.kind, said(body, clause)) == ("indirect", "بودجه کسری دارد")
    assert (speech.kind, said(body, speech)) == ("direct", "نباید مالیات را بالا برد.")
    assert clause.name == speech.name == "علی رضایی"


def test_what_stands_between_quotation_marks_is_verbatim_and_ends_there() -> None:
    body = "علی رضایی گفت: «ما پیروز می‌شویم. شک نکنید.» جمعیت دست زد."
    (statement,) = read(body)
    assert statement.kind == "quotation"
    assert said(body, statement) == "«ما پیروز می‌شویم. شک نکنید.»"


def test_a_quotation_within_a_quotation_is_not_ascribed_to_whom_it_quotes() -> None:
    body = "علی رضایی گفت: «وزیر به من گفت: برو. من هم رفتم و برنگشتم.»"
    assert {statement.name for statement in read(body)} == {"علی رضایی"}


def test_a_quotation_goes_on_over_paragraphs() -> None:
    body = "علی رضایی گفت: «بند اول سخن من است.\nبند دوم سخن من است.» پایان."
    (statement,) = read(body)
    assert said(body, statement).startswith("«بند اول")
    assert "بند دوم سخن من است.»" in said(body, statement)


def test_a_headline_says_who_before_its_colon() -> None:
    headline, _ = read(INTRODUCED, title="قالیباف: تورم را مهار می‌کنیم")
    assert (headline.field, headline.kind, headline.name) == ("title", "headline", "محمدباقر قالیباف")
    assert headline.is_shown


def test_a_dateline_is_nobody() -> None:
    (statement,) = read("تهران - ایرنا - احمد وحیدی وزیر کشور روز شنبه گفت: انتخابات برگزار می‌شود.")
    assert (statement.name, statement.role) == ("احمد وحیدی", "وزیر کشور")


@pytest.mark.parametrize(
    "body",
    [
        "در این گفت‌وگو درباره تورم صحبت شد.",
        "گفته می‌شود که قیمت‌ها پایین می‌آید و بازار آرام است.",
        "من گفتم: بیا برویم به خانه پدربزرگ.",
        "گزارش داد و ستد بازار منتشر شد.",
        "",
    ],
)
def test_where_nobody_speaks_there_is_no_statement(body: str) -> None:
    assert [statement for statement in read(body) if statement.is_shown] == []


def test_answers_of_an_interview_are_found_but_not_shown() -> None:
    body = (
        "علی رضایی گفت: از شما برای این گفت‌وگو سپاسگزارم.\nچرا قیمت‌ها بالا رفت؟\nچون نقدینگی زیاد بود.\n"
        "راه‌حل چیست؟\nباید بودجه را درست نوشت.\nو آینده؟\nبه آینده امیدوارم و کار می‌کنیم."
    )
    answers = [statement for statement in read(body) if statement.kind == "answer"]
    assert [said(body, statement) for statement in answers] == [
        "چون نقدینگی زیاد بود.",
        "باید بودجه را درست نوشت.",
        "به آینده امیدوارم و کار می‌کنیم.",
    ]
    assert not any(statement.is_shown for statement in answers)


def test_places_are_those_of_the_text_in_defective_spelling_too() -> None:
    body = "علي  رضايي,  مدير كل  بانك   مركزي گفت :  نرخ ارز\xa0 پايين مي آيد."
    (statement,) = read(body)
    assert statement.name == "علي رضايي"
    assert said(body, statement).startswith("نرخ ارز")
    assert said(body, statement).endswith("آيد.")


@pytest.mark.parametrize(
    ("introduced", "name", "role"),
    [
        ("به گزارش ایسنا، مهران عباسی انارکی طراح مسابقه گفت:", "مهران عباسی انارکی", "طراح مسابقه"),
        ("نورالله غلامیان دهکردی صبح امروز در نشست شورا گفت:", "نورالله غلامیان دهکردی", ""),
        ("دكترحسن خالقي، معاون آموزشي وزارت علوم گفت:", "حسن خالقي", "معاون آموزشي وزارت علوم"),
        ("حجت‌الاسلام‌والمسلمین علی سعیدی، امام جمعه گفت:", "علی سعیدی", "امام جمعه"),
        ("ماموستا مصطفی خاتمی امروز در خطبه‌ها گفت:", "مصطفی خاتمی", ""),
        ("سرهنگ توکل فرهادی با اشاره به ترافیک گفت:", "توکل فرهادی", ""),
        ("محمد فکورپاس - مدیر میراث استان کرمان - با اعلام این خبر گفت:", "محمد فکورپاس", "مدیر میراث استان کرمان"),
        (
            "علی رضایی، رئیس سازمان صنعت، معدن و تجارت استان سمنان گفت:",
            "علی رضایی",
            "رئیس سازمان صنعت، معدن و تجارت استان سمنان",
        ),
    ],
)
def test_a_name_ends_where_it_ends_and_a_title_is_no_part_of_it(introduced: str, name: str, role: str) -> None:
    (statement,) = read(f"{introduced} تورم را مهار می‌کنیم و کار را پیش می‌بریم.")
    assert (statement.name, statement.role) == (name, role)
    assert statement.is_shown


@pytest.mark.parametrize(
    "introduced",
    [
        "مدیر سازمان فرهنگی هنری شهرداری تهران گفت:",
        "معاون رئیس جمهور، بافت تاریخی یزد را سرمایه ملی دانست و گفت:",
        "همسر دکتر علی رضایی در گفت‌وگو با فارس گفت:",
        "جوانی به نام علی گفت:",
        "ملت فلسطین در تظاهرات روز قدس گفت:",
    ],
)
def test_what_is_no_speakers_name_is_not_taken_for_one(introduced: str) -> None:
    assert not any(each.name for each in read(f"{introduced} تورم را مهار می‌کنیم و کار را پیش می‌بریم."))


def test_who_speaks_by_a_role_is_named_when_the_name_follows() -> None:
    lead = "فرماندار سلماس گفت: جاده تا پایان سال باز می‌شود و کار ادامه دارد."
    body = "به گزارش ایسنا، غلامحسین عماری امروز در نشست خبری افزود: اعتبار آن داده شده است."
    first, second = read(body, lead=lead)
    assert first.name == second.name == "غلامحسین عماری"
    assert first.resolution == "role"
    assert first.named is not None
    assert first.named.field == "body"
    assert first.is_shown
    assert second.is_shown


def test_who_judges_something_and_says_more_is_reported_with_both() -> None:
    body = f"{INTRODUCED}\nوی گرانی ارز را نتیجه تحریم دانست و گفت: دولت باید کار کند و گزارش دهد."
    judged, told = read(body)[1:]
    assert said(body, judged) == "گرانی ارز را نتیجه تحریم دانست"
    assert judged.name == told.name == "محمدباقر قالیباف"
    assert judged.kind == "indirect"
    topic = f"{INTRODUCED}\nوی به گرانی ارز و تورم اشاره کرد و گفت: دولت باید کار کند و گزارش دهد."
    assert len(read(topic)) == 2


def test_what_somebody_is_asked_for_is_reported() -> None:
    body = "علی رضایی رئیس پلیس راه استان البرز گفت: راه باز است و برف نمی‌بارد."
    body += "\nرضایی از مسافران خواست تا آهسته برانند و بایستند."
    statement = read(body)[-1]
    assert said(body, statement) == "آهسته برانند و بایستند."
    assert statement.name == "علی رضایی"


def test_a_pronoun_after_somebody_else_was_the_subject_is_not_shown() -> None:
    clear = f"{INTRODUCED}\nوی افزود: دولت باید کار کند و گزارش دهد."
    contested = f"{INTRODUCED}\nمهدی کریمی وزیر راه به مجلس آمد.\nوی افزود: دولت باید کار کند و گزارش دهد."
    assert read(clear)[-1].is_shown
    assert not read(contested)[-1].is_shown


def test_a_newspaper_that_cites_another_is_not_shown_as_the_speaker() -> None:
    body = "روزنامه فرانسوی لوموند به نقل از یک منبع آگاه نوشت: این توافق تا پایان سال امضا می‌شود."
    (statement,) = read(body)
    assert statement.name == "لوموند"
    assert not statement.is_shown


def test_a_line_of_a_column_does_not_end_a_paragraph() -> None:
    first = "محمدباقر قالیباف رئیس مجلس در نشست علنی امروز به خبرنگاران گفت: تورم را مهار می‌کنیم."
    body = f"{first}\nاین وعده ماست و انجام می‌شود.\n\nهوا سرد شد.\n\nباران هم بارید."
    (statement,) = read(body)
    assert said(body, statement) == "تورم را مهار می‌کنیم.\nاین وعده ماست و انجام می‌شود."


def test_a_list_is_said_to_its_end() -> None:
    body = "محمدباقر قالیباف، رئیس مجلس گفت:\n۱) تورم را مهار می‌کنیم.\n۲) بیکاری را کم می‌کنیم.\nهوا سرد شد."
    (statement,) = read(body)
    assert said(body, statement).endswith("بیکاری را کم می‌کنیم.")


def test_a_role_ends_before_a_quotation_that_is_not_closed_in_it() -> None:
    body = "مهدی کریمی کارگردان فیلم «شب در شهر» گفت: این فیلم را سال گذشته ساختیم."
    assert read(body)[0].role == "کارگردان فیلم"


@pytest.mark.parametrize("title", ["وزير راه:", "وزیر راه اعلام کرد:", "وزیر راه در گفت‌وگو با خبرنگاران:"])
def test_the_first_line_is_said_by_whoever_the_title_names_alone(title: str) -> None:
    line = "جاده شمال تا پایان سال ساخته می‌شود"
    body = f"{line}\nعلی رضایی وزیر راه گفت: همه جاده‌ها ساخته می‌شوند."
    first, second = read(body, title)
    assert (first.kind, first.name, said(body, first)) == ("headline", "علی رضایی", line)
    assert first.is_shown
    assert second.field == "body"


@pytest.mark.parametrize("title", ["جاده شمال:", "وزیر راه به شمال رفت:"])
def test_a_title_that_names_no_speaker_gives_the_first_line_to_nobody(title: str) -> None:
    body = "جاده شمال تا پایان سال ساخته می‌شود\nعلی رضایی وزیر راه گفت: همه جاده‌ها ساخته می‌شوند."
    (statement,) = read(body, title)
    assert statement.kind == "direct"
