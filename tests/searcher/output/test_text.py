import io

from searcher.output.text import write_text
from searcher.results import Piece


def test_a_hit_is_a_numbered_title_its_facts_and_its_snippet(page, hit) -> None:
    out = io.StringIO()
    write_text(page(hit(1), hit(12, title="برف", id="b2")), out)
    assert out.getvalue() == (
        " 1. باران در رشت\n"
        "    پیک باران · هواشناسی · ۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018-01-22) · a1\n"
        "    دیروز باران بارید.\n"
        "\n"
        "12. برف\n"
        "    پیک باران · هواشناسی · ۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018-01-22) · b2\n"
        "    دیروز باران بارید.\n"
    )


def test_what_the_page_does_not_say_is_left_out(page, hit) -> None:
    out = io.StringIO()
    write_text(page(hit(title=" ", source="", category="", published=None, snippet=[])), out)
    assert out.getvalue() == " 1. (بی‌عنوان)\n    a1\n"


def test_on_a_terminal_whole_matched_words_are_coloured(page, hit, terminal) -> None:
    write_text(page(hit()), terminal)
    title, _, snippet = terminal.getvalue().splitlines()
    assert title == " 1. \x1b[1;33mباران\x1b[0m\x1b[1m در رشت\x1b[0m"
    assert snippet == "    دیروز \x1b[1;33mباران\x1b[0m بارید."


def test_nothing_planted_in_an_article_reaches_the_terminal(page, hit, terminal) -> None:
    evil = "\x1b]0;x\x07\u202e\x9b\r\n"
    planted = hit(
        id=f"i{evil}d",
        title=f"ع{evil}",
        source=f"م{evil}",
        category=f"د{evil}",
        snippet=[Piece(f"ب{evil}", True)],
    )
    write_text(page(planted), terminal, colour=False)
    assert terminal.getvalue() == (" 1. ع \n    م · د · ۲ بهمن ۱۳۹۶، ۰۸:۴۱ (2018-01-22) · i d\n    ب \n")


def test_no_hits_are_no_lines(page) -> None:
    out = io.StringIO()
    write_text(page(), out)
    assert out.getvalue() == ""
