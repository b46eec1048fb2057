"""Talks to a cluster: asks again where a node has died, never takes half an answer, and words what goes wrong."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import StoreError
from .address import CA_FILE, ClusterAddress, Credentials
from .cluster_errors import (
    ClusterBusy,
    Denied,
    MissingExtra,
    Partial,
    ReadOnly,
    Refused,
    TooBroad,
    TooOld,
    Unreachable,
    Untrusted,
    WantsEncryption,
)

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

_Answer = TypeVar("_Answer")

OLDEST = (2, 19)
"""The first version of the server that was tried."""

_PATIENCE = 30.0  # seconds that a dying node is waited for: another takes over within three, usually
_PATIENCE_AT_FIRST = 3.0  # that one is waited for which never answered
_PAUSE = 0.2  # seconds between tries, doubled each time up to
_LONGEST_PAUSE = 2.0
_TIMEOUT = 60  # seconds
_PASSING = (429, 502, 503, 504)  # what the server answers while shards move or queues are full
DEATHS = frozenset(
    f"{name}_exception"
    for name in (
        *("node_disconnected", "node_not_connected", "node_closed", "connect_transport", "receive_timeout_transport"),
        *("already_closed", "index_shard_closed", "shard_not_found"),
    )
)
"""What the server says, with status 500, when a node dies while it answers."""

_NO_MEMORY = "Data too large"
_TOO_BROAD = ("too_many_clauses", "too_many_nested_clauses", "expanded to too many terms")
_CLOSED = "closed connection"
_UNTRUSTED = "certificate verify failed"
_PAGE = 5_000  # documents fetched at a time where all are


class Cluster:
    """One cluster, by the address of an index on it. Use from one thread at a time."""

    def __init__(self, address: ClusterAddress, patience: float = _PATIENCE) -> None:
        self.address = address
        self._patience, self._lasting_patience = min(patience, _PATIENCE_AT_FIRST), patience
        self._client = _client(address, Credentials.of(os.environ))

    def close(self) -> None:
        """Ends the connections."""
        self._client.close()

    def require_version(self) -> None:
        """Raises TooOld for a server older than those that were tried, Refused for one that is no OpenSearch."""
        about = self.ask(lambda client: client.info())
        self._patience = self._lasting_patience  # as it has been there, it will be again
        version = about.get("version", {})
        if version.get("distribution") != "opensearch":
            raise Refused(self.address, "it is no OpenSearch")
        numbers = str(version.get("number", "")).split(".")[:2]
        if not all(map(str.isdecimal, numbers)) or tuple(map(int, numbers)) < OLDEST:
            raise TooOld(self.address, str(version.get("number", "?")), ".".join(map(str, OLDEST)))

    # -- asking ------------------------------------------------------------------------------------------------

    def ask(self, request: Callable[[OpenSearch], _Answer], *, missing: _Answer | None = None) -> _Answer:
        """Returns what the server answers; asks again while a node's death or a full queue may pass.

        ``missing`` is the answer where there is no such thing. Raises a StoreError of some kind.
        """
        from opensearchpy.exceptions import ConnectionError, TransportError

        end, pause = time.monotonic() + self._patience, _PAUSE
        while True:
            try:
                return request(self._client)
            except ConnectionError as error:
                cause = _cause(error)
                if cause.startswith(_UNTRUSTED):
                    raise Untrusted(self.address, cause) from error
                if cause == _CLOSED and not self.address.is_secure:
                    cause += ", as one that wants opensearch+https:// does"
                trouble: StoreError = Unreachable(self.address, cause)
            except TransportError as error:
                if error.status_code == 404 and missing is not None:
                    return missing
                if not _may_pass(error):
                    raise _refusal(self.address, error) from error
                trouble = _passing(self.address, error)
            if time.monotonic() + pause > end:
                raise trouble
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def search(self, index: str, body: dict[str, Any]) -> dict[str, Any]:
        """Returns the answer of all shards. Raises Partial when some could not answer, or ran out of time.

        No statistics are gathered from the shards beforehand: rarities come with the query, and a node that dies in
        between would make it fail.
        """
        parameters = {"allow_partial_search_results": "false", "request_cache": "false"}

        def is_whole(answer: dict[str, Any]) -> bool:
            shards = answer.get("_shards", {})
            failed = shards.get("failed", 0) or shards.get("successful", 0) != shards.get("total", -1)
            return not failed and not answer.get("timed_out")

        return self._whole(lambda client: client.search(index=index, body=body, params=parameters), is_whole)

    def refresh(self, index: str) -> None:
        """Has all searches from now on see what was written. Raises Partial when some shards cannot be reached."""
        self._whole(
            lambda client: client.indices.refresh(index=index),
            lambda answer: not answer.get("_shards", {}).get("failed", 0),
        )

    def delete_all(self, index: str, query: dict[str, Any]) -> None:
        """Deletes every document that matches. Raises Partial when some shards cannot be reached."""
        body, parameters = {"query": query}, {"refresh": "true", "conflicts": "proceed"}

        def is_whole(answer: dict[str, Any]) -> bool:
            return not (answer.get("failures") or answer.get("timed_out") or answer.get("version_conflicts"))

        self._whole(lambda client: client.delete_by_query(index=index, body=body, params=parameters), is_whole)

    def _whole(
        self, request: Callable[[OpenSearch], dict[str, Any]], is_whole: Callable[[dict[str, Any]], bool]
    ) -> dict[str, Any]:
        """Returns the first answer that is whole; asks again for a while."""
        end = time.monotonic() + self._patience
        while not is_whole(answer := self.ask(request)):
            if time.monotonic() > end:
                shards = answer.get("_shards", {})
                which = f"{shards.get('failed', '?')} of {shards.get('total', '?')}" if shards else "some"
                raise Partial(self.address, f"{which} shards failed")
            time.sleep(_PAUSE)
        return answer

    def get(self, index: str, ids: list[str], fields: list[str]) -> list[dict[str, Any] | None]:
        """Returns these fields of the documents with some ids, None where there is none."""
        if not ids:
            return []
        body = {"docs": [{"_id": id, "_source": fields} for id in ids]}

        def is_whole(answer: dict[str, Any]) -> bool:
            return not any("error" in document for document in answer["docs"])

        found = self._whole(lambda client: client.mget(index=index, body=body), is_whole)["docs"]
        return [document["_source"] if document.get("found") else None for document in found]

    def all(
        self, index: str, query: dict[str, Any], fields: list[str], key: str, page: int = _PAGE
    ) -> Iterator[dict[str, Any]]:
        """Yields these fields of every document that matches, in the order of a field that no two share.

        They are fetched ``page`` at a time.
        """
        after: list[Any] | None = None
        while True:
            body = {"query": query, "size": page, "_source": fields, "sort": [{key: "asc"}]}
            if after is not None:
                body["search_after"] = after
            hits = self.search(index, body)["hits"]["hits"]
            yield from (hit["_source"] for hit in hits)
            if len(hits) < page:
                return
            after = hits[-1]["sort"]

    def count(self, index: str, query: dict[str, Any]) -> int:
        """Returns how many documents match."""
        answer = self.search(index, {"size": 0, "track_total_hits": True, "query": query})
        return int(answer["hits"]["total"]["value"])


def _client(address: ClusterAddress, credentials: Credentials) -> OpenSearch:
    try:
        from opensearchpy import OpenSearch
    except ModuleNotFoundError:
        raise MissingExtra(address) from None
    given: dict[str, Any] = {}
    if credentials.api_key:
        given["headers"] = {"Authorization": f"ApiKey {credentials.api_key}"}
    elif credentials.user:
        given["http_auth"] = (credentials.user, credentials.password)
    if address.is_secure:
        given["verify_certs"] = True
        if credentials.ca_file is not None:
            if not credentials.ca_file.is_file():
                raise Refused(address, f"there is no file {credentials.ca_file}, which {CA_FILE} names")
            given["ca_certs"] = str(credentials.ca_file)
    return OpenSearch(list(address.hosts), timeout=_TIMEOUT, max_retries=2, retry_on_timeout=True, **given)


def _cause(error: Exception) -> str:
    """Why a host could not be reached, in a few words of the system's."""
    text = str(getattr(error, "info", "") or error)
    if untrusted := re.search(_UNTRUSTED + r"(?:: ([^\]()]+\w))?", text, re.IGNORECASE):  # with what is wrong about it
        return ": ".join(filter(None, (_UNTRUSTED, untrusted[1])))
    for told in ("Connection refused", _CLOSED, "timed out", "Name or service not known"):
        if told.casefold() in text.casefold():
            return told[0].lower() + told[1:]
    return type(getattr(error, "info", None) or error).__name__


def _may_pass(error: Any) -> bool:
    """Whether it may be otherwise soon: a queue is full, a node has no memory for now, or died while it answered."""
    return error.status_code in _PASSING or _NO_MEMORY in _reason(error) or _is_of_a_death(error)


def _is_of_a_death(error: Any) -> bool:
    """Whether the server tells that a node died while it answered; another copy of the shard will answer instead."""
    told = error.info.get("error") if isinstance(error.info, dict) else None
    causes = (told.get("root_cause") or [told]) if isinstance(told, dict) else []
    return any(cause.get("type") in DEATHS for cause in causes)


def _passing(address: ClusterAddress, error: Any) -> StoreError:
    """What is said when a trouble that may pass does not."""
    if error.status_code == 429 or _NO_MEMORY in _reason(error):
        return ClusterBusy(address)
    return Partial(address, _reason(error))


def _refusal(address: ClusterAddress, error: Any) -> StoreError:
    """What is said when the server refuses."""
    reason = _reason(error)
    if error.status_code == 401 or (error.status_code == 403 and "block" not in reason):
        return Denied(address, reason)
    if error.status_code == 403:
        return ReadOnly(address, reason)
    if "plain HTTP request was sent to HTTPS port" in reason:
        return WantsEncryption(address)
    if any(sign in reason for sign in _TOO_BROAD):
        return TooBroad(address)
    return Refused(address, reason)


def _reason(error: Any) -> str:
    """The server's reason, in one line."""
    info = error.info if isinstance(error.info, dict) else {}
    told = info.get("error", error.error)
    if isinstance(told, dict):
        causes = told.get("root_cause") or [told]
        told = f"{causes[0].get('type', '')}: {causes[0].get('reason', '')}"
    return " ".join(str(told).split())[:300] or f"HTTP {error.status_code}"
