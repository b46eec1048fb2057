from __future__ import annotations

from typing import Any

import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.index.article import Article
from khabarjoo.index.opensearch.document_speech import (
    add_speech,
    analysed_with_speech,
    speakers_shown,
    speech_of,
    statements,
)
from khabarjoo.index.opensearch.documents import documents, inverted_of
from khabarjoo.index.opensearch.mapping import PERHAPS, SAID, SAYS
from khabarjoo.index.speech_columns import read_again

ARTICLES = [
    Article(
        "a", "رضایی: بانک‌ها مقصرند", body="علی رضایی، کارشناس اقتصاد گفت: تورم بالا رفته است. وی افزود: بانک‌ها مقصرند."
    ),
    Article("b", "هوا سرد شد"),
    Article("c", body="سید علی رضایی گفت: «تورم مهار می‌شود». علي رضايي گفت: دولت باید کار کند."),
]


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    words, speech = analysed_with_speech(ARTICLES, BulkAnalyzer(default_analyzer()))
    rows = [document for _, document in documents([(a, "f") for a in ARTICLES], words, inverted_of(words))]
    for document, each in zip(rows, speech, strict=True):
        add_speech(document, each)
    return rows


def test_statements_come_back_as_columns_have_them(told: list[dict[str, Any]]) -> None:
    assert list(map(statements, told)) == read_again(ARTICLES)
    first, both = len(statements(told[0])), sum(len(statements(document)) for document in told)
    assert speech_of(told)["speaker.ends"].tolist() == [0, first, first, both]


def test_a_statement_is_copied_between_its_speaker_and_an_end(told: list[dict[str, Any]]) -> None:
    for document in told:
        for said, one in zip(document.get("said", ()), [s for s in statements(document) if s.name], strict=True):
            sign, *tokens, end = said.split(" ")
            assert sign[0] in (SAYS, PERHAPS)
            assert end == SAID
            assert len(tokens) == one.size


def test_a_document_names_each_speaker_once_and_none_where_nobody_speaks(told: list[dict[str, Any]]) -> None:
    assert told[0]["speaker"] == ["علی رضایی"]
    assert len(list(speakers_shown(told[2]))) == 2
    assert len(told[2]["speaker"]) == 1
    assert not told[1].keys() & {"said", "speaker", "speech"}


@pytest.mark.parametrize("speech", [[["نام", 1, 2]], [["نام", -1, 2, 3]], [["نام", 1, 2, 300]], ["نام"], 5])
def test_what_another_has_written_is_told(speech: object) -> None:
    with pytest.raises(ValueError, match="is not that of an article"):
        statements({"speech": speech})
