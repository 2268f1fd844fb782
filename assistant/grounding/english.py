"""Compare an English statement with the reference translation, and its figures with the Chinese text."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from assistant.grounding.bodies import Tier
from assistant.grounding.dates import Moment, Relation, agrees
from assistant.grounding.modality import SPOKEN, Force
from assistant.grounding.quantities import Bound
from assistant.grounding.source import Source, source_of
from corpus.document import Level
from corpus.library import Library

_TABLE = Path(__file__).with_name("english.toml")
_WORD = re.compile(r"[a-z][a-z\-]*(?:'s)?|\d+(?:\.\d+)?%?|[\u4e00-\u9fff]+")
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
_MONTHS = [
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
_AMOUNT = re.compile(
    rf"(?:\b(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<about>{_ABOUT}))\s+(?:an? average of\s+)?)?"
    rf"\b(?P<value>{_VALUE})\b\s*(?P<percent>%|per ?cent)?(?:\s+(?P<unit>[a-z]+(?:\s+[a-z]+)?))?(?P<tail>\s+or more|\s+or above|\s+and above)?"
)
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
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
_MODAL = re.compile("|".join(f"(?P<m{number}>{pattern})" for number, (_, pattern) in enumerate(_MODALS)))
_NEGATION = re.compile(
    r"\b(?:not|no|never|without|neither|nor|none|cannot|excluding|except|refuse[sd]?|stop(?:s|ped)?|ban(?:s|ned)?)\b|n't\b"
)
_EXCLUSIVE = re.compile(
    r"\b(?:only|solely|exclusively|merely|just|all|entire|every|always|any|nothing else)\b"
)
_TIERS = (
    (
        Tier.CITY,
        re.compile(
            r"\bmunicipal(?:ity)?\b|\bcity[- ](?:level|tier)\b|(?<!in )(?<!across )(?<!throughout )(?<!of )\bthe city\b(?!'s)"
        ),
    ),
    (Tier.DISTRICT, re.compile(r"(?<!sub)(?<!sub-)\bdistricts?\b")),
    (Tier.STREET, re.compile(r"\bsub-?districts?\b|\btownships?\b|\bstreets?\b|\btowns?\b")),
    (Tier.COMMUNITY, re.compile(r"\bcommunity[- ]level\b|\bvillage[- ]level\b")),
)
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
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
)


@dataclass(frozen=True, slots=True)
class _Table:
    partners: dict[str, frozenset[str]]
    empty: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between two stops of a translation."""

    text: str
    stems: frozenset[str]
    force: Force


@dataclass(frozen=True, slots=True)
class _Reference:
    source: Source
    text: str
    context: frozenset[str]
    segments: tuple[_Segment, ...]

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for segment in self.segments for stem in segment.stems)


@cache
def _table() -> _Table:
    data = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    partners: dict[str, set[str]] = {}
    for line in data["same"]:
        stems = {stem(word) for word in line.split()}
        for each in stems:
            partners.setdefault(each, set()).update(stems)
    return _Table(
        {each: frozenset(others) for each, others in partners.items()},
        frozenset(map(stem, data["empty"].split())),
    )


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a word without its ending, roughly: enough to match 「incubators」 with 「incubation」."""
    word = word.removesuffix("'s").replace("organiz", "organis").replace("center", "centre")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return _DOUBLED.sub(r"\1", word[: -len(ending)])
    return word


def objection(statement: str, leaves: list[str], library: Library) -> str:
    """Return why no cited leaf bears the English statement out, in Chinese, or an empty text."""
    text = _folded(statement)
    references = [found for leaf in leaves if (found := _reference(library, leaf)) is not None]
    if not references:
        return "所引条款没有可供核对的英文译文。"
    ranked = sorted(references, key=lambda reference: len(_stems(text) & reference.stems), reverse=True)
    first = ""
    for reference in ranked[:3]:
        why = next((why for check in _CHECKS if (why := check(text, reference))), "")
        if not why:
            return ""
        first = first or why
    return first


def _folded(text: str) -> str:
    text = text.lower().replace("’", "'").replace("–", "-").replace("—", "-")
    return re.sub(r"[“”\"]", "", text)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORD.findall(text))


_READ: WeakKeyDictionary[Library, dict[str, _Reference | None]] = WeakKeyDictionary()


def _reference(library: Library, leaf: str) -> _Reference | None:
    known = _READ.setdefault(library, {})
    if leaf not in known:
        translated = library.translation(leaf)
        known[leaf] = None if translated is None else _read(library, leaf, _folded(translated))
    return known[leaf]


def _read(library: Library, leaf: str, text: str) -> _Reference:
    document = library.document_of(leaf)
    above: list[str] = [document.front.title_en, document.front.short_title_en, document.front.title]
    provision = document.provisions[leaf]
    while provision.parent is not None:
        provision = document.provisions[provision.parent]
        above += [
            library.translation(child.id) or "" for child in provision.children if child.level is Level.TITLE
        ]
    segments: list[_Segment] = []
    for part in re.split(r"[;:.](?!\d)|,\s(?=and |they |each |districts|with )", text):
        markers = _forces(part)
        inherited = segments[-1].force if segments and segments[-1].force is not Force.MAY else Force.PLAIN
        segments.append(_Segment(part, _stems(part), markers[0] if markers else inherited))
    above += [fact.say_en for fact in library.facts if fact.provision == leaf]
    return _Reference(source_of(library, leaf), text, _stems(_folded(" ".join(above))), tuple(segments))


def _forces(text: str) -> list[Force]:
    return [_MODALS[int(str(match.lastgroup)[1:])][0] for match in _MODAL.finditer(text)]


def _nearest(text: str, reference: _Reference) -> list[_Segment]:
    """Return the segments that share most with a statement, weighted by how rare what they share is."""
    said = _stems(text) - _table().empty
    counts = {each: sum(each in segment.stems for segment in reference.segments) for each in said}

    def weight(segment: _Segment) -> float:
        return sum(1 / counts[each] for each in said if each in segment.stems)

    best = max(map(weight, reference.segments))
    return [segment for segment in reference.segments if weight(segment) >= best - 1e-9]


def _uncovered(text: str, reference: _Reference) -> str:
    table = _table()
    told = reference.stems | reference.context
    plain = _AMOUNT.sub(" ", _DATE.sub(" ", text))
    for word in _WORD.findall(plain):
        each = stem(word)
        if (
            each in told
            or each in table.empty
            or each in _MONTHS
            or any(part in told | table.empty for part in [word])
        ):
            continue
        if table.partners.get(each, frozenset()) & told:
            continue
        pieces = [stem(piece) for piece in word.split("-")]
        if len(pieces) > 1 and all(
            piece in told or piece in table.empty or table.partners.get(piece, frozenset()) & told
            for piece in pieces
        ):
            continue
        return f"所引条款的译文没有说到“{word}”。"
    return ""


def _amounts(text: str, reference: _Reference) -> str:
    for value, unit, bound, words in find_amounts(text, reference.text):
        told = [
            q
            for q in reference.source.quantities
            if q.value == value and q.bound is bound and (q.unit == "%") == (unit == "%")
        ]
        if not any(_unit_fits(unit, quantity.unit) for quantity in told):
            return f"“{words}”与所引条款不符。"
        homes = [reference.source.clauses[reference.source.clause_at(q.start)].text for q in told]
        scope = _scope(text[: text.find(words)] + " " + text[text.find(words) + len(words) :])
        if scope and not any(word in home for home in homes for word in scope):
            return f"“{words}”在所引条款里说的是别的对象。"
    return ""


def _scope(text: str) -> tuple[str, ...]:
    if "urban" in text and "rural" not in text:
        return ("城市",)
    if "rural" in text and "urban" not in text:
        return ("农村",)
    return ("品牌",) if "brand" in text and "urban" not in text else ()


def find_amounts(text: str, translation: str = "") -> Iterator[tuple[Fraction, str, Bound, str]]:
    """Yield each amount of a folded English text: value, unit, bound and words; dates are none."""
    for match in _AMOUNT.finditer(_DATE.sub(lambda found: " " * len(found.group()), text)):
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


def _unit_fits(said: str, told: str) -> bool:
    if told == "%":
        return said == "%"
    if re.match(r"(?:class|credit|training|study|teaching) (?:hour|period)", said):
        return told == "学时"
    if re.match(r"hour|day|week|month|year|minute|yuan|percent", said):
        return False
    return told != "学时" or said == ""


def find_dates(text: str) -> tuple[Moment, ...]:
    """Return the dates of a folded English text."""
    moments: list[Moment] = []
    for match in _DATE.finditer(text):
        before = (match["before"] or "").strip()
        day = match["day"] or match["later_day"]
        month = _MONTHS.index(match["month"]) + 1 if match["month"] else None
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


def _dates(text: str, reference: _Reference) -> str:
    for moment in find_dates(text):
        if not agrees(moment, reference.source.moments):
            return f"日期“{moment.words}”与所引条款不符。"
    return ""


def _modality(text: str, reference: _Reference) -> str:
    forces = _forces(text)
    said = next((force for force in forces if force in {Force.NEEDLESS, Force.FORBIDDEN}), None) or (
        forces[0] if forces else Force.PLAIN
    )
    told = {segment.force for segment in _nearest(text, reference)}
    either = (
        said is Force.MAY
        and " or " in text
        and any(" or " in segment.text for segment in _nearest(text, reference))
    )
    if either or any(_bears(force, said) for force in told):
        return ""
    return f"所引条款里是「{SPOKEN[next(iter(told))]}」，不是「{SPOKEN[said]}」。"


def _bears(told: Force, said: Force) -> bool:
    if said in {Force.MUST, Force.PLAIN}:
        return told in {Force.MUST, Force.PLAIN}
    if said in {Force.ENCOURAGED, Force.SUPPORTED}:
        return told in {Force.ENCOURAGED, Force.SUPPORTED}
    return told is said


def _tiers(text: str, reference: _Reference) -> str:
    nearest = _nearest(text, reference)
    for tier, pattern in _TIERS:
        if not pattern.search(text):
            continue
        if not pattern.search(reference.text):
            return f"所引条款没有说到{tier}一级。"
        subject = re.split(_MODAL, text, maxsplit=1)[0]
        told = " ".join(
            re.split(_MODAL, segment.text, maxsplit=1)[0] for segment in _with_before(nearest, reference)
        )
        if (
            pattern.search(subject)
            and any(other.search(told) for _, other in _TIERS)
            and not pattern.search(told)
        ):
            return f"这件事在所引条款里不是{tier}一级的。"
    return ""


def _with_before(nearest: list[_Segment], reference: _Reference) -> list[_Segment]:
    places = {reference.segments.index(segment) for segment in nearest}
    return [reference.segments[place] for place in sorted(places | {max(0, place - 1) for place in places})]


def _negations(text: str, reference: _Reference) -> str:
    bounds = re.compile(
        f"{_LEAST}|{_MOST}|{_MODALS[0][1]}|{_MODALS[1][1]}|not only|no later than|not later than"
    )
    found = _NEGATION.search(bounds.sub(" ", text))
    if found and found.group() not in reference.text:
        return f"所引条款没有这样的否定：“{found.group()}”。"
    exclusive = _EXCLUSIVE.search(text)
    wide = (
        exclusive
        and exclusive.group() in {"all", "every", "any"}
        and re.search(r"\b(?:each|all|every|throughout)\b", reference.text)
    )
    if exclusive and not wide and not re.search(rf"\b{exclusive.group()}\b", reference.text):
        return f"所引条款没有说“{exclusive.group()}”。"
    return ""


_CHECKS = (_uncovered, _negations, _amounts, _dates, _modality, _tiers)
