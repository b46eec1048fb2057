"""Questions about speakers: the local engine answers as a list of articles does, and says when it cannot."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from khabarjoo.index.file_sync import sync
from khabarjoo.index.index_copy import copy_index
from khabarjoo.index.opensearch.cluster_verify import verify_cluster
from khabarjoo.searcher.local.folder_engine import FolderEngine, open_folders
from khabarjoo.searcher.opensearch.cluster_engine import open_cluster
from khabarjoo.searcher.searcher import Searcher
from tests.corpus import make_index
from tests.searcher.cluster_for_tests import HOSTS, WITHOUT, forget, new_address
from tests.searcher.list_engine import ListEngine

BODIES = {
    "a": "محمدباقر قالیباف، رئیس مجلس گفت: تورم را مهار می‌کنیم و نرخ ارز پایین می‌آید. وی افزود: دولت باید کار کند.",
    "b": "تورم بالا رفت. محمد باقر قالیباف گفت: این آخرین فرصت دولت است.",
    "c": "به گفته علی رضایی، کارشناس اقتصاد، تورم بالا رفته است. رضایی ادامه داد: بانک‌ها مقصرند.",
    "d": "احمد خاتمی گفت: نماز جمعه برگزار می‌شود.\nمحمد خاتمی گفت: گفت‌وگوی تمدن‌ها ادامه دارد.",
    "e": "هوا سرد شد و باران بارید و تورم بالا رفت.",
    "f": "قالیباف گفت: تورم مهار می‌شود و همه خوشحال می‌شوند.",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("told")
    for number, ids in enumerate(("ab", "cd", "ef")):
        rows = [json.dumps({"id": id, "title": "خبر", "body": BODIES[id]}) for id in ids]
        (folder / f"{number}.jsonl").write_text("\n".join(rows), encoding="utf-8")
        sync(folder / "index", [folder / f"{number}.jsonl"], speakers=True)
    return folder / "index"


@pytest.fixture(
    scope="module",
    params=["a folder", "a list", pytest.param("a cluster", marks=pytest.mark.skipif(not HOSTS, reason=WITHOUT))],
)
def news(request: pytest.FixtureRequest, told: Path) -> Iterator[Searcher]:
    engine = open_folders([told])
    if request.param == "a cluster":
        yield from on_a_cluster(told)
        return
    if request.param == "a list":
        articles = [engine.read(found) for found in engine.all()]
        with Searcher(ListEngine(articles)) as searcher:
            yield searcher
    else:
        with Searcher(engine) as searcher:
            yield searcher


def on_a_cluster(told: Path) -> Iterator[Searcher]:
    """The same articles on a cluster, copied there."""
    address = new_address()
    try:
        with Searcher(open_folders([told])) as folder:
            copy_index(folder.articles(), len(folder), told, address, 1)
        with Searcher(open_cluster(address)) as searcher:
            yield searcher
        assert verify_cluster(address, 10).damage == []
    finally:
        forget(address)


def found(news: Searcher, query: str, **narrowing: str) -> set[str]:
    """What a query finds as it stands."""
    page = news.search(query, **narrowing)  # type: ignore[arg-type]
    is_another = page.suggestion is not None and page.suggestion.applied
    return set() if is_another else {hit.id for hit in page}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("گوینده:قالیباف", {"a", "b"}),
        ("speaker:قالیباف", {"a", "b"}),
        ("گوینده:«محمدباقر قالیباف»", {"a", "b"}),
        ("گوینده:قاليباف تورم", {"a"}),
        ("تورم گوینده:قالیباف", {"a"}),
        ("گوینده:قالیباف دولت", {"a", "b"}),
        ("گوینده:قالیباف AND دولت", {"a", "b"}),
        ("گوینده:قالیباف تورم دولت", set()),
        ("گوینده:قالیباف «نرخ ارز»", {"a"}),
        ("گوینده:قالیباف «ارز نرخ»", set()),
        ("گوینده:قالیباف =دولت", {"a", "b"}),
        ("گوینده:قالیباف دول*", {"a", "b"}),
        ("گوینده:رضایی", {"c"}),
        ("گوینده:قالیباف،رضایی تورم", {"a", "c"}),
        ("گوینده:خاتمی", {"d"}),
        ("تورم -گوینده:قالیباف", {"c", "e", "f"}),
        ("گوینده:ناشناس", set()),
    ],
)
def test_words_beside_a_speaker_stand_in_one_statement(news: Searcher, query: str, ids: set[str]) -> None:
    assert found(news, query) == ids


def test_a_filter_asks_the_same(news: Searcher) -> None:
    assert found(news, "تورم", speaker="قالیباف") == {"a"}
    assert found(news, "", speaker="رضایی") == {"c"}
    assert news.timeline("دولت", speaker="قالیباف").articles == 2


def test_speakers_are_counted_by_the_articles_they_speak_in(news: Searcher) -> None:
    (facet,) = news.facets("دولت OR تورم", by=["speaker"]).facets
    counts = {count.name: count.count for count in facet.counts}
    assert counts["علی رضایی"] == 1
    assert sum(counts.values()) == 3


def test_a_hit_has_the_statement_itself(news: Searcher) -> None:
    (hit,) = news.search("گوینده:قالیباف تورم")
    (quote,) = hit.quotes
    assert quote.text == "تورم را مهار می‌کنیم و نرخ ارز پایین می‌آید."
    assert quote.statement.name == "محمدباقر قالیباف"
    assert news.search("تورم")[0].quotes == ()


def test_a_hit_takes_its_statements_to_another_process(news: Searcher) -> None:
    (hit,) = news.search("گوینده:قالیباف تورم")
    assert pickle.loads(pickle.dumps(hit)).quotes == hit.quotes


def test_of_a_pronoun_the_sentence_is_told_that_names_him(news: Searcher) -> None:
    quotes = news.quotes("قالیباف", "دولت").quotes
    (pronoun,) = [quote for quote in quotes if quote.id == "a"]
    assert pronoun.text == "دولت باید کار کند."
    assert pronoun.naming.startswith("محمدباقر قالیباف، رئیس مجلس گفت")


def test_names_that_several_have_and_nobody_has_are_told(news: Searcher) -> None:
    (note,) = news.search("گوینده:خاتمی").notes
    assert "احمد خاتمی" in note.english and "محمد خاتمی" in note.english
    (note,) = news.search("گوینده:ناشناس").notes
    assert "No one called" in note.english


def test_what_is_uncertain_is_found_only_when_it_is_asked_for(news: Searcher) -> None:
    assert all(quote.statement.is_shown for quote in news.quotes("قالیباف").quotes)
    perhaps = news.quotes("قالیباف", perhaps=True)
    assert len(perhaps.quotes) >= len(news.quotes("قالیباف").quotes)


def test_an_index_that_does_not_tell_says_so(tmp_path: Path) -> None:
    with Searcher(FolderEngine(make_index(tmp_path / "index", []))) as news:
        page = news.search("گوینده:قالیباف تورم")
        assert not page.hits
        assert any("--speakers" in note.english for note in page.notes)
        assert news.speakers() == {}
        assert not news.quotes("قالیباف").quotes


def test_the_user_tells_what_else_somebody_is_called(told: Path, tmp_path: Path) -> None:
    (tmp_path / "speakers.txt").write_text("محمدباقر قالیباف, شهردار سابق\n", encoding="utf-8")
    with Searcher(open_folders([told]), tmp_path) as news:
        assert found(news, "گوینده:«شهردار سابق»") == {"a", "b"}
