"""Read dates and what they bound: by the end of a month, before it, from it, on it."""

import itertools
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from corpus.numerals import read_number


class Relation(StrEnum):
    """How a date limits what is done."""

    ON = "on"
    BY = "by"
    BEFORE = "before"
    AFTER = "after"
    START = "from"
    END = "until"


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, a month or a day as it is named, with its bounding words."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    part: str
    """``end``, ``start`` or ``middle`` of that year or month; empty for the whole of it."""
    relation: Relation
    words: str

    @property
    def date(self) -> tuple[int | None, int | None, int | None, str]:
        """What is named, without its bound."""
        return self.year, self.month, self.day, self.part


_DIGITS = "零〇一二三四五六七八九"
_YEAR = rf"(?P<year>(?:19|20)\d\d|[{_DIGITS}]{{4}})"
_SMALL = r"(?:[0-3]?\d|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_MOMENT = re.compile(
    r"(?P<before>(?:赶)?在|止于|始于|起于|开始于|结束于|到|至|截至|截止到?|不晚于|不迟于|最迟(?:要|应|于|到|在)*|最晚(?:要|应|于|到|在)*|从|自|于|早于|晚于|直到|持续到|延续到)?"
    rf"(?:{_YEAR}(?:年(?P<end_of_year>年?(?:底|末|初|中(?=[,。]|期|旬)))?(?:度|份)?(?:的)?(?:(?P<month>{_SMALL})月(?:份)?(?:的)?)?|(?=-(?:19|20)\d\d年))"
    rf"|(?:同年|当年|同一年)?(?P<only_month>{_SMALL})月(?:份)?)"
    rf"(?:(?P<day>{_SMALL})[日号])?"
    r"(?P<part>底|末|初|(?:结束|过完|过去)(?=之前|以前|前)|中旬|上旬|下旬|月底|月末|月初|上半年|下半年)?"
    r"(?P<after>(?:的)?(?:这一?天|当天)?(?:之前|以前|前夕|前|之后|以后|过后|后|起|开始|启动|开始实施|为止|止|结束|截止|完结|收尾|完成|以来|之内|以内|内|期间))?"
)
_PARTS = {
    "底": "end",
    "末": "end",
    "月底": "end",
    "月末": "end",
    "结束": "end",
    "过完": "end",
    "过去": "end",
    "下旬": "late",
    "初": "start",
    "月初": "start",
    "上旬": "start",
    "中": "middle",
    "中旬": "middle",
    "上半年": "first half",
    "下半年": "second half",
}
_BY = re.compile(r"到|至|截|不晚于|不迟于|最迟|最晚|直到|持续到|延续到")
_JOINED = re.compile(r"[-~—至到]|开始-|起至?|开始,?(?:到|至)|起,?(?:到|至)|直?到|一直到")


@lru_cache(maxsize=4096)
def find_moments(text: str) -> tuple[Moment, ...]:
    """Return the dates in a plain text, in order; a bare month takes the year of the date before it."""
    moments: list[Moment] = []
    for match in _MOMENT.finditer(text):
        only_month = match["only_month"]
        if only_month and (
            match.end() == match.end("only_month") and text[match.end("only_month") :][:1] != "月"
        ):
            continue
        year = _year(match["year"]) if match["year"] else (moments[-1].year if moments else None)
        month = match["month"] or only_month
        if only_month and not moments and not match["after"] and not match["part"] and not match["day"]:
            year = None
        moments.append(
            Moment(
                match.start(),
                match.end(),
                year,
                read_number(month) if month else None,
                read_number(match["day"]) if match["day"] else None,
                _PARTS.get(match["part"] or (match["end_of_year"] or "").removeprefix("年"), ""),
                _relation(match),
                match.group(),
            )
        )
    return tuple(_joined(moments, text))


def years_of_numbers(text: str) -> tuple[Moment, ...]:
    """Return the years in file numbers: a document numbered [2019]28号 is of 2019."""
    return tuple(
        Moment(match.start(1), match.end(1), int(match[1]), None, None, "", Relation.ON, f"{match[1]}年")
        for match in re.finditer(r"\[((?:19|20)\d\d)\]\d+号", text)
    )


def _joined(moments: list[Moment], text: str) -> list[Moment]:
    """Turn 「九月至十二月」 into a start and an end."""
    for position in range(len(moments) - 1):
        first, second = moments[position], moments[position + 1]
        between = text[first.end : second.start]
        opens = between in {"", "-", "~"} or _JOINED.fullmatch(between) is not None
        if between in {"和", "、"} and "起止" in text[: first.start]:
            opens, between = True, "-"
        until = second.words.startswith(("至", "到", "直到", "持续到", "延续到"))
        opens = opens or (until and re.fullmatch(r"[^,;:。、和与\d]{1,4}", between) is not None)
        if opens and (between in {"-", "~"} or until):
            moments[position] = replace(first, relation=Relation.START)
            moments[position + 1] = replace(second, relation=Relation.END)
    return moments


def _year(words: str) -> int:
    return int("".join(str(_DIGITS.index(c) - 1 if c != "零" else 0) if c in _DIGITS else c for c in words))


def _relation(match: re.Match[str]) -> Relation:
    before, after = match["before"] or "", match["after"] or ""
    if re.search("前", after) or before == "早于":
        return Relation.BEFORE
    if re.search("后", after) or before == "晚于":
        return Relation.AFTER
    if re.search("起|开始|启动|以来", after) or before in {"从", "自", "始于", "起于", "开始于"}:
        return Relation.START
    if re.search("止|结束|完结|收尾", after) or before in {"止于", "结束于"}:
        return Relation.END
    if _BY.match(before) or re.search("内|完成", after):
        return Relation.BY
    return Relation.ON


def agrees(said: Moment, told: tuple[Moment, ...]) -> bool:
    """Say whether a date in a statement is one that the text names, bounded in the same way.

    A month inside a period that the text sets agrees with it when the statement only says that it lies there.
    """
    return any(_same(said, moment) for moment in told) or _inside(said, told)


def _same(said: Moment, told: Moment) -> bool:
    if said.year is not None and said.year != told.year:
        return False
    if said.date[1:] == told.date[1:]:
        return said.relation in _ALIKE[told.relation] or (
            told.part == "end" and {said.relation, told.relation} <= {Relation.BEFORE, Relation.BY}
        )
    last_day = told.month is not None and said.day == _last_day(told.year, told.month) and not said.part
    return (
        told.part == "end"
        and last_day
        and said.month == told.month
        and {said.relation, told.relation} <= {Relation.BEFORE, Relation.BY}
    )


_ALIKE: dict[Relation, frozenset[Relation]] = {
    Relation.ON: frozenset({Relation.ON}),
    Relation.BY: frozenset({Relation.BY, Relation.ON}),
    Relation.BEFORE: frozenset({Relation.BEFORE}),
    Relation.AFTER: frozenset({Relation.AFTER}),
    Relation.START: frozenset({Relation.START}),
    Relation.END: frozenset({Relation.END, Relation.BY}),
}


def _inside(said: Moment, told: tuple[Moment, ...]) -> bool:
    if said.relation is not Relation.ON or said.part or said.month is None or said.year is None:
        return False
    here = (said.year, said.month)
    for first, last in itertools.pairwise(told):
        if first.relation is Relation.START and last.relation is Relation.END and first.month and last.month:
            if (first.year or 0, first.month) <= here <= (last.year or first.year or 0, last.month):
                return True
    return False


def _last_day(year: int | None, month: int) -> int:
    if month == 2:
        return 29 if year is not None and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def months_between(first: Moment, last: Moment) -> int | None:
    """Return how many months a period has, both ends counted; None when a year or month is missing."""
    if None in {first.year, first.month, last.year, last.month}:
        return None
    assert first.year
    assert first.month
    assert last.year
    assert last.month
    return (last.year - first.year) * 12 + last.month - first.month + 1
