from __future__ import annotations

from typing import Any

import pytest

from khabarjoo.index.opensearch.address import read_address
from khabarjoo.index.opensearch.bulk_sender import Sender
from khabarjoo.index.opensearch.cluster_errors import ClusterBusy, Refused


class Recorded:
    """A cluster that answers each bulk request with the statuses given for its documents."""

    address = read_address("opensearch://localhost/news")

    def __init__(self, *answers: list[int]) -> None:
        self.answers = list(answers)
        self.sent: list[list[str]] = []

    def ask(self, request: Any) -> Any:
        return request(self)

    def bulk(self, index: str, body: list[dict[str, Any]]) -> dict[str, Any]:
        ids = [action["index"]["_id"] for action in body if "index" in action]
        self.sent.append(ids)
        statuses = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        rows = [
            {"_id": id, "status": status} | ({"error": {"type": "t", "reason": "r"}} if status > 299 else {})
            for id, status in zip(ids, statuses, strict=True)
        ]
        return {"errors": max(statuses) > 299, "items": [{"index": row} for row in rows]}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabarjoo.index.opensearch.bulk_sender._PAUSE", 0.0)


def send(cluster: Recorded, *ids: str) -> None:
    Sender(cluster, "news").index([(id, {"id": id}) for id in ids])  # type: ignore[arg-type]


def test_what_a_full_queue_turned_away_is_sent_again_and_nothing_else() -> None:
    cluster = Recorded([201, 429, 503], [429, 201], [201])
    send(cluster, "a", "b", "c")
    assert cluster.sent == [["a", "b", "c"], ["b", "c"], ["b"]]


def test_what_the_server_refuses_for_good_is_named() -> None:
    with pytest.raises(Refused, match=r"articles b \(t: r\); c \(t: r\)") as error:
        send(Recorded([201, 400, 500]), "a", "b", "c")
    assert "\n" not in str(error.value)


def test_a_queue_that_stays_full_ends_the_run() -> None:
    with pytest.raises(ClusterBusy):
        send(Recorded([429]), "a")
