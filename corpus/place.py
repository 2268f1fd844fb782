"""Read the place that a citation names: 第二条第一款第三项, 二、（三）, Article 2, paragraph 1."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.document import Level
from corpus.numerals import CHINESE, DIGITS, NUMERAL, read_compound, read_number

UNITS: Mapping[str, frozenset[Level]] = {
    "编": frozenset({Level.PART}),
    "分编": frozenset({Level.PART}),
    "章": frozenset({Level.CHAPTER}),
    "节": frozenset({Level.SECTION}),
    "条": frozenset({Level.ARTICLE}),
    "款": frozenset({Level.PARAGRAPH}),
    "项": frozenset({Level.ITEM, Level.SUBHEADING, Level.POINT}),
    "目": frozenset({Level.SUBITEM}),
    "部分": frozenset({Level.HEADING}),
    "大点": frozenset({Level.HEADING}),
    "点": frozenset({Level.HEADING, Level.SUBHEADING, Level.POINT}),
    "小点": frozenset({Level.SUBHEADING, Level.POINT}),
    "自然段": frozenset({Level.PARAGRAPH}),
    "段": frozenset({Level.PARAGRAPH}),
    "、": frozenset({Level.HEADING}),
    "（）": frozenset({Level.SUBHEADING, Level.ITEM}),
    ".": frozenset({Level.POINT, Level.SUBITEM, Level.ITEM}),
    "(1)": frozenset({Level.SUBPOINT, Level.SUBITEM, Level.ITEM}),
    "附件": frozenset({Level.ANNEX}),
    "引言": frozenset({Level.PREAMBLE}),
}
"""What each way of counting may mean."""

ENGLISH: Mapping[str, frozenset[Level]] = {
    "book": frozenset({Level.PART}),
    "chapter": frozenset({Level.CHAPTER}),
    "section": frozenset({Level.SECTION, Level.HEADING}),
    "article": frozenset({Level.ARTICLE}),
    "art": frozenset({Level.ARTICLE}),
    "paragraph": frozenset({Level.PARAGRAPH}),
    "para": frozenset({Level.PARAGRAPH}),
    "item": frozenset({Level.ITEM, Level.SUBHEADING}),
    "subitem": frozenset({Level.SUBITEM}),
    "part": frozenset({Level.HEADING}),
    "point": frozenset({Level.POINT, Level.SUBHEADING}),
    "subpoint": frozenset({Level.SUBPOINT}),
    "annex": frozenset({Level.ANNEX}),
    "preamble": frozenset({Level.PREAMBLE}),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a place, with its number; several numbers in a list or a range."""

    levels: frozenset[Level]
    numbers: tuple[str, ...]
    heading: str = ""
    """The words of a heading that has no number."""


_UNIT = "自然段|分编|部分|大点|小点|编|章|节|条|款|项|目|点|段"
_JOIN = r"(?:、|,|和|与|及|以及|或|或者|至|到|-|~)"
_COUNTED = re.compile(rf"第\s*({NUMERAL})\s*({_UNIT})?(?:之({NUMERAL}))?")
BARE_LIST = (
    rf"(?<![{CHINESE}第])(?=[{CHINESE}]{{1,3}}(?:\s*[、和到至]\s*第?[{CHINESE}]{{1,3}})+\s*条(?![例件目]))"
)
"""What comes before a list of articles without 第: 「二、三、四条」."""
_BARE = re.compile(rf"{BARE_LIST}({NUMERAL})()()")
_MORE = re.compile(rf"\s*({_JOIN})\s*第?\s*({NUMERAL})\s*({_UNIT})?")
_COMMA = re.compile(rf"([{CHINESE}]+)\s*、(?=\s*(?:\(|[0-9]|$|[^{CHINESE}]))|([{CHINESE}]+)(?=\s*\()")
_BRACKET = re.compile(rf"\s*\(\s*([{CHINESE}]+)\s*\)")
_MORE_BRACKETS = re.compile(rf"\s*({_JOIN})\s*\(\s*([{CHINESE}]+)\s*\)")
_ARABIC_BRACKET = re.compile(r"\s*\(\s*([0-9]{1,3})\s*\)")
_POINT = re.compile(r"\s*([0-9]{1,3})(?:[.、](?![0-9])|(?=\s*$|\s*\())")
_ANNEX = re.compile(rf"附件\s*({NUMERAL})?")
_PREAMBLE = re.compile(r"引言|序言|前言|导语|开头")
_HEADED = re.compile(r"\s*[“\"「]([^”\"」]{1,60})[”\"」](?:部分|一章|一节)?")
_AGAIN = re.compile(r"\s*\(同号第([0-9]+)处\)")
_OF = re.compile(r"\s*(?:的|中|中的|里|里的|之)?\s*")
_ENGLISH_UNIT = "|".join(sorted(ENGLISH, key=len, reverse=True))
_ENGLISH_STEP = re.compile(
    rf"[\s,]*(?:of\s+)?\b({_ENGLISH_UNIT})(s?)\b\.?\s*(?:no\.?\s*)?\(?([0-9]+(?:-[0-9]+)*)?\)?"
    r"((?:\s*(?:,|and|or|to|through|-|&)\s*[0-9]+(?![0-9-]*\())*)"
)
_LARGEST_RANGE = 50
_IN_A_ROW = "一二三四五六七八九"
ANYWHERE = frozenset({Level.PART, Level.CHAPTER, Level.SECTION, Level.ARTICLE, Level.ANNEX, Level.PREAMBLE})
"""Levels that a citation need not lead to step by step: 第十条 wherever its chapter is."""


def read_steps(folded: str, start: int) -> tuple[list[Step], int, int]:
    """Return the steps that a folded text names from ``start`` on, where they end, and which of equals is meant (0: any).

    No steps when there is no place at ``start``.
    """
    steps: list[Step] = []
    end = position = start
    while True:
        read = _read_step(
            folded, position, follows=bool(steps), inside=bool(steps) and steps[-1].levels <= ANYWHERE
        )
        if read is None:
            break
        step, end = read
        steps.append(step)
        position = _after(_OF, folded, end)
    again = _AGAIN.match(folded, end) if steps else None
    return (steps, again.end(), int(again.group(1))) if again else (steps, end, 0)


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _read_step(folded: str, start: int, *, follows: bool, inside: bool) -> tuple[Step, int] | None:
    match = _COUNTED.match(folded, start) or _BARE.match(folded, start)
    if match:
        return _counted(folded, match)
    match = _COMMA.match(folded, start)
    if match and (inside or not follows):
        return _single("、", match.group(1) or match.group(2), match.end())
    match = _BRACKET.match(folded, start)
    if match:
        return _bracketed(folded, match)
    match = _ARABIC_BRACKET.match(folded, start) if follows else None
    if match:
        return _single("(1)", match.group(1), match.end())
    match = _POINT.match(folded, start) if follows else None
    if match:
        return _single(".", match.group(1), match.end())
    match = _PREAMBLE.match(folded, start)
    if match:
        return Step(UNITS["引言"], ("",)), match.end()
    match = _ANNEX.match(folded, start) if not follows else None
    if match:
        number = str(read_number(match.group(1))) if match.group(1) else ""
        return Step(UNITS["附件"], (number,)), match.end()
    match = _HEADED.match(folded, start)
    if match:
        return Step(frozenset({Level.HEADING}), ("",), heading=match.group(1)), match.end()
    return None


def _single(unit: str, written: str, end: int) -> tuple[Step, int] | None:
    number = read_number(written)
    return None if number is None else (Step(UNITS[unit], (str(number),)), end)


def _bracketed(folded: str, match: re.Match[str]) -> tuple[Step, int] | None:
    """Read （三）, or a list such as （一）和（三）."""
    numbers = [read_compound(match.group(1)) or ""]
    end = match.end()
    while more := _MORE_BRACKETS.match(folded, end):
        counted = read_compound(more.group(2))
        if counted is None:
            break
        numbers += _between(numbers[-1], counted, more.group(1))
        end = more.end()
    return (Step(UNITS["（）"], tuple(dict.fromkeys(numbers))), end) if numbers[0] else None


def _counted(folded: str, match: re.Match[str]) -> tuple[Step, int] | None:
    """Read 第四条, 第四条和第六条, 第二至四条, 第二三四条, 第十二条之一."""
    first, unit = read_compound(match.group(1)), match.group(2)
    if first is None:
        return None
    if unit and len(match.group(1)) > 1 and match.group(1) in _IN_A_ROW:
        return Step(UNITS[unit], tuple(str(DIGITS[character]) for character in match.group(1))), match.end(2)
    if unit and match.group(3):
        return Step(UNITS[unit], (f"{first}-{read_number(match.group(3))}",)), match.end()
    end = match.end(2) if unit else match.end(1)
    numbers, pending, position = [first], [first], end
    while more := _MORE.match(folded, position):
        counted, its_unit = read_compound(more.group(2)), more.group(3)
        if counted is None or (its_unit and unit and its_unit != unit):
            break
        position = more.end()
        pending = [*pending, *_between(pending[-1], counted, more.group(1))]
        if its_unit:
            numbers, unit, end = pending, its_unit, position
    if not unit:
        return None
    return Step(UNITS[unit], tuple(dict.fromkeys(numbers))), end


def _between(first: str, last: str, join: str) -> Iterator[str]:
    spans = join in ("至", "到", "-", "~", "to", "through") and first.isdecimal() and last.isdecimal()
    if spans and int(first) < int(last) <= int(first) + _LARGEST_RANGE:
        yield from (str(number) for number in range(int(first) + 1, int(last)))
    yield last


def read_english_steps(folded: str, start: int) -> tuple[list[Step], int]:
    """Return the steps of an English place such as ``article 2, paragraph 1``, and where they end."""
    steps: list[Step] = []
    end = start
    headed = _HEADED.match(folded, start)
    if headed:
        return [Step(frozenset({Level.HEADING}), ("",), heading=headed.group(1))], headed.end()
    while match := _ENGLISH_STEP.match(folded, end):
        unit, plural, number, more = match.groups()
        if number is None and unit not in ("preamble", "annex"):
            break
        first, _, last = (number or "").partition("-")
        numbers = [first, *_between(first, last, "-")] if plural and last.isdecimal() else [number or ""]
        for joined in re.finditer(r"(,|and|or|to|through|-|&)\s*([0-9]+)", more or ""):
            numbers += _between(numbers[-1], joined.group(2), joined.group(1))
        steps.append(Step(ENGLISH[unit], tuple(dict.fromkeys(numbers))))
        end = match.end()
        bracket = _ARABIC_BRACKET.match(folded, end) if unit in ("part", "section") else None
        if bracket:
            steps.append(Step(UNITS["（）"], (bracket.group(1),)))
            end = bracket.end()
    return steps, end
