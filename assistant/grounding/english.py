"""Compare an English statement with the reference translation, and its figures with the Chinese text."""

import re
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from assistant.grounding.bodies import Tier
from assistant.grounding.dates import agrees
from assistant.grounding.english_bodies import acts_otherwise, strange_body
from assistant.grounding.english_words import (
    AMOUNT,
    BOUNDED,
    DATE,
    MODAL,
    MONTHS,
    WORD,
    find_amounts,
    find_dates,
    folded,
    forces_in,
    stem,
    stems_of,
    table,
)
from assistant.grounding.modality import SPOKEN, Force
from assistant.grounding.plain import bare
from assistant.grounding.reading import source_of
from assistant.grounding.source import Source
from corpus.document import Level
from corpus.library import Library

_NEGATION = re.compile(
    r"\b(?:not|no|never|without|neither|nor|none|cannot|excluding|except|refuse[sd]?|stop(?:s|ped)?|ban(?:s|ned)?)\b|n't\b"
)


_EXCLUSIVE = re.compile(
    r"\b(?:only(?! if\b| when\b| where\b)|solely|exclusively|merely|just|all|entire|every|always|any|nothing else)\b"
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


_CONDITIONS = tuple(
    tuple(map(re.compile, patterns))
    for patterns in (
        (
            r"townships that meet the conditions",
            r"\btowns?(?:hips?)?\b",
            r"condition|qualif|\bmeet|\bif\b|\bable\b",
        ),
        (
            r"with the means",
            r"district|township|street",
            r"means|condition|afford|\bable\b|eligible|qualif|resource|capab",
        ),
        (r"as needed", r"multi-?(?:purpose|function|use)", r"need|where|necessary|demand|require"),
        (r"full-time staff", r"staff|employee|personnel|worker", r"full-?time"),
        (r"new public service projects", r"public service project", r"\bnew|additional|added"),
        (r"first list", r"\blists?\b", r"first|initial"),
    )
)
"""What narrows something in a translation, the thing, and the words by which a statement keeps to that."""


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
    above: str
    """What stands above it, and what is told of it in other words."""
    segments: tuple[_Segment, ...]

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for segment in self.segments for stem in segment.stems)


def objection(statement: str, leaves: list[str], library: Library) -> str:
    """Return why no cited leaf bears the English statement out, in Chinese, or an empty text."""
    text = folded(statement)
    references = [found for leaf in leaves if (found := _reference(library, leaf)) is not None]
    if not references:
        return "所引条款没有可供核对的英文译文。"
    ranked = sorted(references, key=lambda reference: len(stems_of(text) & reference.stems), reverse=True)
    compared = _COMPARED.search(text)
    if compared:
        holds = any(_holds(compared, reference.source) for reference in references)
        return "" if holds else "所引条款里的两个数不是这样的大小。"
    first = ""
    for reference in ranked[:3]:
        why = next((why for check in _CHECKS if (why := check(text, reference))), "")
        if not why:
            return ""
        first = first or why
    return first


_NAMED_UNIT = re.compile(r"centre|center|base")
_COMPARED = re.compile(
    r"\b(?P<one>urban|rural|villages?|cit(?:y|ies))\b[^.;]*\b(?:(?P<more>higher|larger|greater|more|bigger)|lower|smaller|fewer|less) than\b[^.;\d]*\b(?P<other>urban|rural|villages?|cit(?:y|ies))\b[^.;\d]*\.?$"
)


def _holds(compared: re.Match[str], source: Source) -> bool:
    """Say whether the amounts for town and country are as a statement compares them."""
    one, other = (
        [
            quantity.value
            for quantity in source.quantities
            if ("农村" if compared[side].startswith(("rural", "village")) else "城市")
            in source.clauses[source.clause_at(quantity.start)].text
        ]
        for side in ("one", "other")
    )
    if len(one) != 1 or len(other) != 1:
        return False
    return one[0] > other[0] if compared["more"] else one[0] < other[0]


_READ: WeakKeyDictionary[Library, dict[str, _Reference | None]] = WeakKeyDictionary()


def _reference(library: Library, leaf: str) -> _Reference | None:
    known = _READ.setdefault(library, {})
    if leaf not in known:
        translated = library.translation(leaf)
        known[leaf] = None if translated is None else _read(library, leaf, folded(translated))
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
        markers = forces_in(part)
        inherited = segments[-1].force if segments and segments[-1].force is not Force.MAY else Force.PLAIN
        segments.append(_Segment(part, stems_of(part), markers[0] if markers else inherited))
    for place, segment in enumerate(segments[:-1]):
        if segment.text.strip().startswith("from ") and not forces_in(segment.text):
            segments[place] = replace(segment, force=segments[place + 1].force)
    above += [fact.say_en for fact in library.facts if fact.provision == leaf]
    told = folded(" ".join(above))
    return _Reference(source_of(library, leaf), text, stems_of(told), told, tuple(segments))


def _nearest(text: str, reference: _Reference) -> list[_Segment]:
    """Return the segments that share most with a statement, weighted by how rare what they share is."""
    said = stems_of(text) - table().empty
    counts = {each: sum(each in segment.stems for segment in reference.segments) for each in said}

    def weight(segment: _Segment) -> float:
        return sum(1 / counts[each] for each in said if each in segment.stems)

    best = max(map(weight, reference.segments))
    return [segment for segment in reference.segments if weight(segment) >= best - 1e-9]


def _uncovered(text: str, reference: _Reference) -> str:
    words_known = table()
    told = reference.stems | reference.context
    plain = AMOUNT.sub(" ", DATE.sub(" ", _NO_DUTY.sub(" ", text)))
    for word in WORD.findall(plain):
        each = stem(word)
        if (
            each in told
            or each in words_known.empty
            or each in MONTHS
            or any(part in told | words_known.empty for part in [word])
        ):
            continue
        if words_known.partners.get(each, frozenset()) & told:
            continue
        pieces = [stem(piece) for piece in word.split("-")]
        if len(pieces) > 1 and all(
            piece in told or piece in words_known.empty or words_known.partners.get(piece, frozenset()) & told
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


def _unit_fits(said: str, told: str) -> bool:
    if told == "%":
        return said == "%"
    if re.match(r"(?:class|credit|training|study|teaching) (?:hour|period)", said):
        return told == "学时"
    if re.match(r"hour|day|week|month|year|minute|yuan|percent", said):
        return False
    return told != "学时" or said == ""


def _dates(text: str, reference: _Reference) -> str:
    for moment in find_dates(text):
        if not agrees(moment, reference.source.moments):
            return f"日期“{moment.words}”与所引条款不符。"
    return ""


def _modality(text: str, reference: _Reference) -> str:
    text, plainly = _without_denied_duty(text)
    forces = forces_in(text)
    if plainly and not set(forces) & {Force.MAY, Force.ENCOURAGED, Force.SUPPORTED}:
        return f"所引条款没有这样说：“{plainly}”。"
    said = next((force for force in forces if force in {Force.NEEDLESS, Force.FORBIDDEN}), None) or (
        forces[0] if forces else Force.PLAIN
    )
    told = {segment.force for segment in _nearest(text, reference)}
    either = (
        said is Force.MAY
        and " or " in text
        and any(" or " in segment.text for segment in _nearest(text, reference))
    )
    supported = {Force.ENCOURAGED, Force.SUPPORTED}
    either = either or (
        set(forces) & supported == set(forces) - {Force.MAY} != set() and bool(told & supported)
    )
    if either or any(_bears(force, said) for force in told):
        return ""
    return f"所引条款里是「{SPOKEN[next(iter(told))]}」，不是「{SPOKEN[said]}」。"


_NO_DUTY = re.compile(
    r",?\s*(?:but |and |though )?(?:it is |is |they are |are )?(?:not|rather than|without being)(?: strictly)?(?: an?)? "
    r"(?:required|mandatory|compulsory|obligatory|obligations?|duty|requirement|must|binding|obliged)\b"
)


def _without_denied_duty(text: str) -> tuple[str, str]:
    """Return the text without 「, not mandatory」, and that."""
    match = _NO_DUTY.search(text)
    return (text, "") if match is None else (text[: match.start()] + text[match.end() :], match.group())


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
        subject = re.split(MODAL, text, maxsplit=1)[0]
        told = " ".join(
            re.split(MODAL, segment.text, maxsplit=1)[0] for segment in _with_before(nearest, reference)
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
    bounds = re.compile(BOUNDED)
    found = _NEGATION.search(_NO_DUTY.sub(" ", bounds.sub(" ", text)))
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


def _bodies(text: str, reference: _Reference) -> str:
    strange = strange_body(text, reference.text, reference.above)
    if strange:
        return f"所引条款没有说到“{strange}”。"
    other = acts_otherwise(text, reference.text)
    return f"做这件事的在所引条款里不是“{other}”。" if other else ""


def _conditions(text: str, reference: _Reference) -> str:
    for segment in _nearest(text, reference):
        for told, narrowed, kept in _CONDITIONS:
            if told.search(segment.text) and narrowed.search(text) and not kept.search(text):
                return f"所引条款在这里有限定：“{told.pattern}”。"
    return ""


def _names(text: str, reference: _Reference) -> str:
    """Check that a Chinese name is that of the centre or the base that it is given to."""
    for name, prefix in reference.source.names:
        place = bare(text).find(name)
        units = _NAMED_UNIT.findall(bare(text)[: max(0, place)])
        if place >= 0 and units and re.search("中心|基地", prefix):
            if ("基地" if units[-1].startswith("base") else "中心") not in prefix:
                return f"“{name}”不是“{units[-1]}”的名称。"
    return ""


_CHECKS = (_uncovered, _names, _negations, _bodies, _amounts, _dates, _modality, _tiers, _conditions)
