"""Real OpenSearch processes for benchmarks, as tests/cluster/node.sh starts them.

What `make test-cluster` has fetched is used: jars in $KHABARJOO_CLUSTER_HOME, by default ~/.cache/khabarjoo-cluster.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_SCRIPTS = Path(__file__).parents[1] / "tests" / "cluster"
_SIZE = 3
_SLOW_START = 300  # seconds


class Nodes:
    """Three nodes, numbered from 1; with ``with`` they are started, and stopped and forgotten at the end."""

    def __init__(self, line: str, port: int = 9600, heap: str = "512m") -> None:
        home = os.environ.get("KHABARJOO_CLUSTER_HOME") or str(Path.home() / ".cache" / "khabarjoo-cluster")
        if not (Path(home) / f"os-{line}" / "classes").is_dir():
            sys.exit(f"no OpenSearch {line} in {home}; make test-cluster fetches it")
        self._environment = {**os.environ, "TARGET": home, "LINE": line, "PORT": str(port), "HEAP": heap}
        self._environment["RUN"] = f"{home}/run-benchmark-{line}-{port}"
        self._port = port
        self.dead: set[int] = set()

    @property
    def hosts(self) -> str:
        """The hosts and ports, as an address has them."""
        return ",".join(f"127.0.0.1:{self._port + node}" for node in range(1, _SIZE + 1))

    def __enter__(self) -> Self:
        self._do("clean")
        self._do("start", _SIZE)
        self._do("wait", _SIZE, _SLOW_START)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._do("stop")
        self._do("clean")

    def kill(self, node: int) -> None:
        """Ends a node at once, as kill -9 does."""
        self._do("kill", node)
        self.dead.add(node)

    def start(self, node: int) -> None:
        """Starts a node again."""
        self._do("start-one", node, _SIZE)
        self.dead.discard(node)

    def ask(self, path: str) -> Any:
        """Returns what any node says under a path, in JSON; None when none answers."""
        for node in range(1, _SIZE + 1):
            if node not in self.dead:
                url = f"http://127.0.0.1:{self._port + node}/{path}"
                with suppress(OSError, ValueError), urllib.request.urlopen(url, timeout=5) as answer:
                    return json.load(answer)
        return None

    def health(self) -> tuple[str, int]:
        """Returns the colour of the cluster, 'none' where nobody tells, and how many nodes it has."""
        told = self.ask("_cluster/health") or {}
        return str(told.get("status", "none")), int(told.get("number_of_nodes", 0))

    def manager(self) -> int:
        """Returns the node that manages the cluster."""
        return int(self.ask("_cat/cluster_manager?format=json")[0]["node"][1:])

    def primaries(self) -> Counter[int]:
        """Returns how many primaries each node holds."""
        rows = self.ask("_cat/shards?format=json&h=prirep,node")
        return Counter(int(row["node"][1:]) for row in rows if row["prirep"] == "p" and row["node"])

    def processor_seconds(self) -> float:
        """Returns how much of the processor all nodes that live have had."""
        ticks = 0
        for pid in Path(self._environment["RUN"]).glob("n*/pid"):
            with suppress(OSError):
                fields = Path(f"/proc/{pid.read_text().strip()}/stat").read_text().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def settled_bytes(self, index: str = "*") -> int:
        """Returns how large one copy of an index is, once nothing is merged any more."""
        while (told := self.ask(f"{index}/_stats/merge,store"))["_all"]["total"]["merges"]["current"]:
            time.sleep(1)
        return int(told["_all"]["primaries"]["store"]["size_in_bytes"])

    def _do(self, *arguments: object) -> None:
        command = [str(_SCRIPTS / "node.sh"), *map(str, arguments)]
        subprocess.run(command, env=self._environment, check=True, stdout=subprocess.DEVNULL)
