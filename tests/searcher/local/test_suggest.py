"""Better queries: what is mended and how, what is left alone, and what a page does with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import khabarjoo
from khabarjoo import Searcher, Suggestion
from khabarjoo.analyzers.analyzer import default_analyzer
from khabarjoo.index.article import Article
from khabarjoo.index.file_sync import sync
from khabarjoo.index.store import open_snapshot
from khabarjoo.searcher.local import suggest
from khabarjoo.searcher.local.column_engine import ColumnEngine
from khabarjoo.searcher.local.suggest import Suggester
from khabarjoo.searcher.output.messages import REASONS
from khabarjoo.searcher.query import loosen
from khabarjoo.searcher.query.keywords import OPERATORS
from khabarjoo.seeds import pages_folder
from tests.corpus import ZWNJ, make_index

SLIPS = [
    line.split("\t")
    for line in Path(__file__).with_name("slips.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
BENCH_QUERIES = Path(__file__).parents[3] / "shared" / "bench" / "queries.tsv"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("sample") / "index"
    sync(folder, [pages_folder()])
    with khabarjoo.open(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def suggester(sample: Searcher) -> Suggester:
    engine = ColumnEngine(open_snapshot(Path(sample.path)))
    return Suggester(engine._readers, default_analyzer(), lambda plan: engine.best(plan, 0).total)


# -- what is mended ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "meant", "reason"), SLIPS)
def test_a_slip_is_mended_in_place_and_the_reason_told(sample: Searcher, typed: str, meant: str, reason: str) -> None:
    suggestion = sample.search(typed).suggestion
    assert suggestion is not None
    assert (suggestion.query, suggestion.reason) == (meant, reason)


def test_the_table_has_enough_slips_of_each_kind() -> None:
    reasons = [reason for _, _, reason in SLIPS]
    assert len(SLIPS) >= 60
    told = set(REASONS) - {loosen.NEARNESS}  # of which the sample has no case
    assert {reason: reasons.count(reason) >= 2 for reason in told} == dict.fromkeys(told, True)


def test_several_reasons_are_told_once_each(sample: Searcher) -> None:
    assert sample.search("hdvhk زعفرن خشکسلی").suggestion == Suggestion(
        "ایران زعفران خشکسالی", True, "typed on the English keyboard, spelling"
    )


def test_a_suggestion_is_spelled_as_articles_print_it(sample: Searcher) -> None:
    assert sample.search("موسصه").suggestion.query == "مؤسسه"
    assert sample.search("فیلمسازن").suggestion.query == "فیلم\u200cسازان"


def test_a_suggestion_has_no_marks_that_cannot_be_seen(tmp_path: Path) -> None:
    make_index(tmp_path / "index", [Article("a", body="مرد بی\u200eباك و نـيـرومند")])
    with khabarjoo.open(tmp_path / "index") as news:
        assert news.search("بیباخ").suggestion.query == "بی\u200cباک"
        assert news.search("نیرومتد").suggestion.query == "نیرومند"


def test_long_queries_of_another_keyboard_are_mended_whole_and_of_misspelt_words_the_first(sample: Searcher) -> None:
    assert sample.search("hdvhk " * 40).suggestion.query == "ایران " * 40
    assert sample.search("زعفرن " * 40).suggestion.query == "زعفران " * 8 + "زعفرن " * 32
    assert sample.search("زعفرن " * 60).suggestion is None


# -- what is left alone ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "", " ", ",", "[]", "hdvhk" * 100, "12345", "۱۴۰۹/۱۳/۴۵",
        "ایران", "خشکسالی", "قیمت زعفران", "BRT", "bifacial",  # found
        "زرافه", "قورباغه", "ماکارونی", "ویولن", "تلسکوپ", "کوانتوم",  # words, though no article has them
        "رونالدو", "بیتکوین", "استارلینک", "جومونگ", "گیلگمش", "ترامپ بایدن", "xyzxyz", "bitcoin", "hello world",
        '"hdvhk"', '"زعفرن"', "«زعفرن»", "=زعفرن", "زعفرن*", "زعفرن~1", "-زعفرن", "عنوان:زعفرن", "title:hdvhk",
    ],
)  # fmt: skip
def test_nothing_is_suggested(sample: Searcher, query: str) -> None:
    assert sample.search(query).suggestion is None


@given(st.text(max_size=40) | st.text(alphabet="hdvk,[]\\';زعفرن \u200c\"()-+|*~:=", max_size=30))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_is_mended_or_left_and_operators_stay(suggester: Suggester, query: str) -> None:
    mended = suggester.correct(query)
    if mended:
        assert mended.query != query
        signs = [char for char in query if char in '"()|*~:=']
        assert [char for char in mended.query if char in '"()|*~:='] == signs
        assert [w for w in mended.query.split() if w in OPERATORS] == [w for w in query.split() if w in OPERATORS]


def test_real_queries_hardly_ever_get_a_suggestion(sample: Searcher) -> None:
    if not BENCH_QUERIES.exists():
        pytest.skip("the benchmark's queries are not beside the checkout")
    queries = [line.split("\t")[1] for line in BENCH_QUERIES.read_text(encoding="utf-8").splitlines()]
    assert sum(sample.search(query).suggestion is not None for query in queries) <= len(queries) / 100


# -- misprints that are found ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """Five thousand articles, of which one has a misprint, and one a rare word."""
    folder = tmp_path_factory.mktemp("many") / "index"
    articles = [Article(f"a{number}", body="انتخابات مجلس تهران") for number in range(5000)]
    make_index(folder, [*articles, Article("misprint", body="انتخبات شورا"), Article("rare", body="انتخابان مجلس")])
    with khabarjoo.open(folder) as opened:
        yield opened


def test_a_misprint_that_an_article_has_too_is_told_but_what_was_asked_is_shown(many: Searcher) -> None:
    page = many.search("انتخبات")
    assert [hit.id for hit in page] == ["misprint"]
    assert page.suggestion == Suggestion("انتخابات", False, "spelling")
    assert many.search("انتخبات مجلس").suggestion == Suggestion("انتخابات مجلس", False, "spelling")


def test_a_rare_word_that_stands_with_the_others_is_no_misprint(many: Searcher) -> None:
    assert many.search("انتخبات شورا").suggestion is None


def test_queries_that_find_plenty_get_no_suggestion(many: Searcher) -> None:
    assert many.search("انتخابات").suggestion is None


# -- pages -------------------------------------------------------------------------------------------------------------


def test_when_nothing_is_found_the_page_is_that_of_the_better_query_and_says_so(sample: Searcher) -> None:
    page, meant = sample.search("hdvhk", limit=3), sample.search("ایران", limit=3)
    assert page.suggestion == Suggestion("ایران", True, "typed on the English keyboard")
    assert page.query == "hdvhk"
    assert [(hit.id, hit.score) for hit in page] == [(hit.id, hit.score) for hit in meant]
    assert (page.total, page.total_all, page.explanation) == (meant.total, meant.total_all, meant.explanation)
    assert [piece for piece in page[0].snippet if piece.match] == [piece for piece in meant[0].snippet if piece.match]


def test_when_something_is_found_that_is_shown(sample: Searcher) -> None:
    page = sample.search("hdvhk زعفران")
    assert page.suggestion is not None
    assert not page.suggestion.applied
    assert [hit.id for hit in page] == [hit.id for hit in sample.search("زعفران")]


def test_filters_and_order_hold_for_the_better_query_too(sample: Searcher) -> None:
    page = sample.search("hdvhk", since="1398", until="1399", sort="oldest")
    assert [hit.id for hit in page] == [
        hit.id for hit in sample.search("ایران", since="1398", until="1399", sort="oldest")
    ]
    nothing = sample.search("hdvhk", until="1350")
    assert not nothing
    assert nothing.suggestion == Suggestion("ایران", False, "typed on the English keyboard")


def test_an_empty_index_has_nothing_to_suggest(tmp_path: Path) -> None:
    make_index(tmp_path / "index", [])
    with khabarjoo.open(tmp_path / "index") as news:
        assert news.search("hdvhk زعفرن").suggestion is None


def test_words_of_all_segments_are_suggested_but_not_those_of_deleted_articles(tmp_path: Path) -> None:
    batches = [Article("a", body="زعفران")], [Article("b", body="پسته")], [Article("c", body="گلاب")]
    make_index(tmp_path / "index", *batches, deleted={"c"})
    with khabarjoo.open(tmp_path / "index") as news:
        assert [news.search(typed).total for typed in ("زعفرن", "`sji")] == [1, 1]
        assert news.search("'ghf").suggestion is None


def test_every_reason_has_persian_words() -> None:
    mended = (suggest.ENGLISH_KEYBOARD, suggest.PERSIAN_KEYBOARD, suggest.SPELLING, suggest.TOGETHER, suggest.APART)
    assert set(REASONS) == {*mended, suggest.LATIN, loosen.NEARNESS, loosen.WORDS}


# -- certain and uncertain ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """Five hundred articles of a few common words."""
    folder = tmp_path_factory.mktemp("papers") / "index"
    common = f"استخدام معرفی کارخانه بیمارستان ساخت‌وساز می{ZWNJ}نویسند بازسازی عازم عبدالله"
    rare = [
        Article("rare", body="نصرت بن الله و فضل الله"),
        Article("apart", body="سراج گفت"),
        Article("name", body="نام"),
    ]
    make_index(folder, [*(Article(f"a{number}", body=common) for number in range(500)), *rare])
    with khabarjoo.open(folder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "meant"), [("بیمارستتان", "بیمارستان"), ("کاخرانه", "کارخانه"), ("استحدام", "استخدام")]
)
def test_a_long_word_that_is_a_letter_away_from_a_common_one_is_searched(
    papers: Searcher, typed: str, meant: str
) -> None:
    assert papers.search(typed).suggestion == Suggestion(meant, True, "spelling")


@pytest.mark.parametrize("name", ["معرفا", "عرفی", "عبدالاه"])
def test_what_may_be_a_name_is_not_replaced_unasked(papers: Searcher, name: str) -> None:
    page = papers.search(name)
    assert page.suggestion is None or not page.suggestion.applied
    assert not page or page.suggestion is None


def test_well_known_pieces_are_no_reading_of_a_misspelling(papers: Searcher) -> None:
    suggestion = papers.search("ساختوساظ").suggestion
    assert suggestion is not None
    assert suggestion.query == f"ساخت{ZWNJ}وساز"


def test_the_prefix_of_a_verb_is_suggested_apart(papers: Searcher) -> None:
    assert papers.search("مینویسندد").suggestion == Suggestion(f"می{ZWNJ}نویسند", True, "spelling")


def test_an_alef_that_sounds_like_an_ain_is_mended(papers: Searcher) -> None:
    assert papers.search("آزم").suggestion == Suggestion("عازم", False, "spelling")


def test_a_word_torn_into_two_that_no_article_has_side_by_side_is_mended_though_many_have_both(tmp_path: Path) -> None:
    apart = [Article(f"apart{n}", body="نمایش عروسکی در روستا، و کاه در انبار") for n in range(8)]
    meant = [Article(f"meant{n}", body="نمایشگاه کتاب") for n in range(40)]
    make_index(tmp_path / "index", [*apart, *meant])
    with khabarjoo.open(tmp_path / "index") as index:
        suggestion = index.search("نمایشکاه").suggestion
        assert suggestion is not None
        assert suggestion.query == "نمایشگاه"
        assert index.search("نمایش کاه").suggestion is None
