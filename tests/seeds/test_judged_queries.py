"""The forty judged queries are sound, and the search answers them."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

import khabarjoo
from khabarjoo.index.file_sync import sync
from khabarjoo.seeds import pages_folder

FOLDER = pages_folder().parent
QUERIES = [line.split("\t") for line in (FOLDER / "queries.tsv").read_text(encoding="utf-8").splitlines()]
JUDGMENTS = [line.split("\t") for line in (FOLDER / "qrels.tsv").read_text(encoding="utf-8").splitlines()]
COPY_OF = {
    article["id"]: article["copy_of"]
    for file in json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["files"]
    for article in file["articles"]
}

GRADES: dict[str, dict[str, int]] = defaultdict(dict)
for _qid, _id, _grade in JUDGMENTS:
    GRADES[_qid][_id] = int(_grade)


def stories(qid: str) -> set[str]:
    """The articles that are themselves what is asked for; of a story and its copies, the original."""
    return {COPY_OF[id] or id for id, grade in GRADES[qid].items() if grade == 2}


SINGLE_STORY = [qid for qid, _ in QUERIES if len(stories(qid)) == 1]

# A little below what was measured when the queries were judged.
LOWEST_MEAN_AVERAGE_PRECISION = 0.87


@pytest.fixture(scope="module")
def rankings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The ids of the articles found for each query, best first."""
    index = tmp_path_factory.mktemp("seeds") / "index"
    sync(index, [pages_folder()])
    with khabarjoo.open(index) as news:
        return {qid: [id for id, _ in news.rank(text)] for qid, text in QUERIES}


def average_precision(ranking: list[str], relevant: dict[str, int]) -> float:
    places = [place for place, id in enumerate(ranking, start=1) if id in relevant]
    return sum(found / place for found, place in enumerate(places, start=1)) / len(relevant)


def test_there_are_forty_different_queries() -> None:
    assert [qid for qid, _ in QUERIES] == [f"q{number:02}" for number in range(1, 41)]
    assert len({text for _, text in QUERIES}) == 40


def test_every_query_is_judged_and_every_judgment_is_of_a_query() -> None:
    assert set(GRADES) == {qid for qid, _ in QUERIES}


def test_a_judgment_is_of_an_article_of_the_sample_and_grades_it_1_or_2() -> None:
    assert {id for _, id, _ in JUDGMENTS} <= COPY_OF.keys()
    assert {grade for _, _, grade in JUDGMENTS} == {"1", "2"}
    assert len({(qid, id) for qid, id, _ in JUDGMENTS}) == len(JUDGMENTS)


def test_a_story_and_its_copy_are_judged_alike() -> None:
    for grades in GRADES.values():
        for copy, original in COPY_OF.items():
            assert original is None or grades.get(copy) == grades.get(original)


def test_the_queries_are_answered(rankings: dict[str, list[str]]) -> None:
    precisions = {qid: average_precision(rankings[qid], GRADES[qid]) for qid, _ in QUERIES}
    mean = sum(precisions.values()) / len(precisions)
    assert mean >= LOWEST_MEAN_AVERAGE_PRECISION, sorted(precisions.items(), key=lambda entry: entry[1])[:10]


# q19 names a tag of its article, and tags are not searched as text yet.
_NOT_YET = {"q19": [pytest.mark.xfail(reason="tags are not searched as text", strict=True)]}


@pytest.mark.parametrize("qid", [pytest.param(qid, marks=_NOT_YET.get(qid, [])) for qid in SINGLE_STORY])
def test_the_one_story_asked_for_is_among_the_first_three(rankings: dict[str, list[str]], qid: str) -> None:
    wanted = {id for id, grade in GRADES[qid].items() if grade == 2}
    assert wanted <= set(rankings[qid][:3])
