"""Sentences as the words they are made of, and which of them are read at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.reported_speech.sentences import PieceReader, sentences
from khabarjoo.analyzers.reported_speech.word_kinds import WordKinds

WORDS = "همکاری های را می پذیریم دکترمحمدی گفت: «باران»، وزیر صنعت، معدن و تجارت تاکید کرد که".split()


@pytest.fixture(scope="module")
def reader() -> PieceReader:
    analyzer = default_analyzer()
    return PieceReader(analyzer, WordKinds(analyzer.lexicon))


@pytest.mark.parametrize(
    ("sentence", "chunks"),
    [
        ("او گفت که باران می‌بارد", 2),
        ("وزیر بر این نکته تاکید کرد", 6),
        ("وزیر بر این نکته تأکيد خواهد كرد", 6),
        ("وزیر خاطر نشان ساخت که باران می‌بارد", 4),
        ("او از مردم خواست تا بمانند", 4),
        ("او این را خوب می‌داند.", 5),
        ("به گفته او باران می‌بارد", 2),
    ],
)
def test_a_sentence_is_read_as_far_as_its_last_verb_of_saying(reader: PieceReader, sentence: str, chunks: int) -> None:
    assert reader.chunks(sentence, 0, len(sentence)).speaking() == chunks


@pytest.mark.parametrize(
    "sentence",
    [
        "باران تا فردا ادامه خواهد یافت",
        "هوا سرد خواهد شد و باران خواهد بارید",
        "من گفتم که باران می‌بارد",
        "او می‌داند باران می‌بارد",
        "وزیر از باران گفته‌ای نشنید",
    ],
)
def test_a_sentence_in_which_nobody_else_says_anything_is_passed_over(reader: PieceReader, sentence: str) -> None:
    assert reader.chunks(sentence, 0, len(sentence)).speaking() == 0


def test_words_that_only_a_space_keeps_apart_are_joined_as_the_analyzer_joins_them(reader: PieceReader) -> None:
    text = "همکاری های «دانشگاهها» را می پذیریم، دکترمحمدی"
    pieces = reader.pieces(text, 0, len(text))
    assert [piece.form for piece in pieces if piece.form not in "«»،"] == [
        token.term.form for token in default_analyzer().tokens(text)
    ]
    assert all(text[piece.start : piece.end] for piece in pieces)


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from((" ", "  ", "\n", " \u2003")))))
def test_pieces_stand_where_their_letters_do_whatever_spaces_part_them(
    reader: PieceReader, words: list[tuple[str, str]]
) -> None:
    text, plain = "".join(map("".join, words)), " ".join(word for word, _ in words)
    pieces, expected = reader.pieces(text, 0, len(text)), reader.pieces(plain, 0, len(plain))
    assert [piece[:3] for piece in pieces] == [piece[:3] for piece in expected]
    assert [text[piece.start : piece.end].split() for piece in pieces] == [
        plain[piece.start : piece.end].split() for piece in expected
    ]


def test_a_stretch_is_read_as_far_as_is_asked(reader: PieceReader) -> None:
    text = "وزیر گفت:باران می بارد"
    pieces = reader.pieces(text, 0, text.index(":") + 1)
    assert [piece.form for piece in pieces] == ["وزیر", "گفت", ":"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("باران آمد... رفت؟! بله.", ["باران آمد...", " رفت؟!", " بله."]),
        ("آقای ج. ب. محمدی آمد.رفت", ["آقای ج. ب. محمدی آمد.", "رفت"]),
        ("سطر نخست\n\n  سطر دوم.\nسوم", ["سطر نخست", "سطر دوم.", "سوم"]),
    ],
)
def test_sentences_end_at_marks_and_lines(text: str, expected: list[str]) -> None:
    assert [text[each.start : each.end] for each in sentences(text)] == expected
