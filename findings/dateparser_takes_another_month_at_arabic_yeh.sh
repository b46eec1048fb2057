#!/usr/bin/env bash
# dateparser 1.5.0 knows Jalali months by the Persian yeh (U+06CC) alone. A month typed with the Arabic one (U+064A), as
# many keyboards and older pages have it, is left out without a word and another month is put in its place: its calendar
# gives a date that is months off, where no date at all would be noticed. A day's name with ZWNJ (پنج‌شنبه) ends it.
# Seen: «۱۵ فروردین ۱۴۰۳» 2024-04-03; «۱۵ فروردين ۱۴۰۳» another day, of parts year and day; «پنج‌شنبه …» None.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q dateparser==1.5.0 convertdate==2.5.1 hijridate==2.6.0
"$folder/venv/bin/python" - <<'PYTHON'
from dateparser.calendars.jalali import JalaliCalendar

persian = JalaliCalendar("۱۵ فرورد\u06ccن ۱۴۰۳").get_date()
arabic = JalaliCalendar("۱۵ فرورد\u064aن ۱۴۰۳").get_date()
joined = JalaliCalendar("پنج\u200cشنبه ۱۵ فروردین ۱۴۰۳").get_date()
print(persian.date_obj.date(), persian.parts, "|", arabic.date_obj.date(), arabic.parts, "|", joined)
assert str(persian.date_obj.date()) == "2024-04-03"
assert arabic.date_obj != persian.date_obj and set(arabic.parts) == {"year", "day"}
assert joined is None
PYTHON
