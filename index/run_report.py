"""Tells what a run that brings an index up to date has done, and how far it has come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from .ingest import Notice, Skipped

Change = tuple[str, str]
"""What was done with an article, ``added``, ``updated`` or ``forgotten``, and its id."""


class Progress(NamedTuple):
    """How far a run has come; one that counts no articles, as a verification, tells of 0."""

    done_bytes: int
    total_bytes: int
    articles: int


@dataclass
class Report:
    """What a run did. ``skipped`` was not read; ``notices`` was read with a loss.

    ``passed_over`` counts the files in folders that no reader takes, by their extensions. ``changes`` names the
    articles added, updated and forgotten, if that was asked for.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    resumed: int = 0  # of those added and updated, how many an interrupted run had indexed already
    skipped: list[Skipped] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def articles(self) -> int:
        """How many articles of the paths given are in the index now."""
        return self.added + self.updated + self.unchanged
