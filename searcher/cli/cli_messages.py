"""What commands say besides their results, in English and in Persian, in one table."""

from __future__ import annotations

from ..output.messages import OF_SAVED_SEARCHES, Messages, told

MESSAGES: Messages = {
    **OF_SAVED_SEARCHES,
    "first run": (
        "first run on this index: {total} articles are known from now on",
        "نخستین اجرا بر این نمایه: از این پس {total} خبر شناخته است",
    ),
    "none saved": (
        "no search is saved; khabarjoo search QUERY --save NAME saves one",
        "جست‌وجویی ذخیره نشده است؛ khabarjoo search QUERY --save NAME یکی را ذخیره می‌کند",
    ),
    "saved": (
        "saved as {name}: {search}. To search again: khabarjoo run {word}",
        "به نام {name} ذخیره شد: {search}. برای جست‌وجوی دوباره: khabarjoo run {word}",
    ),
    "places": (
        "{total} places in {articles} articles",
        "{total} جا در {articles} خبر",
    ),
    "best places": (
        "{total} places in the {articles} best of {found} articles",
        "{total} جا در {articles} خبر بهتر از {found} خبر",
    ),
    "not all": (
        "{written} of {total} articles written; --limit all writes every one",
        "{written} خبر از {total} نوشته شد؛ ‎--limit all همه را می‌نویسد",
    ),
    "written": ("{written} articles written", "{written} خبر نوشته شد"),
    "shown": ("{count} shown", "{count} نمایش داده شد"),
}  # fmt: skip


def message(key: str, language: str = "en", **facts: object) -> str:
    """Returns a message in ``en`` or ``fa`` with its facts filled in.

    >>> message("nothing new", day="2024-01-01")
    'nothing new since 2024-01-01'
    """
    return told(MESSAGES, key, language, facts)
