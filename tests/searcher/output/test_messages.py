import sys
from pathlib import Path
from string import Formatter

import pytest

from khabarjoo.analyzers.calendars import DateError
from khabarjoo.index.errors import StoreError
from khabarjoo.searcher.cli import cli_messages
from khabarjoo.searcher.output import counts as counted
from khabarjoo.searcher.output import messages
from khabarjoo.searcher.output.messages import complain, counts, note, remark, suggestion, tell_failure, told
from khabarjoo.searcher.results import Suggestion
from khabarjoo.searcher.shell import shell_messages
from khabarjoo.searcher.web import ui_texts

TABLES = {
    "results": messages.MESSAGES,
    "counts": counted.MESSAGES,
    "commands": cli_messages.MESSAGES,
    "shell": shell_messages.MESSAGES,
    "reading room": ui_texts.TEXTS,
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_message_is_in_both_languages_with_the_same_facts(table: messages.Messages) -> None:
    for key, texts in table.items():
        english, persian = ({name for _, name, *_ in Formatter().parse(text) if name is not None} for text in texts)
        assert english == persian, key
        assert all(texts), key


def test_numbers_of_messages_are_printed_as_their_language_does() -> None:
    table = {"found": ("{count} found in {file}", "{count} در {file} یافت شد")}
    assert told(table, "found", "en", {"count": 1200, "file": "3.txt"}) == "1,200 found in 3.txt"
    assert told(table, "found", "fa", {"count": 1200, "file": "3.txt"}) == "۱٬۲۰۰ در 3.txt یافت شد"


def test_counts_tell_all_words_and_any(page, hit) -> None:
    assert counts(page(hit(), total=1, total_all=1)) == "all words: 1, any: 1 · 1.2 ms"


def test_counts_tell_which_hits_are_shown_when_not_all_are(page, hit) -> None:
    assert counts(page(hit(), total=340, total_all=12)) == "all words: 12, any: 340 · 1-1 shown · 1.2 ms"
    shown = counts(page(hit(11), hit(12), total=12, total_all=0, offset=10))
    assert shown == "all words: 0, any: 12 · 11-12 shown · 1.2 ms"


def test_counts_by_date_tell_which_articles_are_listed(page, hit) -> None:
    all_words = counts(page(hit(), total_all=1), by_date=True)
    assert all_words == "all words: 1, any: 1 · by date, of those with all · 1.2 ms"
    any_word = counts(page(hit(), total_all=0), by_date=True)
    assert any_word == "all words: 0, any: 1 · by date, of those with any, as none has all · 1.2 ms"


def test_counts_can_be_told_in_persian(page, hit) -> None:
    shown = counts(page(hit(11), total=340, total_all=0, offset=10), by_date=True, language="fa")
    assert shown == (
        "همهٔ واژه‌ها: ۰، دست‌کم یکی: ۳۴۰ · به ترتیب تاریخ، از آن‌ها که یکی را دارند، چون هیچ‌یک همه را ندارد"
        " · از ۱۱ تا ۱۱ · ۱٫۲ میلی‌ثانیه"
    )
    assert counts(page(hit(), total_all=1), language="fa").startswith("همهٔ واژه‌ها: ۱، دست‌کم یکی: ۱ · ")


def test_what_is_said_on_a_terminal_is_in_its_order(terminal, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal)
    note("searched for: ایران (keyboard)")
    note("شاید منظور: ایران")
    assert terminal.getvalue() == "searched for: ﻥﺍﺮﯾﺍ (keyboard)\n" + " " * 63 + "ﻥﺍﺮﯾﺍ :ﺭﻮﻈﻨﻣ ﺪﯾﺎﺷ\n"


def test_a_suggestion_tells_whether_it_was_searched_for(page) -> None:
    assert suggestion(page()) == ""
    assert suggestion(page(suggestion=Suggestion("ایران", True, "x")), language="fa") == "جست‌وجو شد: ایران (x)"
    assert suggestion(page(suggestion=Suggestion("ایران", True, "keyboard"))) == "searched for: ایران (keyboard)"
    assert suggestion(page(suggestion=Suggestion("ایران", False, "typo"))) == "did you mean: ایران (typo)"


def test_the_reasons_of_a_suggestion_are_told_in_the_language_of_messages(page) -> None:
    found = page(suggestion=Suggestion("ایران", True, "typed on the English keyboard, spelling"))
    assert suggestion(found) == "searched for: ایران (typed on the English keyboard, spelling)"
    assert suggestion(found, language="fa") == "جست‌وجو شد: ایران (با صفحه‌کلید انگلیسی نوشته شده، املا)"


def test_a_complaint_is_one_clean_line_on_standard_error(capsys) -> None:
    complain("no such file:\n\x1b[31mخبر.txt")
    assert capsys.readouterr() == ("", "khabarjoo: no such file: خبر.txt\n")


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (StoreError(Path("i"), "i is no index"), "i is no index"),
        (DateError("there is no month 13"), "there is no month 13"),
        (FileNotFoundError(2, "No such file or directory", "خبر.txt"), "خبر.txt: no such file or directory"),
        (OSError("odd"), "odd"),
        (KeyError("x"), "KeyError: 'x' (this should not happen; KHABARJOO_DEBUG=1 shows where)"),
    ],
)
def test_a_failure_is_told_in_words_or_named_by_its_kind(capsys, failure: Exception, told: str) -> None:
    tell_failure(failure)
    assert capsys.readouterr().err == f"khabarjoo: {told}\n"


def test_a_persian_sentence_runs_from_right_to_left_whatever_it_begins_with() -> None:
    told = "/tmp/x.xlsx از پیش هست؛ رویش نوشته نمی‌شود"
    assert remark(told, persian=True).right_to_left and not remark(told).right_to_left
    assert not remark("did you mean: terms of زلزله", persian=True).right_to_left


def test_where_to_read_more_has_its_own_line_on_a_terminal_and_none_elsewhere(capsys, monkeypatch) -> None:
    complain("no", "khabarjoo --help")
    monkeypatch.setattr("khabarjoo.searcher.output.messages.is_terminal", lambda stream: True)
    complain("no", "khabarjoo --help")
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["khabarjoo: no (see: khabarjoo --help)", "khabarjoo: no", "see: khabarjoo --help"]
