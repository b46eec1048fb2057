"""Documents that news quotes speak for whoever wrote them."""

from __future__ import annotations

import pytest

from khabarjoo.analyzers.reported_speech import Statement, default_reader


def read(body: str, title: str = "") -> list[Statement]:
    return default_reader().read(title, "", body)


def said(body: str, statement: Statement) -> str:
    return " ".join(body[statement.start : statement.end].split())


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ("در بیانیه وزارت خارجه آمده است: ایران به تعهد خود پایبند است.", "وزارت خارجه"),
        ("در نامه اي كه علي رضايي به وزير نوشت آمده است كه حقوق كارگران كم است.", "علي رضايي"),
        ("در این اطلاعیه تاکید شده است که جاده تا پایان هفته بسته است.", "این اطلاعیه"),
        ("در ادامه اين بخشنامه آمده است: مدارس تا پايان هفته بسته است.", "اين بخشنامه"),
    ],
)
def test_documents_speak_for_whoever_wrote_them_and_are_never_shown(body: str, speaker: str) -> None:
    (statement,) = read(body)
    assert statement.speaker == speaker
    assert not statement.is_shown


def test_what_stands_in_no_document_is_not_said() -> None:
    assert not read("در این شهر آب کم آمده است که مردم را نگران می‌کند.")
