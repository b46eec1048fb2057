"""Names in plans, spelled as the articles of a cluster have them."""

from __future__ import annotations

from dataclasses import replace

from ..local.masks import spelled_among
from ..query.name_matching import KnownNames
from ..query.plan import AllOf, AnyOf, Boosting, Exclude, Match, NameField, Node, Plan, Terms
from .server_counts import ServerCounts


class ServerNames:
    """Finds the names that those of a plan stand for (see `local.masks.resolve`)."""

    def __init__(self, counts: ServerCounts) -> None:
        self._counts = counts

    def resolve(self, plan: Plan) -> Plan:
        """The plan with each name spelled as articles have it."""
        filters = replace(
            plan.filters,
            sources=self._spelled(plan.filters.sources, "source"),
            categories=self._spelled(plan.filters.categories, "category"),
            tags=self._spelled(plan.filters.tags, "tag"),
        )
        return Plan(self._node(plan.root), filters, plan.notes)

    def _node(self, node: Node) -> Node:
        match node:
            case Terms(field, names):
                return Terms(field, self._spelled(names, field))
            case Match(parts) | AnyOf(parts) | AllOf(parts):
                return type(node)(tuple(map(self._node, parts)))
            case Boosting(required, optional):
                return Boosting(self._node(required), self._node(optional))
            case Exclude(kept, barred):
                return Exclude(self._node(kept), self._node(barred))
            case _:
                return node

    def _spelled(self, names: tuple[str, ...], field: NameField) -> tuple[str, ...]:
        return spelled_among(names, KnownNames(self._counts.names({"match_all": {}}, field), field)) if names else ()
