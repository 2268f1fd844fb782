import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from corpus.sentences import split_sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲。乙！丙？", ["甲。", "乙！", "丙？"]),
        ("他说：“甲。”乙。", ["他说：“甲。”乙。"]),
        ("甲（见附件。乙）。丙。", ["甲（见附件。乙）。", "丙。"]),
        ("“甲。乙”是一句。丙。", ["“甲。乙”是一句。", "丙。"]),
        ("《甲。乙》。丙。", ["《甲。乙》。", "丙。"]),
        ("甲（未完。乙。丙。", ["甲（未完。", "乙。", "丙。"]),
        ("甲。  \n乙。\n", ["甲。  \n", "乙。\n"]),
        ("甲……乙", ["甲……乙"]),
        ("甲。）乙。", ["甲。）", "乙。"]),
        ("没有句号", ["没有句号"]),
        ("甲？！乙。", ["甲？！", "乙。"]),
    ],
)
def test_a_sentence_ends_at_its_mark_outside_any_closed_pair(text, sentences):
    assert split(text) == sentences


@given(st.text(alphabet="甲乙。！？“”《》（）() \n；：", min_size=1, max_size=60))
def test_sentences_tile_the_text(text):
    assert "".join(split(text)) == text
    assert all(split(text))
