"""What an index is made of adds up to all of it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.corpus import make_index, random_articles


def test_every_column_is_told_from_the_largest_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import column_sizes

    snapshot = make_index(tmp_path, random_articles(Random(1), 40), random_articles(Random(2), 30))
    column_sizes.main([str(tmp_path)])
    *lines, total = (line.replace(",", "").split() for line in capsys.readouterr().out.splitlines())
    sizes = [int(line[0]) for line in lines]
    columns = [live.segment.columns for live in snapshot.segments]
    assert {line[3] for line in lines} == {name for each in columns for name in each.names}
    assert sizes == sorted(sizes, reverse=True) and sum(sizes) == int(total[0])
    assert sum(sizes) == sum(each[name].nbytes for each in columns for name in each.names)
    assert int(total[1]) == sum(int(line[2]) for line in lines)
