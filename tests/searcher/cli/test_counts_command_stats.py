import json


def test_stats_are_for_people_or_for_programs(run, fake) -> None:
    text = run("stats")
    assert (text.code, text.err) == (0, "")
    assert "articles   1,234\n" in text.out
    assert json.loads(run("stats", "--format", "json").out)["articles"] == 1234
