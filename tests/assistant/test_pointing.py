"""A model's answer is read as it arrives, in whatever form it comes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.pointing import Reader, Statement, keys_in

FORMS = {
    "lines": ("[K27] 第一句。\n[K31,K40] 第二句。\n", [("第一句。", "K27"), ("第二句。", "K31 K40")]),
    "other brackets": ("【K27】第一句。\n（K31、K40）第二句。", [("第一句。", "K27"), ("第二句。", "K31 K40")]),
    "bullets and bold": ("- **[K27]** 第一句。\n2. [k31] 第二句。\n", [("第一句。", "K27"), ("第二句。", "K31")]),
    "keys at the end": ("第一句。[K27]\n第二句 [K31][K40]\n", [("第一句。", "K27"), ("第二句", "K31 K40")]),
    "keys with a colon": ("K27：第一句。\nK31: 第二句。\n", [("第一句。", "K27"), ("第二句。", "K31")]),
    "one line": ("[K27] 第一句。[K31] 第二句。", [("第一句。", "K27"), ("第二句。", "K31")]),
    "two sentences after one key": ("[K27] 第一句。第二句。", [("第一句。", "K27"), ("第二句。", "K27")]),
    "a quotation inside": ("[K27] 写的是“第一句。第二句。”这样。", [("写的是“第一句。第二句。”这样。", "K27")]),
    "json": (
        json.dumps({"statements": [{"keys": ["K27"], "text": "含“}”和\\的句。"}, {"keys": ["K31", "K40"], "text": "第二句。"}]}, ensure_ascii=False),
        [("含“}”和\\的句。", "K27"), ("第二句。", "K31 K40")],
    ),
    "json in a fence": ('```json\n[{"keys": "K27", "text": "第一句。"}]\n```', [("第一句。", "K27")]),
    "json cut off": ('{"statements": [{"keys": ["K27"], "text": "第一句。"}, {"keys": ["K31"], "te', [("第一句。", "K27")]),
    "thinking before": ("<think>\n先看[K99] 不算。\n</think>\n[K27] 第一句。\n", [("第一句。", "K27")]),
    "an introduction": ("好的，回答如下：\n[K27] 第一句。\n希望有帮助！", [("第一句。", "K27")]),
    "English": ("[K27] No fewer than 2.5 rooms. It may share.\n", [("No fewer than 2.5 rooms.", "K27"), ("It may share.", "K27")]),
    "nothing that points": ("这里没有编号。", []),
}  # fmt: skip


def read(text: str, size: int) -> list[Statement]:
    reader = Reader()
    found = [each for start in range(0, len(text), size) for each in reader.feed(text[start : start + size])]
    return found + reader.close()


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize(("text", "expected"), FORMS.values(), ids=FORMS.keys())
def test_statements_are_the_same_however_the_answer_is_cut(
    text: str, expected: list[tuple[str, str]], size: int
) -> None:
    assert [(each.text, " ".join(each.keys)) for each in read(text, size)] == expected


@given(st.text(max_size=200), st.integers(1, 9))
def test_any_answer_is_read_without_a_fault(text: str, size: int) -> None:
    read(text, size)


def test_a_sentence_is_given_as_soon_as_it_ends() -> None:
    reader = Reader()
    assert reader.feed("[K27] 第一句") == []
    assert reader.feed("。") == [Statement("第一句。", ("K27",))]


def test_a_sentence_that_never_ended_counts_only_when_the_answer_did() -> None:
    reader = Reader()
    assert reader.feed("[K27] 没有写完的") == []
    assert reader.close() == [Statement("没有写完的", ("K27",))]


def test_keys_are_told_once_in_their_order() -> None:
    assert keys_in("K31, k27；K31 第3条") == ("K31", "K27")
