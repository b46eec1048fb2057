"""What ``make demo`` shows is really found."""

from __future__ import annotations

import pytest

from khabarjoo.seeds import demo


def test_every_search_of_the_demo_finds_what_it_promises(capfd: pytest.CaptureFixture[str]) -> None:
    assert demo.main() == 0
    shown = capfd.readouterr().out
    assert shown.startswith("Indexed the 70 articles of the bundled sample in ")
    assert [id for id in ("c01", "b18", "karun-61877", "b09") if f" · {id}\n" not in shown] == []
    assert "    ۱ نسخهٔ دیگر: پایگاه خبری راه ابریشم\n" in shown
    assert "khabarjoo index FOLDER" in shown
