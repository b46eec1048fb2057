from pathlib import Path

import pytest

from khabarjoo.index.file_sync import sync


def test_codecs_are_compared_over_the_articles_of_an_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import record_codecs

    monkeypatch.setattr(record_codecs, "_module", lambda name: None)  # whatever is installed here
    file = tmp_path / "news.jsonl"
    file.write_text("".join(f'{{"id": "{n}", "title": "باران {n}"}}\n' for n in range(60)), encoding="utf-8")
    sync(tmp_path / "index", [file])
    record_codecs.main([str(tmp_path / "index")])
    first, *lines = capsys.readouterr().out.splitlines()
    assert first.startswith("60 articles")
    assert lines[0].startswith("zlib 5, today's") and "size 1.000" in lines[0]
    assert len(lines) == 3
