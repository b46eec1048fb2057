"""Articles as documents of a cluster, and documents as articles and their words again.

What the server matches is made of the very columns that an index in a folder has, so both give an article the same
impacts. The words come back with the best articles of a search, and are read closely where the search was asked for.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.analyzers.compounds import Term

from ..article import Article
from ..bm25f import WEIGHTING
from ..segment import UNDATED
from ..segment_writer import Inverted, digest, invert, seconds_of
from .mapping import AT_ONE_PLACE, FIELDS, IS_FORM, LONGEST_TERM, TIMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

READ = ["id", *FIELDS, "published", "source", "category", "tag", "code", "origin", "article"]
"""The fields of a document that an article and its words are read from."""

_REMEMBERED = 1 << 15  # terms: what is done with a window takes longer with all that are remembered
_LONGEST_ID = 512  # bytes that the server takes


class Words(NamedTuple):
    """The words of some articles: numbers of terms, one article after another, and how many each of its fields has."""

    terms: Sequence[Term]
    numbers: NDArray[np.int32]
    lengths: NDArray[np.int64]


def document_id(id: str) -> str:
    """Returns what the document of an article is called on the cluster: its id, or a digest of one too long.

    >>> document_id("isna-1"), document_id("ش" * 300)[:12]
    ('isna-1', 'sha256:63bed')
    """
    data = id.encode("utf-8", "surrogatepass")
    if 0 < len(data) <= _LONGEST_ID and not id.startswith("sha256:") and not _has_surrogates(id):
        return id
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _has_surrogates(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def sent(text: str) -> str:
    """Returns a text as it can be sent: lone surrogates, which are no letters, become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _has_surrogates(text) else text


def term_of(text: str) -> str:
    """Returns a lemma or form as a term of the server: as it is, or a digest of one too long."""
    if len(text) <= LONGEST_TERM:
        return sent(text)
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def documents(
    articles: Sequence[tuple[Article, str]], words: Words, inverted: Inverted
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields the documents of some articles, each given with the file it was read from, and what they are called.

    ``words`` are theirs, as `analysed` gives them, and ``inverted`` what `inverted_of` makes of these.
    """
    spelled: dict[int, str] = {}
    place = 0
    lemmas_of, forms_of = _impacts(inverted, len(articles)), _form_impacts(words)
    for (article, origin), lemmas, forms, lengths in zip(
        articles, lemmas_of, forms_of, words.lengths.tolist(), strict=True
    ):
        document: dict[str, Any] = {"id": sent(article.id), "lemmas": f"{lemmas} {forms}".strip()}
        for field, length in zip(FIELDS, lengths, strict=True):
            numbers = words.numbers[place : place + length].tolist()
            document[field] = " ".join([spelled.get(n) or _spell(n, words.terms, spelled) for n in numbers])
            place += length
        seconds = seconds_of(article.published)
        if seconds != UNDATED:
            document["published"] = seconds
        names = {"source": article.source, "category": article.category, "code": article.code, "origin": origin}
        document.update({name: sent(value) for name, value in names.items() if value})
        if article.tags:
            document["tag"] = [sent(tag) for tag in dict.fromkeys(article.tags)]
        document["digest"] = str(digest(article))
        texts = {"title": article.title, "lead": article.lead, "body": article.body, "url": article.url}
        stored: dict[str, Any] = {name: sent(text) for name, text in texts.items()}
        document["article"] = stored | {"tags": [sent(tag) for tag in article.tags]}
        yield document_id(article.id), document


def analysed(articles: Sequence[Article], bulk: BulkAnalyzer) -> Words:
    """Returns the words of some articles."""
    texts = [text for a in articles for text in (a.title, a.lead, a.body)]
    numbers, lengths = bulk.analyze(texts) if texts else (np.zeros(0, np.int32), np.zeros(0, np.int32))
    return Words(bulk.terms, numbers, lengths.reshape(-1, len(FIELDS)).astype(np.int64))


def inverted_of(words: Words) -> Inverted:
    """Returns the words of some articles, inverted."""
    return invert(words.terms, words.numbers, words.lengths, WEIGHTING)


def _impacts(inverted: Inverted, articles: int) -> Iterator[str]:
    """Yields the lemmas of each article with their impacts."""
    lemmas = [term_of(lemma) for lemma in inverted.lemmas]
    order = np.argsort(inverted.doc, kind="stable")
    bounds = np.searchsorted(inverted.doc[order], np.arange(articles + 1)).tolist()
    pairs = zip(inverted.lemma[order].tolist(), inverted.levels[order].tolist(), strict=True)
    told = [f"{lemmas[lemma]}{TIMES}{impact}" for lemma, impact in pairs]
    for start, end in pairwise(bounds):
        yield " ".join(told[start:end])


def _form_impacts(words: Words) -> Iterator[str]:
    """Yields the forms of each article with the impact of how often they stand there, wherever that is."""
    ends = np.cumsum(words.lengths.sum(axis=1)).tolist()
    for start, end in pairwise([0, *ends]):
        numbers, counts = np.unique(words.numbers[start:end], return_counts=True)
        times: Counter[str] = Counter()
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
            times[words.terms[number].form] += count
        levels = WEIGHTING.levels(np.fromiter(times.values(), np.float32, len(times))).tolist()
        pairs = zip(times, levels, strict=True)
        yield " ".join([f"{IS_FORM}{term_of(form)}{TIMES}{level}" for form, level in pairs])


def _spell(number: int, terms: Sequence[Term], spelled: dict[int, str]) -> str:
    """A term as it is sent: lemma, parts and form, at one place."""
    term = terms[number]
    text = AT_ONE_PLACE.join((*map(term_of, (term.lemma, *term.parts)), IS_FORM + term_of(term.form)))
    spelled[number] = text
    return text


# -- and back ----------------------------------------------------------------------------------------------------------


class _Numbers(dict[str, int]):
    """The number of each token of a document, by its spelling; of one that is new, the next. Looking up is all C."""

    def __init__(self) -> None:
        self.terms: list[Term] = []

    def __missing__(self, token: str) -> int:
        *lemmas, form = token.split(AT_ONE_PLACE)
        if not lemmas or not form.startswith(IS_FORM):
            raise ValueError("a document is not that of an article")
        number = self[token] = len(self.terms)
        self.terms.append(Term(lemmas[0], form[1:], tuple(lemmas[1:])))
        return number


class WordReader:
    """Reads the words of documents, and remembers how they are spelled, up to a limit."""

    def __init__(self) -> None:
        self._numbers = _Numbers()

    def read(self, documents: Iterable[Mapping[str, Any]]) -> Words:
        """Returns the words of some documents. Raises ValueError where one is none of ours."""
        if len(self._numbers) > _REMEMBERED:
            self._numbers = _Numbers()
        numbers: list[int] = []
        lengths: list[int] = []
        number = self._numbers.__getitem__
        for document in documents:
            for field in FIELDS:
                text = str(document.get(field) or "")
                tokens = text.split(" ") if text else []
                numbers += map(number, tokens)
                lengths.append(len(tokens))
        fields = np.array(lengths, np.int64).reshape(-1, len(FIELDS))
        return Words(self._numbers.terms, np.array(numbers, np.int32), fields)


def article_of(document: Mapping[str, Any]) -> Article:
    """Returns the article that a document holds. Raises ValueError where it is none of ours."""
    try:
        stored = document["article"]
        seconds = document.get("published")
        published = None if seconds is None else datetime.fromtimestamp(int(seconds), UTC)
        title, lead, body, url = (_text(stored.get(name, "")) for name in (*FIELDS, "url"))
        source, category, code = (_text(document.get(name, "")) for name in ("source", "category", "code"))
        tags = tuple(map(_text, stored.get("tags", ())))
        return Article(_text(document["id"]), title, lead, body, published, source, category, tags, url, code)
    except (KeyError, TypeError, AttributeError, OverflowError, OSError) as error:
        raise ValueError("a document is not that of an article") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
