"""The parts of ground(): amounts, dates, modal words, actors, and the table of words."""

import re

import pytest

from assistant.grounding.bodies import Tier, find_groups
from assistant.grounding.cover import Kind, lay
from assistant.grounding.dates import Relation, agrees, find_moments, months_between
from assistant.grounding.english_words import find_amounts, find_dates
from assistant.grounding.modality import Force, find_markers
from assistant.grounding.plain import bare, plain, quoted, titled
from assistant.grounding.quantities import Bound, find_quantities
from assistant.grounding.reading import source_of
from assistant.grounding.wording import load_wording
from corpus.library import load_library


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("不低于30%", 30, "%", Bound.AT_LEAST),
        ("不得低于百分之三十", 30, "%", Bound.AT_LEAST),
        ("至少三成", 30, "%", Bound.AT_LEAST),
        ("三成封顶", 30, "%", Bound.AT_MOST),
        ("超过30%", 30, "%", Bound.MORE),
        ("30个百分点", 30, "百分点", Bound.EXACTLY),
        ("十分之三以上", 30, "%", Bound.AT_LEAST),
        ("一半", 50, "%", Bound.EXACTLY),
        ("平均至少要有十五个", 15, "个", Bound.AT_LEAST),
        ("8个以上", 8, "个", Bound.AT_LEAST),
        ("8个以下", 8, "个", Bound.AT_MOST),
        ("约15个", 15, "个", Bound.ABOUT),
        ("15个左右", 15, "个", Bound.ABOUT),
        ("不少于8个学时", 8, "学时", Bound.AT_LEAST),
        ("不少于8个小时", 8, "小时", Bound.AT_LEAST),
        ("一次", 1, "次", Bound.EXACTLY),
        ("三级", 3, "级", Bound.EXACTLY),
    ],
)
def test_an_amount_is_read_with_its_unit_and_bound(text: str, value: int, unit: str, bound: Bound) -> None:
    (quantity,) = find_quantities(plain(text))
    assert (quantity.value, quantity.unit, quantity.bound) == (value, unit, bound)


@pytest.mark.parametrize(
    "text",
    [
        "统一命名",
        "进一步提高",
        "第一批师资名单",
        "两目录一机制",
        "2022年6月底前",
        "区一级",
        "一定比例",
        "选树一批",
    ],
)
def test_a_numeral_inside_a_word_or_a_date_is_no_amount(text: str) -> None:
    assert find_quantities(plain(text)) == ()


@pytest.mark.parametrize(
    ("text", "date", "relation"),
    [
        ("2022年6月底前", (2022, 6, None, "end"), Relation.BEFORE),
        ("2022年6月前", (2022, 6, None, ""), Relation.BEFORE),
        ("最晚2022年6月底", (2022, 6, None, "end"), Relation.BY),
        ("2022年6月底后", (2022, 6, None, "end"), Relation.AFTER),
        ("到2023年", (2023, None, None, ""), Relation.BY),
        ("从2021年9月开始", (2021, 9, None, ""), Relation.START),
        ("二〇二一年十月十四日", (2021, 10, 14, ""), Relation.ON),
        ("到2023年底", (2023, None, None, "end"), Relation.BY),
    ],
)
def test_a_date_is_read_with_what_bounds_it(
    text: str, date: tuple[int | None, int | None, int | None, str], relation: Relation
) -> None:
    (moment,) = find_moments(plain(text))
    assert (moment.date, moment.relation) == (date, relation)


@pytest.mark.parametrize(
    ("said", "told", "same"),
    [
        ("2022年6月30日前", "2022年6月底前", True),
        ("最迟2022年6月底", "2022年6月底前", True),
        ("2022年6月前", "2022年6月底前", False),
        ("2022年6月底前", "2022年6月前", False),
        ("2022年6月", "2022年6月前", False),
        ("2023年", "到2023年", True),
        ("到2023年底", "到2023年", False),
        ("2023年以后", "到2023年", False),
        ("2022年5月", "2022年1月-2023年8月", True),
        ("2021年12月", "2022年1月-2023年8月", False),
        ("到2023年8月结束", "2022年1月-2023年8月", True),
        ("2023年8月开始", "2022年1月-2023年8月", False),
    ],
)
def test_before_the_end_of_a_month_and_before_the_month_are_kept_apart(
    said: str, told: str, same: bool
) -> None:
    (moment,) = find_moments(plain(said))
    assert agrees(moment, find_moments(plain(told))) is same


def test_a_period_counts_its_first_and_last_month() -> None:
    assert months_between(*find_moments(plain("2021年9月至12月"))) == 4


@pytest.mark.parametrize(
    ("text", "forces"),
    [
        ("应独立设置党建活动室", [Force.MUST]),
        ("各区可拿出一定比例", [Force.MAY]),
        ("可以不设置党建活动室", [Force.NEEDLESS]),
        ("无需独立设置", [Force.NEEDLESS]),
        ("不得设置", [Force.FORBIDDEN]),
        ("鼓励有条件的区购买书籍", [Force.ENCOURAGED]),
        ("提倡实行社会化运作", [Force.ENCOURAGED]),
        ("应鼓励居民参与", [Force.ENCOURAGED]),
        ("支持工作人员参加评价", [Force.SUPPORTED]),
        ("支持社区社会组织发展", []),
        ("不得少于8个学时", []),
        ("适应区域发展需求", []),
        ("给予相应支持", []),
        ("认可度进一步提高", []),
        ("可复制可推广的组织", []),
        ("根据需要设立", []),
        ("年度工作要点", []),
        ("号召力", []),
    ],
)
def test_modal_words_are_found_and_their_like_are_not(text: str, forces: list[Force]) -> None:
    assert [marker.force for marker in find_markers(text)] == forces


@pytest.mark.parametrize(
    ("text", "kind", "tiers"),
    [
        ("市、区民政部门统筹力量", "民政", {Tier.CITY, Tier.DISTRICT}),
        ("街道、乡镇级社会组织培育孵化机构应提供", "孵化机构", {Tier.STREET}),
        ("区级和街道、乡镇级社会组织培育孵化机构应提供", "孵化机构", {Tier.DISTRICT, Tier.STREET}),
        ("北京市委社会工委市民政局", "社会工委", {Tier.CITY}),
        ("各区应结合实际", "区", {Tier.DISTRICT}),
    ],
)
def test_an_actor_is_read_with_the_tiers_before_it(text: str, kind: str, tiers: set[Tier]) -> None:
    body = find_groups(text)[0].bodies[0]
    assert (body.kind, set(body.tiers)) == (kind, tiers)


@pytest.mark.parametrize(
    "text", ["综合服务区", "流动办公区", "城市居民", "适应区域发展", "乡村振兴", "市民活动中心"]
)
def test_a_tier_inside_a_word_is_no_place(text: str) -> None:
    assert not any(body.tiers for group in find_groups(text) for body in group.bodies)


def test_spelling_is_one_before_anything_is_compared() -> None:
    assert plain("區級、XX街道「安家」（三）30％；") == "区级、xx街道安家三30%。"
    assert bare("《章程》，3.5%！") == "章程3.5%"
    assert quoted("“一址多用”和《办法》") == ("一址多用", "办法")
    assert titled("“一址多用”和《办法》") == ("办法",)


def test_what_a_provision_does_not_say_stays_uncovered() -> None:
    pieces = lay("街道级机构还应设置母婴室", source_of(load_library(), "guide/4#1"))
    assert [piece.words for piece in pieces if piece.kind is Kind.BARE][-1].startswith("母婴")


def test_words_that_the_law_keeps_apart_never_stand_for_one_another() -> None:
    wording = load_wording()
    for first, second in wording.apart:
        assert second not in wording.partners.get(first, ())
        assert first not in wording.partners.get(second, ())


def test_empty_words_deny_nothing_limit_nothing_and_count_nothing() -> None:
    frame = load_wording().frame | load_wording().characters
    denying = re.compile(
        "^(?:不(?!仅|但|只|光|止|限于|过|论|管)|没|未|无(?!论)|非(?!常)|勿|免|禁)|^只|^仅|唯|全部|所有|一律|每年|优先|强制|免费|收费"
    )
    assert [word for word in frame if denying.search(word)] == []


@pytest.mark.parametrize(
    ("text", "bound", "value"),
    [
        ("at least 30% of projects", Bound.AT_LEAST, 30),
        ("no fewer than fifteen organisations", Bound.AT_LEAST, 15),
        ("no more than 8 organisations", Bound.AT_MOST, 8),
        ("more than 30%", Bound.MORE, 30),
    ],
)
def test_an_english_amount_is_read_with_its_bound(text: str, bound: Bound, value: int) -> None:
    (_, _, found, _), *_rest = find_amounts(text)
    assert found is bound
    assert next(find_amounts(text))[0] == value


def test_an_english_date_is_read_with_what_bounds_it() -> None:
    before, by, first, last = find_dates(
        "before june 2022, by the end of june 2022, from september 2021 to december 2021"
    )
    assert (before.relation, by.relation, by.part) == (Relation.BEFORE, Relation.BY, "end")
    assert (first.relation, last.relation) == (Relation.START, Relation.END)
