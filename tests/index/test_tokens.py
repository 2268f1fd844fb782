"""Characters, pairs and words are counted alike one by one and in bulk."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.tokens import Counts, count_all, count_tokens, word_token

TEXTS = st.lists(
    st.text(alphabet=st.sampled_from("社会组织的abZ1９％　。\0𠮷ｶﾞé_-"), max_size=30) | st.text(max_size=30),
    max_size=6,
)


def unfold(counts: Counts, texts: int) -> list[Counter[int]]:
    found: list[Counter[int]] = [Counter() for _ in range(texts)]
    for place, token in enumerate(counts.vocabulary.tolist()):
        for posting in range(counts.starts[place], counts.starts[place + 1]):
            found[counts.rows[posting]][token] = int(counts.often[posting])
    return found


@settings(deadline=None)
@given(TEXTS)
def test_many_texts_are_counted_as_each_alone(texts: list[str]) -> None:
    counts = count_all(texts)
    assert unfold(counts, len(texts)) == [count_tokens(text) for text in texts]
    assert sorted(set(counts.vocabulary.tolist())) == counts.vocabulary.tolist()


def test_a_text_gives_its_characters_and_its_pairs() -> None:
    assert count_tokens("街道的街道") == {
        ord("街"): 2,
        ord("道"): 2,
        ord("的"): 1,
        ord("街") << 32 | ord("道"): 2,
        ord("道") << 32 | ord("的"): 1,
        ord("的") << 32 | ord("街"): 1,
    }


@pytest.mark.parametrize(
    "text", ["ABC 2023", "ａｂｃ　２０２３", "abc，2023。"], ids=["plain", "full width", "points"]
)
def test_latin_words_and_numbers_are_whole_tokens(text: str) -> None:
    assert count_tokens(text) == {word_token("abc"): 1, word_token("2023"): 1}


def test_a_pair_does_not_reach_across_a_point_or_a_number() -> None:
    assert ord("一") << 32 | ord("二") not in count_tokens("一，二") | count_tokens("一3二")


def test_a_word_that_is_repeated_endlessly_counts_as_255() -> None:
    assert int(count_all(["社" * 1000]).often.max()) == 255


def test_no_texts_give_no_tokens() -> None:
    counts = count_all([])
    assert len(counts.vocabulary) == 0
    assert np.array_equal(counts.starts, [0])
