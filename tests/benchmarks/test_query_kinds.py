import json
import subprocess
import sys

import pytest

from khabarjoo.seeds import pages_folder


def test_sixty_queries_of_each_kind_are_made_of_the_queries_own_words(benchmarks) -> None:
    from query_kinds import queries_of

    texts = [f"باران شدید در {city}" for city in ("تهران", "رشت", "گرگان")] + ["برف", "۱۲"]
    made = list(queries_of(texts, [(0, 9), (9, 20)]))
    kinds = [query["kind"] for query in made]
    assert {kind: kinds.count(kind) for kind in kinds} == dict.fromkeys(
        ("short", "phrase", "all", "prefix", "dated", "newest"), 60
    )
    assert made[1] == {"kind": "phrase", "text": "باران شدید"}
    assert made[3] == {"kind": "prefix", "text": "بارا"}
    assert {(query["since"], query["until"]) for query in made if query["kind"] == "dated"} == {(0, 9), (9, 20)}


def test_each_kind_is_measured_on_an_index(benchmarks, tmp_path) -> None:
    import khabarjoo

    khabarjoo.build(tmp_path / "index", pages_folder())
    queries = tmp_path / "queries.tsv"
    queries.write_text("1\tباران شدید در تهران\n", encoding="utf-8")
    program = [sys.executable, benchmarks / "query_kinds.py", tmp_path / "index", queries, tmp_path / "home"]
    ran = subprocess.run([*program, "--rounds", "1"], capture_output=True, encoding="utf-8", check=True)
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [line["kind"] for line in lines] == ["short", "phrase", "all", "prefix", "dated", "newest"]
    assert all(line["ours_mean_ms"] > 0 and line["ours_p50_ms"] > 0 for line in lines)


def test_ids_of_tantivy_are_read_from_its_store(benchmarks, python, tmp_path) -> None:
    """By a stand-in for peers.py, as tantivy need not be here."""
    from peers import ScriptPeer

    read = tmp_path / "read"
    (tmp_path / "peers.py").write_text(
        "import json\n"
        "class Tantivy:\n"
        "    def open(self, path): self.s = self\n"
        f"    def doc(self, address): open({str(read)!r}, 'w').write(str(address)); return {{'id': ['a']}}\n"
        "    def search(self, query, limit): return [(1.5, 7)]\n"
        "if __name__ == '__main__':\n"
        "    print(json.dumps({'mean_ms': 0.5, 'p50_ms': 0.4, 'p95_ms': 0.9}))\n",
        encoding="utf-8",
    )
    queries = tmp_path / "queries.tsv"
    queries.write_text("1\tباران\n", encoding="utf-8")
    peer = ScriptPeer("tantivy", True, tmp_path / "peers.py", python, addresses=True)
    _, asked = peer.measure(tmp_path / "docs", queries, tmp_path / "index")
    assert read.read_text() == "7"
    assert (asked["address_ms"], asked["address_p50_ms"]) == (0.5, 0.4)
    assert asked["mean_ms"] > 0


def test_a_folder_without_peers_is_told(benchmarks, tmp_path) -> None:
    from peer_ids import script

    with pytest.raises(SystemExit, match=r"there is no .*peers\.py"):
        script(tmp_path / "peers.py")
