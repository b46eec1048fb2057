import io
import json
from datetime import UTC, datetime

import pytest

from khabarjoo.searcher.output.hits_data import dump, write_json
from khabarjoo.searcher.results import Copy, Fragment, Page, Suggestion


def written(page: Page) -> str:
    out = io.StringIO()
    write_json(page, out)
    return out.getvalue()


def test_the_object_has_exactly_the_keys_of_the_contract(page, hit) -> None:
    assert json.loads(written(page(hit(), total=340, total_all=12))) == {
        "format_version": 1,
        "query": "باران",
        "total": 340,
        "total_all": 12,
        "explanation": "",
        "took_ms": 1.25,
        "partial": None,
        "suggestion": None,
        "hits": [
            {
                "id": "a1",
                "score": 7.25,
                "title": "باران در رشت",
                "untitled": False,
                "published": "2018-01-22T08:41:00+03:30",
                "published_jalali": "1396/11/02",
                "published_precision": "minute",
                "source": "پیک باران",
                "category": "هواشناسی",
                "tags": ["رشت", "باران"],
                "url": "https://example.org/1",
                "code": "77",
                "origin": "",
                "snippet": [
                    {"text": "دیروز ", "match": False},
                    {"text": "باران", "match": True},
                    {"text": " بارید.", "match": False},
                ],
                "copies": [],
            }
        ],
    }


def test_copies_are_told_in_order_with_where_and_when_they_were_published(page, hit) -> None:
    copies = (Copy("m1", "مهر", datetime(2018, 1, 22, 5, 11, tzinfo=UTC)), Copy("f1", "فارس", None))
    (found,) = json.loads(written(page(hit(copies=copies))))["hits"]
    assert found["copies"] == [
        {"id": "m1", "source": "مهر", "published": "2018-01-22T08:41:00+03:30"},
        {"id": "f1", "source": "فارس", "published": None},
    ]


def test_an_untitled_hit_shows_its_first_sentence_and_says_so(page, hit) -> None:
    (found,) = json.loads(written(page(hit(title=" ", body="باران سیل‌آسا بارید. رودها پرآب شدند."))))["hits"]
    assert (found["title"], found["untitled"]) == ("باران سیل‌آسا بارید.", True)


def test_an_undated_hit_has_null_for_both_dates(page, hit) -> None:
    (found,) = json.loads(written(page(hit(published=None))))["hits"]
    assert found["published"] is None
    assert found["published_jalali"] is None


def test_a_suggestion_says_what_whether_and_why(page) -> None:
    suggestion = Suggestion("ایران", True, "typed on the English keyboard")
    assert json.loads(written(page(suggestion=suggestion)))["suggestion"] == {
        "query": "ایران",
        "applied": True,
        "reason": "typed on the English keyboard",
    }


def test_persian_is_written_in_its_letters(page, hit) -> None:
    assert "باران در رشت" in written(page(hit()))


@pytest.mark.parametrize("char", ["\x1b", "\x00", "\x7f", "\x9b", "\u202e", "\u2067", "\u2028", "\ud800"])
def test_unsafe_characters_are_escaped_yet_read_back_the_same(page, hit, char: str) -> None:
    text = f"خبر{char}قم"
    out = written(page(hit(title=text, snippet=[Fragment(text, True)])))
    assert char not in out
    (found,) = json.loads(out)["hits"]
    assert found["title"] == text
    assert found["snippet"] == [{"text": text, "match": True}]


def test_dump_can_keep_to_one_line() -> None:
    out = io.StringIO()
    dump({"متن": "یک\nدو"}, out, indent=None)
    assert out.getvalue() == '{"متن": "یک\\nدو"}\n'
