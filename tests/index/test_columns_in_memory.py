import numpy as np
import pytest

from khabarjoo.index.columns import ColumnsError
from khabarjoo.index.columns_in_memory import ColumnsInMemory


def test_columns_in_memory_are_read_like_those_of_a_file() -> None:
    columns = ColumnsInMemory({"a": np.array([1, 2, 3], np.uint16), "text": np.frombuffer("باران".encode(), np.uint8)})
    assert columns["a"].tolist() == [1, 2, 3]
    assert bytes(columns.bytes("text")).decode() == "باران"
    assert (columns.kind("a"), columns.count("a"), columns.names) == ("<u2", 3, ["a", "text"])
    assert columns.size_bytes == 6 + 10
    assert (columns.is_cut_short, columns.broken()) == (False, [])


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ColumnsError, match="column b is missing"):
        ColumnsInMemory({})["b"]


def test_what_few_ask_for_is_made_once_when_it_is_asked_for() -> None:
    made = []

    def later() -> np.ndarray:  # type: ignore[type-arg]
        made.append(1)
        return np.array([7], np.uint16)

    columns = ColumnsInMemory({}, {"late": later})
    assert (columns.names, made) == (["late"], [])
    assert [columns["late"].tolist(), columns["late"].tolist(), made] == [[7], [7], [1]]
