#!/usr/bin/env bash
# trafilatura 2.3.1 deletes every ZWNJ (U+200C) of the text it extracts, so that parts of Persian words run together:
# «رئیس‌جمهور می‌گوید» becomes «رئیسجمهور میگوید». jusText 3.0.2, inscriptis 2.7.6 and newspaper4k 0.9.6 keep it.
# Seen: trafilatura False / inscriptis True. Sets of news that were made with it have such words throughout.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q trafilatura==2.3.1 lxml_html_clean==0.4.4 inscriptis==2.7.6
"$folder/venv/bin/python" - <<'PYTHON'
import inscriptis
import trafilatura

sentence = "رئیس\u200cجمهور گفت که همکاری\u200cهای دو کشور ادامه می\u200cیابد و نشست\u200cهای بعدی در تهران برگزار می\u200cشود. "
page = f"<html lang='fa'><body><article><h1>نشست دو کشور</h1><p>{sentence * 3}</p></article></body></html>"
extracted, rendered = trafilatura.extract(page), inscriptis.get_text(page)
print("trafilatura", "\u200c" in extracted)
print("inscriptis", "\u200c" in rendered)
assert "رئیسجمهور" in extracted and "همکاریهای" in extracted and "\u200c" not in extracted, extracted
assert rendered.count("\u200c") == 15, rendered
PYTHON
