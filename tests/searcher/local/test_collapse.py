"""Copies of one story: which articles are, and how searches fold them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

import khabarjoo
from khabarjoo import Page, Searcher
from khabarjoo.analyzers.native_kernel import has_kernel
from khabarjoo.index.article import Article
from khabarjoo.index.file_sync import sync
from khabarjoo.index.segment_reader import SegmentReader
from khabarjoo.index.store import open_snapshot
from khabarjoo.searcher.local.collapse import AGREEING, FOLDED, Collapser, are_copies
from khabarjoo.searcher.local.native_ranker import NativeRanker
from khabarjoo.searcher.local.ranking import RANKING, IdfCache
from khabarjoo.searcher.results import Copy
from khabarjoo.seeds import pages_folder
from tests.corpus import make_index

NOON = datetime(2023, 1, 5, 8, 30, tzinfo=UTC)

# Sentences of a wire story; outlets take over some of them.
WIRE = (
    "استاندار گفت پل تازه شهر که سه سال در دست ساخت بود از فردا به روی خودروها باز می‌شود.",
    "این پل ۴۲۰ متر درازا و ۱۸ متر پهنا دارد و شرق و غرب رودخانه را به هم می‌پیوندد.",
    "به گفته او ۹۵ درصد از هزینه ساخت را شهرداری و بازمانده را خیران پرداخته‌اند.",
    "پیش از این رانندگان برای رسیدن به آن سوی رودخانه باید نیم ساعت از راه کمربندی می‌رفتند.",
    "پیاده‌روهای پل را باغبانان شهر با گلدان‌های شمعدانی آراسته‌اند و چراغ‌های آن با نیروی آفتاب روشن می‌شود.",
    "در آیین گشایش گروه سرود دانش‌آموزان و نوازندگان دوره‌گرد برنامه اجرا می‌کنند.",
)


def article(
    id: str, source: str, hours: float | None = 0, body: str = " ".join(WIRE), title: str = "پل باز شد"
) -> Article:
    published = None if hours is None else NOON + timedelta(hours=hours)
    return Article(id, title, body=body, source=source, published=published)


Judge = Callable[[Article, Article], bool]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Whether two articles are copies, once they are in different segments of an index."""

    def judge(one: Article, other: Article) -> bool:
        snapshot = make_index(tmp_path / "index", [one], [replace(other, id="other")])
        folder = Collapser([SegmentReader(live) for live in snapshot.segments])
        return are_copies(folder.story(0), folder.story(1))

    return judge


# -- which are copies --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        " ".join(WIRE),
        " ".join(WIRE[:5]),
        " ".join(WIRE[1:]),
        f"به گزارش خبرگزاری فارس، {' '.join(WIRE)} انتهای پیام/",
        f"به گزارش روزنامه صبح به نقل از ایسنا، {' '.join(WIRE[:5])} گفتنی است هوا فردا آفتابی است.",
        " ".join(WIRE).replace("\u200c", "").replace("ی", "ي").replace("ک", "ك"),
        " ".join(WIRE).translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")).replace("\u200c", " "),
    ],
)
def test_another_outlet_s_shortened_framed_or_respelled_story_is_a_copy(judge: Judge, body: str) -> None:
    assert judge(article("a", "ایسنا"), article("b", "مهر", 5, body))


def test_a_story_in_other_words_a_brief_and_a_round_up_are_no_copies(judge: Judge) -> None:
    wire = article("a", "ایسنا")
    assert not judge(wire, article("b", "مهر", 1, " ".join(WIRE[:3])))
    assert not judge(wire, article("b", "مهر", 1, " ".join((*WIRE[:3], *OTHER[:3]))))
    assert not judge(wire, article("b", "مهر", 1, " ".join((*WIRE, *OTHER, *OTHER_DAY))))


OTHER = (
    "کتابداران از خوانندگان خواستند کتاب‌های امانتی را پیش از پایان ماه به کتابخانه برگردانند.",
    "امسال هزار و دویست عضو تازه به کتابخانه شهر پیوسته‌اند که بیشترشان نوجوان هستند.",
    "تالار خواندن از شنبه تا چهارشنبه باز است و روزهای پنجشنبه برای کودکان قصه می‌خوانند.",
    "برای نام‌نویسی یک عکس و شناسنامه بس است و هزینه‌ای گرفته نمی‌شود.",
)
OTHER_DAY = (
    "تیم والیبال بانوان شهر در دیداری نفس‌گیر از سد مهمان خود گذشت و به جمع چهار تیم پایانی رسید.",
    "مربی تیم پس از بازی گفت شاگردانش با دل و جان جنگیدند و سزاوار این پیروزی بودند.",
)


def prices(day: str, coin: str, gold: str, dollar: str) -> str:
    return (
        f"قیمت سکه تمام بهار آزادی امروز {day} در بازار تهران به {coin} تومان رسید و هر گرم طلای ۱۸ عیار نیز {gold}"
        f" تومان داد و ستد شد. صرافی‌های بانکی هر دلار را {dollar} تومان فروختند و فروشندگان بازار از کاهش خرید و فروش"
        " در هفته‌های گذشته گفتند و پیش‌بینی کردند که تا پایان ماه دگرگونی بزرگی در بازار رخ ندهد و خریداران همچنان دست"
        " نگه دارند."
    )


def weather(day: str, low: int, high: int) -> str:
    return (
        f"سازمان هواشناسی پیش‌بینی کرد آسمان تهران {day} کمی ابری تا نیمه ابری همراه با وزش باد باشد. کمترین دمای هوا"
        f" {low} درجه و بیشترین آن {high} درجه سلسیوس خواهد بود. شهروندان هنگام وزش باد از ایستادن زیر درختان و"
        " داربست‌ها خودداری کنند و رانندگان در آزادراه‌ها آهسته‌تر برانند. در استان‌های شمالی نیز بارش پراکنده"
        " دور از انتظار نیست."
    )


@pytest.mark.parametrize("other", ["ایسنا", "مهر"])
def test_days_of_a_series_are_no_copies(judge: Judge, other: str) -> None:
    pairs = [
        (prices("شنبه", "۱۲۳۴۵۰۰۰", "۱۱۰۲۳۰۰", "۲۹۵۰۰"), prices("یکشنبه", "۱۲۴۱۰۰۰۰", "۱۱۰۹۸۰۰", "۲۹۶۵۰")),
        (prices("شنبه", "۱۲۳۴۵۰۰۰", "۱۱۰۲۳۰۰", "۲۹۵۰۰"), prices("یکشنبه", "۱۲۴۱۰۰۰۰", "۱۱۰۲۳۰۰", "۲۹۶۵۰")),
        (weather("شنبه", 3, 11), weather("یکشنبه", 2, 12)),
        (weather("پنج‌شنبه", 3, 11), weather("جمعه", 3, 11)),
    ]
    for today, tomorrow in pairs:
        assert not judge(article("a", "ایسنا", body=today), article("b", other, 24, tomorrow))


def test_what_an_outlet_publishes_again_is_a_copy_only_when_hardly_a_word_differs(judge: Judge) -> None:
    wire = article("a", "ایسنا")
    assert judge(wire, article("b", "ایسنا", 24))
    assert not judge(wire, article("b", "ایسنا", 24, " ".join(WIRE[:5])))
    assert judge(wire, article("b", "ایسنا", 3, " ".join(WIRE[:5])))  # a correction
    assert not judge(wire, article("b", "ایسنا", None, " ".join(WIRE[:5])))
    assert not judge(article("a", ""), article("b", "", 24, " ".join(WIRE[:5])))


def test_other_outlets_copy_within_days(judge: Judge) -> None:
    wire, cut = article("a", "ایسنا"), " ".join(WIRE[:5])
    assert judge(wire, article("b", "مهر", 70, cut))
    assert judge(wire, article("b", "مهر", -70, cut))
    assert judge(wire, article("b", "مهر", None, cut))
    assert not judge(wire, article("b", "مهر", 24 * 30, cut))


def test_titles_do_not_matter_and_short_texts_are_never_copies(judge: Judge) -> None:
    assert judge(article("a", "ایسنا", title="پل باز شد"), article("b", "مهر", title="گشایش راه تازه"))
    assert not judge(article("a", "ایسنا", body="پل باز شد."), article("b", "مهر", body="پل باز شد."))
    assert not judge(article("a", "ایسنا", body=""), article("b", "مهر", body=""))


def test_code_that_a_scraper_left_makes_no_copies(judge: Judge) -> None:
    code = (
        "$(document).ready(function() { var api = flowplayer('#player', { splash: '', width: 640, height: 400 }) });"
        * 9
    )
    assert not judge(article("a", "عصر ایران", body=code), article("b", "تابناک", body=code))


# -- the sample --------------------------------------------------------------------------------------------------------


def test_the_six_pairs_of_the_sample_are_copies_and_nothing_else_is(tmp_path: Path) -> None:
    sync(tmp_path / "index", [pages_folder()])
    manifest = json.loads((pages_folder().parent / "manifest.json").read_text(encoding="utf-8"))
    wanted = {frozenset((a["id"], a["copy_of"])) for f in manifest["files"] for a in f["articles"] if a["copy_of"]}
    assert len(wanted) == 6
    snapshot = open_snapshot(tmp_path / "index")
    folder = Collapser([SegmentReader(live) for live in snapshot.segments])
    ids = [id for live in snapshot.segments for id in live.segment.ids]
    pairs = combinations(range(len(ids)), 2)
    assert {frozenset((ids[a], ids[b])) for a, b in pairs if are_copies(folder.story(a), folder.story(b))} == wanted
    with khabarjoo.open(tmp_path / "index") as news:
        for copies in wanted:
            for id in copies:
                words = news.article(id).title.translate(dict.fromkeys(map(ord, "«»")))
                first = news.search(words, fold_duplicates=True)[0]
                assert {first.id, *(copy.id for copy in first.copies)} == copies


# -- folding -----------------------------------------------------------------------------------------------------------


def ids(page: Page) -> list[str]:
    return [hit.id for hit in page]


def folded(page: Page) -> dict[str, list[str]]:
    return {hit.id: [copy.id for copy in hit.copies] for hit in page}


COPIES = [
    article("isna", "ایسنا", 0, title="پل پل"),
    article("fars", "فارس", 9, " ".join(WIRE[:5])),
    article("mehr", "مهر", 4, f"به گزارش خبرگزاری مهر، {' '.join(WIRE)}"),
    article("undated", "همشهری", None),
    article("other", "ایسنا", 1, " ".join(OTHER), title="پل و کتابخانه"),
]


@pytest.fixture
def news(tmp_path: Path) -> Iterator[Searcher]:
    make_index(tmp_path / "index", COPIES[:2], COPIES[2:])
    with khabarjoo.open(tmp_path / "index") as opened:
        yield opened


def test_copies_are_one_hit_the_best_ranked_with_the_others_in_order_of_publication(news: Searcher) -> None:
    best, *_ = ids(news.search("پل باز"))
    page = news.search("پل باز", fold_duplicates=True)
    in_order = ["isna", "mehr", "fars", "undated"]
    assert folded(page) == {best: [id for id in in_order if id != best], "other": []}
    assert [hit.rank for hit in page] == [1, 2]


def test_a_copy_tells_its_outlet_and_when_it_was_published(news: Searcher) -> None:
    assert news.search("پل", sort="oldest", fold_duplicates=True)[0].copies == (
        Copy("mehr", "مهر", NOON + timedelta(hours=4)),
        Copy("fars", "فارس", NOON + timedelta(hours=9)),
        Copy("undated", "همشهری", None),
    )


def test_totals_count_articles_whether_copies_are_folded_or_not(news: Searcher) -> None:
    plain, page = news.search("پل"), news.search("پل", fold_duplicates=True)
    assert (page.total, page.total_all) == (plain.total, plain.total_all) == (5, 5)
    assert len(plain) == 5
    assert not any(hit.copies for hit in plain)


def test_only_articles_that_were_found_are_copies(news: Searcher) -> None:
    assert folded(news.search("پل", source="مهر", fold_duplicates=True)) == {"mehr": []}
    assert folded(news.search("پل", source=["مهر", "فارس"], fold_duplicates=True)) in (
        {"mehr": ["fars"]},
        {"fars": ["mehr"]},
    )


def test_in_order_of_date_the_first_of_the_order_stands_for_its_copies(news: Searcher) -> None:
    assert folded(news.search("پل", sort="oldest", fold_duplicates=True)) == {
        "isna": ["mehr", "fars", "undated"],
        "other": [],
    }
    assert ids(news.search("پل", sort="newest", fold_duplicates=True)) == ["fars", "other"]


def test_pages_are_stretches_of_one_list_however_they_are_cut(tmp_path: Path) -> None:
    rng = Random(7)
    articles = []
    for story in range(40):
        body = " ".join(f"باران{'' if n % 9 else ' باران'} واژه{rng.randrange(5000)}" for n in range(60))
        for copy in range(rng.choice((1, 1, 2, 5))):
            articles.append(article(f"s{story}-{copy}", f"روزنامه {copy}", copy, body))
    rng.shuffle(articles)
    make_index(tmp_path / "index", articles[:30], articles[30:])
    with khabarjoo.open(tmp_path / "index") as news:
        whole = news.search("باران", limit=1000, fold_duplicates=True)
        assert sorted(id for hit in whole for id in (hit.id, *(copy.id for copy in hit.copies))) == sorted(
            article.id for article in articles
        )
        assert len(whole) == 40
        assert [hit.rank for hit in whole] == list(range(1, 41))
        for limit in (1, 3, 7):
            pages = [news.search("باران", limit=limit, offset=at, fold_duplicates=True) for at in range(0, 45, limit)]
            assert [hit for page in pages for hit in page] == list(whole)


def test_articles_behind_the_best_are_hits_of_their_own(tmp_path: Path) -> None:
    make_index(tmp_path / "index", [article(f"a{n:03}", f"روزنامه {n}") for n in range(FOLDED + 5)])
    with khabarjoo.open(tmp_path / "index") as news:
        page = news.search("پل", limit=1000, fold_duplicates=True)
    assert [len(hit.copies) for hit in page] == [FOLDED - 1, 0, 0, 0, 0, 0]
    assert page.total == FOLDED + 5


def test_nothing_is_folded_to_nothing(news: Searcher) -> None:
    assert ids(news.search("ناموجود", fold_duplicates=True)) == []
    assert ids(news.search("پل", limit=0, fold_duplicates=True)) == []


@pytest.mark.skipif(not has_kernel(), reason="the native kernel is not there")
@pytest.mark.parametrize("segments", [1, 3])
def test_the_kernel_tells_which_signatures_agree_as_numpy_does(tmp_path: Path, segments: int) -> None:
    rng = Random(5)
    articles = [article(f"{n:02}", "مهر", body=" ".join(rng.choices(WIRE, k=rng.randrange(6)))) for n in range(60)]
    batches = [articles[place::segments] for place in range(segments)]
    readers = [SegmentReader(live) for live in make_index(tmp_path / "index", *batches).segments]
    native = NativeRanker.of(readers, RANKING, IdfCache(readers))
    assert native
    numbers = rng.sample(range(60), 50)
    one, other = native.signatures(numbers), Collapser(readers)._signatures(numbers)
    agreeing = [one.agreeing(place, AGREEING) for place in range(50)]
    assert agreeing == [other.agreeing(place, AGREEING) for place in range(50)]
    assert any(agreeing)
    with pytest.raises(IndexError):
        native.signatures([60])
