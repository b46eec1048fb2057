import io
import json

from khabarjoo.searcher.config import Settings
from khabarjoo.searcher.output.explanation import MEANINGS, write_explanation_json, write_explanation_text
from khabarjoo.searcher.results import Explanation, ExplanationLine

FOUND = Explanation("باران", "a1", 7.25, (ExplanationLine("باران\n", 5.0), ExplanationLine("in the title", 2.25)))


def written(write) -> str:
    out = io.StringIO()
    write(FOUND, out)
    return out.getvalue()


def test_text_is_a_sum() -> None:
    assert written(write_explanation_text) == ("     5.000  باران\n     2.250  in the title\n     7.250  score of a1\n")


def test_what_closer_reading_adds_says_what_it_means_in_the_readers_language() -> None:
    found = Explanation("باران", "a1", 1.25, (ExplanationLine("like the best", 1.25),))
    out = io.StringIO()
    write_explanation_text(found, out)
    assert f"     1.250  like the best ({MEANINGS['like the best'][0]})\n" in out.getvalue()
    out = io.StringIO()
    write_explanation_text(found, out, settings=Settings(language="fa", digits="persian"))
    assert f"     ۱٫۲۵۰  مانند بهترین‌ها ({MEANINGS['like the best'][1]})\n" in out.getvalue()


def test_json_has_the_lines_as_they_are() -> None:
    assert json.loads(written(write_explanation_json)) == {
        "format_version": 1,
        "query": "باران",
        "id": "a1",
        "partial": None,
        "score": 7.25,
        "lines": [{"what": "باران\n", "value": 5.0}, {"what": "in the title", "value": 2.25}],
    }
