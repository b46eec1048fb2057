"""How pages of Telegram's are told from others, by their heads: apart, so that nothing else is imported for it."""

from __future__ import annotations

import re

_REACH = 65_536

IS_EXPORTED = re.compile(
    r"(?:(?!<body)[\s\S]){0,5000}?<title>\s*Exported Data\s*</title>|[\s\S]{0,5000}?class=\"page_wrap\"[\s\S]{0,500}?"
    r"class=\"page_header",
    re.IGNORECASE,
)
"""What the head of a page that Telegram Desktop exported has (tdesktop, ``export_output_html.cpp``)."""

IS_PREVIEW = re.compile(r"""\s*<[\s\S]{0,65536}?class=["']?[^"'<>]{0,200}\btgme_(?:widget_message|channel_|header)""")
"""What the pages of t.me/s have: the classes of Telegram's widgets."""
