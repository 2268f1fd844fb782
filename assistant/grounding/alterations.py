"""Alter a provision into something plausible that it does not say: what a quiz offers beside the right answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.ground import check
from assistant.grounding.quantities import number_of
from corpus.library import Library
from corpus.numerals import write_number


@dataclass(frozen=True, slots=True)
class Alteration:
    """A sentence with one thing in it changed, and which kind of thing."""

    text: str
    kind: str
    """``number`` · ``comparator`` · ``date`` · ``tier`` · ``modal`` · ``item``."""
    start: int
    end: int
    """Where the words stood that were exchanged: code points of the sentence before the change."""
    put: str
    """What stands there now."""


_SWAPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("comparator", r"不低于|不少于|至少", ("不超过", "不高于", "最多")),
    ("comparator", r"以上", ("以下",)),
    ("date", r"底前", ("前", "底后")),
    ("date", r"(?<=月)前", ("底前", "后")),
    ("tier", r"市级", ("区级", "街道级")),
    ("tier", r"区级", ("市级", "街道级")),
    ("tier", r"街道、乡镇级", ("市级", "区级")),
    ("tier", r"各区(?!域)", ("各街道", "各社区")),
    ("tier", r"各?街道、?乡镇(?!级)", ("各区", "各社区")),
    ("tier", r"城市社区", ("农村社区",)),
    ("tier", r"农村社区", ("城市社区",)),
    ("modal", r"(?<![适相对响反供])应当?(?![用急考])", ("可", "鼓励", "不得")),
    ("modal", r"(?<![重主需必首])要(?![求点素么])", ("可以", "不必")),
    ("modal", r"(?<![以许认])可以?(?![复推持能])", ("应", "不得")),
    ("modal", r"鼓励|提倡", ("应", "不得")),
    ("modal", r"(?:^|(?<=[,，。]))支持(?=把|将|其|工作人员)", ("要求", "不支持")),
)
_NUMBER = re.compile(
    r"(?P<digits>\d+)(?=%|个|学时|年(?!度)|月)|(?<!第)(?P<written>[二三四五六七八九十]+)(?=级|个|项|条|次|天)"
)


def altered(text: str) -> Iterator[Alteration]:
    """Yield the sentence with one number, bound, date, tier or modal word changed, each in its turn."""
    for match in _NUMBER.finditer(text):
        for other in _other_numbers(match.group(), text[match.end() : match.end() + 1]):
            kind = "date" if text[match.end() : match.end() + 1] in "年月" else "number"
            yield _exchanged(text, match.start(), match.end(), other, kind)
    for kind, pattern, others in _SWAPS:
        for match in re.finditer(pattern, text):
            for other in others:
                yield _exchanged(text, match.start(), match.end(), other, kind)


def with_items(text: str, items: Sequence[str]) -> Iterator[Alteration]:
    """Yield the sentence with an item of its list exchanged for one of ``items`` that it does not have."""
    listed = max(re.findall(r"(?:[^、，。]{2,12}、)+[^、，。]{2,12}", text), key=len, default="")
    members = listed.split("、")[1:-1]
    for item in items:
        if item in text or not members:
            continue
        member = members[len(item) % len(members)]
        start = text.index(member)
        yield _exchanged(text, start, start + len(member), item, "item")


def alterations(
    text: str, provisions: Sequence[str], library: Library, *, items: Sequence[str] = ()
) -> list[Alteration]:
    """Return the alterations of ``text`` that the provisions it is taken from do not support.

    ``items`` are foreign members for its list, such as the rooms of another tier.
    """
    made = dict.fromkeys([*altered(text), *with_items(text, items)])
    return [one for one in made if one.text != text and not check(one.text, provisions, library).supported]


def _exchanged(text: str, start: int, end: int, put: str, kind: str) -> Alteration:
    return Alteration(text[:start] + put + text[end:], kind, start, end, put)


def _other_numbers(words: str, following: str) -> list[str]:
    value = number_of(words)
    if value is None or value != int(value):
        return []
    number = int(value)
    if following == "%":
        others = [number + 20, number - 10]
    elif following == "年":
        others = [number + 1, number - 1]
    elif following == "月":
        others = [number % 12 + 1, (number + 2) % 12 + 1]
    else:
        others = [number * 2, number + 1, number - 1]
    fitting = [other for other in others if 0 < other != number]
    return [str(other) if words.isdecimal() else write_number(int(Fraction(other))) for other in fitting]
