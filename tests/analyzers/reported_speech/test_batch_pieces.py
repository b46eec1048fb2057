"""Articles of a batch that was just analysed are read as by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.analyzers.bulk import BulkAnalyzer
from khabarjoo.analyzers.native_bulk import NativeBulkAnalyzer
from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.analyzers.reported_speech.batch_pieces import BatchPieces
from khabarjoo.analyzers.reported_speech.reader import SpeechReader
from khabarjoo.analyzers.reported_speech.sentences import PieceReader
from khabarjoo.analyzers.reported_speech.word_kinds import WordKinds

Text = tuple[str, str, str]

ARTICLES: list[Text] = [
    ("قالیباف: تورم را مهار می‌کنیم", "", "محمدباقر قالیباف، رئیس مجلس گفت: تورم را مهار می‌کنیم. این وعدهٔ ماست."),
    ("خبر", "باران آمد.", "وزیر صنعت، معدن و تجارت گفت:«ما می رویم».همکاری های او ماند"),
    ("", "", ""),
    ("", "", "به گفته علی رضایی، وزیر نفت، همکاری های تازه\nهای دیگر. وی افزود که کار را به نام او می کنند"),
    ("", "", "دکترمحمدی تاکید می کند باران خواهد آمد.او گفت که \u200cنه؛ ۱۲٬۰۰۰ نفر _ رفتند"),
]
WORDS = (
    "محمد رضایی ، وزیر نفت گفت گفت: که «ما می رویم» . .او\n وی افزود همکاری های به نام عنوان و تاکید کرد می کند "
    "خاطر نشان است بود دکترمحمدی \u200c ۱۲ 10:30 a.b اعلام کرد؛ هم علی به گفته خواست تا از مردم صنعت، معدن"
).split(" ")

kernel = pytest.mark.skipif(not has_kernel(), reason="the native kernel is not there")


def random_articles(seed: int, count: int) -> list[Text]:
    rng = Random(seed)

    def text(size: int) -> str:
        return "".join(rng.choice(WORDS) + rng.choice(("", *" " * 9)) for _ in range(size))

    return [(text(6), text(12), text(rng.randrange(90))) for _ in range(count)]


def read_both(bulk: BulkAnalyzer, articles: Sequence[Text]) -> tuple[list[object], list[object]]:
    _, _, places = bulk.analyze_placed([text for texts in articles for text in texts])
    reader = SpeechReader(default_analyzer(), bulk.word)
    alone = SpeechReader(default_analyzer())
    return list(reader.read_batch(articles, places)), [alone.read(*texts) for texts in articles]


def test_without_the_kernel_a_batch_is_read_one_by_one() -> None:
    found, expected = read_both(BulkAnalyzer(default_analyzer()), ARTICLES)
    assert found == expected
    assert any(found)


@kernel
@pytest.mark.parametrize("articles", [ARTICLES, random_articles(3, 300)], ids=["real", "random"])
def test_a_batch_gives_the_statements_of_its_articles(articles: list[Text]) -> None:
    found, expected = read_both(NativeBulkAnalyzer(default_analyzer(), keeps_words=True), articles)
    assert any(found)
    assert found == expected


@kernel
def test_batch_after_batch_is_read_though_all_is_forgotten_between() -> None:
    bulk = NativeBulkAnalyzer(default_analyzer(), 200, keeps_words=True)
    reader, alone = SpeechReader(default_analyzer(), bulk.word), SpeechReader(default_analyzer())
    for seed in range(20):
        articles = random_articles(seed, 8)
        _, _, places = bulk.analyze_placed([text for texts in articles for text in texts])
        assert list(reader.read_batch(articles, places)) == [alone.read(*texts) for texts in articles]


@kernel
def test_any_stretch_of_a_text_has_the_same_words_and_verbs_of_saying() -> None:
    bulk = NativeBulkAnalyzer(default_analyzer(), keeps_words=True)
    reader = PieceReader(default_analyzer(), WordKinds(default_analyzer().lexicon))
    batch = BatchPieces(PieceReader(default_analyzer(), WordKinds(default_analyzer().lexicon), bulk.word))
    articles, rng = [*ARTICLES, *random_articles(5, 40)], Random(5)
    _, _, places = bulk.analyze_placed([text for texts in articles for text in texts])
    batch.take(places)
    for number, texts in enumerate(articles):
        batch.turn_to(3 * number, texts)
        for text in filter(None, texts):
            for _ in range(20):
                start, end = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
                assert batch.pieces(text, start, end) == reader.pieces(text, start, end)
                ours, other = batch.chunks(text, start, end), reader.chunks(text, start, end)
                assert ours.speaking() == other.speaking()
                if most := ours.speaking():
                    stop = rng.randrange(start, end + 1)
                    for way in ((end, most), (stop, None), (stop, most)):
                        assert batch.pieces_of(text, ours, *way) == reader.pieces_of(text, other, *way)
