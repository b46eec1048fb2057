import io
import json

from khabarjoo.analyzers.analyzer import Token
from khabarjoo.analyzers.compounds import Term
from khabarjoo.searcher.output.analysis import write_analysis_json, write_analysis_table, write_analysis_tsv

TEXT = "خبرهای قم"
TOKENS = [
    Token(Term("خبر", "خبرهای", ("خ", "بر"), "plural", "خبر"), 0, 0, 6),
    Token(Term("قم", "قم"), 1, 7, 9),
]


def test_tsv_is_the_text_a_tab_and_the_lemmas() -> None:
    out = io.StringIO()
    write_analysis_tsv(TEXT, TOKENS, out)
    write_analysis_tsv("", [], out)
    assert out.getvalue() == "خبرهای قم\tخبر قم\n\t\n"


def test_json_says_where_each_word_stands_and_why_it_is_read_so() -> None:
    out = io.StringIO()
    write_analysis_json(TEXT, TOKENS, out)
    assert out.getvalue().count("\n") == 1
    record = json.loads(out.getvalue())
    assert record["text"] == TEXT
    assert record["tokens"][0] == {
        "word": "خبرهای",
        "start": 0,
        "end": 6,
        "position": 0,
        "form": "خبرهای",
        "lemma": "خبر",
        "parts": ["خ", "بر"],
        "rule": "plural",
        "entry": "خبر",
    }


def test_the_table_is_aligned_and_plain_when_piped() -> None:
    out = io.StringIO()
    write_analysis_table(TEXT, TOKENS, out)
    assert out.getvalue().splitlines() == [
        "word    position  form    lemma  parts  rule    entry",
        "خبرهای  0         خبرهای  خبر    خ بر   plural  خبر",
        "قم      1         قم      قم",
    ]


def test_on_a_terminal_without_bidi_words_are_in_its_order_and_columns_in_their_places(terminal) -> None:
    write_analysis_table("قم", [Token(Term("قم", "قم"), 0, 0, 2)], terminal)
    assert terminal.getvalue().splitlines()[1] == "ﻢﻗ    0  ﻢﻗ    ﻢﻗ"


def test_on_a_terminal_columns_keep_their_places_by_a_mark(terminal, monkeypatch) -> None:
    monkeypatch.setenv("VTE_VERSION", "7006")
    write_analysis_table("قم", [Token(Term("قم", "قم"), 0, 0, 2)], terminal)
    assert terminal.getvalue().splitlines()[1] == "قم    \u200e0  قم    \u200eقم"


def test_the_table_shows_no_control_characters() -> None:
    out = io.StringIO()
    write_analysis_table("\x1b[31mقم", [Token(Term("قم", "قم"), 0, 0, 7)], out)
    assert "\x1b" not in out.getvalue()
