"""What records come in: the envelopes of search engines and databases, and the lines between them."""

from __future__ import annotations

from collections.abc import Mapping

from .field_names import FieldMap, has_text, key

OF_DUMP = "khabarjoo"
"""The name that every line of ``khabarjoo dump`` has."""

EMPTY: tuple[object, ...] = (None, "", [], {})
"""Values that say nothing."""

# Elasticsearch and elasticdump, Typesense, CouchDB; then JSON:API and what services of news put around their records.
_SURE_ENVELOPES = ("_source", "document", "doc")
_ENVELOPES = (*_SURE_ENVELOPES, "attributes", "fields", "article", "news", "post", "node", "data")
_ACTIONS = ("index", "create", "update")


def is_article(value: object) -> bool:
    """Returns whether a value of JSON is an object with a text of its own, in an envelope or not, and no mere wrapper.

    >>> is_article({"title": "خبر"}), is_article({"article": {"title": "خبر"}}), is_article({"_source": {"text": ""}})
    (True, False, True)
    """
    if not isinstance(value, dict):
        return False
    texts = (member for name, member in value.items() if has_text((name,)))
    if any(not (isinstance(member, dict) and has_text(member)) for member in texts):
        return True
    return "_source" in value or "document" in value or OF_DUMP in value


def is_enveloped(value: Mapping[str, object]) -> bool:
    """Returns whether a record is a line of a search engine's: a document in its envelope, or an action before one."""
    return any(isinstance(value.get(name), dict) for name in _SURE_ENVELOPES) or bool(action_of(value) is not None)


def opened(record: Mapping[str, object], mapping: FieldMap) -> Mapping[str, object]:
    """Returns the record in an envelope, with the id that the envelope tells; or the record itself."""
    is_sure = any(isinstance(record.get(name), dict) for name in _SURE_ENVELOPES)
    if not is_sure and has_text((name for name, value in record.items() if not isinstance(value, dict)), mapping):
        return record
    for name in _ENVELOPES:
        inner = record.get(name)
        if isinstance(inner, dict) and has_text(inner, mapping):
            ids = {outer: record[outer] for outer in ("_id", "id") if record.get(outer) not in EMPTY}
            if "_id" in ids:  # the one that Elasticsearch and elasticdump know it by
                return {**{k: v for k, v in inner.items() if key(k) != "id"}, "_id": ids["_id"]}
            return inner if any(key(known_id) == "id" for known_id in inner) else {**ids, **inner}
    return record


def action_of(record: Mapping[str, object]) -> str | None:
    """Returns the id that a line of Elasticsearch's bulk format gives to the next; None for any other."""
    if len(record) != 1:
        return None
    ((name, value),) = record.items()
    if name not in _ACTIONS or not isinstance(value, dict) or not value.keys() <= {"_index", "_type", "_id", "routing"}:
        return None
    return str(value.get("_id") or "")
