"""Texts without punctuation are parted by who speaks."""

from __future__ import annotations

import pytest

from khabarjoo.analyzers.reported_speech import Statement, default_reader


def read(body: str, title: str = "") -> list[Statement]:
    return default_reader().read(title, "", body)


def said(body: str, statement: Statement) -> str:
    return " ".join(body[statement.start : statement.end].split())


RUN_ON = (
    "علی رضایی وزیر راه دیروز در جمع خبرنگاران گفت جاده شمال تا پایان سال ساخته می‌شود و مردم از آن بهره می‌برند "
    "وی در ادامه با اشاره به بودجه خاطرنشان کرد هزینه این کار از محل مالیات پرداخت شده است و کم نیست "
    "مهدی کریمی شهردار ساری نیز در این نشست افزود خیابان‌های شهر هم آسفالت می‌شود و چراغ می‌گیرد و مردم دیگر در تاریکی "
    "نمی‌مانند و راه خانه را پیدا می‌کنند"
)


@pytest.mark.parametrize("body", [RUN_ON, RUN_ON.replace("ی", "ي").replace("ک", "ك").replace("می‌", "مي ")])
def test_a_text_without_signs_is_parted_by_who_speaks(body: str) -> None:
    first, second, third = read(body)
    assert [" ".join(each.name.replace("ي", "ی").replace("ك", "ک").split()) for each in (first, second, third)] == [
        "علی رضایی",
        "علی رضایی",
        "مهدی کریمی",
    ]
    assert said(body, first).split()[0] == "جاده"
    assert said(body, second).split()[0].startswith("هز")
    assert said(body, third).split()[0].startswith("خ")
    assert not any(each.is_shown for each in (first, second, third))
