"""Windows and phrases, against a look at every choice of words."""

from __future__ import annotations

from itertools import permutations
from random import Random

import numpy as np
import pytest

from khabarjoo.index.forward_index import Stretches
from khabarjoo.searcher.local.cooccurrence import phrases, together


def stretches(texts: list[list[int]]) -> Stretches:
    lengths = [len(text) for text in texts]
    starts = np.cumsum([0, *lengths])[:-1].astype(np.int64)
    return Stretches(np.array([bits for text in texts for bits in text], np.uint64), starts)


def begins(text: list[int], start: int, parts: int, slop: int, *, ordered: bool) -> bool:
    """Whether some choice of words, the first of the window among them, gives each part one of its own."""
    places = [place for place in range(start, min(len(text), start + parts + slop)) if text[place]]
    return any(
        start in chosen
        and (not ordered or list(chosen) == sorted(chosen))
        and all(text[place] >> part & 1 for part, place in enumerate(chosen))
        for chosen in permutations(places, parts)
    )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("ordered", [False, True])
def test_a_window_counts_when_each_part_has_a_word_of_its_own(seed: int, *, ordered: bool) -> None:
    rng = Random(seed)
    for _ in range(40):
        parts, slop = rng.randint(2, 4), rng.randint(0, 3)
        masks = [0, *(rng.randrange(1, 1 << parts) for _ in range(3)), *(1 << part for part in range(parts))]
        texts = [[rng.choice(masks) for _ in range(rng.randint(0, 12))] for _ in range(5)]
        by_hand = [sum(begins(text, at, parts, slop, ordered=ordered) for at in range(len(text))) for text in texts]
        assert together(stretches(texts), parts, slop, ordered=ordered).tolist() == by_hand, (texts, parts, slop)
        if not slop:
            in_a_row = [sum(begins(text, at, parts, 0, ordered=True) for at in range(len(text))) for text in texts]
            assert phrases(stretches(texts), parts).tolist() == in_a_row


def test_what_is_looked_at_does_not_grow_with_the_square_of_the_words_near_each_other() -> None:
    """Each look at the clock is after so many windows; with every word in every window there are no more of them."""
    looks: list[int] = []
    for words in (1 << 17, 1 << 18):
        text = stretches([[0b1111] * words])
        calls: list[object] = []
        found = together(text, 4, 100, ordered=False, check=lambda calls=calls: calls.append(None))  # type: ignore[misc]
        assert found.tolist() == [words - 3]
        looks.append(len(calls))
    assert looks[1] <= 2 * looks[0] + 1


def test_a_check_that_fails_ends_the_count() -> None:
    def fail() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        together(stretches([[1, 2, 1]]), 2, 3, ordered=False, check=fail)
