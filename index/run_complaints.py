"""What a run tells of files that could not be read, or not wholly: the first things of each by name, the rest counted.

A file may hold millions of lines with something wrong, and nobody reads more than the first; so what is kept of them
does not grow with the file.
"""

from __future__ import annotations

from .ingest import Notice, Skipped, limits


class Complaints:
    """Puts complaints into two lists, one file after another. ``skipped`` counts what was not read, named or not."""

    def __init__(self, named: list[Skipped], noticed: list[Notice]) -> None:
        self._named, self._noticed = named, noticed
        self._of_file = 0
        self._in_all = 0
        self._rest = {Skipped: 0, Notice: 0}
        self.skipped = 0

    def add(self, complaint: Skipped | Notice) -> None:
        """Names a complaint about the file that is being read, or counts it."""
        if isinstance(complaint, Skipped):
            self.skipped += complaint.count
        if self._of_file >= limits.TROUBLES or self._in_all >= limits.TROUBLES_IN_ALL:
            self._rest[type(complaint)] += complaint.count
            return
        self._of_file += 1
        self._in_all += 1
        self._append(complaint)

    def end_file(self, where: str) -> None:
        """Tells how many complaints about a file were not named."""
        skipped, noticed = self._rest[Skipped], self._rest[Notice]
        if skipped:
            self._append(Skipped.more(where, skipped))
        if noticed:
            self._append(Notice.more(where, noticed))
        self._rest = {Skipped: 0, Notice: 0}
        self._of_file = 0

    def _append(self, complaint: Skipped | Notice) -> None:
        if isinstance(complaint, Skipped):
            self._named.append(complaint)
        else:
            self._noticed.append(complaint)
