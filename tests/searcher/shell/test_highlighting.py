from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.searcher.output.themes import Theme
from khabarjoo.searcher.query.lexer import CHARACTER_LIMIT
from khabarjoo.searcher.shell.highlighting import fragments, stretches, style


def coloured(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], what) for start, end, what in stretches(text)]


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("زلزله تهران", []),
        ("مرگ و میر", []),
        ("«زلزله» و تهران", [("«زلزله»", "phrase"), ("و", "operator")]),
        ("+زلزله -تهران^2", [("+", "sign"), ("زلزله", "value"), ("-", "sign"), ("تهران", "value"), ("^2", "boost")]),
        ("منبع:ایسنا، زلزله", [("منبع:", "field"), ("ایسنا،", "name")]),
        ("-source: «مهر»", [("-", "sign"), ("source:", "field"), ("«مهر»", "name")]),
        ("عنوان:«زلزله بم»~۵", [("عنوان:", "field"), ("«زلزله بم»~۵", "phrase")]),
        ("تاریخ: ۵ مهر ۱۴۰۲ زلزله", [("تاریخ:", "field"), ("۵ مهر ۱۴۰۲", "date")]),
        ("تاریخ:علم", []),
        ("دانش* خبرگان~2", [("دانش*", "pattern"), ("خبرگان~2", "pattern")]),
        ("#دهه_فجر", [("#دهه_فجر", "hashtag")]),
        ("بم NEAR/5 زلزله", [("NEAR/5", "operator")]),
        ("دسته:(سیاسی یا نفت)", [("دسته:", "field"), ("(", "bracket"), ("یا", "operator"), (")", "bracket")]),
        ('"زلزله', [('"', "ignored")]),
        ("زلزله)", [(")", "ignored")]),
        ("\\since ۱۴۰۱", [("\\since", "command"), ("۱۴۰۱", "argument")]),
        ("\\منبع ایسنا", [("\\منبع", "command"), ("ایسنا", "argument")]),
        ("\\nothing", [("\\nothing", "unknown")]),
        ("s 3", [("s 3", "command")]),
        ("3", [("3", "command")]),
        ("1403", []),
        ("", []),
    ],
)
def test_each_part_has_the_colour_of_what_the_grammar_takes_it_for(text: str, colours) -> None:
    assert coloured(text) == colours


@given(st.text(st.sampled_from('زلزله تهران\\:«»"()،~^*-+=#/۱۲3 منبعیاوAND\u200c\n\t'), max_size=40))
def test_any_line_is_coloured_without_losing_a_character(text: str) -> None:
    assert "".join(fragment[1] for fragment in fragments(text)) == text
    found = stretches(text)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_what_is_too_long_to_be_read_is_left_uncoloured() -> None:
    text = "زلزله " * CHARACTER_LIMIT
    assert "".join(fragment[1] for fragment in fragments(text)) == text


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_part_but_plain_words_looks_different_from_them(theme: Theme) -> None:
    texts = ["+a", "«a»", "a*", "#a_b", "title:a", "source:a", "date:1401", "(a OR b)", "a^2", ")", "\\help x", "\\x"]
    found = {what for text in texts for *_, what in stretches(text)} - {"value"}
    assert len(found) > 10
    plain = style(theme).get_attrs_for_style_str("")
    assert [what for what in found if style(theme).get_attrs_for_style_str(f"class:{what}") == plain] == []


def test_on_a_light_background_nothing_is_in_the_colours_that_fade_there() -> None:
    faint = ("ansiyellow", "ansicyan", "ansigreen", "ansibrightyellow", "ansibrightcyan", "ansibrightgreen")
    assert not [rule for _, rule in style("light").style_rules for name in faint if name in rule.split()]
