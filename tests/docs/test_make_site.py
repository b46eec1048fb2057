"""The site of the docs: every page is there in the order of the menu, and links lead to pages of the site."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "docs/make_site.py"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The script's own names, told to build elsewhere."""
    names = runpy.run_path(str(SCRIPT))
    folder = tmp_path_factory.mktemp("site")
    names["assemble"].__globals__.update(BUILD=folder, SITE=folder / "site")
    return names


@pytest.mark.parametrize("language", ["en", "fa"])
def test_links_between_pages_lead_to_pages_of_the_site(language: str, site) -> None:
    pages = site["assemble"](language)
    told = {path.name: path.read_text(encoding="utf-8") for path in pages.glob("*.md")}
    assert {name for _, name, _ in site["PAGES"][language]} <= set(told)
    targets = {
        (name, target)
        for name, text in told.items()
        for target in re.findall(r"\]\(([^)#\s]+)", text)
        if "://" not in target and not target.startswith(("fa/", "../"))
    }
    assert targets and [each for each in targets if not (pages / each[1]).exists()] == []


def test_the_site_is_built_with_a_search_that_cuts_persian_words_as_they_are_written(site) -> None:
    pytest.importorskip("mkdocs", reason="MkDocs is not installed: make docs")
    site["build"]("fa")
    index = json.loads((site["assemble"].__globals__["SITE"] / "fa/search/search_index.json").read_text("utf-8"))
    assert index["config"]["pipeline"] == [] and re.split(index["config"]["separator"], "می‌سازد،خبر") == [
        "می",
        "سازد",
        "خبر",
    ]
    assert any("خط فرمان" in page["title"] for page in index["docs"])
