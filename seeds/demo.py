"""A first look: indexes the sample in a temporary folder and asks it three questions. ``make demo`` runs it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from khabarjoo.index.file_sync import sync
from khabarjoo.searcher.cli.main import main as khabarjoo

from . import pages_folder

# What each search shows, and its arguments. The Persian comes last, so that the line reads the same on every terminal.
_SEARCHES = (
    ("Any keyboard and spacing: Arabic letters and spaces here, Persian letters and half-spaces or none in the pages.",
     ["--limit", "2", "كتابخانه هاي سيار عشاير"]),
    ("Any form of a word, and dates of either calendar: plurals here, singulars there, since the Jalali year 1404.",
     ["--limit", "2", "--since", "1404", "آفتهای نخل‌ها"]),
    ("Any spelling: the page writes influenza another way.",
     ["--limit", "1", "واکسن آنفولانزا"]),
)  # fmt: skip


def main() -> int:
    """Shows the searches on standard output; 0 when each of them found something."""
    with TemporaryDirectory(prefix="khabarjoo-") as folder:
        index = Path(folder) / "index"
        report = sync(index, [pages_folder()])
        print(f"Indexed the {report.articles} articles of the bundled sample in {report.seconds:.1f} s.", flush=True)
        codes = [_show(index, says, arguments) for says, arguments in _SEARCHES]
    print(_next_steps(_command()), end="")
    return max(codes)


def _show(index: Path, says: str, arguments: list[str]) -> int:
    *options, query = arguments
    print(f"\n{says}\n$ khabarjoo search {' '.join(options)} '{query}'\n", flush=True)
    return khabarjoo(["search", "--index", str(index), *arguments])


def _command() -> str:
    """What to type for the command: its name where the shell knows it, else its path."""
    beside = Path(sys.executable).with_name("khabarjoo")
    if shutil.which("khabarjoo") or not beside.exists():
        return "khabarjoo"
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)


def _next_steps(command: str) -> str:
    steps = {
        command: "ask the sample yourself, in the shell",
        f"{command} index FOLDER": "index your own pages in its place",
        f"{command} --help": "all commands",
    }
    width = max(map(len, steps))
    return "\nNow type:\n" + "".join(f"  {typed:<{width}}  {does}\n" for typed, does in steps.items())


if __name__ == "__main__":
    sys.exit(main())
