"""Snippets: a contiguous stretch of the article's own text, with whole words marked."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.searcher import snippets
from khabarjoo.searcher.highlight import NO_MATCHES, TextMatches, Wanted
from khabarjoo.searcher.query.plain_words import words_in
from khabarjoo.searcher.results import Fragment
from khabarjoo.searcher.snippets import mark, snippet
from tests.corpus import ZWNJ, any_texts, persian_texts

LONGEST = 280


def words(query: str) -> Wanted:
    return Wanted(frozenset(word.lemma for word in words_in(query, default_analyzer())))


def cut(query: str | Wanted, *texts: str) -> list[Fragment]:
    wanted = query if isinstance(query, Wanted) else words(query)
    return snippet((text, wanted.matches(text, default_analyzer())) for text in texts)


def marked(query: str | Wanted, text: str) -> list[Fragment]:
    wanted = query if isinstance(query, Wanted) else words(query)
    return mark(text, wanted.matches(text, default_analyzer()))


def shown(pieces: list[Fragment]) -> str:
    """Text with its matches in brackets."""
    return "".join(f"[{piece.text}]" if piece.match else piece.text for piece in pieces)


def joined(pieces: list[Fragment]) -> str:
    return "".join(piece.text for piece in pieces)


def matches_in(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    """Where the words that match stand, each once."""
    matches = wanted.matches(text, default_analyzer())
    return list(dict.fromkeys(zip(matches.starts, matches.ends, strict=True)))


def spans(pieces: list[Fragment], at: int) -> list[tuple[int, int]]:
    """Where the marked pieces stand, when the first piece stands at a place."""
    found = []
    for piece in pieces:
        if piece.match:
            found.append((at, at + len(piece.text)))
        at += len(piece.text)
    return found


def check_pieces(pieces: list[Fragment]) -> None:
    assert all(piece.text for piece in pieces)
    assert all(one.match or other.match for one, other in pairwise(pieces))


def check_snippet(pieces: list[Fragment], text: str, wanted: Wanted) -> None:
    """That pieces are a stretch of the text, in which exactly the matches are marked and none is cut."""
    check_pieces(pieces)
    whole = joined(pieces)
    assert len(whole) <= LONGEST
    assert bool(whole) == bool(text.strip())
    assert whole.strip() == whole
    everywhere = matches_in(text, wanted)
    places = [place for place in range(len(text)) if text.startswith(whole, place)]
    for place in places if whole else ():
        end = place + len(whole)
        inside = [match for match in everywhere if place <= match[0] and match[1] <= end]
        broken = [m for m in everywhere if m[0] < place < m[1] or m[0] < end < m[1]]
        # A word in two tokens may be broken only where a line ends in it, or when it is too long to be shown.
        if spans(pieces, place) == inside and all("\n" in text[m[0] : m[1]] or m[1] - m[0] > 200 for m in broken):
            break
    else:
        assert not whole, (whole, text)


wanted_words = st.lists(st.sampled_from(["باران", "همکاری", "شد", "المللی", "بین‌المللی", "دانشگاه", "نیست", "از"]))


@given(persian_texts(max_size=120), wanted_words)
def test_a_snippet_is_a_stretch_of_the_text_with_all_its_matches_marked(text: str, chosen: list[str]) -> None:
    wanted = words(" ".join(chosen))
    check_snippet(cut(wanted, text), text, wanted)


@given(st.lists(st.sampled_from(["باران", "همکاری های", "می شود", "x" * 50, "y" * 300, "،", "برف"]), min_size=20))
def test_long_sentences_are_cut_between_words(pieces: list[str]) -> None:
    text, wanted = " ".join(pieces), words("باران همکاری می‌شود")
    found = cut(wanted, text)
    check_snippet(found, text, wanted)
    if "y" * 300 not in pieces:
        assert set(joined(found).split()) <= set(text.split())


@given(any_texts)
def test_any_text_can_be_marked_and_cut(text: str) -> None:
    wanted = Wanted(frozenset(token.term.lemma for token in list(default_analyzer().tokens(text))[:2]))
    check_snippet(cut(wanted, text), text, wanted)
    pieces = marked(wanted, text)
    check_pieces(pieces)
    assert joined(pieces) == text


@given(persian_texts(), wanted_words)
def test_marking_keeps_the_text_and_marks_exactly_the_words_that_match(text: str, chosen: list[str]) -> None:
    wanted = words(" ".join(chosen))
    pieces = marked(wanted, text)
    check_pieces(pieces)
    assert joined(pieces) == text
    assert spans(pieces, 0) == matches_in(text, wanted)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("دانشگاه", "در دانشگاهها، باز است", "در [دانشگاهها]، باز است"),
        ("همکاری", f"از همکاری{ZWNJ}های ما", f"از [همکاری{ZWNJ}های] ما"),
        ("همکاری", "از همکاری های ما", "از [همکاری های] ما"),
        ("بین‌المللی", "نشست بين المللي", "نشست [بين المللي]"),
        ("باران", "بـاران باريد", "[بـاران] باريد"),
        ("نیست‌جایی", "باران بارید", "باران بارید"),
    ],
)
def test_whole_words_are_marked_as_they_were_typed(query: str, text: str, expected: str) -> None:
    assert shown(marked(query, text)) == expected


def test_the_sentence_with_most_different_words_is_chosen() -> None:
    filler = "این جمله دربارهٔ چیزی دیگر است و هیچ واژه‌ای از پرسش در آن نمی‌آید. " * 6
    text = (
        f"{filler}باران بارید و باران بارید و باز باران بارید و همه جا را گرفت. {filler}باران و برف در تهران. {filler}"
    )
    found = shown(cut("باران برف تهران", text))
    assert "[باران] و [برف] در [تهران]." in found


def test_without_a_match_the_beginning_is_shown() -> None:
    first = "جملهٔ نخست این متن چندان کوتاه نیست که تنها بماند."
    assert joined(cut("باران", f"{first} جملهٔ دوم هم هست. جملهٔ سوم.")) == first


def test_a_short_sentence_is_shown_with_the_next() -> None:
    assert joined(cut("باران", "باران. آنگاه برف. پایان. دیگر هیچ.")) == "باران. آنگاه برف. پایان."


def test_the_lead_comes_first_unless_the_body_has_more() -> None:
    assert shown(cut("باران برف", "باران در راه است", "برف هم")) == "[باران] در راه است"
    assert shown(cut("باران برف", "باران در راه است", "برف و باران")) == "[برف] و [باران]"
    assert shown(cut("باران", "", "  \n", "باران")) == "[باران]"


@pytest.mark.parametrize("end", [".", "!", "؟", "?", "؛", "…", "...", ".»", "؟!", ".)", "\n", "\n\n"])
def test_sentences_end_at_every_mark_that_ends_them(end: str) -> None:
    other = "واژه‌های دیگری که ربطی به پرسش ندارند و جمله‌ای بلند از آن‌ها ساخته شده است" * 4
    found = joined(cut("باران", f"{other}{end} باران بارید{end} {other}{end}"))
    assert found.startswith("باران بارید")


def test_numbers_and_initials_do_not_end_a_sentence() -> None:
    assert (
        joined(cut("باران", "باران 3.5 درصد و ج.ا.ا و example.org بود")) == "باران 3.5 درصد و ج.ا.ا و example.org بود"
    )


def test_a_long_sentence_is_shown_around_its_best_words() -> None:
    text = "واژه " * 100 + "باران و برف در تهران " + "واژه " * 100 + "باران " + "واژه " * 50
    found = cut("باران برف تهران", text)
    assert "[باران] و [برف] در [تهران]" in shown(found)
    assert shown(found).startswith("واژه ")
    assert 200 < len(joined(found)) <= LONGEST


def test_text_without_spaces_is_cut_at_the_greatest_length() -> None:
    assert len(joined(cut("باران", "ب" * 1000))) == LONGEST
    assert len(joined(cut("باران", "http://example.org/" + "a-" * 500))) == LONGEST


def test_a_run_of_letters_longer_than_a_snippet_is_cut_where_the_analyzer_cuts_it() -> None:
    word = "ب" * 500
    found = cut(word, f"یک {word} دو")
    assert len(joined(found)) <= LONGEST
    assert joined(found) in f"یک {word} دو"


def test_no_words_and_no_text_give_what_there_is() -> None:
    assert snippet([]) == []
    assert cut("باران", "", " \n ") == []
    assert joined(cut(Wanted(), "متن")) == "متن"
    assert mark("", NO_MATCHES) == []


@pytest.mark.parametrize(
    "text",
    [
        "." * 100_000 + "x",
        "." + "»" * 100_000,
        "باران. " * 15_000,
        "باران " * 15_000,
        "می شود " * 10_000,
        "\n" * 100_000,
    ],
    ids=["dots", "quotes", "sentences", "words", "joined", "lines"],
)
def test_odd_texts_take_no_longer_than_plain_ones(text: str) -> None:
    started = time.process_time()
    cut("باران می‌شود", text)
    assert time.process_time() - started < 2


def in_spaces_and_signs() -> st.SearchStrategy[str]:
    """Texts in which sentences end everywhere, also where they do not, between spaces of all kinds."""
    words = st.sampled_from(["باران", "برف", "همکاری", "x" * 70, "y" * 300, "🌧", "a"])
    signs = st.sampled_from([". ", ".", "؟» ", '!") ', "…\n", "\n\n", " \n ", "\u2003", "\x1c", "\xa0", " ", "،", "؛ "])
    return st.lists(st.one_of(words, signs), max_size=60).map("".join)


@pytest.mark.skipif(not has_kernel(), reason="there is no kernel")
@given(
    in_spaces_and_signs(),
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 12), st.sampled_from("ابپ")), max_size=40),
)
def test_the_kernel_finds_the_stretch_that_python_finds(text: str, found: list[tuple[int, int, str]]) -> None:
    places = sorted((start, min(start + size, len(text)), by) for start, size, by in found if start < len(text))
    starts, ends, by = zip(*places, strict=True) if places else ((), (), ())
    matches = TextMatches(starts, ends, by)
    assert snippets._natively(text, matches) == snippets._in_python(text, matches)


@pytest.mark.skipif(not has_kernel(), reason="there is no kernel")
def test_the_kernel_refuses_matches_that_are_not_in_the_text() -> None:
    from khabarjoo import _native

    for starts, ends, by in (([9], [10], [0]), ([1, 0], [2, 1], [0, 0]), ([0], [1], [1]), ([0], [1, 2], [0])):
        with pytest.raises(ValueError, match="matches"):
            _native.best_stretch("باران", starts, ends, by)
