"""Check the tiers that a clause names, and those that it goes on about."""

import itertools
import re

from assistant.grounding.bodies import Tier, names_in
from assistant.grounding.case import Case, Failure, within
from assistant.grounding.claims import Claim
from assistant.grounding.cover import Piece
from assistant.grounding.modality import Force
from assistant.grounding.source import Source
from corpus.numerals import read_number

_PLACE_NAMES = frozenset({"市", "区", "街道", "乡镇", "街道乡镇", "街乡镇", "社区", "xx区"})
_ASKS = re.compile("(?:并|且|还|也|同时)*(?:提(?:出)?的?要求|要求|请|希望)")


def check_tiers(case: Case) -> Failure | None:
    """Check that the text speaks of the tiers named, and of the same things at them."""
    claim, source = case.claim, case.source
    content = case.content
    mentioned = _tiers_of(source)
    for start, end, tiers in claim.places:
        level = re.search(r"([两二三四五])(?:级|个层级)$", claim.text[start:end])
        if level and read_number(level[1]) != len(tiers):
            return Failure(4, f"「{claim.text[start:end]}」的级数不对。")
        strange = tiers - mentioned
        if claim.text[start:end] in {"社区", "村"} and claim.text[start:end] in source.text:
            strange -= {Tier.COMMUNITY}
        if strange:
            return Failure(4, f"所引条款没有说到{'、'.join(sorted(strange))}一级。", by_tier=True)
        following = next((piece for piece in content if piece.start >= end), None)
        if (
            following is None
            or following.start - end > 1
            or (within(following, claim.groups) and len(following.told) < 4)
        ):
            continue
        before = [_tiers_before(place, source) for place in following.places]
        if all(before) and not any(tiers <= told for told in before):
            return Failure(
                3, f"「{following.told}」在所引条款里不是{'、'.join(sorted(tiers))}一级的。", by_tier=True
            )
    if not claim.subject and claim.spoken_of and not _ASKS.match(claim.text) and not _names_last(claim):
        return _continued(claim, source, content)
    return None


def _names_last(claim: Claim) -> bool:
    """Say whether a clause names at its end who does it: 「确定重点的是各街道乡镇」."""
    last = claim.groups[-1] if claim.groups else None
    return (
        last is not None
        and last.end == len(claim.text)
        and claim.text[: last.start].endswith(("的是", "的就是", "的则是"))
    )


def _tiers_of(source: Source) -> frozenset[Tier]:
    claim = Claim(source.text + "," + source.headings, Force.PLAIN, ())
    return frozenset(tier for _, _, tiers in claim.places for tier in tiers) | frozenset(
        tier
        for clause in source.clauses
        for group in clause.groups
        for body in group.bodies
        for tier in body.tiers
    )


def _tiers_before(place: int, source: Source) -> frozenset[Tier]:
    claim = Claim(source.text, Force.PLAIN, ())
    return next((tiers for _, end, tiers in claim.places if end == place), frozenset())


def _continued(claim: Claim, source: Source, content: list[Piece]) -> Failure | None:
    """Check that a clause without a subject can go on about the one before it."""
    said = frozenset(tier for body in claim.spoken_of for tier in body.tiers) - {Tier.COMMUNITY}
    if not said or not content:
        return None
    best = max(content, key=lambda piece: len(piece.told))
    for place in best.places:
        clause = source.clauses[source.clause_at(place)]
        told = frozenset(tier for body in (*clause.subject, *clause.objects) for tier in body.tiers) - {
            Tier.COMMUNITY
        }
        if not told or said & told:
            return None
    return Failure(2, f"「{best.told}」在所引条款里不是对{'、'.join(sorted(said))}一级说的。")


_PARTED = re.compile("、|和(?!谐)|与|及|以及|加")


def check_doubled(case: Case) -> Failure | None:
    """Check that no member of a list stands in it twice, as it does when one was put in another's place."""
    for part in re.split(r"[,;:。是由有为]|包括|包含|分成", case.claim.text):
        members = [_alone(member, case.source) for member in _PARTED.split(part) if len(member) > 1]
        doubled = next((member for member in members if member and members.count(member) > 1), "")
        if not doubled:
            doubled = next(
                (
                    second
                    for first, second in itertools.pairwise(members)
                    if ((len(second) > 2 and first.endswith(second)) or _goes_on(first, second))
                    and not _apart(first, second, case.source)
                ),
                "",
            )
        if doubled:
            return Failure(2, f"「{doubled}」在这里说了两次。")
    return None


def _apart(first: str, second: str, source: Source) -> bool:
    """Say whether the text has the two as members of one list."""
    return re.search(f"{re.escape(first)}(?:{_PARTED.pattern}){re.escape(second)}", source.text) is not None


def _goes_on(first: str, second: str) -> bool:
    """Say whether the second is the first again with a predicate behind it: 「师资库、师资库都要建」."""
    after = second[len(first) : len(first) + 1] if second.startswith(first) else ""
    return after == "的" or (len(first) > 2 and bool(after) and after in "都均也要应须可属")


def _alone(member: str, source: Source) -> str:
    """Return a member of a list without an empty word at its end, as in 「基地构成」."""
    member = re.sub("^一[个项类种]|[两二三四五六七八九十][个种类项].*$", "", member)
    end = next((n for n in (3, 2) if len(member) - n > 1 and member[-n:] in source.wording.frame), 0)
    return member[: len(member) - end]


def check_repeated(case: Case) -> Failure | None:
    """Check that no tier is named twice in one breath, as it is when one name was put in another's place."""
    claim = case.claim
    for group in claim.groups:
        names = [
            re.sub(r"^(?:有条件的|具备条件的|各|全市的?)+", "", words)
            for _, words in names_in(claim.text, (group,))
        ]
        places = [re.sub(r"(?<!街)[级里]$|一级$|^各", "", name) for name in names]
        for number, place in enumerate(places):
            if place in _PLACE_NAMES and any(
                other.startswith(place) for position, other in enumerate(places) if position != number
            ):
                return Failure(2, f"「{claim.text[group.start : group.end]}」与所引条款列出的层级不符。")
    return None
