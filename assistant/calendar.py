"""Find months in a question and say where they fall among a document's phases."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.rules import Phase

_CHINESE = re.compile(
    r"(?P<year>(?:20)?\d{2})\s*年\s*的?(?:(?P<month>1[0-2]|0?[1-9])\s*月|(?P<word>[一二三四五六七八九十]{1,3})月|(?P<part>年?底|末|初|上半年|下半年|[春夏秋冬]天?))?"
)
_DOTTED = re.compile(r"(?<!\d)(?P<year>20\d{2})\s*[./-]\s*(?P<month>1[0-2]|0?[1-9])(?!\d)")
_ENGLISH = re.compile(
    r"\b(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:\d{1,2},?\s+)?(?P<year>20\d{2})",
    re.IGNORECASE,
)
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WORDS = {
    word: number
    for number, word in enumerate(
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], start=1
    )
}
_PARTS = {
    "年底": 12,
    "底": 12,
    "末": 12,
    "初": 1,
    "上半年": 3,
    "下半年": 9,
    "春": 4,
    "夏": 7,
    "秋": 9,
    "冬": 12,
}


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month of a day."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read ``2021-09``. Raises ValueError for anything else."""
        year, month = text.split("-")[:2]
        return cls(int(year), int(month))

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月"


def find_months(text: str) -> tuple[Month, ...]:
    """Return the months named in a shadow, in order, each once; a bare year names none."""
    found: list[tuple[int, Month]] = []
    for match in _CHINESE.finditer(text):
        number = _number(match)
        if number:
            year = int(match["year"])
            found.append((match.start(), Month(year if year > 99 else 2000 + year, number)))
    found += [(m.start(), Month(int(m["year"]), int(m["month"]))) for m in _DOTTED.finditer(text)]
    found += [
        (m.start(), Month(int(m["year"]), _NAMES.index(m["name"].lower()) + 1))
        for m in _ENGLISH.finditer(text)
    ]
    return tuple(dict.fromkeys(month for _, month in sorted(found)))


def _number(match: re.Match[str]) -> int | None:
    if match["month"]:
        return int(match["month"])
    if match["word"]:
        return _WORDS.get(match["word"])
    part = match["part"]
    return _PARTS.get(part) or _PARTS.get(part[0]) if part else None


def phases_on(month: Month, phases: Iterable[Phase]) -> tuple[Phase, ...]:
    """Return the phases that include ``month``; two where one ends in the month the next begins."""
    return tuple(p for p in phases if Month.parse(p.start) <= month <= Month.parse(p.end))
