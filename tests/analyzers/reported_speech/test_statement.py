"""Names are one by their key, whatever their spelling and their titles."""

from __future__ import annotations

import pytest

from khabarjoo.analyzers.reported_speech import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("محمدباقر قالیباف", "محمد باقر قالیباف"),
        ("محمدباقر قالیباف", "دکتر محمدباقر قالیباف"),
        ("علی‌اکبر صالحی", "علي اكبر صالحي"),
        ("سید محمد خاتمی", "محمد خاتمی"),
        ("ابراهیم رئیسی", "ابراهیم رییسی"),
        ("محمود احمدی‌نژاد", "محمود احمدی نژاد"),
    ],
)
def test_spellings_and_titles_are_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("احمد خاتمی", "محمد خاتمی"), ("خاتمی", "محمد خاتمی"), ("", "علی")])
def test_other_persons_are_others(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
