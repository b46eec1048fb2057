"""Digits: the same number on every keyboard, and as each language prints it."""

from __future__ import annotations

from khabarjoo.analyzers.digits import figure, latin_digits, persian_digits, persian_number


def test_numbers_are_grouped_as_each_language_prints_them() -> None:
    assert (figure(0), figure(1234567), figure(1234567, "en")) == ("۰", "۱٬۲۳۴٬۵۶۷", "1,234,567")


def test_decimals_have_the_mark_of_persian() -> None:
    assert persian_number("1,234.5") == "۱٬۲۳۴٫۵"


def test_digits_go_to_persian_and_back() -> None:
    assert latin_digits(persian_digits("0123456789, 1402/07")) == "0123456789, 1402/07"
