"""What can go wrong with an index. The command line words each of them in one line."""

from __future__ import annotations

from pathlib import Path


class StoreError(Exception):
    """Anything wrong with an index; ``path`` is its folder."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


class NoIndex(StoreError):
    """There is no index in the folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, f"there is no index in {path}; make one with: khabarjoo index --index {path} FOLDER")


class NotAnIndex(StoreError):
    """The folder holds something else, which indexing would mix up."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, f"{path} is not a khabarjoo index ({why}); choose another folder with --index")


class IndexDamaged(StoreError):
    """A file of the index is missing or is not what was written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, f"the index in {path} is damaged ({why}); make it again with: khabarjoo index --rebuild")


class IndexLocked(StoreError):
    """Another process is writing to the index."""

    def __init__(self, path: Path, owner: str) -> None:
        super().__init__(path, f"the index in {path} is being written by {owner}; try again when it is done")


class AnalyzerMismatch(StoreError):
    """The index was made by another version of the analyzer, whose terms do not meet ours."""

    def __init__(self, path: Path, have: int, want: int) -> None:
        super().__init__(
            path,
            f"the index in {path} was made by analyzer version {have}, this is version {want}; "
            "make it again with: khabarjoo index --rebuild",
        )
        self.have, self.want = have, want


class MissingPath(StoreError):
    """A file or folder to be indexed does not exist or cannot be opened."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, f"{path}: no such file or folder")


class BuildFailed(StoreError):
    """A process that was building segments died; the index is as it was."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, f"a process that helped to index died ({why}); try again with --jobs 1")


class NothingToIndex(StoreError):
    """The folders named hold no file that any reader takes."""

    def __init__(self, path: Path, kinds: str) -> None:
        super().__init__(path, f"{path}: no articles here; Khabarjoo reads {kinds}")


class NoSuchArticle(KeyError):
    """No article of the index has the id."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id

    def __str__(self) -> str:
        return f"no article has the id “{self.id}”"
