"""How well HTML pages are read, beside trafilatura and newspaper4k: by paragraph and by fact.

The pages are those of tests/extraction, written for this project in the markup habits of the systems that Persian
outlets use, each with what is right. The peers are installed from PyPI into environments of their own, once:

    python benchmarks/extraction.py                     all three, and what we fail at
    python benchmarks/extraction.py --alone --systems   ours alone, by system
    python benchmarks/extraction.py --alone --changed   ours on the same pages with their markup changed

Exits with 1 when ours is below what it must reach, or below a peer.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import subprocess
import sys
import venv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import platformdirs

sys.path.insert(0, str(Path(__file__).parents[1]))

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import read_stream
from tests.extraction import agencies, web
from tests.extraction.changes import CHANGES, WRONG_NAMES
from tests.extraction.making import Page
from tests.extraction.scoring import Read, Score, score

LEAST = 0.98
LEAST_OF_FACTS = 0.97
_PEERS = {"trafilatura": ("trafilatura==2.3.1",), "newspaper4k": ("newspaper4k==0.9.6", "lxml_html_clean")}
_FACTS = ("title", "lead", "kicker", "date", "time", "code", "tags", "outlet")
_MINUTES = 10 * 60

# Run by a peer's own Python: pages come as lines of JSON, what was read of each goes out as one.
_SCRIPTS = {
    "trafilatura": """
import base64, json, sys
from trafilatura import extract
for line in sys.stdin:
    found = extract(base64.b64decode(line), output_format="json", with_metadata=True, favor_recall=True,
                    include_comments=False)
    found = json.loads(found) if found else {}
    print(json.dumps({"title": found.get("title"), "lead": None, "text": (found.get("text") or "").split("\\n"),
                      "date": found.get("date"), "source": found.get("source-hostname") or found.get("sitename"),
                      "tags": found.get("tags")}))
""",
    "newspaper4k": """
import base64, json, sys
from newspaper import Article, Config
for line in sys.stdin:
    article = Article("https://news.example/1", language="fa")
    try:
        article.download(input_html=base64.b64decode(line))
        article.parse()
    except Exception as error:
        print(json.dumps({"text": [], "error": str(error)}))
        continue
    date = article.publish_date
    print(json.dumps({"title": article.title, "lead": None, "text": (article.text or "").split("\\n"),
                      "date": date.isoformat() if date else None, "source": article.meta_site_name,
                      "tags": sorted(article.tags or ()) or list(article.meta_keywords or ())}))
""",
}


def main() -> int:
    options = _options()
    pages = [*agencies.pages(), *web.pages()]
    scores = {"khabarjoo": _scores(pages, map(_ours, pages))}
    for name in () if options.alone else _PEERS:
        scores[name] = _scores(pages, _theirs(name, pages, options.environments))
    print(f"{len(pages)} pages, {len({page.system for page in pages})} systems\n")
    _print_table(scores)
    if options.systems:
        _print_systems(pages, scores["khabarjoo"])
    if options.changed:
        _print_changes(pages)
    _print_failures(pages, scores["khabarjoo"])
    return 0 if _is_enough(scores) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alone", action="store_true", help="without the peers")
    parser.add_argument("--systems", action="store_true", help="ours by system too")
    parser.add_argument("--changed", action="store_true", help="ours on the pages with their markup changed too")
    cache = Path(platformdirs.user_cache_dir("khabarjoo")) / "extraction"
    parser.add_argument("--environments", type=Path, default=cache, help="where the peers are installed (%(default)s)")
    return parser.parse_args()


def _ours(page: Page) -> Read:
    found = read_stream(io.BytesIO(page.content), where=page.name, name=f"{page.name}.html")
    return Read.of(next((reading for reading in found if isinstance(reading, Article)), Article(id="")))


def _theirs(name: str, pages: Sequence[Page], folder: Path) -> Iterable[Read]:
    """What a peer reads of the pages, in its own environment, which is made where it is missing."""
    python = _environment(name, folder)
    lines = "\n".join(base64.b64encode(page.content).decode() for page in pages)
    run = subprocess.run(
        [python, "-c", _SCRIPTS[name]], input=lines, capture_output=True, text=True, timeout=_MINUTES, check=False
    )
    if run.returncode:
        raise SystemExit(f"{name} failed: {(run.stderr.strip() or 'no message').splitlines()[-1]}")
    return [_read(json.loads(line)) for line in run.stdout.splitlines()]


def _read(found: dict[str, object]) -> Read:
    date, tags, text = found.get("date"), found.get("tags"), found.get("text")
    if isinstance(tags, str):
        tags = tags.replace(";", ",").split(",")
    return Read(
        title=str(found.get("title") or ""),
        lead=None,
        text=tuple(filter(None, text)) if isinstance(text, list) else (),
        published=datetime.fromisoformat(date) if isinstance(date, str) and date else None,
        tags=tuple(map(str, tags)) if isinstance(tags, list) else None,
        source=str(found.get("source") or ""),
    )


def _environment(name: str, folder: Path) -> Path:
    python = folder / name / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    ready = folder / name / ".ready"
    if ready.exists() and ready.read_text() == " ".join(_PEERS[name]):
        return python
    print(f"installing {' '.join(_PEERS[name])} ...", file=sys.stderr)
    venv.create(folder / name, with_pip=True, clear=True)
    for wanted in (["--upgrade", "pip"], _PEERS[name]):
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True, timeout=_MINUTES)
    ready.write_text(" ".join(_PEERS[name]))
    return python


def _scores(pages: Sequence[Page], readings: Iterable[Read]) -> list[Score]:
    return [score(page, read) for page, read in zip(pages, readings, strict=True)]


def _recall(scores: Sequence[Score]) -> float:
    return sum(one.found for one in scores) / sum(one.wanted for one in scores)


def _precision(scores: Sequence[Score]) -> float:
    found = sum(one.found for one in scores)
    return found / (found + sum(one.strange for one in scores)) if found else 0.0


def _facts(scores: Sequence[Score], *names: str) -> float:
    asked = [is_right for one in scores for name, is_right in one.facts if not names or name in names]
    return sum(asked) / len(asked) if asked else 0.0


def _told_of_fact(fact: str, scores: Sequence[Score]) -> str:
    return f"{_facts(scores, fact):.3f}"


def _print_table(scores: dict[str, list[Score]]) -> None:
    columns: dict[str, Callable[[list[Score]], str]] = {
        "paragraphs: recall": lambda found: f"{_recall(found):.3f}",
        "paragraphs: precision": lambda found: f"{_precision(found):.3f}",
        "pages read empty": lambda found: str(sum(one.is_empty for one in found)),
        "facts": lambda found: f"{_facts(found):.3f}",
    }
    for fact in _FACTS:
        columns[fact] = partial(_told_of_fact, fact)
    print(f"| | {' | '.join(scores)} |\n|---|{'---|' * len(scores)}")
    for name, figure in columns.items():
        print(f"| {name} | {' | '.join(map(figure, scores.values()))} |")


def _print_systems(pages: Sequence[Page], scores: Sequence[Score]) -> None:
    systems: dict[str, list[Score]] = defaultdict(list)
    for page, found in zip(pages, scores, strict=True):
        systems[page.system].append(found)
    print("\n| system | pages | recall | precision | facts |\n|---|---|---|---|---|")
    for system, all_found in systems.items():
        figures = f"{_recall(all_found):.3f} | {_precision(all_found):.3f} | {_facts(all_found):.3f}"
        print(f"| {system} | {len(all_found)} | {figures} |")


def _print_changes(pages: Sequence[Page]) -> None:
    print("\n| change | recall | precision | facts |\n|---|---|---|---|")
    for name, change in {**CHANGES, "names that say the wrong thing": WRONG_NAMES}.items():
        found = _scores(pages, [_ours(replace(page, content=change(page.content))) for page in pages])
        print(f"| {name} | {_recall(found):.3f} | {_precision(found):.3f} | {_facts(found):.3f} |")


def _print_failures(pages: Sequence[Page], scores: Sequence[Score]) -> None:
    for page, found in zip(pages, scores, strict=True):
        wrong = Counter(name for name, is_right in found.facts if not is_right)
        for what, texts in (("lost", found.missing), ("strange", found.extra), ("wrong", tuple(wrong))):
            for text in texts:
                print(f"{page.name}: {what}: {text[:90]}")


def _is_enough(scores: dict[str, list[Score]]) -> bool:
    ours, *others = scores.values()
    return (
        min(_recall(ours), _precision(ours)) >= LEAST
        and _facts(ours) >= LEAST_OF_FACTS
        and not any(one.is_empty for one in ours)
        and all(_recall(ours) > _recall(one) and _precision(ours) > _precision(one) for one in others)
    )


if __name__ == "__main__":
    sys.exit(main())
