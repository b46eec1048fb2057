"""``khabarjoo analyze``: what the analyzer makes of a text, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import click

from ..output.analysis import ANALYSIS_FORMATS
from ..output.messages import note
from .options import format_option
from .streams import STDIN, Exit, open_bytes, raw_output, text_lines


@click.command()
@format_option(ANALYSIS_FORMATS, "table")
@click.argument("text", nargs=-1, required=True, metavar="TEXT...")
def analyze(format_name: str, text: Sequence[str]) -> int:
    """Show how a text is read, word by word.

    For each word: its place, its spelling folded, the lemma that joins its forms, the parts of a compound,
    and the rule and entry that gave them. With - as TEXT, each line of standard input is a text. The tsv
    format is the text, a tab and its lemmas. What your own tables (names.txt, synonyms.txt and stopwords.txt
    in the config folder) do to the words of a query is told on standard error.

    \b
    Examples:
      khabarjoo analyze همکاریهای بین المللی
      khabarjoo analyze --format json می‌شود
      khabarjoo analyze - --format tsv < words.txt
    """
    if tuple(text) != (STDIN,):
        return _analyze([" ".join(text)], format_name)
    with open_bytes(STDIN) as stream:
        return _analyze(text_lines(stream), format_name)


def _analyze(texts: Iterable[str], format_name: str) -> int:
    from khabarjoo.analyzers.analyzer import default_analyzer

    from ..config import config_path
    from ..query.user_tables import read_tables

    analyzer, write = default_analyzer(), ANALYSIS_FORMATS[format_name]
    out = sys.stdout if format_name == "table" else raw_output()
    tables = read_tables(config_path().parent, analyzer)
    for text in texts:
        tokens = list(analyzer.tokens(text))
        write(text, tokens, out)
        for line in tables.acting([token.term for token in tokens]) if tables else ():
            note(line)
    return Exit.FOUND
