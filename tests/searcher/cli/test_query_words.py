"""Queries typed without quotation marks, and words where a command should be."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        (["search", "زلزله", "-بم"], "زلزله -بم"),
        (["search", "-بم", "زلزله"], "-بم زلزله"),
        (["search", "زلزله", "-بم", "--limit", "3", "-تهران"], "زلزله -بم -تهران"),
        (["search", "زلزله", "-سازمان ملل"], 'زلزله -"سازمان ملل"'),
        (["search", "زلزله", "-منبع:خبرگزاری مهر"], 'زلزله -منبع:"خبرگزاری مهر"'),
        (["search", "-تهران زلزله"], "-تهران زلزله"),
        (["search", "زلزله", "-«سازمان", "ملل»"], "زلزله -«سازمان ملل»"),
        (["search", "ایران", "-covid"], "ایران -covid"),
        (["search", "--", "-بم", "--limit"], "-بم --limit"),
        (["facets", "زلزله", "-بم"], "زلزله -بم"),
        (["timeline", "-بم", "زلزله"], "-بم زلزله"),
        (["explain", "زلزله", "-بم", "a1"], "زلزله -بم"),
        (["زلزله"], "زلزله"),
        (["زلزله", "-بم", "--limit", "3"], "زلزله -بم"),
        (["-بم", "زلزله"], "-بم زلزله"),
        (["--bidi", "off", "زلزله", "بم"], "زلزله بم"),
        (["1402"], "1402"),
        (["covid در ایران"], "covid در ایران"),
        (["*"], "*"),
    ],
)
def test_a_word_after_a_dash_is_a_part_of_the_query(arguments: list[str], query: str, run, fake) -> None:
    ran = run(*arguments)
    assert ran.code in (0, 1), ran.err
    assert fake.asked[0][0] == query


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serch", "باران"], "did you mean search?"),
        (["serch", "باران"], "khabarjoo search serch"),
        (["xyzzy"], "there is no command “xyzzy”; To search for it"),
        (["search", "باران", "-limit", "3"], "--limit"),
        (["search", "باران", "-x"], "-x"),
        (["search", "باران", "--بم"], "--بم"),
        (["-v"], "-v"),
    ],
)
def test_what_is_neither_command_nor_option_nor_query_is_told_with_what_is_near(
    arguments: list[str], told: str, run, fake
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out, fake.asked) == (2, "", [])
    assert told in ran.err and len(ran.err.splitlines()) == 1
