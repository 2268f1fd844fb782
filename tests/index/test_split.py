"""Windows cover a text and cut where sentences end."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.split import LONGEST, OVERLAP, WINDOW, windows


@given(st.text(alphabet=st.sampled_from("社会组织。；\n，a"), max_size=2000))
def test_windows_cover_the_text_without_a_gap(text: str) -> None:
    found = list(windows(text))
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    for (_, end), (start, _) in pairwise(found):
        assert start == end - OVERLAP
    assert all(end - start <= max(WINDOW, LONGEST) for start, end in found)


def test_a_short_text_stays_whole() -> None:
    assert list(windows("社" * LONGEST)) == [(0, LONGEST)]


def test_a_window_ends_with_a_sentence_where_one_is_near() -> None:
    text = ("社" * 99 + "。") * 6
    assert all(text[:end].endswith("。") for _, end in windows(text))
