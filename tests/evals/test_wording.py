"""Compare wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.wording import bigrams, contains, first_sentence, numbers_of, plain


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("不少于 15 个", "15个"),
        ("不少于１５个", "15个"),
        ("不少於十五個", "十五个"),
        ("“一址多用”", "一址多用"),
        ("共 1,500 个", "1500"),
        ("2022年1月—2023年8月", "2022年1月-2023年8月"),
        ("四、（二）", "四、(二)"),
        ("**At Least** 15", "at least"),
        ("Encouraged, not required", "encourag"),
        ("No, it does not", "no"),
        ("2023年12月", "2023"),
    ],
)
def test_wordings_that_say_the_same_are_found(text: str, string: str) -> None:
    assert contains(plain(text), string)


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("不少于150个", "15"),
        ("不少于115个", "15个"),
        ("到2023年", "3年"),
        ("see the notice", "no"),
        ("not now", "no"),
        ("比例为7.30%", "30%"),
        ("2022年6月底前", "2022年6月前"),
    ],
)
def test_a_part_of_another_number_or_word_is_not_found(text: str, string: str) -> None:
    assert not contains(plain(text), string)


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ("不是。街道级没有。", "不是。"),
        ("**不是**。\n\n> 原文", "**不是**。"),
        ("应独立设置：\n- 党建活动室\n- 会议室", "应独立设置： 党建活动室"),
        ("At least 15.5 on average. See I.", "At least 15.5 on average."),
        ("\n\n一行没有句号", "一行没有句号"),
    ],
)
def test_the_first_sentence_is_what_a_clerk_would_read_aloud(answer: str, first: str) -> None:
    assert first_sentence(answer).replace("**", "") == first.replace("**", "")


def test_numbers_with_units_are_found() -> None:
    assert numbers_of("面积200平方米，收费5元，3名，30%，2021年") == ["200平方米", "5元", "3名", "30%"]


def test_pairs_of_characters_ignore_spaces_and_punctuation() -> None:
    assert bigrams("街道，要 什么？") == bigrams("街道要什么")


@given(st.text())
def test_plain_text_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)
