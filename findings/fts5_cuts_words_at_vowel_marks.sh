#!/usr/bin/env bash
# SQLite's FTS5 (3.54.1, its default tokenizer unicode61) removes the accents of Latin letters, but takes Arabic vowel
# marks and tashdid for the end of a word: «مُحمّد» is indexed as the three words م, حم and د. So a vocalised name is not
# found by its plain spelling, and is found by a single letter. The hamza of «خانهٔ» is cut off likewise, which does no harm.
# Seen: ['حم', 'خانه', 'د', 'م'], then 0 hits for محمد and 1 for حم.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q apsw==3.54.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import apsw

database = apsw.Connection(":memory:")
database.execute("CREATE VIRTUAL TABLE news USING fts5(text)")
database.execute("CREATE VIRTUAL TABLE words USING fts5vocab(news, row)")
database.execute("INSERT INTO news VALUES ('م\u064fحم\u0651د خانه\u0654')")
words = [word for (word,) in database.execute("SELECT term FROM words ORDER BY term")]
hits = [len(list(database.execute("SELECT 1 FROM news WHERE news MATCH ?", (word,)))) for word in ("محمد", "حم")]
print(apsw.sqlite_lib_version(), words, hits)
assert apsw.sqlite_lib_version() == "3.54.1"
assert words == ["حم", "خانه", "د", "م"] and hits == [0, 1]
PYTHON
