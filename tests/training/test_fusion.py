"""Words and vectors are added so that the vectors count only where their language is known."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.familiarity import UNFAMILIAR, Familiarity
from index.fusion import FAR, NEAR, SPREAD, USUAL, WEIGHT, fuse, trust

MODEL = Path(__file__).parents[2] / "index" / "model"


def numbers(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_the_language_of_statutes_is_trusted_and_a_strange_one_is_not():
    assert trust(numbers(USUAL, USUAL)) == 1
    assert trust(numbers(USUAL - NEAR * SPREAD)) == pytest.approx(1)
    assert trust(numbers(USUAL - FAR * SPREAD)) == pytest.approx(0)
    assert trust(numbers(-9)) == 0
    assert trust(numbers()) == 0


@given(st.floats(-12, 0), st.floats(-12, 0))
def test_trust_never_falls_as_language_grows_more_familiar(one, other):
    low, high = sorted((one, other))
    assert 0 <= trust(numbers(low)) <= trust(numbers(high)) <= 1


def test_without_trust_the_order_is_that_of_the_words():
    fused = fuse(numbers(3, 1, 2), bound=10, cosines=numbers(0, 1, 1), trust=0)
    assert fused.tolist() == pytest.approx([0.3, 0.1, 0.2])


def test_with_trust_a_cosine_is_added_at_its_weight():
    fused = fuse(numbers(3.6, 1), bound=10, cosines=numbers(0, 1), trust=1)
    assert fused.tolist() == pytest.approx([0.36, 0.1 + 0.6 * WEIGHT])


def test_no_candidates_give_no_scores():
    assert fuse(numbers(), bound=1, cosines=numbers(), trust=1).tolist() == []


def test_a_question_without_words_that_count_is_ranked_by_the_vectors():
    fused = fuse(numbers(0, 0), bound=0, cosines=numbers(0.1, 0.2), trust=1)
    assert np.isfinite(fused).all()
    assert fused[1] > fused[0]


def test_statutes_are_more_familiar_to_the_bundled_model_than_chatter_or_nothing():
    familiarity = Familiarity.read(MODEL)
    law = "用人单位应当按照劳动合同约定和国家规定，向劳动者及时足额支付劳动报酬。"
    chat = "哈哈哈今晚奶茶店门口碰头呗，记得带上小雨伞喔"
    found = familiarity.of([law, chat, "", "🙂"])
    assert found[0] > USUAL - SPREAD > found[1]
    assert found[2] == found[3] == np.float32(UNFAMILIAR)
