"""Builds the site of the docs, in English and in Persian, into build/site: ``make docs``.

The pages are those of the repository. Here they are put together, links between them made to fit, and handed to MkDocs,
once for each language. Its search cuts words at spaces, signs and ZWNJ and looks for their beginnings; no stemmer or
stopword list of another language touches Persian.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
SITE = BUILD / "site"

# Where each page of the site comes from, in the order of the menu: its title, its name there, its file here.
PAGES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "en": (
        ("Khabarjoo", "index.md", "README.md"),
        ("Ten commands", "tldr.md", "docs/tldr.md"),
        ("The query language", "query-language.md", "docs/query-language.md"),
        ("Dates", "dates.md", "docs/dates.md"),
        ("The shell", "shell.md", "docs/shell.md"),
        ("The command line", "cli.md", "docs/cli.md"),
        ("In the browser", "web.md", "docs/web.md"),
        ("From Python", "python.md", "docs/python.md"),
        ("Counting usage", "research.md", "docs/research.md"),
        ("What is read", "formats.md", "docs/formats.md"),
        ("Changes", "changes.md", "CHANGELOG.md"),
        ("How it is built", "architecture.md", "ARCHITECTURE.md"),
    ),
    "fa": (
        ("خبرجو", "index.md", "README.fa.md"),
        ("ده فرمان", "tldr.md", "docs/tldr.fa.md"),
        ("خط فرمان", "cli.md", "docs/cli.fa.md"),
    ),
}
_LINK = re.compile(r"(!?\[[^\]]*\])\(([^)#\s]+)(#[^)]*)?\)")
_PICTURE = re.compile(r"\.(png|svg)$")
_SEPARATOR = r"[\s\u200c\-،؛:؟.,()«»\"'`/|]+"


def assemble(language: str) -> Path:
    """Puts the pages of a language into a folder, each link to where its target is on the site."""
    folder = BUILD / "pages" / language
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    known = {source: name for _, name, source in PAGES[language]}
    if language == "en":  # pages without a place in the menu are reached by links
        rest = (f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")) if ".fa." not in path.name)
        known |= {source: Path(source).name for source in rest if source not in known}
    for source, name in known.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        (folder / name).write_text(_fitted(text, source, known, folder, language), encoding="utf-8")
    return folder


def _fitted(text: str, source: str, known: dict[str, str], folder: Path, language: str) -> str:
    def link(found: re.Match[str]) -> str:
        label, target, anchor = found[1], found[2], found[3] or ""
        if "://" in target:
            return found[0]
        path = ((ROOT / source).parent / target).resolve()
        here = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else ""
        if here in known:
            return f"{label}({known[here]}{anchor})"
        if _PICTURE.search(here) and path.exists():
            shutil.copy(path, folder / path.name)
            return f"{label}({path.name})"
        other = "fa" if language == "en" else "en"
        there = {page: name for _, name, page in PAGES[other]}.get(here) or (
            path.name if here.startswith("docs/") else ""
        )
        if there.endswith(".md"):
            up = "fa/" if language == "en" else "../"
            return f"{label}({up}{there.removesuffix('index.md').removesuffix('.md')}{anchor})"
        return label.strip("![]")  # what only the repository has is named

    text = text.replace('<div dir="rtl">', '<div dir="rtl" markdown="1">')
    return _LINK.sub(link, text)


def settings(language: str, pages: Path) -> dict[str, Any]:
    """What MkDocs is told."""
    persian = language == "fa"
    return {
        "site_name": "خبرجو" if persian else "Khabarjoo",
        "docs_dir": str(pages),
        "site_dir": str(SITE / "fa" if persian else SITE),
        "use_directory_urls": False,
        "nav": [{title: name} for title, name, _ in PAGES[language]],
        "theme": {
            "name": "material",
            "language": language,
            "direction": "rtl" if persian else "ltr",
            "font": False,  # nothing is fetched from elsewhere
            "features": ["search.highlight", "content.code.copy"],
        },
        "plugins": [{"search": {"lang": ["en"], "separator": _SEPARATOR, "pipeline": []}}],
        "markdown_extensions": ["tables", "md_in_html", "sane_lists", {"toc": {"permalink": True}}],
        "extra": {"alternate": [
            {"name": "English", "link": "../index.html" if persian else "index.html", "lang": "en"},
            {"name": "فارسی", "link": "index.html" if persian else "fa/index.html", "lang": "fa"},
        ]},
        "extra_css": ["site.css"],
        "validation": {"nav": {"omitted_files": "ignore"}, "links": {"unrecognized_links": "ignore"}},
    }  # fmt: skip


_STYLE = """\
body { font-family: Vazirmatn, Vazir, "Noto Naskh Arabic", "Noto Sans Arabic", "Segoe UI", Tahoma, sans-serif; }
code { unicode-bidi: plaintext; }
[dir=rtl] pre, [dir=rtl] pre code { direction: ltr; text-align: left; }
"""


def build(language: str) -> None:
    """Builds the site of one language."""
    from mkdocs.commands.build import build as build_site
    from mkdocs.config.defaults import MkDocsConfig

    pages = assemble(language)
    (pages / "site.css").write_text(_STYLE, encoding="utf-8")
    config = MkDocsConfig(config_file_path=str(BUILD / "mkdocs.yml"))
    config.load_dict(settings(language, pages))
    errors, _ = config.validate()
    if errors:
        sys.exit("\n".join(f"{name}: {error}" for name, error in errors))
    build_site(config)


if __name__ == "__main__":
    try:
        import mkdocs  # noqa: F401
    except ImportError:
        sys.exit("the site needs MkDocs: pip install --group docs")
    shutil.rmtree(SITE, ignore_errors=True)
    for each in ("en", "fa"):
        build(each)
    print(f"built {SITE}/index.html and {SITE}/fa/index.html")
