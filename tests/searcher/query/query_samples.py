"""What the tests of queries share."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.searcher.query.parser import parse
from khabarjoo.searcher.query.plan import Plan
from khabarjoo.searcher.query.planner import make_plan

NOW = datetime(2025, 12, 31, 12, 30, tzinfo=ZoneInfo("Asia/Tehran"))


def plan_of(query: str) -> Plan:
    """The plan of a query, made on 10 Dey 1404."""
    return make_plan(parse(query), default_analyzer(), NOW)
