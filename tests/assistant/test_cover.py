"""What the answer must tell is not lost when someone else words it."""

import pytest

from assistant.cover import covers, repeats
from assistant.draft import Point
from assistant.phrases import Line
from assistant.question import Language
from corpus.library import Quotation

_QUOTATION = Quotation(provision="guide/4#1", text="应", start=0, end=1)


def point(zh: str, en: str = "", items: tuple[str, ...] = (), *, derived: bool = False) -> Point:
    return Point(say=Line(zh, en), quotations=(_QUOTATION,), items=items, derived=derived)


ROOMS = point("街道级机构应独立设置党建活动室、会议培训室等。", items=("党建活动室", "会议培训室"))
HOURS = point(
    "从业人员每年培训不少于24学时。", "Staff receive no fewer than 24 class hours of training every year."
)


@pytest.mark.parametrize(
    ("texts", "wanted", "told"),
    [
        (["街道级的机构要独立设置会议培训室、党建活动室等。"], ROOMS, True),
        (["街道级的机构要独立设置会议培训室。", "它还应独立设置党建活动室等。"], ROOMS, True),
        (["街道级的机构应独立设置会议培训室等。"], ROOMS, False),
        (["从业人员每年参加培训不少于24学时。"], HOURS, True),
        (["从业人员每年要参加培训。"], HOURS, False),
        (["机构名称里有24个字。"], HOURS, False),
        ([], HOURS, False),
    ],
)
def test_a_point_is_told_by_its_members_numbers_and_words(
    texts: list[str], wanted: Point, told: bool
) -> None:
    assert covers(texts, wanted, Language.CHINESE) is told


def test_an_english_point_is_told_by_its_numbers_and_words() -> None:
    assert covers(["Each year, staff get no fewer than 24 class hours of training."], HOURS, Language.ENGLISH)
    assert not covers(["Staff receive training every year."], HOURS, Language.ENGLISH)


def test_saying_the_same_again_is_a_repetition() -> None:
    assert repeats(
        "从业人员每年培训不少于24学时。", ["每年，从业人员每年培训不少于24学时。"], Language.CHINESE
    )
    assert not repeats("各区可拿出一定比例支持。", ["从业人员每年培训不少于24学时。"], Language.CHINESE)
    assert not repeats("各区可拿出一定比例支持。", [], Language.CHINESE)


def test_a_question_about_one_member_is_answered_by_what_is_said_of_it() -> None:
    said = ["街道级机构应独立设置会议培训室。"]
    assert covers(said, ROOMS, Language.CHINESE, asked="会议培训室必须独立设置吗？")
    assert not covers(said, ROOMS, Language.CHINESE, asked="要有哪些房间？")
