"""axe-core looks at a page of every kind, by day and by night, on a phone and on a wide screen; none is too wide."""

from __future__ import annotations

import re

import pytest

from tests.searcher.web.browser import EVERY_PAGE, axe_source, follow

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = f"{{runOnly: {STANDARDS}}}"
COLOURS = "{runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}}"


@pytest.mark.parametrize(
    ("language", "scheme", "width", "rules", "pages"),
    [
        ("fa", "light", 1280, ALL, EVERY_PAGE),
        ("en", "dark", 360, ALL, EVERY_PAGE[::2]),
        ("fa", "light", 360, ALL, EVERY_PAGE[1::5]),
        ("en", "dark", 1280, COLOURS, EVERY_PAGE[::3]),
    ],
)
def test_axe_finds_nothing_to_mend_and_nothing_is_cut(
    visit, pytestconfig, language: str, scheme: str, width: int, rules: str, pages: tuple[str, ...]
) -> None:
    source = axe_source(pytestconfig.cache.mkdir("axe"))
    page = visit("?q=باران", width=width, language=language, color_scheme=scheme)
    base = page.url.split("?")[0]
    page.locator("#save-name").fill("بارش")
    follow(page, lambda: page.locator("#save-name").press("Enter"))
    found = []
    for path in pages:
        page.goto(base + path)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        page.evaluate(source)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((path, "too wide", ""))
        told = page.evaluate(f"axe.run(document, {rules})")
        assert told["passes"]
        found += [
            (path, each["id"], re.sub(r"\s+", " ", each["nodes"][0]["html"])[:120]) for each in told["violations"]
        ]
    assert found == []
