"""Personal numbers do not leave the process; everything else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.mask import masked

HIDDEN = {
    "identity card": ("我的身份证是11010519491231002X，能登记吗", "我的身份证是【身份证号】，能登记吗"),
    "identity card, spaced": ("110105 19491231 0021", "【身份证号】"),
    "identity card, full width": ("１１０１０５１９４９１２３１００２１能办吗", "【身份证号】能办吗"),
    "old identity card": ("130503670401001", "【身份证号】"),
    "mobile": ("打13800138000找我", "打【电话号码】找我"),
    "mobile, spaced": ("138-0013-8000", "【电话号码】"),
    "mobile with country": ("+86 13800138000", "【电话号码】"),
    "landline": ("电话010-65391234。", "电话【电话号码】。"),
    "bank card": ("卡号6222021234567890123", "卡号【银行卡号】"),
    "bank card, spaced": ("6222 0212 3456 7890", "【银行卡号】"),
    "two": ("13800138000和13900139000", "【电话号码】和【电话号码】"),
}


@pytest.mark.parametrize(("text", "expected"), HIDDEN.values(), ids=HIDDEN.keys())
def test_personal_numbers_are_hidden(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2021年9月至2023年12月",
        "京社委社组发〔2021〕56号",
        "不低于30%，不少于24学时",
        "拨打12345",
        "第20211014号",
        "1,000,000元",
        "2021-10-14",
    ],
)
def test_numbers_of_a_policy_are_left(text: str) -> None:
    assert masked(text) == text


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.sampled_from(["", "电话", "，", " "]))
def test_no_mobile_number_is_left(number: str, before: str) -> None:
    assert number not in masked(f"{before}{number}找我")
