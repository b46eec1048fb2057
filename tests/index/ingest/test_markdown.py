"""Markdown, with front matter and without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from khabarjoo.analyzers.calendars import tehran
from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Notice, Reading, Skipped

ReadBytes = Callable[[str, bytes | str], list[Reading]]

TEXT = """# آبگیری سد

سد **کمال‌خان** [آبگیری](https://x.ir) شد.
در ادامهٔ همان بند.

- یکم
- دوم

> گفته

| الف | ب |
|---|---|
| ۱ | ۲ |
"""
WORDS = "سد کمال‌خان آبگیری شد. در ادامهٔ همان بند.\nیکم\nدوم\nگفته\nالف\nب\n۱\n۲"


def article(found: list[Reading]) -> Article:
    (only,) = (x for x in found if isinstance(x, Article))
    return only


def test_a_file_without_front_matter_has_its_heading_as_title(readings: ReadBytes) -> None:
    found = article(readings("1403/a.md", TEXT))
    assert (found.id, found.title, found.body) == ("1403/a", "آبگیری سد", WORDS)


YAML = """---
title: "آبگیری: سد بزرگ"   # عنوان
date: 2020-04-03T12:00:00+04:30
tags: [سد, 'آب, باران']
categories:
  - اقتصادی
description: >-
  پس از
  سه ماه.
author:
  - "[[م]]"
url: https://x.ir/1
draft: false
---
"""
TOML = """+++
title = "آبگیری: سد بزرگ"
date = 2020-04-03T12:00:00+04:30
description = "پس از سه ماه."
url = "https://x.ir/1"
[taxonomies]
tags = ["سد", "آب, باران"]
categories = ["اقتصادی"]
+++
"""


@pytest.mark.parametrize("front", [YAML, TOML, YAML.replace("\n", "\r\n"), "\ufeff" + YAML])
@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.txt", "a"])
def test_front_matter_tells_the_facts(readings: ReadBytes, front: str, name: str) -> None:
    found = article(readings(name, front + TEXT))
    assert (found.title, found.category, found.url) == ("آبگیری: سد بزرگ", "اقتصادی", "https://x.ir/1")
    assert (found.tags, found.lead) == (("سد", "آب, باران"), "پس از سه ماه.")
    assert found.published is not None
    assert found.published.astimezone(tehran()).date() == date(2020, 4, 3)
    assert found.body == f"آبگیری سد\n{WORDS}"


def test_a_title_that_the_text_repeats_is_in_it_once(readings: ReadBytes) -> None:
    found = article(readings("a.md", "---\ntitle: آبگیری سد\n---\n" + TEXT))
    assert (found.title, found.body) == ("آبگیری سد", WORDS)


def test_names_that_nobody_reads_and_lines_that_are_none_are_told(readings: ReadBytes) -> None:
    found = readings("a.md", "---\ntitle: سد\nnested:\n  a: 1\n  b: 2\nauthor: م\n---\nمتن\n")
    whys = [x.why for x in found if isinstance(x, Notice)]
    assert whys[0] == "line 4 of its front matter is not read; write name: value"
    assert whys[1].startswith("columns not read: author")


def test_an_empty_file_is_skipped(readings: ReadBytes) -> None:
    (skipped,) = readings("a.md", " \n")
    assert isinstance(skipped, Skipped)


def test_code_is_kept_as_its_text(readings: ReadBytes) -> None:
    found = article(readings("a.md", "# سد\n\n```python\nprint(1)\n```\n"))
    assert (found.title, found.body) == ("سد", "print(1)")
