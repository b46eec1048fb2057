import json
import sys

import pytest

LINES = [
    {"engine": "khabarjoo", "resampled": False, "docs": 30, "mean_ms": 1, "seconds": 2, "size_mb": 3, "peak_mb": 4},
    {"engine": "khabarjoo", "resampled": True, "docs": 90, "mean_ms": 2, "seconds": 4, "size_mb": 6, "peak_mb": 5},
]


def test_each_size_is_measured_and_what_is_resampled_says_so(
    monkeypatch, capsys, sample, queries, tmp_path, fake_engine
) -> None:
    import growth

    grow = tmp_path / "grow.py"
    grow.write_text("import sys\nopen(sys.argv[2], 'w').write('{}\\n' * int(sys.argv[3]))\n")
    monkeypatch.setattr(growth, "engines", lambda options: [fake_engine("khabarjoo", [1.0])])
    arguments = [sample, queries, tmp_path / "home", "--rounds", "1", "--sizes", "50", "70", "--grow", grow]
    monkeypatch.setattr(sys, "argv", ["growth.py", *map(str, arguments)])
    assert growth.main() == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    given = len(sample.read_text(encoding="utf-8").splitlines())
    assert [(line["resampled"], line["docs"]) for line in lines] == [(False, given), (True, 50), (True, 70)]


def test_the_plot_is_the_same_for_the_same_figures(tmp_path) -> None:
    pytest.importorskip("matplotlib", reason="only the plot needs it")
    from growth_plot import plot

    plot(LINES, tmp_path / "one.svg")
    plot(LINES, tmp_path / "two.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
