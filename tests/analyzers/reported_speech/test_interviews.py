"""Talks: who answers, and what is a question."""

from __future__ import annotations

import pytest

from khabarjoo.analyzers.reported_speech import Statement, default_reader


def read(body: str, title: str = "") -> list[Statement]:
    return default_reader().read(title, "", body)


def said(body: str, statement: Statement) -> str:
    return " ".join(body[statement.start : statement.end].split())


TALK = (
    "* کار را کی شروع کردید؟\n- از جوانی در کتابخانه کار می‌کردم.\n* درباره کتاب تازه‌تان بگویید.\n- درباره ماهی‌هاست.\n"
    "* چرا ماهی؟\n- چون کسی درباره آن ننوشته بود.\n* کتاب بعدی چیست؟\n- هنوز نمی‌دانم و فکر می‌کنم."
)


@pytest.mark.parametrize("title", ["گفت‌وگو با علی رضایی، نویسنده", "گفت و گو با علي رضايي نويسنده"])
def test_a_talk_is_answered_by_the_one_it_is_with_and_asks_by_its_sign(title: str) -> None:
    answers = read(TALK, title)
    assert {each.kind for each in answers} == {"answer"}
    assert [said(TALK, each) for each in answers] == [
        "از جوانی در کتابخانه کار می‌کردم.",
        "درباره ماهی‌هاست.",
        "چون کسی درباره آن ننوشته بود.",
        "هنوز نمی‌دانم و فکر می‌کنم.",
    ]
    assert {each.name.replace("ي", "ی") for each in answers} == {"علی رضایی"}
