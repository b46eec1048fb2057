import csv
import json
import sys


def _run(monkeypatch, *arguments: object) -> None:
    import speech_judge

    monkeypatch.setattr(sys, "argv", ["speech_judge.py", *map(str, arguments)])
    speech_judge.main()


def test_a_sheet_is_drawn_and_scored_when_it_was_filled(monkeypatch, capsys, tmp_path) -> None:
    articles = tmp_path / "articles.jsonl"
    rows = [
        {"id": f"a{number}", "source": "ایسنا", "title": "", "body": f"{name} گفت: تورم تا پایان سال مهار می‌شود."}
        for number, name in enumerate(("محمد رضایی", "علی کریمی", "رئیس سازمان آب"))
    ]
    articles.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    _run(monkeypatch, "draw", tmp_path / "out", articles, "--whole", 3)
    assert "rules" not in (tmp_path / "out" / "README.txt").read_text(encoding="utf-8")
    for name, column in (("statements.tsv", "person"), ("whole.tsv", "right")):
        with (tmp_path / "out" / name).open(encoding="utf-8", newline="") as file:
            sheet = list(csv.DictReader(file, delimiter="\t"))
        for row in sheet:
            if column == "person":
                assert "⟦تورم تا پایان سال مهار می‌شود.⟧" in row["context"]
                row.update(person="y", span="y", name="n" if row["number"] == "1" else "y", role="-")
            elif row["statement"]:
                row["right"] = "y"
        sheet[-1].update(right="missed") if column == "right" else None
        with (tmp_path / "out" / f"filled-{name}").open("w", encoding="utf-8", newline="") as file:
            filled = csv.DictWriter(file, list(sheet[0]), delimiter="\t")
            filled.writeheader()
            filled.writerows(sheet)
    capsys.readouterr()
    _run(monkeypatch, "score", *(tmp_path / "out" / name for name in ("", "filled-statements.tsv", "filled-whole.tsv")))
    scored = capsys.readouterr().out
    assert "right person                          2 of    2  100.0%" in scored
    assert "name right                            1 of    2   50.0%" in scored
    assert "found with the right speaker          3 of    4   75.0%" in scored
    assert "shown                                 2 of    4   50.0%" in scored
