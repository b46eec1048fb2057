"""The measuring of relevance: figures of runs whose figures are known, comparisons, and the bundled sample."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

JUDGED = "q1\ta\t1\nq1\tb\t0\nq1\tc\t1\n\nq2\ta\t1\n"
RUN = "q1 Q0 a 1 3.0 x\nq1 Q0 b 2 2.0 x\nq1 Q0 c 3 1.0 x\n"


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    path = tmp_path / "qrels.tsv"
    path.write_text(JUDGED, encoding="utf-8")
    return path


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_judgments_may_have_three_columns_or_four() -> None:
    from relevance import read_qrels

    assert read_qrels(JUDGED.splitlines()) == {"q1": {"a": 1, "b": 0, "c": 1}, "q2": {"a": 1}}
    assert read_qrels(["q1 0 a 1", "q1 0 b 0"]) == {"q1": {"a": 1, "b": 0}}


def test_figures_are_those_of_the_definitions_and_queries_without_a_run_count_0(judged: Path, tmp_path: Path) -> None:
    from ir_measures import ScoredDoc
    from relevance import measure, read_qrels, summary

    qrels = read_qrels(judged.read_text(encoding="utf-8").splitlines())
    figures = measure([ScoredDoc("q1", "a", 3.0), ScoredDoc("q1", "b", 2.0), ScoredDoc("q1", "c", 1.0)], qrels)
    assert figures["AP"].tolist() == pytest.approx([(1 + 2 / 3) / 2, 0])
    assert figures["nDCG@10"].tolist() == pytest.approx([(1 + 1 / 2) / (1 + 1 / np.log2(3)), 0])
    assert figures["RR@10"].tolist() == [1, 0]
    assert figures["R@100"].tolist() == [1, 0]
    assert summary(figures) == {"queries": 2, "AP": 0.4167, "nDCG@10": 0.4599, "RR@10": 0.5, "R@100": 0.5}


def test_articles_of_queries_that_are_not_judged_do_not_count(judged: Path) -> None:
    from ir_measures import ScoredDoc
    from relevance import measure, read_qrels

    figures = measure([ScoredDoc("q9", "a", 1.0)], read_qrels(judged.read_text(encoding="utf-8").splitlines()))
    assert not any(values.any() for values in figures.values())


def test_a_difference_that_all_queries_share_is_sure_and_one_that_evens_out_is_not() -> None:
    from relevance import significance

    sure: dict[str, Any] = significance(np.array([0.2, 0.3, 0.25] * 10))
    assert sure["difference"] == 0.25
    assert sure["t"] > 10
    assert sure["p"] < 0.001
    assert sure["p_flips"] < 0.001
    unsure: dict[str, Any] = significance(np.array([0.2, -0.2, 0.21, -0.2] * 5))
    assert unsure["p"] > 0.5
    assert unsure["p_flips"] > 0.5


def test_the_test_by_turned_signs_agrees_with_all_turnings_there_are() -> None:
    from relevance import significance

    differences = np.array([0.5, 0.1, -0.2, 0.3])
    signs = np.array([[1 - 2 * (number >> bit & 1) for bit in range(4)] for number in range(16)])
    exact = np.mean(np.abs(signs @ differences) >= abs(differences.sum()) - 1e-12)
    assert significance(differences)["p_flips"] == pytest.approx(exact, abs=0.02)


def test_turning_signs_is_the_same_every_time_and_its_sign_that_of_the_difference() -> None:
    from relevance import significance

    differences = np.array([0.5, 0.1, -0.2, 0.3])
    one: dict[str, Any] = significance(differences)
    other = significance(-differences)
    assert significance(differences) == one
    assert (other["difference"], other["t"]) == (-one["difference"], -one["t"])
    assert other["p"] == one["p"]


def test_equal_runs_do_not_differ() -> None:
    from relevance import significance

    assert significance(np.zeros(3)) == {"difference": 0.0, "t": None, "p": None, "p_flips": 1.0}


def test_students_test_needs_differences_that_differ() -> None:
    from relevance import significance

    assert significance(np.array([0.5, 0.5])) == {
        "difference": 0.5,
        "t": None,
        "p": None,
        "p_flips": pytest.approx(0.5, abs=0.02),
    }
    assert significance(np.array([0.5]))["t"] is None


def test_students_test_agrees_with_a_table_of_its_distribution() -> None:
    from relevance import significance

    differences = np.array([1.0, 3.0, 2.0, 4.0, 0.0])  # mean 2, error 0.7071: t 2.828 with 4 degrees of freedom
    assert significance(differences)["t"] == 2.83
    assert significance(differences)["p"] == 0.047


@pytest.fixture
def arguments(sample: Path, tmp_path: Path) -> list[str]:
    """Two queries that the sample's own titles answer."""
    rows = [json.loads(line) for line in sample.read_text(encoding="utf-8").splitlines()]
    titled = [row for row in rows if row["title"]][:2]
    queries, qrels = tmp_path / "queries.tsv", tmp_path / "judged.tsv"
    queries.write_text("".join(f"{n}\t{row['title']}\n" for n, row in enumerate(titled)), encoding="utf-8")
    qrels.write_text("".join(f"{n}\t{row['id']}\t1\n" for n, row in enumerate(titled)), encoding="utf-8")
    return [str(sample), str(queries), str(qrels), str(tmp_path / "home")]


def test_the_sample_is_indexed_searched_measured_and_compared(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from relevance import main

    nothing = tmp_path / "nothing.run"
    nothing.write_text(RUN, encoding="utf-8")
    assert main([*arguments, "--against", str(nothing)]) == 0
    ours, theirs, compared = printed(capsys)
    assert (ours["run"], ours["queries"], ours["RR@10"]) == ("khabarjoo", 2, 1.0)
    assert (theirs["run"], theirs["RR@10"]) == ("nothing", 0.0)
    assert (compared["run"], compared["against"]) == ("khabarjoo", "nothing")
    assert compared["RR@10"]["difference"] == 1.0
    assert (tmp_path / "home" / "khabarjoo.run").exists()


def test_without_a_jar_lucene_is_said_to_be_left_out_in_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    from relevance import main

    assert main([*arguments, "--lucene"]) == 0
    captured = capsys.readouterr()
    assert [line for line in captured.err.splitlines() if "lucene" in line] == ["left out: lucene: no --lucene-jar"]
    assert len(captured.out.splitlines()) == 1


def test_each_step_of_the_ablation_is_compared_with_the_one_before_and_the_last_is_the_search_itself(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    from ablation import STEPS
    from relevance import main

    assert main([*arguments, "--ablation"]) == 0
    lines = printed(capsys)
    runs = [line for line in lines if "against" not in line]
    names = [step.name for step in STEPS]
    assert [line["run"] for line in runs] == names
    assert [(line["run"], line["against"]) for line in lines if "against" in line] == list(
        zip(names[1:], names[:-1], strict=True)
    )
    assert main(arguments) == 0
    (whole,) = printed(capsys)
    assert {**runs[-1], "run": "khabarjoo"} == whole


def test_the_analyzers_of_the_ablation_read_more_and_more_spellings_as_one() -> None:
    from ablation import FoldingAnalyzer, SpellingAnalyzer

    from khabarjoo.analyzers.analyzer import PersianAnalyzer

    spellings = ("همكاري‌هاي", "همکاری های", "همکاریهای", "همکاری")
    lemmas = {
        kind: [tuple(token.term.lemma for token in kind().tokens(text)) for text in spellings]
        for kind in (FoldingAnalyzer, SpellingAnalyzer, PersianAnalyzer)
    }
    assert lemmas[FoldingAnalyzer] == [("همکاری", "های"), ("همکاری", "های"), ("همکاریهای",), ("همکاری",)]
    assert lemmas[SpellingAnalyzer] == [("همکاریهای",)] * 3 + [("همکاری",)]
    assert lemmas[PersianAnalyzer] == [("همکاری",)] * 4
