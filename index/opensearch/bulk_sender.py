"""Sends documents in bulk: what passes is sent again, what the server refuses for good is named."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from .cluster import DEATHS, Cluster
from .cluster_errors import ClusterBusy, Refused

_PASSING = frozenset({429, 502, 503, 504})
_TRIES = 12
_PAUSE, _LONGEST_PAUSE = 0.2, 5.0  # seconds between tries, doubled each time up to the second
_NAMED = 3


class Sender:
    """Sends documents to one index."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = index

    def index(self, documents: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Indexes documents under their ids. Raises Refused for those the server will never take."""
        self._send([({"index": {"_id": id}}, document) for id, document in documents])

    def delete(self, ids: Sequence[str]) -> None:
        """Deletes documents by their ids."""
        for start in range(0, len(ids), 1000):
            self._send([({"delete": {"_id": id}}, None) for id in ids[start : start + 1000]])

    def _send(self, actions: list[tuple[dict[str, Any], dict[str, Any] | None]]) -> None:
        pause = _PAUSE
        for _ in range(_TRIES):
            if not actions:
                return
            lines = [
                line for action, document in actions for line in ((action,) if document is None else (action, document))
            ]
            answer = self._cluster.ask(lambda client, lines=lines: client.bulk(index=self._index, body=lines))  # type: ignore[misc]
            if not answer.get("errors"):
                return
            results = [next(iter(item.values())) for item in answer["items"]]
            refused = [r for r in results if r.get("error") and not _passes(r)]
            if refused:
                self._refuse(refused)
            actions = [action for action, r in zip(actions, results, strict=True) if _passes(r)]
            if actions:
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
        if actions:
            raise ClusterBusy(self._cluster.address)

    def _refuse(self, refused: Sequence[dict[str, Any]]) -> None:
        first = [
            f"{r.get('_id', '?')} ({r['error'].get('type')}: {r['error'].get('reason')})" for r in refused[:_NAMED]
        ]
        more = f" and {len(refused) - _NAMED} more" if len(refused) > _NAMED else ""
        raise Refused(self._cluster.address, f"articles {'; '.join(first)}{more}")


def _passes(result: dict[str, Any]) -> bool:
    """Whether a document was turned away by what passes: a full queue, or a node that died."""
    return result["status"] in _PASSING or (result.get("error") or {}).get("type") in DEATHS
