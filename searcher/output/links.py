"""Addresses from articles, made safe to be followed."""

from __future__ import annotations

import re
from urllib.parse import quote

_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_KEPT = "!#$%&'()*+,/:;=?@[]~"  # what has a meaning in an address (RFC 3986), and the percent signs of what is encoded


def web_link(url: str) -> str:
    """The address percent-encoded, so that it holds no space, quote or control; '' when it is not of the web.

    >>> web_link(" https://example.org/خبر?a=1&b=<2>")
    'https://example.org/%D8%AE%D8%A8%D8%B1?a=1&b=%3C2%3E'
    >>> web_link("javascript:alert(1)")
    ''
    """
    url = url.strip()
    return quote(url, safe=_KEPT, errors="replace") if _WEB.match(url) else ""
