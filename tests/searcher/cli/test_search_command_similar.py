import json

import pytest

from khabarjoo.searcher.output import FORMATS


def test_others_like_an_article_are_found_without_it(run, fake) -> None:
    assert run("similar", "a1", "--format", "ids") == (0, "b/2\n", "")


@pytest.mark.parametrize("format_name", sorted(FORMATS))
def test_every_format_is_written_and_nothing_else(run, fake, format_name: str) -> None:
    code, out, err = run("similar", "a1", "--format", format_name)
    assert (code, err) == (0, "")
    assert out


def test_the_limit_is_kept(run, fake) -> None:
    fake.hits = [*fake.hits, *fake.hits]
    assert len(json.loads(run("similar", "a1", "--limit", "1", "--format", "json").out)["hits"]) == 1


def test_an_article_like_no_other_is_exit_1(run, fake) -> None:
    fake.hits = fake.hits[:1]
    assert run("similar", "a1") == (1, "", "")


def test_an_id_of_no_article_is_one_line_and_exit_1(run, fake) -> None:
    code, out, err = run("similar", "x9")
    assert (code, out, err.count("\n")) == (1, "", 1)
