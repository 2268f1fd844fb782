"""Read amounts: a number, its unit, and the word that bounds it."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from corpus.numerals import read_number


class Bound(StrEnum):
    """How an amount limits what it counts."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    MORE = "more than"
    LESS = "less than"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount and where it stands, its bounding word included."""

    start: int
    end: int
    value: Fraction
    unit: str
    bound: Bound
    words: str

    def same_as(self, other: "Quantity") -> bool:
        """Say whether both fix the same amount in the same way."""
        return (self.value, self.unit, self.bound) == (other.value, other.unit, other.bound)


_NUMBER = r"(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"
_UNITS: dict[str, tuple[str, ...]] = {
    "个": ("个", "家", "支"),
    "学时": ("个学时", "学时"),
    "课时": ("个课时", "课时", "节课", "堂课", "节", "堂"),
    "小时": ("个小时", "小时", "钟头", "个钟头"),
    "分钟": ("分钟",),
    "天": ("天", "日"),
    "工作日": ("个工作日", "工作日"),
    "周": ("个星期", "星期", "周"),
    "月": ("个月",),
    "季度": ("个季度", "季度"),
    "年": ("年", "个年度", "周年"),
    "次": ("次", "场次", "场", "回", "期"),
    "轮": ("轮",),
    "级": ("级", "个层级", "个级别", "层"),
    "类": ("大类", "类", "种"),
    "项": ("大项", "项", "件事", "件", "块", "样", "大工程", "个方面", "方面", "大任务"),
    "步": ("个步骤", "步", "个阶段", "阶段", "个环节"),
    "条": ("条", "款"),
    "部分": ("个部分", "部分", "大部分"),
    "名": ("名", "位", "人"),
    "元": ("元", "块钱"),
    "万元": ("万元", "万块"),
    "亿元": ("亿元",),
    "万个": ("万个", "万家"),
    "平方米": ("平方米", "平米", "㎡", "平方"),
    "学分": ("个学分", "学分"),
    "倍": ("倍",),
    "号": ("号",),
    "岁": ("周岁", "岁"),
    "间": ("间", "处", "座", "套", "所"),
    "份": ("份",),
    "页": ("页",),
    "里": ("公里", "里地"),
}
_CLASS = {unit: name for name, units in _UNITS.items() for unit in units}
_UNIT = "|".join(sorted(_CLASS, key=len, reverse=True))

_AT_LEAST = (
    "不低于|不少于|不小于|不下于|不得低于|不得少于|不得小于|不能少于|不能低于|不应少于|不应低于|不可少于|不可低于|不准低于|不许低于"
    "|怎么着也得|怎么也得|少说也得|少说也要|好歹得|好歹要|至少|最少|最低|起码|不少过|下限(?:为|是|定为)?|底线(?:为|是)?|大于等于|大于或等于"
)
_AT_MOST = "不高于|不超过|不多于|不大于|不得超过|不得高于|不得多于|不能超过|不能高于|不应超过|不应高于|不可超过|最多|至多|最高|顶多|上限(?:为|是|定为)?|小于等于|控制在"
_MORE = "超过|高于|多于|大于|超出|逾|突破"
_LESS = "少于|低于|小于|不足|不到|不满"
_ABOUT = "大约|大概|大致|约为|约|将近|接近|近|左右|差不多|原则上"
_PREFIX = (
    rf"(?:(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<about>{_ABOUT}))"
    r"(?P<gap>[^,;:。、不没未非0-9零〇一二两三四五六七八九十百千]{0,10}?)"
)
_SUFFIX = (
    r"(?P<tail>(?:的)?(?:(?P<or_more>及以上|或以上|以上|起步|起|打底|保底|为底线|为下限|或更多|及更多|是底线|是下限|是最低要求|是最低线)"
    r"|(?P<or_less>及以下|或以下|以下|以内|之内|封顶|为限|为上限|是上限|是封顶|到顶)|(?P<around>左右|上下|多个?|余个?|来个|出头)))?"
)
_AMOUNT = re.compile(
    rf"(?:{_PREFIX})?(?<!第)(?:百分之(?P<percent>{_NUMBER})|千分之(?P<permille>{_NUMBER})"
    rf"|(?P<below>{_NUMBER})分之(?P<above>{_NUMBER})|(?P<points>{_NUMBER})个?百分点|(?P<sign>{_NUMBER})(?P<mark>[%‰])"
    rf"|(?P<tenths>[一二两三四五六七八九]|\d)成(?P<half_tenth>半)?(?![立为果员效熟本就长功])|(?P<half>一半|半数|过半|对半)"
    rf"|(?P<number>{_NUMBER})(?P<loose>多|余|几)?(?P<unit>{_UNIT}))" + _SUFFIX
)
_NAMED_BOUND = re.compile(r"(?:是|为)[^,;:。]{0,30}(?:(?P<least>最低|下限|底线|起码)|最高|上限|顶)")
_NOT_AMOUNTS = re.compile(
    r"(?P<same>[\d零一二两三四五六七八九十百]+[个学时次%]{1,2})或者?(?=(?P=same)以上)|这一(?:阶段|环节|步|[层级块点条项类个])|哪一|最后一|末一|头一|另一|同一|其中一|一部分|统一|一定|一起|一并|一律|唯一|一般|一致|一同|一直|一样|一旦|一方面|一体化?|十分(?!之)|一些|一系列|逐一|万一|(?<!分)之一|一批|一线|一一|一级一级|一层一层|一步一步|一步步|一块"
    r"|(?<=[市区道镇乡村])一级|一支持|一社|一街|一址|一名片|一品|两委|两目录|一机制|一次性|一步(?=提|拓|优|发|加|完)|进一步|第[一二三四五六七八九十]+"
)


@lru_cache(maxsize=4096)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the amounts in a plain text, in order; years, dates and ordinal numbers are no amounts."""
    shielded = _NOT_AMOUNTS.sub(lambda match: "\0" * len(match.group()), text)
    found: list[Quantity] = []
    for match in _AMOUNT.finditer(shielded):
        quantity = _read(match, text)
        if quantity is None:
            continue
        if quantity.bound is Bound.EXACTLY and found and found[-1].unit == quantity.unit:
            if text[found[-1].end : quantity.start] in {"和", "、", "与", "及"}:
                quantity = replace(quantity, bound=found[-1].bound)
        if quantity.bound is Bound.EXACTLY and (named := _NAMED_BOUND.match(text, quantity.end)):
            quantity = replace(quantity, bound=Bound.AT_LEAST if named["least"] else Bound.AT_MOST)
        found.append(quantity)
    return tuple(found)


def number_of(words: str) -> Fraction | None:
    """Return the number that digits or Chinese numerals write, or None."""
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return Fraction(words)
    number = read_number(words)
    return None if number is None else Fraction(number)


def _read(match: re.Match[str], text: str) -> Quantity | None:
    value, unit = _value(match)
    if value is None or _part_of_a_date(match, text, unit):
        return None
    return Quantity(match.start(), match.end(), value, unit, _bound(match), text[match.start() : match.end()])


def _value(match: re.Match[str]) -> tuple[Fraction | None, str]:
    found = {name: words for name, words in match.groupdict().items() if words is not None}
    if "percent" in found:
        return number_of(found["percent"]), "%"
    if "permille" in found:
        return number_of(found["permille"]), "‰"
    if "below" in found:
        above, below = number_of(found["above"]), number_of(found["below"])
        return (None if above is None or not below else above / below * 100), "%"
    if "points" in found:
        return number_of(found["points"]), "百分点"
    if "sign" in found:
        return number_of(found["sign"]), found["mark"]
    if "tenths" in found:
        tenths = number_of(found["tenths"])
        return (None if tenths is None else tenths * 10 + (5 if "half_tenth" in found else 0)), "%"
    if "half" in found:
        return Fraction(50), "%"
    return number_of(found["number"]), _CLASS[found["unit"]]


def _part_of_a_date(match: re.Match[str], text: str, unit: str) -> bool:
    """Say whether this is 2022年, or the 30日 of 6月30日, or the 年 of a year's name."""
    if unit == "年":
        return match["number"] is not None and (
            len(match["number"]) == 4 or text[match.end() : match.end() + 1] == "度"
        )
    if unit in {"天", "号"}:
        before = text[: match.start("number")]
        return before.endswith("月") or (
            text[match.end() : match.end() + 1] in {"前", "底"} and before.endswith("月")
        )
    return False


def _bound(match: re.Match[str]) -> Bound:
    if match["about"] or match["around"] or match.groupdict().get("loose"):
        return Bound.ABOUT
    if match["half"] == "过半":
        return Bound.MORE
    if match["or_less"] or match["most"]:
        return Bound.AT_MOST
    if match["less"]:
        return Bound.LESS
    if match["more"]:
        return Bound.MORE
    if match["or_more"] or match["least"]:
        return Bound.AT_LEAST
    return Bound.EXACTLY
