#!/usr/bin/env bash
# htmldate 1.11.0 finds no Jalali date in a page, neither 1403/02/15 nor «۱۵ اردیبهشت ۱۴۰۳», but takes the short form that
# Iranian pages print beside a headline, 03/02/15 (15 Ordibehesht 1403, 2024-05-04), for 3 February 2015: an article moves
# by nine years. A four-digit year beside it changes nothing.
# Seen: None, None, 2015-02-03, 2015-02-03.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q htmldate==1.11.0
"$folder/venv/bin/python" - <<'PYTHON'
from htmldate import find_date

PAGE = "<html lang='fa'><head><title>خبر</title></head><body><h1>باران در راه است</h1>{}<p>متن خبر</p></body></html>"
LINES = (
    "<div class='date'>انتشار: 1403/02/15</div>",
    "<div class='date'>انتشار: ۱۵ اردیبهشت ۱۴۰۳</div>",
    "<div class='date'>انتشار: 03/02/15</div>",
    "<div class='date'>انتشار: 03/02/15</div><p>۱۵ اردیبهشت ۱۴۰۳</p>",
)
found = [find_date(PAGE.format(line)) for line in LINES]
print(found)
assert found == [None, None, "2015-02-03", "2015-02-03"], found
PYTHON
