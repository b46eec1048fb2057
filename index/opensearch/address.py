"""Reads the address of an index on a cluster: ``opensearch://host:9200/name``, and what opens the door there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

from ..errors import StoreError

SCHEMES = {"opensearch": "http", "opensearch+https": "https"}
"""What an address begins with, and the protocol that is spoken then."""

PORT = 9200

USER, PASSWORD, API_KEY, CA_FILE = (
    f"KHABARJOO_OPENSEARCH_{name}" for name in ("USER", "PASSWORD", "API_KEY", "CA_FILE")
)
"""Variables of the environment with the credentials, which an address must not show."""

_LONGEST_NAME = 200  # bytes: the server takes 255, and numbers are put behind
_ADDRESS = re.compile(r"(?P<scheme>[a-z+]+)://(?P<hosts>[^/]*)(?:/(?P<name>[^/?#]*))?/?")
_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:@\[\]\s]+)(?::(?P<port>[0-9]{1,5}))?")
_FORBIDDEN = re.compile(r'[\s\\/*?"<>|,#:]')


class WrongAddress(StoreError):
    """An address cannot be read."""


@dataclass(frozen=True)
class ClusterAddress:
    """Hosts of a cluster, as URLs, and the name of an index there.

    >>> address = read_address("opensearch://n1,n2:9201/news")
    >>> address.hosts, address.name, str(address)
    (('http://n1:9200', 'http://n2:9201'), 'news', 'opensearch://n1:9200,n2:9201/news')
    """

    hosts: tuple[str, ...]
    name: str

    @property
    def is_secure(self) -> bool:
        """Whether what is sent is encrypted."""
        return self.hosts[0].startswith("https:")

    def __str__(self) -> str:
        scheme = "opensearch+https" if self.is_secure else "opensearch"
        return f"{scheme}://{','.join(host.partition('//')[2] for host in self.hosts)}/{self.name}"


class Credentials(NamedTuple):
    """What opens the door to a cluster; '' and None where nothing is given."""

    user: str = ""
    password: str = ""
    api_key: str = ""
    ca_file: Path | None = None

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Credentials:
        """Returns those that variables of the environment give."""
        user, password, api_key, ca_file = (environment.get(name, "") for name in (USER, PASSWORD, API_KEY, CA_FILE))
        return cls(user, password, api_key, Path(ca_file) if ca_file else None)


Place: TypeAlias = "Path | ClusterAddress"
"""Where an index is: in a folder, or on a cluster."""


def place_of(text: str | Path) -> Place:
    """Returns where an index is. Raises WrongAddress for an address that cannot be read.

    >>> place_of("news.index").name, place_of("opensearch://localhost/news").name
    ('news.index', 'news')
    """
    return read_address(text) if isinstance(text, str) and is_address(text) else Path(text)


def is_address(text: str) -> bool:
    """Returns whether a text is meant as the address of an index on a cluster, and not as a folder.

    >>> is_address("opensearch://localhost/news"), is_address("news.index")
    (True, False)
    """
    return text.partition("://")[0] in SCHEMES and "://" in text


def read_address(text: str) -> ClusterAddress:
    """Returns the address that a text gives. Raises WrongAddress, which says what one looks like."""
    match = _ADDRESS.fullmatch(text)
    if match is None or match["scheme"] not in SCHEMES:
        raise _wrong(text, "it is none")
    hosts = tuple(_host(text, SCHEMES[match["scheme"]], host) for host in match["hosts"].split(","))
    return ClusterAddress(hosts, _name(text, match["name"] or ""))


def _host(address: str, protocol: str, text: str) -> str:
    if "@" in text:
        raise _wrong(address, f"a password does not belong there; set {USER} and {PASSWORD}, or {API_KEY}")
    match = _HOST.fullmatch(text)
    port = int(match["port"] or PORT) if match else 0
    if match is None or not 0 < port < 1 << 16:
        raise _wrong(address, f"“{text}” is no host")
    return f"{protocol}://{match['host']}:{port}"


def _name(address: str, name: str) -> str:
    """The name, which must be one that the server takes for an index."""
    if not name:
        raise _wrong(address, "the name of the index is missing")
    if name != name.lower() or _FORBIDDEN.search(name) or name[0] in "-_+." or len(name.encode()) > _LONGEST_NAME:
        raise _wrong(address, f"OpenSearch takes no index named “{name}”: small letters, digits, - and _ will do")
    return name


def _wrong(address: str, why: str) -> WrongAddress:
    return WrongAddress(address, f"{address}: {why}; an address looks like opensearch://host:9200/name")
