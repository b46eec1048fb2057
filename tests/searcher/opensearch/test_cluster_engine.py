"""What a newsroom does with an index on a real cluster; `make test-cluster` starts one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

import khabarjoo
from khabarjoo.index.errors import IndexLocked, NoIndex, NoSuchArticle
from khabarjoo.index.index_copy import copy_index, remake_on_cluster
from khabarjoo.index.opensearch.address import ClusterAddress
from khabarjoo.index.opensearch.cluster import Cluster
from khabarjoo.index.opensearch.cluster_errors import Unfit
from khabarjoo.index.opensearch.cluster_layout import open_layout
from khabarjoo.index.opensearch.cluster_removal import remove_from_cluster
from khabarjoo.index.opensearch.cluster_sink import ClusterSink, sync_to_cluster
from khabarjoo.index.opensearch.cluster_verify import verify_cluster
from khabarjoo.index.opensearch.runs import Part, RunMark
from khabarjoo.searcher.local.folder_engine import FolderEngine
from khabarjoo.searcher.opensearch.cluster_engine import open_cluster
from khabarjoo.searcher.query.plan import Near, Pattern
from khabarjoo.searcher.results import FacetName
from khabarjoo.searcher.searcher import Searcher
from tests.corpus import make_index, random_articles
from tests.searcher.brute_force import of_snapshot
from tests.searcher.cluster_for_tests import HOSTS, WITHOUT, fill, forget, new_address
from tests.searcher.random_plans import RandomPlans

pytestmark = pytest.mark.skipif(not HOSTS, reason=WITHOUT)


@pytest.fixture
def address() -> Iterator[ClusterAddress]:
    made = new_address()
    yield made
    forget(made)


def write(path: Path, rows: dict[str, str]) -> Path:
    lines = [json.dumps({"id": id, "title": "خبر", "body": body}, ensure_ascii=False) for id, body in rows.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", range(2))
def test_a_cluster_and_a_folder_answer_any_plan_alike(seed: int, tmp_path: Path, address: ClusterAddress) -> None:
    rng = Random(seed)
    articles = random_articles(rng, 45)
    snapshot = make_index(tmp_path / "index", articles)
    fill(address, articles)
    brute = of_snapshot(snapshot)
    plans = RandomPlans(rng, list(brute.plain.places), brute.plain.articles)
    folder, cluster = FolderEngine(snapshot), open_cluster(address)
    near = 0
    for _ in range(60):
        plan = plans.plan()
        one, other = folder.search(plan, 20), cluster.search(plan, 20)
        is_near = any(kind.__name__ in repr(plan.root) for kind in (Near, Pattern))
        if is_near and (one.total, one.total_all) != (other.total, other.total_all):
            near += 1  # gaps between more than two words are counted otherwise
            continue
        assert (one.total, one.total_all) == (other.total, other.total_all), plan
        assert [hit.id for hit in one.hits] == [hit.id for hit in other.hits], plan
        assert [hit.score for hit in one.hits] == pytest.approx([hit.score for hit in other.hits], abs=1e-6)
        for sort in ("newest", "oldest"):
            assert [h.id for h in folder.search(plan, 20, sort=sort).hits] == [  # type: ignore[arg-type]
                h.id
                for h in cluster.search(plan, 20, sort=sort).hits  # type: ignore[arg-type]
            ]
        names: tuple[FacetName, ...] = ("source", "category", "tag", "year", "month")
        assert folder.facets(plan, names, 5) == cluster.facets(plan, names, 5)
        assert folder.timeline(plan, None) == cluster.timeline(plan, None)
    assert near <= 6
    some = {word.form: word.times for word in folder.vocabulary(10_000)}
    assert some == {word.form: word.times for word in cluster.vocabulary(10_000)}
    folder.close()
    cluster.close()


def test_files_are_followed_as_they_change(tmp_path: Path, address: ClusterAddress) -> None:
    file = write(tmp_path / "a.jsonl", {"1": "باران بارید", "2": "برف آمد", "3": "سیل"})
    report = sync_to_cluster(address, [tmp_path])
    assert (report.added, report.skipped) == (3, [])
    write(file, {"1": "باران بارید", "2": "تگرگ آمد"})
    report = sync_to_cluster(address, [tmp_path])
    assert (report.added, report.updated, report.unchanged, report.removed) == (0, 1, 1, 1)
    assert sync_to_cluster(address, [tmp_path]).unchanged == 2
    with khabarjoo.open(str(address)) as news:
        assert [hit.id for hit in news.search("تگرگ")] == ["2"]
        assert not news.search("برف")
        assert {word.form for word in news.vocabulary(100)} == {"خبر", "باران", "بارید", "تگرگ", "آمد"}
        assert (news.stats().articles, news.stats().terms) == (2, len({"خبر", "باران", "باریدن", "تگرگ", "آمدن"}))
    assert verify_cluster(address, 10).damage == []


def test_what_a_run_sends_shows_when_it_commits(tmp_path: Path, address: ClusterAddress) -> None:
    fill(address, random_articles(Random(1), 10, "old"))
    sink = ClusterSink(address)
    for article in random_articles(Random(2), 300, "new"):
        sink.add(article, "new.jsonl", lambda: 0)
    sink.finish()
    with khabarjoo.open(str(address)) as news:
        assert len(news) == 10
    sink.stop()  # as if it had been killed
    assert "ended before its time" in verify_cluster(address, 0).damage[0]
    with pytest.raises(IndexLocked, match="is being written by process"):
        locked_by(address, os.getppid())
    locked_by(address, 0)
    fill(address, random_articles(Random(3), 5, "later"))
    assert verify_cluster(address, 20).damage == []
    with khabarjoo.open(str(address)) as news:
        assert len(news) == 315  # nothing the server took is lost
        words = {(word.form, word.lemma): word.times for word in news.vocabulary(10_000)}
    everything = [*random_articles(Random(1), 10), *random_articles(Random(2), 300), *random_articles(Random(3), 5)]
    folder = make_index(tmp_path / "index", [a for n, a in enumerate(unique(everything))])
    with Searcher(FolderEngine(folder)) as news:
        assert words == {(word.form, word.lemma): word.times for word in news.vocabulary(10_000)}


def locked_by(address: ClusterAddress, process: int) -> None:
    """Has another process be the one that the mark of the run names, and begins one."""
    cluster = Cluster(address)
    layout = open_layout(cluster)
    mark = RunMark(cluster, layout)
    body = {"kind": "run", "run": str(process)}
    cluster.ask(lambda client: client.index(index=layout.log, id=mark._id, body=body, refresh=True))
    if process:
        ClusterSink(address)
    cluster.close()


def unique(articles: list[khabarjoo.Article]) -> list[khabarjoo.Article]:
    from dataclasses import replace

    return [replace(article, id=str(number)) for number, article in enumerate(articles)]


def test_articles_are_removed_by_id_and_by_file(tmp_path: Path, address: ClusterAddress) -> None:
    one, two = (write(tmp_path / f"{n}.jsonl", {f"{n}{i}": f"باران {i}" for i in range(3)}) for n in "ab")
    sync_to_cluster(address, [tmp_path])
    done = remove_from_cluster(address, ["a0", str(two), "nothing"])
    assert (sorted(done.removed), done.unknown, done.files_left) == (["a0", "b0", "b1", "b2"], ["nothing"], [str(one)])
    with khabarjoo.open(str(address)) as news:
        assert sorted(article.id for article, _ in news.articles()) == ["a1", "a2"]
        with pytest.raises(NoSuchArticle):
            news.article("a0")
    with pytest.raises(NoIndex):
        remove_from_cluster(new_address(), ["x"])


def test_an_index_moves_to_a_cluster_and_back_with_all_it_knows(tmp_path: Path, address: ClusterAddress) -> None:
    write(tmp_path / "a.jsonl", {str(n): f"باران شماره {n}" for n in range(30)})
    folder, back = tmp_path / "news.index", tmp_path / "back.index"
    khabarjoo.build(folder, [tmp_path / "a.jsonl"])
    with khabarjoo.open(folder) as news:
        assert copy_index(news.articles(), len(news), folder, address, 1) == 30
    assert sync_to_cluster(address, [tmp_path / "a.jsonl"]).unchanged == 30
    with khabarjoo.open(str(address)) as news:
        assert remake_on_cluster(news.articles(), len(news), address, 1) == 30
    with khabarjoo.open(str(address)) as news:
        copy_index(news.articles(), len(news), address, back, 1)
        there = {hit.id: hit.score for hit in news.search("باران", limit=30)}
    with khabarjoo.open(back) as news:
        again = {hit.id: hit.score for hit in news.search("باران", limit=30)}
    assert list(again) == list(there)
    assert again == pytest.approx(there)
    assert len(there) == 30


def test_parts_loaded_one_after_another_are_the_whole(tmp_path: Path, address: ClusterAddress) -> None:
    file = write(tmp_path / "a.jsonl", {str(n): f"باران شماره {n}" for n in range(50)})
    added = [sync_to_cluster(address, [tmp_path], part=Part(number, 3)).added for number in (1, 2, 3)]
    assert (sum(added), min(added) > 5) == (50, True)
    write(file, {str(n): f"باران شماره {n}" for n in range(1, 50)} | {"7": "تگرگ"})
    reports = [sync_to_cluster(address, [tmp_path], part=Part(number, 3)) for number in (1, 2, 3)]
    assert [sum(counts) for counts in zip(*((r.updated, r.removed) for r in reports), strict=True)] == [1, 1]
    with khabarjoo.open(str(address)) as news:
        assert len(news) == 49
    assert verify_cluster(address, 5).damage == []


def test_two_processes_load_what_one_does(tmp_path: Path, address: ClusterAddress) -> None:
    write(tmp_path / "a.jsonl", {str(n): f"باران شماره {n} " + "برف و سیل " * 400 for n in range(700)})
    assert sync_to_cluster(address, [tmp_path], jobs=2).added == 700
    with khabarjoo.open(str(address)) as news:
        assert len(news) == 700
        assert {w.form: w.times for w in news.vocabulary(9)}["برف"] == 700 * 400
    assert verify_cluster(address, 5).damage == []


SPOKEN = (
    "محمدباقر قالیباف، رئیس مجلس گفت: تورم را مهار می‌کنیم و نرخ ارز پایین می‌آید. وی افزود: دولت باید کار کند.",
    "تورم بالا رفت. محمد باقر قالیباف گفت: این آخرین فرصت دولت است.",
    "به گفته علی رضایی، کارشناس اقتصاد، تورم بالا رفته است. رضایی ادامه داد: بانک‌ها مقصرند.",
    "احمد خاتمی گفت: نماز جمعه برگزار می‌شود.\nعلی رضایی گفت: نرخ تورم و ارز بالا رفت.",
)


def test_who_said_what_is_told_as_in_a_folder(tmp_path: Path, address: ClusterAddress) -> None:
    rng = Random(4)
    rows = {str(n): "\n".join(rng.sample(SPOKEN, 2)) for n in range(24)}
    write(tmp_path / "a.jsonl", rows)
    khabarjoo.build(tmp_path / "index", [tmp_path / "a.jsonl"], speakers=True)
    assert sync_to_cluster(address, [tmp_path / "a.jsonl"], speakers=True).added == 24
    with khabarjoo.open(tmp_path / "index") as folder, khabarjoo.open(str(address)) as cluster:
        assert cluster.speakers() == folder.speakers()
        for query in ("", "تورم", "دولت کار", "«نرخ ارز»", "NEAR/3(ارز تورم)", "=دولت", "تور*", "-تورم"):
            for name in ("قالیباف", "رضایی", "خاتمی"):
                for perhaps in (False, True):
                    one, other = (each.quotes(name, query, perhaps=perhaps) for each in (folder, cluster))
                    assert [(q.id, q.text) for q in one.quotes] == [(q.id, q.text) for q in other.quotes], (query, name)
                assert [h.id for h in folder.search(query, speaker=name)] == [
                    h.id for h in cluster.search(query, speaker=name)
                ]
                assert folder.facets(query, by=["speaker"], speaker=name).facets == (
                    cluster.facets(query, by=["speaker"], speaker=name).facets
                )
    write(tmp_path / "a.jsonl", rows | {"3": "هوا سرد شد.", "4": SPOKEN[0]})
    assert sync_to_cluster(address, [tmp_path / "a.jsonl"]).updated == 2
    khabarjoo.build(tmp_path / "index", [tmp_path / "a.jsonl"])
    with khabarjoo.open(tmp_path / "index") as folder, khabarjoo.open(str(address)) as cluster:
        assert sum(cluster.speakers().values()) == sum(folder.speakers().values())
    assert verify_cluster(address, 24).damage == []


def test_an_index_begun_without_speakers_learns_of_them_when_it_is_made_anew(
    tmp_path: Path, address: ClusterAddress
) -> None:
    write(tmp_path / "a.jsonl", {"1": SPOKEN[0]})
    sync_to_cluster(address, [tmp_path])
    with pytest.raises(Unfit, match="--rebuild --speakers"):
        sync_to_cluster(address, [tmp_path], speakers=True)
    with khabarjoo.open(str(address)) as news:
        assert not news.search("گوینده:قالیباف")
        remake_on_cluster(news.articles(), len(news), address, 1, speakers=True)
    with khabarjoo.open(str(address)) as news:
        assert [hit.id for hit in news.search("گوینده:قالیباف")] == ["1"]
