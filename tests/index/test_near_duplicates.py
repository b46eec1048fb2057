"""Signatures: alike for copies, whatever the segment, and apart for the rest."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from khabarjoo.index.article import Article
from khabarjoo.index.column_shapes import SIGNATURE
from khabarjoo.index.hashing import hashes_of
from khabarjoo.index.near_duplicates import shingles, signatures
from tests.corpus import make_segment

words = st.lists(st.sampled_from([f"واژه{n}" for n in range(300)]), max_size=120)


def text(seed: int, size: int = 150) -> list[str]:
    """Words at random, hardly ever two of them twice in a row."""
    rng = Random(seed)
    return [f"واژه{rng.randrange(2000)}" for _ in range(size)]


def signed(*texts: list[str]) -> np.ndarray:
    lengths = np.array([len(of_text) for of_text in texts], np.int64)
    return signatures(hashes_of(word for of_text in texts for word in of_text), lengths)


def agreement(left: list[str], right: list[str]) -> int:
    rows = signed(left, right)
    return int(np.count_nonzero(rows[0] == rows[1]))


def test_a_signature_depends_on_the_text_alone_not_on_its_neighbours() -> None:
    alone = signed(text(1))[0]
    among = signed(text(2), [], text(1), text(3))
    assert among[2].tolist() == alone.tolist()
    assert not among[1].any()


def test_many_articles_are_signed_as_each_alone() -> None:
    texts = [text(seed, seed % 200) for seed in range(400)]
    assert signed(*texts).tolist() == [signed(of_text)[0].tolist() for of_text in texts]


def test_the_same_words_agree_everywhere_and_strangers_nowhere() -> None:
    assert agreement(text(1), text(1)) == SIGNATURE
    assert agreement(text(1), text(2)) == 0


def test_agreement_is_the_share_of_common_shingles() -> None:
    # 150 words of which the last 50 were rewritten: 98 of 198 shingles are common.
    shares = [agreement(text(seed), text(seed)[:100] + text(seed + 1000, 50)) / SIGNATURE for seed in range(60)]
    assert abs(np.mean(shares) - 98 / 198) < 0.05


def test_a_text_too_short_to_be_told_from_others_has_no_signature_and_no_shingles() -> None:
    assert not signed(text(1, 25)).any()
    assert not len(shingles(hashes_of(text(1, 25))))
    assert signed(text(1, 26)).any()
    assert len(shingles(hashes_of(text(1, 26)))) == 24


def test_shingles_are_three_words_in_a_row() -> None:
    one, other = (set(shingles(hashes_of(words)).tolist()) for words in (text(1, 60), text(1, 60)[1:]))
    assert len(one - other) == 1
    assert other < one


@given(words)
def test_any_words_are_signed(of_text: list[str]) -> None:
    assert signed(of_text).shape == (1, SIGNATURE)


def test_titles_are_not_signed_leads_are_and_segments_agree(tmp_path: Path) -> None:
    body, lead, rest = (" ".join(words) for words in (text(1), text(1)[:40], text(1)[40:]))
    one = make_segment(tmp_path / "one", [Article("a", "یک عنوان", body=body), Article("b", body="کوتاه")])
    other = make_segment(
        tmp_path / "other",
        [Article("c", "دیگر", body=" ".join(text(9))), Article("d", "عنوانی دیگر", lead=lead, body=rest)],
    )
    assert one.signatures[0].any()
    assert one.signatures[0].tolist() == other.signatures[1].tolist()
    assert not one.signatures[1].any()
