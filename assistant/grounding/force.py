"""Check modal words against those that govern the same words in the text."""

import re

from assistant.grounding.bodies import same_actor
from assistant.grounding.case import LIGHT, Case, Failure, is_modal, within
from assistant.grounding.claims import Claim
from assistant.grounding.cover import Kind, Piece
from assistant.grounding.limits import RESTRICTIONS
from assistant.grounding.modality import (
    ADJUNCT,
    ALTERNATIVE,
    ATTRIBUTIVE,
    SPOKEN,
    SUBORDINATE,
    TOPIC,
    Force,
    Marker,
    allows,
)
from assistant.grounding.source import Clause, Source

_IS = ("是", "属于", "为", "是一项")
_EITHER_WAY = re.compile(r"(?:均可|皆可|都可以?|都行|也行|任选其一)$")


def check_forces(case: Case) -> Failure | None:
    """Check that what must be, may be or is encouraged is so in the text."""
    claim, source, statement = case.claim, case.source, case.statement
    if _EITHER_WAY.search(claim.text) and any(
        ALTERNATIVE.search(source.clauses[source.clause_at(place)].text)
        for piece in case.content
        for place in piece.places
    ):
        return None
    if not claim.markers and SUBORDINATE.search(claim.text):
        return None
    failure = _demanded(claim, source) or _made_binding(claim, source)
    if failure:
        return failure
    content = [
        piece for piece in case.content if not within(piece, claim.groups) and not is_modal(piece, claim)
    ] + _amounts_told(claim, source)
    if _names_means(claim, content, source):
        return None
    good = bad = 0.0
    clash: tuple[Force, Force, str] | None = None
    first = claim.markers[0].start if claim.markers else 0
    after = [piece for piece in content if piece.start >= first]
    if len({marker.force for marker in claim.markers}) > 1 and claim.text[:first].endswith(_IS):
        after = content
    heavy = [piece for piece in after if piece.told not in LIGHT]
    weighed = heavy or after or content
    for piece in [piece for piece in weighed if not _describes(claim, piece)] or weighed:
        forces = claim.forces_at(piece.start)
        clauses = [(source.clauses[source.clause_at(place)], place) for place in piece.places]
        weight = len(piece.told) * (0.4 if piece.told in LIGHT else 1.0)
        if any(
            _bears(clause, place, piece, said, claim, statement, source)
            for clause, place in clauses
            for said in forces
        ):
            good += weight
        else:
            bad += weight
            if clash is None or len(piece.told) >= 4:
                clash = (forces[0], clauses[0][0].force_at(clauses[0][1]), piece.told)
    if clash is None or not (bad >= good or (bad >= 4 and clash[2] not in LIGHT and len(clash[2]) >= 4)):
        return None
    said, told, words = clash
    return Failure(3, f"「{words}」在所引条款里是「{SPOKEN[told]}」，不是「{SPOKEN[said]}」。")


_MEANS = re.compile(r"(?:通过|依托)(?P<means>[^,;。]+?等)(?:社会化|多种)?(?:方式|形式|途径|设施|办法|手段)")


def _names_means(claim: Claim, content: list[Piece], source: Source) -> bool:
    """Say whether 「可以用网上课堂」 only picks, after its modal word, from the means that the text leaves open with 等."""
    if not claim.markers or any(marker.force is not Force.MAY for marker in claim.markers):
        return False
    named = [piece for piece in content if piece.start >= claim.markers[0].end]
    spans = [(match.start("means"), match.end()) for match in _MEANS.finditer(source.text)]
    return bool(named) and all(
        any(
            start <= place
            and place + len(piece.told) <= end
            and source.clauses[source.clause_at(place)].force_at(place) is Force.PLAIN
            for place in piece.places
            for start, end in spans
        )
        for piece in named
    )


_HELPED = ("支持", "鼓励", "引导", "帮助", "协助")


def _demanded(claim: Claim, source: Source) -> Failure | None:
    """Check that 「要求」 does not stand where the text has 「支持」: 「要求孵化机构」 for 「支持孵化机构」."""
    for match in re.finditer("要求", claim.text):
        after = claim.text[match.end() : match.end() + 3]
        before = "" if after else claim.text[max(0, match.start() - 2) : match.start()]
        if not (before or after) or f"{before}要求{after}" in source.everything:
            continue
        if any(f"{before}{helped}{after}" in source.text for helped in _HELPED):
            return Failure(3, "所引条款说的是支持，不是要求。")
        asked = [group for group in claim.groups if group.start == match.end()]
        if (
            asked
            and "要求" not in source.text
            and any(
                same_actor(body, told)
                for clause in source.clauses
                for group in clause.groups
                if clause.text[: group.start].endswith(_HELPED)
                for told in group.bodies
                for body in asked[0].bodies
            )
        ):
            return Failure(3, "所引条款说的是支持，不是要求。")
    return None


def _made_binding(claim: Claim, source: Source) -> Failure | None:
    """Check that what can be done, 「可复制」, is not made what must be done, 「应复制」."""
    for marker in claim.markers:
        after = claim.text[marker.end : marker.end + 2]
        if marker.force is Force.MUST and len(after) == 2 and f"可{after}" in source.text:
            if after not in source.text.replace(f"可{after}", ""):
                return Failure(3, f"所引条款说的是「可{after}」。")
    return None


def _describes(claim: Claim, piece: Piece) -> bool:
    """Say whether a word only describes something, 「能复制的」, in a clause that has a modal word of its own before it."""
    here = _governing(claim, piece)
    return (
        bool(here)
        and here[0] is not claim.markers[0]
        and ATTRIBUTIVE.match(claim.text, here[0].start) is not None
    )


def _governing(claim: Claim, piece: Piece) -> tuple[Marker, ...]:
    """Return the last modal word before a piece, or the first of the clause."""
    before = [marker for marker in claim.markers if marker.start <= piece.start]
    return tuple(before[-1:]) or claim.markers[:1]


def _a_choice_of_means(clause: Clause) -> bool:
    """Say whether the text leaves the means open: 「通过线上或线下形式」."""
    return ALTERNATIVE.search(clause.text) is not None and ADJUNCT.search(clause.text) is not None


def _amounts_told(claim: Claim, source: Source) -> list[Piece]:
    """Return the amounts of the claim as pieces that the text says."""
    return [
        Piece(said.start, said.end, Kind.CHECKED, said.words, told.words, (told.start,))
        for said in claim.quantities
        for told in source.quantities
        if said.same_as(told)
        or (
            told.value
            and said.bound is told.bound
            and said.unit == told.unit
            and said.value % told.value == 0
        )
    ][:2]


def _force_told(clause: Clause, place: int, source: Source) -> Force:
    """Return the force that governs a word; a topic such as 「……转移支付部分」 is governed by what is said of it."""
    if TOPIC.search(clause.text) and not clause.markers and clause.end < len(source.text):
        after = source.clauses[source.clause_at(clause.end + 1)]
        if source.text[clause.end] == "," and after.markers:
            return after.markers[0].force
    return clause.force_at(place)


def _bears(
    clause: Clause, place: int, piece: Piece, said: Force, claim: Claim, statement: str, source: Source
) -> bool:
    told = _force_told(clause, place, source)
    if allows(told, said, claim.text, statement):
        return True
    return (
        said is Force.MAY
        and told in {Force.MUST, Force.PLAIN}
        and (
            any(
                rule.told.search(clause.text) and "需要" in clause.text and rule.said.search(claim.text)
                for rule in RESTRICTIONS
            )
            or _a_choice_of_means(clause)
            or (
                told is Force.PLAIN
                and any(ATTRIBUTIVE.match(claim.text, marker.start) for marker in _governing(claim, piece))
            )
            or (TOPIC.search(clause.text) is not None and said is Force.MAY)
        )
    )
