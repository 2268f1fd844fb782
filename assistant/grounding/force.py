"""Check modal words against those that govern the same words in the text."""

import re

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
    allows,
)
from assistant.grounding.source import Clause, Source

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
    content = [
        piece for piece in case.content if not within(piece, claim.groups) and not is_modal(piece, claim)
    ] + _amounts_told(claim, source)
    good = bad = 0.0
    clash: tuple[Force, Force, str] | None = None
    first = claim.markers[0].start if claim.markers else 0
    after = [piece for piece in content if piece.start >= first]
    heavy = [piece for piece in after if piece.told not in LIGHT]
    for piece in heavy or after or content:
        forces = claim.forces_at(piece.start)
        clauses = [(source.clauses[source.clause_at(place)], place) for place in piece.places]
        weight = len(piece.told) * (0.4 if piece.told in LIGHT else 1.0)
        if any(_bears(clause, place, said, claim, statement) for clause, place in clauses for said in forces):
            good += weight
        else:
            bad += weight
            if clash is None or len(piece.told) >= 4:
                clash = (forces[0], clauses[0][0].force_at(clauses[0][1]), piece.told)
    if clash is None or not (bad >= good or (bad >= 4 and clash[2] not in LIGHT and len(clash[2]) >= 4)):
        return None
    said, told, words = clash
    return Failure(3, f"「{words}」在所引条款里是「{SPOKEN[told]}」，不是「{SPOKEN[said]}」。")


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


def _bears(clause: Clause, place: int, said: Force, claim: Claim, statement: str) -> bool:
    told = clause.force_at(place)
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
                and any(ATTRIBUTIVE.match(claim.text, marker.start) for marker in claim.markers)
            )
            or (TOPIC.search(clause.text) is not None and said is Force.MAY)
        )
    )
