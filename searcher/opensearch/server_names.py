"""Names in plans, spelled as the articles of a cluster have them."""

from __future__ import annotations

from dataclasses import replace

from ..local.masks import spelled_among
from ..query.name_matching import KnownNames
from ..query.plan import NameField, Node, Plan, Terms, with_branches
from .server_counts import ServerCounts


class ServerNames:
    """Finds the names that those of a plan stand for (see `local.masks.resolve`)."""

    def __init__(self, counts: ServerCounts) -> None:
        self._counts = counts

    def resolve(self, plan: Plan) -> Plan:
        """Returns the plan with each name spelled as articles have it."""
        filters = replace(
            plan.filters,
            sources=self._spelled(plan.filters.sources, "source"),
            categories=self._spelled(plan.filters.categories, "category"),
            tags=self._spelled(plan.filters.tags, "tag"),
        )
        return Plan(self._node(plan.root), filters, plan.notes)

    def _node(self, node: Node) -> Node:
        if isinstance(node, Terms):
            return Terms(node.field, self._spelled(node.names, node.field))
        return with_branches(node, self._node)

    def _spelled(self, names: tuple[str, ...], field: NameField) -> tuple[str, ...]:
        return spelled_among(names, KnownNames(self._counts.names({"match_all": {}}, field), field)) if names else ()
