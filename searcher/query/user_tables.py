"""The user's own words, in three files of the config folder, heeded when a query is read; no index need be made anew.

``names.txt`` has words that are left alone: only their own letters are searched. ``synonyms.txt`` has words that stand
for each other, a comma between them. ``stopwords.txt`` has words that a query leaves out when it can. One entry is a
line; blank lines and lines that begin with # are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import ConfigError
from .plan import AllOf, AnyOf, Exact, Exclude, Match, Near, Node, Plan, Word, with_branches

if TYPE_CHECKING:
    from khabarjoo.analyzers.analyzer import PersianAnalyzer
    from khabarjoo.analyzers.compounds import Term

NAMES, SYNONYMS, STOPWORDS, SPEAKERS = "names.txt", "synonyms.txt", "stopwords.txt", "speakers.txt"
FILES = (NAMES, SYNONYMS, STOPWORDS, SPEAKERS)

_COMMAS = re.compile(r"[,،]")
_MOST_LINES = 20_000
_MOST_BYTES = 4_000_000

_Member = tuple[str, ...]  # the lemmas of a word or of several


@dataclass(frozen=True)
class UserTables:
    """What the files say: forms that are left alone, forms that are left out, and groups of synonyms by lemmas."""

    names: frozenset[str] = frozenset()
    stopwords: frozenset[str] = frozenset()
    groups: tuple[tuple[_Member, ...], ...] = ()
    aliases: tuple[tuple[str, ...], ...] = ()

    def also_called(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Names of speakers, and what else those go by in the user's own file."""
        if not self.aliases:
            return names
        from khabarjoo.analyzers.reported_speech import name_key

        keys = set(map(name_key, names))
        others = (name for group in self.aliases if keys & set(map(name_key, group)) for name in group)
        return tuple(dict.fromkeys((*names, *others)))

    def applied(self, plan: Plan) -> Plan:
        """Returns the plan with these words heeded."""
        return Plan(self._node(plan.root), plan.filters, plan.notes)

    def acting(self, terms: Sequence[Term]) -> Iterator[str]:
        """Yields what the tables do to the words of a text, in a line for each."""
        lemmas = tuple(term.lemma for term in terms)
        for term in dict.fromkeys(terms):
            if term.form in self.names:
                yield f"{NAMES}: {term.form} is searched by its own letters"
            if term.form in self.stopwords:
                yield f"{STOPWORDS}: {term.form} is left out of a query that has other words"
        for member, others in self._synonyms(lemmas):
            yield f"{SYNONYMS}: {' '.join(member)} is searched as {', '.join(map(' '.join, others))} too"

    def _synonyms(self, lemmas: tuple[str, ...]) -> Iterator[tuple[_Member, list[_Member]]]:
        """The words among some that have synonyms, and these; the longest first."""
        for group in self.groups:
            for member in sorted(group, key=len, reverse=True):
                if any(lemmas[at : at + len(member)] == member for at in range(len(lemmas))):
                    yield member, [other for other in group if other != member]

    def _node(self, node: Node) -> Node:
        match node:
            case Word():
                return self._word(node)
            case Match(parts):
                return self._bag(parts)
            case Exclude(kept, barred):
                return Exclude(self._node(kept), barred)
            case _:
                return with_branches(node, self._node)

    def _bag(self, parts: tuple[Node, ...]) -> Node:
        """Plain words beside each other, without those to leave out."""
        kept = [part for part in parts if not (isinstance(part, Word) and self.stopwords.issuperset(part.forms))]
        waiting, found = list(kept or parts), []
        while waiting:
            lemmas = tuple(part.lemma if isinstance(part, Word) and not part.field else "" for part in waiting)
            size, others = self._beginning(lemmas)
            words = [self._alone(part) for part in waiting[:size]]
            several: Node = words[0] if size == 1 else AllOf(tuple(words))
            found.append(AnyOf((several, *map(_synonym, others))) if others else several)
            del waiting[:size]
        return found[0] if len(found) == 1 else Match(tuple(found))

    def _beginning(self, lemmas: tuple[str, ...]) -> tuple[int, list[_Member]]:
        """How many of some words have synonyms together, from the first on, and these; 1 where none has."""
        fitting = [(len(m), m, group) for group in self.groups for m in group if lemmas[: len(m)] == m]
        size = max((size for size, _, _ in fitting), default=1)
        others = (other for long, m, group in fitting if long == size for other in group if other != m)
        return size, list(dict.fromkeys(others))

    def _word(self, word: Word) -> Node:
        _, others = self._beginning((word.lemma,)) if not word.field else (1, [])
        alone = self._alone(word)
        return AnyOf((alone, *map(_synonym, others))) if others else alone

    def _alone(self, node: Node) -> Node:
        """A word by its own letters, when it is to be left alone."""
        if isinstance(node, Word) and self.names.issuperset(node.forms):
            exact = tuple(Exact(form, node.boost, node.field) for form in node.forms)
            return exact[0] if len(exact) == 1 else AnyOf(exact)
        return node


def read_tables(folder: Path, analyzer: PersianAnalyzer) -> UserTables | None:
    """Returns the tables of a folder; None when it has none. Raises ConfigError for one that cannot be read."""
    if not any((folder / name).is_file() for name in FILES):
        return None
    return UserTables(
        frozenset(_form(*row, analyzer) for row in _rows(folder / NAMES)),
        frozenset(_form(*row, analyzer) for row in _rows(folder / STOPWORDS)),
        tuple(_group(*row, analyzer) for row in _rows(folder / SYNONYMS)),
        tuple(_aliases(*row) for row in _rows(folder / SPEAKERS)),
    )


def _aliases(where: str, text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name for part in _COMMAS.split(text) if (name := " ".join(part.split()))))
    if len(names) < 2:
        raise ConfigError(f"{where}: {text!r} has to be two names of one speaker or more, a comma between them")
    return names


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    """Where each line that says something is, and its text."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    if len(raw) > _MOST_BYTES:
        raise ConfigError(f"{path}: more than {_MOST_BYTES:,} bytes")
    lines = raw.decode("utf-8-sig", "replace").splitlines()
    if len(lines) > _MOST_LINES:
        raise ConfigError(f"{path}: more than {_MOST_LINES:,} lines")
    for number, line in enumerate(lines, 1):
        if "\ufffd" in line:
            raise ConfigError(f"{path}, line {number}: not UTF-8")
        if line.strip() and not line.lstrip().startswith("#"):
            yield f"{path}, line {number}", line.strip()


def _form(where: str, text: str, analyzer: PersianAnalyzer) -> str:
    terms = [token.term for token in analyzer.tokens(text)]
    if len(terms) != 1:
        raise ConfigError(f"{where}: {text!r} is {'no word' if not terms else 'several words'}; a line has one")
    return terms[0].form


def _group(where: str, text: str, analyzer: PersianAnalyzer) -> tuple[_Member, ...]:
    members = [tuple(token.term.lemma for token in analyzer.tokens(part)) for part in _COMMAS.split(text)]
    distinct = tuple(dict.fromkeys(filter(None, members)))
    if len(distinct) < 2 or not all(members):
        raise ConfigError(f"{where}: {text!r} has to be two words or more, a comma between them")
    return distinct


def _synonym(member: _Member) -> Node:
    words = tuple(Word(lemma, ()) for lemma in member)
    return words[0] if len(words) == 1 else Near(words)
