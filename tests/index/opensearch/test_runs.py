import pytest

from khabarjoo.index.opensearch.runs import WHOLE, Part


def test_every_article_is_of_one_part() -> None:
    ids = [f"خبر-{number}" for number in range(1000)]
    parts = [Part(number, 7) for number in range(1, 8)]
    assert all(sum(part.takes(id) for part in parts) == 1 for id in ids)
    assert min(sum(map(part.takes, ids)) for part in parts) > 80
    assert all(map(WHOLE.takes, ids))


def test_a_part_is_told_as_one_number_of_another() -> None:
    assert Part.of_text("2/5") == Part(2, 5)
    for wrong in ("", "2", "0/5", "6/5", "2/5/7", "a/b", "-1/5", "1/0"):
        with pytest.raises(ValueError, match="a part is told as 2/5"):
            Part.of_text(wrong)
