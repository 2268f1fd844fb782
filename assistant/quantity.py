"""Find figures with their units in a question, in digits or in Chinese."""

import re
from dataclasses import dataclass

from corpus.numerals import read_number

_NUMBER = r"(?P<digits>\d+(?:\.\d+)?)|(?P<words>[零〇一二两三四五六七八九十百千]+)"
_UNITS = r"%|个百分点|成(?!立|员|为|果|功|本|效|人|就|长|年|都|份)|个?学时|个?课时|个?小时|平方米|平米|万元|亿元|元|块钱|个?工作日|天|个月|次|场|家|名|位|人(?!才|员|民|家)|条|项|间|类|期|处|所|支|批|级|个"
_QUANTITY = re.compile(rf"(?P<percent>百分之)?(?:{_NUMBER})\s*(?P<unit>{_UNITS})?")
_ENGLISH_UNITS = re.compile(
    r"(?P<digits>\d+(?:\.\d+)?)\s*(?P<unit>%|per ?cent|hours?|credit hours|days?|people|members|square met\w+|yuan|rmb|times?|communit\w+|groups?|organi[sz]ations?|rooms?)"
)
_SAME = {
    "课时": "学时",
    "个学时": "学时",
    "个课时": "学时",
    "小时": "学时",
    "个小时": "学时",
    "per cent": "%",
    "percent": "%",
    "hour": "学时",
    "hours": "学时",
    "credit hours": "学时",
    "家": "个",
    "支": "个",
    "间": "个",
    "两": "个",
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure and what it counts, as far as the words say."""

    value: float
    unit: str
    """Canonical: %, 学时, 个 …; empty when none is said."""
    start: int
    end: int
    before: str = ""
    """A few characters before it."""
    after: str = ""
    """A few characters after it."""


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the figures in a shadow. 三成 and 百分之三十 are 30 %; 第四条 and years are not quantities."""
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        before = text[max(0, match.start() - 6) : match.start()]
        unit = match["unit"] or ""
        if before.endswith(("第", "(", "((")) or (
            text[match.end() : match.end() + 1] in ("年", "月", "日", "号") and not unit
        ):
            continue
        if not unit and not match["percent"] and (match["words"] or len(match["digits"] or "") > 3):
            continue
        value = _value(match)
        if value is None:
            continue
        if match["percent"]:
            unit = "%"
        if unit == "成":
            value, unit = value * 10, "%"
        found.append(
            Quantity(
                value,
                _SAME.get(unit, unit),
                match.start(),
                match.end(),
                before,
                text[match.end() : match.end() + 8],
            )
        )
    for match in _ENGLISH_UNITS.finditer(text):
        if not any(q.start <= match.start() < q.end and q.unit for q in found):
            found = [q for q in found if not q.start <= match.start() < q.end]
            unit = re.sub(r"\s+", " ", match["unit"])
            found.append(
                Quantity(
                    float(match["digits"]),
                    _SAME.get(unit, unit),
                    match.start(),
                    match.end(),
                    text[max(0, match.start() - 6) : match.start()],
                    text[match.end() : match.end() + 8],
                )
            )
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _value(match: re.Match[str]) -> float | None:
    if match["digits"]:
        return float(match["digits"])
    number = read_number(match["words"])
    return None if number is None else float(number)


def spoken(value: float) -> str:
    """Write a figure without a needless fraction."""
    return str(int(value)) if value == int(value) else str(value)
