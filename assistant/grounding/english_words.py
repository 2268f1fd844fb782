"""Read English: words without their endings, amounts, dates and modal words."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path

from assistant.grounding.dates import Moment, Relation
from assistant.grounding.modality import Force
from assistant.grounding.quantities import Bound
from assistant.grounding.wording import load_wording

_TABLE = Path(__file__).with_name("english.toml")


WORD = re.compile(r"[a-z][a-z\-]*(?:'s)?|\d+(?:\.\d+)?%?|[\u4e00-\u9fff]+")


_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]


_TENS = {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "half": 50,
}


MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


_LEAST = r"at least|no fewer than|not fewer than|no less than|not less than|no lower than|not lower than|not be lower than|not be less than|no smaller than|a minimum of|minimum of"


_MOST = r"at most|no more than|not more than|up to|a maximum of|not exceed(?:ing)?|no higher than|not be higher than|no greater than"


_MORE = r"more than|over|exceed(?:s|ing)?|above|greater than|higher than"


_LESS = r"fewer than|less than|below|under|lower than"


_ABOUT = r"about|around|approximately|roughly|nearly|some"


_VALUE = r"\d+(?:\.\d+)?|" + "|".join([*sorted(_NUMBERS, key=len, reverse=True), *_TENS])


AMOUNT = re.compile(
    rf"(?:\b(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<about>{_ABOUT}))\s+(?:an? average of\s+)?)?"
    rf"\b(?P<value>{_VALUE})\b\s*(?P<percent>%|per ?cent)?(?:\s+(?P<unit>(?!or |and )[a-z]+(?:\s+(?!or |and )[a-z]+)?))?(?P<tail>\s*\bor (?:more|above|over)|\s*\band (?:above|over))?"
)


_MONTH = "|".join(MONTHS)


DATE = re.compile(
    rf"(?P<before>(?:no later than|not later than|by the end of|before the end of|by|before|prior to|until|till|up to|through|from|since|starting in|beginning in|after|at the end of|in|on|to)\s+)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?:(?P<month>{_MONTH})\s+)?(?:(?P<later_day>\d{{1,2}}),\s*)?(?P<year>(?:19|20)\d\d)\b"
)


_MODALS = (
    (
        Force.NEEDLESS,
        r"need not|needn't|do(?:es)? not (?:need|have) to|don't (?:need|have) to|not (?:required|obliged|necessary|mandatory)|optional(?:ly)?|unnecessary|without having to",
    ),
    (
        Force.FORBIDDEN,
        r"(?:must|may|shall|should|can|could|will)(?: ?not|n't)(?! (?:be )?(?:less|lower|fewer|exceed|more))|prohibited|forbidden|not (?:allowed|permitted|to)",
    ),
    (Force.ENCOURAGED, r"encourage[sd]?|advocate[sd]?|recommend(?:s|ed)?|urged?|promoted as good"),
    (Force.MAY, r"\bmay\b(?! \d)|\bcan\b|\bcould\b|allowed|permitted|\bmight\b"),
    (
        Force.MUST,
        r"\bmust\b|\bshall\b|\bshould\b|(?:is|are) to\b|ha(?:s|ve) to\b|required to|obliged to|needs? to\b|\bought to\b",
    ),
    (Force.SUPPORTED, r"(?:is|are|be) supported"),
)


MODAL = re.compile("|".join(f"(?P<m{number}>{pattern})" for number, (_, pattern) in enumerate(_MODALS)))


_IRREGULAR = {
    form: verb
    for verb, forms in {
        "run": "ran",
        "hold": "held",
        "build": "built",
        "buy": "bought",
        "send": "sent",
        "give": "gave given",
        "take": "took taken",
        "write": "wrote written",
        "begin": "began begun",
        "lead": "led",
        "draw": "drew drawn",
        "pay": "paid",
        "keep": "kept",
        "meet": "met",
        "choose": "chose chosen",
        "teach": "taught",
        "make": "made",
        "find": "found",
        "say": "said",
        "tell": "told",
        "show": "shown",
        "bring": "brought",
        "put": "putting",
        "set": "setting",
        "lay": "laid",
        "bear": "bore borne",
        "come": "came",
        "go": "went gone",
        "spend": "spent",
        "spread": "spreading",
        "get": "got gotten getting",
        "know": "knew known",
        "leave": "left",
        "feed": "fed",
        "stand": "stood",
        "understand": "understood",
    }.items()
    for form in forms.split()
}
"""Forms that no ending explains."""


_DOUBLED = re.compile(r"([bdgmnprt])\1$")


_SHORT = ("ing", "ed", "s")
"""Endings that may leave three letters."""
_ENDINGS = (
    "isation",
    "ization",
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ies",
    "ied",
    "ers",
    "er",
    "ors",
    "or",
    "ed",
    "es",
    "s",
    "ly",
    "e",
    "y",
)


@dataclass(frozen=True, slots=True)
class Table:
    partners: dict[str, frozenset[str]]
    empty: frozenset[str]


@cache
def table() -> Table:
    data = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    partners: dict[str, set[str]] = {}
    for line in data["same"]:
        stems = {stem(word) for word in line.split()}
        for each in stems:
            partners.setdefault(each, set()).update(stems)
    return Table(
        {each: frozenset(others) for each, others in partners.items()},
        frozenset(map(stem, data["empty"].split())),
    )


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a word without its ending, roughly: enough to match 「incubators」 with 「incubation」."""
    word = word.removesuffix("'s").replace("organiz", "organis").replace("center", "centre")
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (3 if ending in _SHORT else 4):
            return _DOUBLED.sub(r"\1", word[: -len(ending)])
    return word


def folded(text: str) -> str:
    text = text.lower().replace("’", "'").replace("–", "-").replace("—", "-")
    return load_wording().localised(re.sub(r"[“”\"]|(?<=[a-z])-(?=[\s,])", "", text))


def stems_of(text: str) -> frozenset[str]:
    words = WORD.findall(text)
    parts = (part for word in words if "-" in word for part in word.split("-") if part)
    return frozenset(stem(word) for word in (*words, *parts))


def forces_in(text: str) -> list[Force]:
    return [_MODALS[int(str(match.lastgroup)[1:])][0] for match in MODAL.finditer(text)]


def find_amounts(text: str, translation: str = "") -> Iterator[tuple[Fraction, str, Bound, str]]:
    """Yield each amount of a folded English text: value, unit, bound and words; dates are none."""
    for match in AMOUNT.finditer(DATE.sub(lambda found: " " * len(found.group()), text)):
        words = match["value"]
        if (
            words in {"one", "half"}
            and not match["least"]
            and not match["most"]
            and not match["percent"]
            and words == "one"
        ):
            continue
        if (
            match["least"] is None
            and match["tail"] is None
            and re.search(r"(?:article|part|section|item|phase)\s*$", text[: match.start("value")])
        ):
            continue
        if match["unit"] and f"{words} {match['unit'].split()[0]}" in translation:
            continue
        value = Fraction(words) if words[0].isdigit() else Fraction(_TENS.get(words) or _NUMBERS.index(words))
        unit = "%" if match["percent"] or words == "half" else (match["unit"] or "")
        bound = (
            Bound.AT_LEAST
            if match["least"] or match["tail"]
            else Bound.AT_MOST
            if match["most"]
            else Bound.MORE
            if match["more"]
            else Bound.LESS
            if match["less"]
            else Bound.ABOUT
            if match["about"]
            else Bound.EXACTLY
        )
        yield value, unit, bound, match.group().strip()


def find_dates(text: str) -> tuple[Moment, ...]:
    """Return the dates of a folded English text."""
    moments: list[Moment] = []
    for match in DATE.finditer(text):
        before = (match["before"] or "").strip()
        day = match["day"] or match["later_day"]
        month = MONTHS.index(match["month"]) + 1 if match["month"] else None
        moments.append(
            Moment(
                match.start(),
                match.end(),
                int(match["year"]),
                month,
                int(day) if day else None,
                "end" if "end of" in before else "",
                _relation(before),
                match.group().strip(),
            )
        )
    for place in range(len(moments) - 1):
        first, last = moments[place], moments[place + 1]
        if re.fullmatch(r"\s*(?:-|to)?\s*", text[first.end : last.start]) and last.relation in {
            Relation.END,
            Relation.ON,
        }:
            moments[place : place + 2] = [
                replace(first, relation=Relation.START),
                replace(last, relation=Relation.END),
            ]
    return tuple(moments)


def _relation(before: str) -> Relation:
    if before.startswith(("before", "prior")):
        return Relation.BEFORE
    if before.startswith(("by", "no later", "not later")):
        return Relation.BY
    if before.startswith(("from", "since", "starting", "beginning")):
        return Relation.START
    if before in {"to", "until", "till", "up to", "through"}:
        return Relation.END
    return Relation.AFTER if before == "after" else Relation.ON


BOUNDED = f"{_LEAST}|{_MOST}|{_MODALS[0][1]}|{_MODALS[1][1]}|not only|no later than|not later than"
"""What has a negative word in it and denies nothing by it."""
