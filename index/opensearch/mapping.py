"""The mapping of an index on a cluster: which fields a document has, and how the server matches and scores them.

All analysis is done before a document is sent, so the server cuts at spaces and knows no Persian:

* ``lemmas`` holds each lemma of an article with its impact (`index.bm25f`) in place of a frequency, and each form
  likewise. A scripted similarity multiplies it with the boost, which carries how rare the lemma is: the first stage of
  ranking, as in an index in a folder.
* ``title``, ``lead`` and ``body`` hold the words in order. At each position stand the lemma, the lemmas of a
  compound's parts, and the form, told from lemmas by a sign before it.
* ``article`` is stored, and read by nobody but us.

Where the index tells who said what, ``said`` holds each statement of an article once more, between a sign with its
speaker and one that ends it: so what is asked of one statement is asked of the words between two signs. ``speaker``
names those whose statements are shown, and ``speech`` tells what columns do in a folder; it is read by us alone.
"""

from __future__ import annotations

from typing import Any

from khabarjoo.analyzers.analyzer import ANALYZER_VERSION

FORMAT = 2
"""The version of all that this mapping and the documents agree on."""

AT_ONE_PLACE, IS_FORM, TIMES = "\ue000", "\ue001", "\ue002"
"""Signs between the terms of one position, before a form, and before an impact. No token has them: they are letters of
no script (Unicode's private use)."""

SAYS, PERHAPS, SAID = "\ue003", "\ue004", "\ue005"
"""Signs before the speaker of a statement that is shown, before that of one that is not, and after a statement."""

LONGEST_TERM = 8_000
"""Letters of a term that are indexed: the server takes 32,766 bytes, and a letter has at most four."""

FIELDS = ("title", "lead", "body")
NAMES = ("source", "category", "tag", "code", "origin")

_IMPACT = "return doc.freq * query.boost / 255.0;"
_OCCURRENCES = "return Math.max(1.0, Math.rint(255.0 * doc.freq / (1.2 + doc.freq))) / 255.0 * query.boost;"


def index_body(shards: int, replicas: int, speakers: int = 0) -> dict[str, Any]:
    """Returns what an index of articles is created with; ``speakers`` is the version of who said what, 0 for none."""
    words = {"type": "text", "analyzer": "words", "search_analyzer": "spaces", "norms": False, "similarity": "times"}
    name = {"type": "keyword", "ignore_above": LONGEST_TERM}
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "codec": "best_compression",
            "similarity": {
                "impact": {"type": "scripted", "script": {"source": _IMPACT}},
                "times": {"type": "scripted", "script": {"source": _OCCURRENCES}},
            },
            "analysis": {
                "tokenizer": {"at_spaces": {"type": "whitespace", "max_token_length": 1 << 20}},
                "filter": {
                    "impacts": {"type": "delimited_term_freq", "delimiter": TIMES},
                    "one_place": {
                        "type": "pattern_capture",
                        "preserve_original": False,
                        "patterns": [f"([^{AT_ONE_PLACE}]+)"],
                    },
                },
                "analyzer": {
                    "spaces": {"type": "custom", "tokenizer": "at_spaces"},
                    "impacts": {"type": "custom", "tokenizer": "at_spaces", "filter": ["impacts"]},
                    "words": {"type": "custom", "tokenizer": "at_spaces", "filter": ["one_place"]},
                },
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"excludes": ["lemmas", "said"]},
            "_meta": meta(speakers),
            "properties": {
                "id": {"type": "keyword", "ignore_above": LONGEST_TERM},
                "lemmas": {
                    "type": "text",
                    "analyzer": "impacts",
                    "search_analyzer": "spaces",
                    "index_options": "freqs",
                    "norms": False,
                    "similarity": "impact",
                },
                **dict.fromkeys(FIELDS, words),
                "published": {"type": "long"},
                **dict.fromkeys(NAMES, name),
                "digest": {"type": "keyword", "index": False},
                "article": {"type": "object", "enabled": False},
                "said": words,
                "speaker": name,
                "speech": {"type": "object", "enabled": False},
            },
        },
    }


def log_body(replicas: int) -> dict[str, Any]:
    """Returns what the index beside it is created with: what was read, and the words of it (`vocabulary_log`)."""
    return {
        "settings": {"number_of_shards": 1, "number_of_replicas": replicas},
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "kind": {"type": "keyword"},
                "run": {"type": "keyword"},
                "data": {"type": "binary"},
            },
        },
    }


def meta(speakers: int = 0) -> dict[str, Any]:
    """Returns what an index tells of how it was made."""
    made = {"format": FORMAT, "analyzer": ANALYZER_VERSION}
    return {"khabarjoo": made | ({"speakers": speakers} if speakers else {})}
