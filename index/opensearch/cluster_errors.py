"""What can go wrong with an index on a cluster, in one line each."""

from __future__ import annotations

from ..errors import IndexIncomplete, StoreError
from .address import API_KEY, CA_FILE, PASSWORD, USER, ClusterAddress


class ClusterError(StoreError):
    """Anything that a cluster is to blame for; ``path`` is the address."""

    def __init__(self, address: ClusterAddress, message: str) -> None:
        super().__init__(str(address), f"{address}: {message}")


class MissingExtra(ClusterError):
    """What talks to clusters is not installed."""

    def __init__(self, address: ClusterAddress) -> None:
        super().__init__(address, "clusters need opensearch-py: pip install 'khabarjoo[opensearch]'")


class Unreachable(ClusterError):
    """No host of the address answers."""

    def __init__(self, address: ClusterAddress, why: str) -> None:
        super().__init__(address, f"no answer ({why}); is the cluster running, and is that its address?")


class Untrusted(ClusterError):
    """Whoever answers may be another: its certificate is of no authority that is known, or for another host."""

    def __init__(self, address: ClusterAddress, why: str) -> None:
        super().__init__(address, f"{why}; {CA_FILE} names the file of an authority of your own")


class WantsEncryption(ClusterError):
    """The server wants encryption, and the address has none."""

    def __init__(self, address: ClusterAddress) -> None:
        super().__init__(address, "it wants encryption; begin the address with opensearch+https://")


class Denied(ClusterError):
    """The server wants other credentials, or more rights."""

    def __init__(self, address: ClusterAddress, why: str) -> None:
        super().__init__(address, f"access denied ({why}); set {USER} and {PASSWORD}, or {API_KEY}")


class TooOld(ClusterError):
    """The server is of a version that nothing is known of."""

    def __init__(self, address: ClusterAddress, have: str, want: str) -> None:
        super().__init__(address, f"OpenSearch {have} is too old: {want} or newer is needed")


class ReadOnly(ClusterError):
    """The index takes no changes, as servers make it when their disk fills up."""

    def __init__(self, address: ClusterAddress, why: str) -> None:
        super().__init__(address, f"the index takes no changes ({why}); make room on the cluster, then lift the block")


class Refused(ClusterError):
    """The server does not do what it is asked."""

    def __init__(self, address: ClusterAddress, why: str) -> None:
        super().__init__(address, f"OpenSearch refuses: {why}")


class TooBroad(ClusterError):
    """A query has more parts than the server takes, or a pattern fits more words than it takes near others."""

    def __init__(self, address: ClusterAddress) -> None:
        super().__init__(
            address,
            "more than 1,024 words or patterns in a query, or words that a pattern in a phrase fits, are not taken by "
            "OpenSearch; use fewer, or give patterns more letters",
        )


class ClusterBusy(ClusterError):
    """The server's queues stay full."""

    def __init__(self, address: ClusterAddress) -> None:
        super().__init__(address, "the cluster is busy and took nothing more; try again later")


class Partial(ClusterError, IndexIncomplete):
    """Only some shards answer, so that what they say is not the answer."""

    def __init__(self, address: ClusterAddress, why: str) -> None:
        super().__init__(
            address, f"a part of the index is not there ({why}), so nothing is shown; wait until it is green"
        )


class Unfit(ClusterError):
    """The index was made by something else, or by another version."""
