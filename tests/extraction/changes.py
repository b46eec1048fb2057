"""Changes to a page that leave its text and its facts as they are: other names, other elements, more wrappers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Change = Callable[[bytes], bytes]

_HARMFUL = "nav menu sidebar widget related comment social ad banner login popup rating poll latest next author share"


def _change(of_text: Callable[[str], str]) -> Change:
    def change(content: bytes) -> bytes:
        encoding = "cp1256" if b"windows-1256" in content else "utf-8"
        return of_text(content.decode(encoding)).encode(encoding, "xmlcharrefreplace")

    return change


def _called(rename: Callable[[str], str]) -> Change:
    """Other classes and ids, but for those that scripts of state go by."""
    pattern = re.compile(r'(class|id)="(?!__)([^"]*)"')
    return _change(lambda html: pattern.sub(lambda found: f'{found[1]}="{rename(found[2])}"', html))


def _swapped(pattern: str, by: str) -> Change:
    return _change(lambda html: re.sub(pattern, by, html))


CHANGES: dict[str, Change] = {
    "no classes": _swapped(r' class="[^"]*"', ""),
    "names of a compiler": _called(lambda name: f"c{random.Random(name).getrandbits(24):x}"),
    "one name for all": _called(lambda name: f"news_nav news_{random.Random(name).getrandbits(16)}"),
    "no paragraphs": _swapped(r"<(/?)p(?=[ >])", r"<\1div"),
    "no sections": _swapped(r"<(/?)(?:main|article|section|header|footer|aside|nav|figure|figcaption)\b", r"<\1div"),
    "wrappers": _change(lambda html: re.sub(r"<div(?=[ >])", "<div><div", html).replace("</div>", "</div></div>")),
    "no lists": _swapped(r"<(/?)li\b", r"<\1div"),
    "other headings": _swapped(r"<(/?)h1\b", r"<\1h2"),
}

WRONG_NAMES: Change = _called(
    lambda name: f"{random.Random(name).choice(_HARMFUL.split())}_{random.Random(name).getrandbits(16)}"
)
"""Names that say of text what they should of furniture."""
