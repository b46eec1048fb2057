"""Who said what in an index: told or not as is wanted, kept by later runs, through updates, deletions and merges."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.analyzers.native_bulk import NativeBulkAnalyzer
from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.analyzers.reported_speech import default_reader, name_key
from khabarjoo.index.article import Article
from khabarjoo.index.columns import write_columns
from khabarjoo.index.errors import IndexDamaged
from khabarjoo.index.file_sync import sync
from khabarjoo.index.manifest import manifest_name
from khabarjoo.index.merge import Part, merge
from khabarjoo.index.segment import SEGMENT_FILE, Segment
from khabarjoo.index.segment_writer import SegmentBuilder
from khabarjoo.index.speech_columns import SpeechColumns, are_shown, kind_of, told_of
from khabarjoo.index.store import Snapshot, open_snapshot, open_writer
from khabarjoo.index.verify import verify

ARTICLES = {
    "a": "محمدباقر قالیباف، رئیس مجلس گفت: تورم را مهار می‌کنیم. وی افزود: دولت باید کار کند.",
    "b": "هوا سرد شد و باران بارید.",
    "c": "به گفته علی رضایی، کارشناس اقتصاد، نقدینگی بالا رفته است. رضایی ادامه داد: بانک‌ها مقصرند.",
    "d": "محمد باقر قالیباف گفت: «این آخرین فرصت است.»",
}


def write(path: Path, articles: dict[str, str]) -> Path:
    rows = ({"id": id, "title": "خبر", "body": body} for id, body in articles.items())
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def told(snapshot: Snapshot) -> dict[str, list[tuple[str, list[str]]]]:
    """The speaker and the words of every statement of every live article."""
    found = {}
    for live in snapshot.segments:
        segment = live.segment
        for doc in live.live().tolist():
            forms = [segment.forms[form] for form in segment.words(doc).tolist()]
            rows = told_of(segment, doc)
            found[segment.ids[doc]] = [(name_key(row.name), forms[row.start : row.start + row.size]) for row in rows]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("speech")


@pytest.fixture(scope="module")
def snapshot(folder: Path) -> Snapshot:
    sync(folder / "index", [write(folder / "news.jsonl", ARTICLES)], speakers=True)
    return open_snapshot(folder / "index")


def test_the_words_of_statements_are_those_of_the_text(snapshot: Snapshot) -> None:
    found = told(snapshot)
    assert found["b"] == []
    assert [name for name, _ in found["a"]] == [name_key("محمد باقر قالیباف")] * 2
    assert found["a"][0][1] == ["تورم", "را", "مهار", "میکنیم"]
    assert found["c"][1] == (name_key("علی رضایی"), ["بانکها", "مقصرند"])


def test_they_are_what_a_reader_of_the_texts_finds(snapshot: Snapshot) -> None:
    analyzer = default_analyzer()
    for live in snapshot.segments:
        for doc in range(len(live.segment)):
            article = live.segment.article(doc)
            texts = {"title": article.title, "lead": article.lead, "body": article.body}
            rows = told_of(live.segment, doc)
            for row, said in zip(rows, default_reader().read(*texts.values()), strict=True):
                tokens = [t for t in analyzer.tokens(texts[said.field]) if said.start <= t.start < said.end]
                assert row.size == len(tokens)
                assert kind_of(row.how) == said.kind
                assert bool(are_shown(np.array([row.how]))[0]) == said.is_shown


def test_one_name_in_two_spellings_is_listed_once(snapshot: Snapshot) -> None:
    names = [name for live in snapshot.segments for name in live.segment.speakers.names]
    assert sorted(names) == ["علی رضایی", "محمدباقر قالیباف"]


def test_verify_finds_them_whole_and_reads_them_again(folder: Path, snapshot: Snapshot) -> None:
    assert verify(folder / "index").whole


def test_a_later_run_goes_on_with_them(folder: Path, snapshot: Snapshot, tmp_path: Path) -> None:
    index = tmp_path / "index"
    news = write(tmp_path / "news.jsonl", ARTICLES)
    sync(index, [news], speakers=True)
    more = write(tmp_path / "more.jsonl", {"e": "حسن روحانی گفت: برجام زنده است و می‌ماند."})
    sync(index, [more])
    write(news, {**ARTICLES, "a": "احمد وحیدی وزیر کشور گفت: انتخابات برگزار می‌شود."})
    sync(index, [news])
    found = told(open_snapshot(index))
    assert [name for name, _ in found["e"]] == [name_key("حسن روحانی")]
    assert [name for name, _ in found["a"]] == [name_key("احمد وحیدی")]
    assert open_snapshot(index).manifest.speakers
    assert verify(index).whole
    sync(index, [news, more], rebuild=True)
    assert told(open_snapshot(index)) == found


def test_an_index_without_them_gets_them_from_its_stored_articles(snapshot: Snapshot, tmp_path: Path) -> None:
    index, news = tmp_path / "index", write(tmp_path / "news.jsonl", ARTICLES)
    sync(index, [news])
    report = sync(index, [news], speakers=True)
    assert report.unchanged == len(ARTICLES)
    assert told(open_snapshot(index)) == told(snapshot)
    assert verify(index).whole


def test_an_index_without_them_is_the_same_byte_for_byte_whoever_asks(tmp_path: Path) -> None:
    news = write(tmp_path / "news.jsonl", ARTICLES)
    sync(tmp_path / "plain", [news])
    sync(tmp_path / "told", [news], speakers=True)
    sync(tmp_path / "told", [news], rebuild=True, speakers=False)
    (plain,) = open_snapshot(tmp_path / "plain").segments
    (told_no_more,) = open_snapshot(tmp_path / "told").segments
    one, other = (live.segment.folder / SEGMENT_FILE for live in (plain, told_no_more))
    assert one.read_bytes() == other.read_bytes()
    assert b"speakers" not in (tmp_path / "plain" / manifest_name(1)).read_bytes()


def test_merging_keeps_them_and_leaves_the_deleted_behind(snapshot: Snapshot, tmp_path: Path) -> None:
    (live,) = snapshot.segments
    kept = np.array([doc for doc in range(len(live.segment)) if live.segment.ids[doc] != "a"])
    parts = [Part(live.segment, kept), Part(live.segment, np.arange(1))]
    merge(parts, tmp_path / "merged")
    merged = Segment(tmp_path / "merged")
    expected = [told_of(live.segment, doc) for doc in [*kept.tolist(), 0]]
    assert [told_of(merged, doc) for doc in range(len(merged))] == expected


def test_an_index_whose_manifest_promises_them_must_have_them(tmp_path: Path) -> None:
    index = tmp_path / "index"
    with open_writer(index, speakers=True) as writer:
        pass
    sync(index, [write(tmp_path / "news.jsonl", ARTICLES)])
    (live,) = open_snapshot(index).segments
    with open_writer(index, speakers=True) as writer:
        writer.commit([live], {})
    with pytest.raises(IndexDamaged, match="does not tell who said what"):
        (index / manifest_name(1)).unlink()
        open_snapshot(index)


def test_a_statement_of_words_that_there_are_not_is_damage(snapshot: Snapshot, tmp_path: Path) -> None:
    from khabarjoo.index.consistency import column_troubles

    (live,) = snapshot.segments
    columns = {name: live.segment.columns[name] for name in live.segment.columns.names}
    columns["speech.sizes"] = columns["speech.sizes"].astype(np.uint16) + 1000
    folder = tmp_path / "s"
    folder.mkdir()
    with (folder / SEGMENT_FILE).open("xb") as file:
        write_columns(file, columns)
    assert any("words that the article has not" in trouble.why for trouble in column_troubles(Segment(folder)))


@pytest.mark.skipif(not has_kernel(), reason="the native kernel is not there")
def test_the_kernel_changes_no_byte_of_a_segment_with_them(tmp_path: Path) -> None:
    kinds = (NativeBulkAnalyzer(default_analyzer(), keeps_words=True), BulkAnalyzer(default_analyzer()))
    written = []
    for bulk in kinds:
        builder = SegmentBuilder(bulk, speech=SpeechColumns(bulk))
        for id, body in ARTICLES.items():
            builder.add(Article(id, title="خبر", body=f"{body} {body}"), "news.jsonl")
        written.append(builder.write(tmp_path / type(bulk).__name__).read_bytes())
    assert written[0] == written[1]


def test_places_of_terms_are_counted_as_tokens_are() -> None:
    texts = ["گفت:«ما می رویم» و  همکاری های او", "", "الف ب\nپ ت.ث"]
    bulk = BulkAnalyzer(default_analyzer())
    _, _, places = bulk.analyze_placed(texts)
    for number, text in enumerate(texts):
        starts = [token.start for token in default_analyzer().tokens(text)]
        for place in range(len(text) + 1):
            at_word = place == len(text) or place in starts or text[place].isspace()
            if at_word:
                assert places.before(number, text, place) == sum(start < place for start in starts), (text, place)
