import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabarjoo.searcher.output.markdown_report import write_markdown
from khabarjoo.searcher.query.plan import Filters
from khabarjoo.searcher.results import Copy, Fragment, Page

MADE = datetime(2025, 12, 29, 7, 25, tzinfo=UTC)
ISOLATES = str.maketrans("", "", "\u2068\u2069")


def written(page: Page, **options: Any) -> str:
    """The report without the marks that isolate directions."""
    out = io.StringIO()
    write_markdown(page, out, made=MADE, **options)
    return out.getvalue().translate(ISOLATES)


def test_copies_are_counted_and_their_outlets_named(page, hit) -> None:
    assert "\n\n۲ نسخهٔ دیگر: مهر، \\*فارس\n\n" in written(
        page(hit(copies=(Copy("m1", "مهر", None), Copy("f1", "*فارس", None))))
    )


def test_a_report_has_headings_facts_and_quotations(page, hit) -> None:
    assert written(page(hit(), total=340, total_all=12), filters=Filters.of(since="۱۴۰۱")) == (
        '<div dir="rtl" lang="fa">\n'
        "\n"
        "# گزارش جست‌وجو: باران\n"
        "\n"
        "- از تاریخ: ۱۴۰۱\n"
        "- یافته‌ها: ۱۲ خبر با همهٔ واژه‌ها، ۳۴۰ خبر با دست‌کم یکی · در این گزارش: ۱ تا ۱\n"
        "- زمان گزارش: ۸ دی ۱۴۰۴، ۱۰:۵۵ (2025-12-29)\n"
        "\n"
        "## 1. [**باران** در رشت](<https://example.org/1>)\n"
        "\n"
        "پیک باران · هواشناسی · رشت · باران · ۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018-01-22) · کد خبر: 77 · `a1`\n"
        "\n"
        "> دیروز **باران** بارید.\n"
        "\n"
        "</div>\n"
    )


def test_facts_and_gregorian_days_are_isolated_from_what_stands_around_them(page, hit) -> None:
    out = io.StringIO()
    write_markdown(page(hit(source="Reuters")), out, made=MADE)
    assert "\u2068Reuters\u2069 · " in out.getvalue()
    assert "(\u20682018-01-22\u2069)" in out.getvalue()


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("<b>&lt;", r"\<b\>\&lt;"),
        ("C# ~~x~~ a|b $1$ \\", r"C\# \~\~x\~\~ a\|b \$1\$ \\"),
        ("- یک", r"\- یک"),
        ("12. یک", r"12\. یک"),
        ("12) یک", r"12\) یک"),
        ("=== یک", r"\=== یک"),
        ("یک\n\n# دو", r"یک \# دو"),
    ],
)
def test_what_articles_say_is_no_markup(page, hit, text: str, escaped: str) -> None:
    assert f"\n> {escaped}\n" in written(page(hit(snippet=[Fragment(text, False)])))


def test_only_web_addresses_are_links(page, hit) -> None:
    assert "## 1. **باران** در رشت\n" in written(page(hit(url="javascript:alert(1)")))


@pytest.mark.parametrize(("id", "code"), [("a`b", "``a`b``"), ("`a", "`` `a ``"), ("a*b", "`a*b`")])
def test_an_id_can_be_copied_as_it_is(page, hit, id: str, code: str) -> None:
    assert written(page(hit(id=id))).split(" · ")[-1].startswith(code + "\n")


def test_a_report_of_nothing_says_so(page) -> None:
    assert "\n\nخبری یافت نشد.\n\n</div>" in written(page())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # they only make things
@given(st.text(st.characters(), max_size=30), st.text("*_`[]<>&#\\\n-1. ا", max_size=30))
def test_any_text_keeps_to_its_block_and_opens_no_element(page, hit, title: str, snippet: str) -> None:
    source = written(page(hit(title=title, snippet=[Fragment(snippet, False)]), query=title))
    source.encode()
    lines = source.splitlines()
    assert len([line for line in lines if line.startswith("#")]) == 2
    inside = "\n".join(lines[1:-1]).replace("](<https://example.org/1>)", "")
    assert not re.search(r"(?<!\\)(?:\\\\)*<", inside)
