"""What is made of the server's answers; the answers were recorded from OpenSearch 2.19.6 and 3.9.0."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from opensearchpy.exceptions import ConnectionError, NotFoundError, TransportError

from khabarjoo.index.errors import IndexIncomplete, StoreError
from khabarjoo.index.opensearch.address import read_address
from khabarjoo.index.opensearch.cluster import Cluster
from khabarjoo.index.opensearch.cluster_errors import (
    ClusterBusy,
    Denied,
    Partial,
    ReadOnly,
    Refused,
    TooBroad,
    TooOld,
    Unreachable,
)

ADDRESS = read_address("opensearch://localhost:9200/news")
WHOLE = {"_shards": {"total": 3, "successful": 3, "failed": 0}, "timed_out": False, "hits": {"hits": []}}
TORN = {"_shards": {"total": 3, "successful": 2, "failed": 1}, "timed_out": False, "hits": {"hits": []}}


class Client:
    """Answers, or raises, what it is given, one after another; the last again and again."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked = 0

    def search(self, **given: Any) -> Any:
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    info = mget = search

    def close(self) -> None:
        pass


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Cluster]:
    monkeypatch.setattr("khabarjoo.index.opensearch.cluster._PAUSE", 0.001)

    def make(*answers: Any, patience: float = 0.05) -> Cluster:
        made = Cluster(ADDRESS, patience=patience)
        monkeypatch.setattr(made, "_client", Client(*answers))
        return made

    return make


def refusal(status: int, kind: str, reason: str) -> TransportError:
    return TransportError(status, kind, {"error": {"root_cause": [{"type": kind, "reason": reason}]}, "status": status})


def test_a_node_that_dies_is_ridden_out(cluster: Callable[..., Cluster]) -> None:
    gone = ConnectionError("N/A", "Connection refused", OSError("Connection refused"))
    moving = refusal(503, "search_phase_execution_exception", "all shards failed")
    dying = refusal(500, "node_disconnected_exception", "[n2][127.0.0.1:9702][search[phase/fetch/id]] disconnected")
    assert cluster(gone, moving, dying, TORN, WHOLE, patience=30).search("news", {}) == WHOLE


def test_half_an_answer_is_none_even_where_the_server_calls_it_one(cluster: Callable[..., Cluster]) -> None:
    for answer in (TORN, WHOLE | {"timed_out": True}, WHOLE | {"_shards": {"total": 3, "successful": 2, "failed": 0}}):
        with pytest.raises(Partial, match="so nothing is shown"):
            cluster(answer).search("news", {})
    assert issubclass(Partial, IndexIncomplete)


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        (
            ConnectionError("N/A", "x", OSError("[Errno 111] Connection refused")),
            Unreachable,
            "no answer (connection ref",
        ),
        (
            ConnectionError("N/A", "x", OSError("Remote end closed connection without response")),
            Unreachable,
            "opensearch+https://",
        ),
        (refusal(401, "security_exception", "missing credentials"), Denied, "KHABARJOO_OPENSEARCH_USER"),
        (refusal(403, "security_exception", "no permissions"), Denied, "access denied"),
        (refusal(403, "cluster_block_exception", "index [n] blocked by: read-only"), ReadOnly, "takes no changes"),
        (refusal(429, "rejected_execution_exception", "queue is full"), ClusterBusy, "is busy"),
        (
            refusal(500, "task_cancelled_exception", "Fatal failure: [parent] Data too large, data"),
            ClusterBusy,
            "is busy",
        ),
        (refusal(503, "no_shard_available_action_exception", "No shard available"), Partial, "No shard available"),
        (refusal(400, "too_many_nested_clauses", "maxClauseCount is set to 1024"), TooBroad, "use fewer"),
        (
            refusal(500, "illegal_state_exception", "Automaton [a*] expanded to too many terms"),
            TooBroad,
            "more letters",
        ),
        (TransportError(500, "x", "not JSON\nat all"), Refused, "refuses"),
    ],
)
def test_whatever_goes_wrong_is_told_in_one_line_that_names_the_address(
    cluster: Callable[..., Cluster], error: Exception, kind: type[StoreError], told: str
) -> None:
    with pytest.raises(kind) as raised:
        cluster(error).search("news", {})
    assert str(raised.value).startswith("opensearch://localhost:9200/news: ")
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_what_is_not_there_may_be_answered_for(cluster: Callable[..., Cluster]) -> None:
    gone = NotFoundError(404, "index_not_found_exception", {})
    assert cluster(gone).ask(lambda client: client.info(), missing={}) == {}
    with pytest.raises(Refused):
        cluster(gone).ask(lambda client: client.info())


@pytest.mark.parametrize(
    ("version", "kind"),
    [
        ({"number": "2.19.6", "distribution": "opensearch"}, None),
        ({"number": "3.9.0", "distribution": "opensearch"}, None),
        ({"number": "2.9.0", "distribution": "opensearch"}, TooOld),
        ({"number": "1.3.20", "distribution": "opensearch"}, TooOld),
        ({"number": "8.15.0"}, Refused),
    ],
)
def test_only_servers_of_versions_that_were_tried_are_taken(
    cluster: Callable[..., Cluster], version: dict[str, str], kind: type[StoreError] | None
) -> None:
    made = cluster({"version": version})
    if kind is None:
        made.require_version()
    else:
        with pytest.raises(kind):
            made.require_version()


def test_documents_that_are_not_there_are_none_and_unreachable_ones_an_error(cluster: Callable[..., Cluster]) -> None:
    found = {"docs": [{"found": True, "_source": {"id": "a"}}, {"found": False}]}
    assert cluster(found).get("news", ["a", "b"], ["id"]) == [{"id": "a"}, None]
    with pytest.raises(Partial):
        cluster({"docs": [{"error": {"reason": "no shard"}}]}).get("news", ["a"], ["id"])
