"""What is told beside the verb: clauses of saying that, what is needed, and whom it is according to."""

from __future__ import annotations

import pytest

from khabarjoo.analyzers.reported_speech import default_reader


def told(body: str) -> list[tuple[str, str, bool]]:
    found = default_reader().read("", "", body)
    return [(body[each.start : each.end], each.speaker, each.is_shown) for each in found]


@pytest.mark.parametrize("phrase", ["با تاکید بر لزوم", "ضمن تأكيد بر ضرورت", "با تاکید بر اهمیت"])
def test_what_somebody_stresses_as_needful_is_said(phrase: str) -> None:
    body = f"علی رضایی وزیر راه {phrase} ساختن جاده‌های تازه، گفت: دولت باید کار کند و گزارش دهد."
    (first, *_), (_, speaker, is_shown) = told(body)
    assert first == f"{phrase.split()[-1]} ساختن جاده‌های تازه"
    assert (speaker, is_shown) == ("علی رضایی", True)


def test_a_clause_of_saying_that_goes_on_over_a_comma_before_its_verb() -> None:
    body = "علی رضایی با بیان اینکه در یک سال گذشته به خاطر باران، همه جاده‌ها خراب شد افزود: باید کار کرد."
    assert told(body)[0][0] == "در یک سال گذشته به خاطر باران، همه جاده‌ها خراب شد"


@pytest.mark.parametrize("opening", ["بر اساس گفته‌های", "طبق گفته هاي", "به گفته"])
def test_what_somebody_is_said_to_have_told_is_his(opening: str) -> None:
    ((text, speaker, _),) = told(f"{opening} علی رضایی، جاده شمال تا پایان سال ساخته می‌شود.")
    assert (text, speaker) == ("جاده شمال تا پایان سال ساخته می‌شود.", "علی رضایی")
