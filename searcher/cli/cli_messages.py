"""What commands say besides their results, in English and in Persian, in one table."""

from __future__ import annotations

_MESSAGES = {
    "forgotten": ("{name} is forgotten", "{name} فراموش شد"),
    "new": ("{count} new since {day}, of {total}", "{count} خبر تازه از {day}، از {total} خبر"),
    "nothing new": ("nothing new since {day}", "از {day} خبر تازه‌ای نیست"),
    "first run": (
        "first run on this index: {total} articles are known from now on",
        "نخستین اجرا بر این نمایه: از این پس {total} خبر شناخته است",
    ),
    "none saved": (
        "no search is saved; khabarjoo search QUERY --save NAME saves one",
        "جست‌وجویی ذخیره نشده است؛ khabarjoo search QUERY --save NAME یکی را ذخیره می‌کند",
    ),
    "places": (
        "{total} places in {articles} articles",
        "{total} جا در {articles} خبر",
    ),
    "best places": (
        "{total} places in the {articles} best of {found} articles",
        "{total} جا در {articles} خبر بهتر از {found} خبر",
    ),
    "shown": ("{count} shown", "{count} نمایش داده شد"),
}  # fmt: skip


def message(key: str, language: str = "en", **facts: object) -> str:
    """Returns a message with its facts filled in, in ``en`` or ``fa``, whose numbers are in Persian digits.

    >>> message("nothing new", day="2024-01-01")
    'nothing new since 2024-01-01'
    """
    if language != "fa":
        return _MESSAGES[key][0].format(**{name: _grouped(fact, ",") for name, fact in facts.items()})
    from khabarjoo.analyzers.digits import persian_digits

    told = {
        name: persian_digits(_grouped(fact, "٬")) if isinstance(fact, int) else fact for name, fact in facts.items()
    }
    return _MESSAGES[key][1].format(**told)


def _grouped(fact: object, comma: str) -> str:
    return f"{fact:,}".replace(",", comma) if isinstance(fact, int) else str(fact)
