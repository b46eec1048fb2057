"""What WordPress exports (WXR): which of its items are articles, and their text without its shortcodes.

WXR is RSS with elements of its own (wordpress.org, wp-admin/includes/export.php): an item has a type (post, page,
attachment, nav_menu_item …), a status, and the moment of publication by the clock of the site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

POST_TYPE, STATUS, POST_DATE, POST_DATE_GMT = "wp:post_type", "wp:status", "wp:post_date", "wp:post_date_gmt"

_POST = "post"
_PUBLISHED = "publish"
_DRAFTS = ("draft", "pending", "future", "private", "auto-draft")
# Shortcodes whose content is no text of the article: captions of pictures, and players. From WordPress itself
# (wp-includes/shortcodes.php, media.php).
_SILENT = re.compile(
    r"(?<!\[)\[(caption|wp_caption|gallery|playlist|audio|video|embed)\b[^\[\]]{0,2000}\](?:(?:(?!\[/?\1\b).)*?\[/\1\])?",
    re.DOTALL,
)
# Those of plugins: with an attribute, or closed further on; their content is kept.
_WITH_ATTRIBUTES = re.compile(r"(?<!\[)\[/?[a-z][a-z0-9_-]{1,40}(?:\s+[^\[\]]{0,2000})?=[^\[\]]{0,2000}\]")
_CLOSING = re.compile(r"\[/([a-z][a-z0-9_-]{1,40})\]")
_BARE = re.compile(r"(?<!\[)\[/?([a-z][a-z0-9_-]{1,40})(?:\s[^\[\]]{0,2000})?/?\]")
_ALONE = frozenset("gallery playlist more nextpage contact-form-7 embed audio video toc rev_slider".split())


def left_out(texts: Mapping[str, str], *, drafts: bool) -> str:
    """Returns why an item of an export is no article: its type or its status; '' for one that is."""
    kind, status = texts.get(POST_TYPE, "").strip(), texts.get(STATUS, "").strip()
    if kind and kind != _POST:
        return kind
    if status and status != _PUBLISHED and not (drafts and status in _DRAFTS):
        return status
    return ""


def published(texts: Mapping[str, str]) -> str:
    """Returns the moment of publication as the site has it, else in UTC; '' where there is none, as in drafts."""
    local, utc = texts.get(POST_DATE, "").strip(), texts.get(POST_DATE_GMT, "").strip()
    if local and not local.startswith("0000"):
        return local
    return f"{utc}+00:00" if utc and not utc.startswith("0000") else ""


def without_shortcodes(text: str) -> str:
    """Returns a text without shortcodes.

    >>> without_shortcodes('یک [caption id="1"]عکس[/caption][gallery ids="1"] [b_box]دو[/b_box] [۱] [sic]')
    'یک  دو [۱] [sic]'
    """
    if "[" not in text:
        return text
    text = _WITH_ATTRIBUTES.sub("", _SILENT.sub("", text))
    closed = _ALONE | set(_CLOSING.findall(text))
    return _BARE.sub(lambda found: "" if found[1] in closed else found[0], text)
