"""Multiply a target out, or work out a share, with the arithmetic shown."""

import re
from collections.abc import Iterable

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.draft import Draft, Point, point_of, quote_words
from assistant.phrases import Line
from assistant.quantity import Quantity, find_quantities, spoken
from assistant.understand import Understanding, Want
from corpus.library import Library
from corpus.rules import Target

_URBAN = re.compile(r"城市社区|城里|城区|城市的?社区|市区(的)?社区|城镇社区|urban|city communit")
_RURAL = re.compile(r"农村|村里|乡下|村社区|个村|行政村|rural|village")
_BRAND = re.compile(r"品牌|名牌|叫得响|brand|flagship")
_COUNTED = re.compile(
    r"^\s*(城市|农村|城里的?|农村的?|城镇|村|urban|rural|village|社区|居委会|个?社区|communit)"
)


def multiply(question: Understanding, library: Library) -> Draft | None:
    """Multiply a target out for a number of communities."""
    if not library.targets or not question.is_about(Want.TOTAL) or question.asked:
        return None
    wanted = [
        (scope, count) for count in question.quantities if (scope := _scope_counted(question.text, count))
    ]
    if not wanted:
        return None
    points, products = [], []
    for scope, count in wanted:
        for target in _targets(scope, question.text, library):
            points.append(_product(target, count, library))
            products.append(count.value * target.at_least)
    if not points:
        return None
    lead = None
    if len(products) > 1 and not _BRAND.search(question.text):
        lead = phrases.TOTAL_ALL.filled(total=spoken(sum(products)), sum="＋".join(map(spoken, products)))
    notes = (phrases.AVERAGE_NOTE,) if any("平均" in p.quotations[0].text for p in points) else ()
    return Draft(status=Status.ANSWERED, mode=Mode.RULES, lead=lead, points=tuple(points), notes=notes)


_MONEY = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*(?P<unit>万元|亿元|万|亿|元|块)")


def share_of(question: Understanding, library: Library) -> Draft | None:
    """Work a percentage out for an amount of money that the question names."""
    amount = _MONEY.search(question.text)
    shares = [fact for fact in library.facts if fact.kind in ("number", "target") and "%" in fact.words]
    if (
        amount is None
        or not shares
        or not re.search(r"购买|买|拿出|拿|至少|最少|不低于|buy|purchase", question.text)
    ):
        return None
    fact = shares[0]
    percent = next((q for q in find_quantities(fact.words) if q.unit == "%"), None)
    if percent is None or not re.search(r"新增|项目|购买|buy|project", question.text):
        return None
    part = spoken(round(float(amount["n"]) * percent.value / 100, 4)) + amount["unit"]
    whole = amount["n"] + amount["unit"]
    say = phrases.SHARE.filled(whole=whole, percent=spoken(percent.value), part=part)
    point = Point(
        say=Line(say.zh + fact.say, f"{say.en} {fact.say_en}"),
        quotations=point_of(fact, library).quotations,
        derived=True,
    )
    return Draft(status=Status.ANSWERED, mode=Mode.RULES, points=(point,))


_BOTH = re.compile(r"总量|普通|一般|各是|分别|都|以及|和|加|另外|both|and ")


def _scope_counted(text: str, count: Quantity) -> str | None:
    """Return urban, rural or each: what the figure counts; None when it counts something else."""
    if count.unit not in ("个", "") or count.value < 2:
        return None
    after = text[count.end : count.end + 14]
    if not _COUNTED.search(after):
        return None
    if _URBAN.search(after):
        return "urban"
    if _RURAL.search(after) or after.lstrip().startswith("村"):
        return "rural"
    if _URBAN.search(text) and not _RURAL.search(text):
        return "urban"
    if _RURAL.search(text) and not _URBAN.search(text):
        return "rural"
    return "any"


def _targets(scope: str, text: str, library: Library) -> Iterable[Target]:
    brand = _BRAND.search(text) is not None
    both = brand and _BOTH.search(text) is not None
    for target in library.targets:
        if target.scope == "each":
            if brand:
                yield target
        elif (both or not brand) and scope in ("any", target.scope):
            yield target


_SCOPES = {
    "urban": ("城市社区", "urban communities"),
    "rural": ("农村社区", "rural communities"),
    "each": ("社区", "communities"),
}


_UNITS = ("community social organisations", "“brand” community social organisations")


def _product(target: Target, count: Quantity, library: Library) -> Point:
    return Point(
        say=phrases.TOTAL.filled(
            count=spoken(count.value),
            scope=_SCOPES[target.scope],
            total=spoken(count.value * target.at_least),
            unit=(target.unit.removeprefix("个"), _UNITS[target.scope == "each"]),
            each=spoken(target.at_least),
        ),
        quotations=(quote_words(library, target.provision, target.words),),
        derived=True,
    )
