import gzip
import json
import subprocess
import sys

KEYS = [
    "engine", "docs", "seconds", "docs_s", "size_mb", "mean_ms", "p50_ms", "p95_ms", "snippet_ms", "cold_ms", "peak_mb"
]  # fmt: skip


def speed(benchmarks, *arguments) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, benchmarks / "speed.py", *arguments]
    return subprocess.run(program, capture_output=True, encoding="utf-8", check=True)


def test_it_measures_the_sample_and_peers_that_are_missing_are_said_and_left_out(
    benchmarks, sample, queries, tmp_path
) -> None:
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(sample.read_bytes()))
    ran = speed(benchmarks, packed, queries, tmp_path / "home", "--rounds", "1", "--peers", tmp_path / "nothing")
    (line,) = map(json.loads, ran.stdout.splitlines())
    assert list(line) in (KEYS, KEYS[:-1])  # no memory is told where there is no /proc
    assert line["engine"] == "khabarjoo"
    assert line["docs"] == len(sample.read_text(encoding="utf-8").splitlines())
    assert all(line[key] > 0 for key in KEYS[1:] if key in line)
    assert all(f"left out: {peer}: " in ran.stderr for peer in ("tantivy", "lucene", "fts5", "whoosh"))


def test_figures_are_medians_over_the_rounds_and_rounds_go_engine_by_engine(
    sample, queries, tmp_path, fake_engine
) -> None:
    from speed import measure

    called: list[str] = []
    ours = fake_engine("khabarjoo", [4.0, 1.0, 3.0], called=called)
    slow = fake_engine("whoosh", [90.0], repeated=False, called=called)
    lines = measure([ours, slow], sample, queries, tmp_path / "home", rounds=3, builds=0)
    assert called == ["khabarjoo", "whoosh", "khabarjoo", "khabarjoo"]
    assert [(line["engine"], line["mean_ms"], line["size_mb"]) for line in lines] == [
        ("khabarjoo", 3, 2.0),
        ("whoosh", 90, 2.0),
    ]


def test_ratios_are_to_the_faster_peer_of_each_round(sample, queries, tmp_path, fake_engine) -> None:
    from speed import measure

    engines = [
        fake_engine("khabarjoo", [2.0, 9.0, 4.0], docs_s=50.0),
        fake_engine("tantivy", [1.0, 3.0, 4.0], docs_s=100.0),
        fake_engine("lucene", [2.0, 6.0, 2.0], docs_s=400.0),
        fake_engine("fts5", [0.1, 0.1, 0.1]),
    ]
    ours, *others = measure(engines, sample, queries, tmp_path / "home", rounds=3, builds=0)
    assert ours["ratios"] == {"mean_ms": 2.0, "docs_s": 0.5, "size_mb": 1.0}
    assert not any("ratios" in line for line in others)


def test_an_index_that_is_there_is_used_again_and_its_build_remembered(sample, queries, tmp_path, fake_engine) -> None:
    from speed import measure

    (first,) = measure([fake_engine("a", [1.0], docs_s=100.0)], sample, queries, tmp_path, rounds=1, builds=0)
    (second,) = measure([fake_engine("a", [2.0], docs_s=200.0)], sample, queries, tmp_path, rounds=1, builds=0)
    (anew,) = measure([fake_engine("a", [2.0], docs_s=200.0)], sample, queries, tmp_path, rounds=1, builds=1)
    assert (first["docs_s"], second["docs_s"], anew["docs_s"]) == (100, 100, 200)


def test_an_index_that_was_not_finished_is_built_again(sample, queries, tmp_path, fake_engine) -> None:
    from speed import measure

    (tmp_path / "a.index").mkdir()
    (line,) = measure([fake_engine("a", [1.0])], sample, queries, tmp_path, rounds=1, builds=0)
    assert (line["docs_s"], line["size_mb"]) == (100, 2.0)


def test_a_peer_of_a_script_is_asked_with_its_name_and_what_it_prints_last_is_read(
    sample, queries, tmp_path, python
) -> None:
    from peers import ScriptPeer

    script = tmp_path / "peers.py"
    script.write_text(
        "import json, sys\nprint('warming up')\n"
        "print(json.dumps({'engine': sys.argv[1], 'docs': 3, 'seconds': 1.5, 'docs_s': 2.0, 'size_mb': 1,"
        " 'mean_ms': 0.5, 'p50_ms': 0.4, 'p95_ms': 0.9, 'peak_mb': 7}))\n"
    )
    build, asked = ScriptPeer("tantivy", True, script, python).measure(sample, queries, tmp_path / "tantivy")
    assert {key: build[key] for key in ("docs", "seconds", "docs_s")} == {"docs": 3, "seconds": 1.5, "docs_s": 2.0}
    assert asked == {"mean_ms": 0.5, "p50_ms": 0.4, "p95_ms": 0.9}


def test_khabarjoo_is_measured_both_ways_where_that_is_asked(benchmarks) -> None:
    import argparse

    from speed import add_options, engines

    parser = argparse.ArgumentParser()
    add_options(parser, rounds=1)
    both = engines(parser.parse_args(["docs", "queries", "dir", "--both-ways"]))
    assert [engine.name for engine in both] == ["khabarjoo", "khabarjoo-python"]
