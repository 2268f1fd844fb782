"""Compare one clause of a statement with one leaf of a provision, check by check."""

import re

from assistant.grounding.actors import check_actors, check_bearers, check_objects
from assistant.grounding.amounts import check_amounts
from assistant.grounding.bodies import same_actor
from assistant.grounding.case import LIGHT, Case, Check, Failure, is_name
from assistant.grounding.claims import Claim
from assistant.grounding.cover import Kind, Piece, lay
from assistant.grounding.dates import agrees
from assistant.grounding.duties import check_duties, check_means
from assistant.grounding.force import check_forces
from assistant.grounding.joints import check_alternatives, check_edges, check_neighbours, check_opposed
from assistant.grounding.limits import check_quantified, check_restrictions
from assistant.grounding.named import check_assisted, check_named_bodies, check_owners
from assistant.grounding.names import check_issuers, check_names
from assistant.grounding.ordinals import check_ordinals, ordinals_told
from assistant.grounding.source import Source
from assistant.grounding.tiers import check_doubled, check_repeated, check_tiers
from assistant.grounding.timing import check_dates

CHECKS: tuple[Check, ...] = (
    check_amounts,
    check_ordinals,
    check_dates,
    check_names,
    check_issuers,
    check_forces,
    check_duties,
    check_means,
    check_repeated,
    check_doubled,
    check_actors,
    check_bearers,
    check_named_bodies,
    check_assisted,
    check_owners,
    check_objects,
    check_tiers,
    check_restrictions,
    check_quantified,
    check_alternatives,
    check_opposed,
    check_edges,
    check_neighbours,
)
"""In the order in which their answers are worth giving."""

_EXCLUSIVE = re.compile(r"只|仅|唯一|全部|所有|一切|任何|一律|限于|不再")


_NEGATED = re.compile(r"不|没|未|无|非|勿|禁止|停止|取消|拒绝")


def compare(claim: Claim, source: Source, statement: str) -> Failure | None:
    """Return the first thing in ``claim`` that ``source`` does not bear out, or None; ``statement`` is the whole, in plain form."""
    pieces = lay(claim.text, source, checked_in(claim, source))
    uncovered = [piece for piece in pieces if piece.kind is Kind.BARE]
    if uncovered:
        return _uncovered(uncovered)
    case = Case(claim, source, pieces, statement)
    for check in CHECKS:
        failure = check(case)
        if failure is not None:
            return failure
    return None


def checked_in(claim: Claim, source: Source) -> tuple[tuple[int, int], ...]:
    """Return the stretches that other checks answer for, 「第二阶段」 where the provision's heading is the second among them."""
    return (*claim.checked, *ordinals_told(claim, source))


def told_by(pieces: tuple[Piece, ...]) -> float:
    """Return how much of a clause the leaf itself says, in characters."""
    return sum(len(piece.told) * (1 + 0.1 * len(piece.told)) for piece in pieces if piece.places)


def figures_told(claim: Claim, source: Source) -> int:
    """Return how many of the claim's amounts and dates the leaf itself has."""
    return sum(any(said.same_as(told) for told in source.quantities) for said in claim.quantities) + sum(
        agrees(said, source.moments) for said in claim.moments
    )


def tells(claim: Claim, source: Source) -> bool:
    """Say whether the leaf itself, and not only its headings and title, says something of the clause."""
    if any(said.same_as(told) for said in claim.quantities for told in source.quantities) or claim.moments:
        return True
    if any(name in claim.text for name, _ in source.names) or any(
        same_actor(body, told)
        for group in claim.groups
        for body in group.bodies
        for told in (*source.addressees, *source.signatories)
    ):
        return True
    own = [
        piece
        for piece in lay(claim.text, source, checked_in(claim, source))
        if piece.places
        and len(piece.told) > 1
        and piece.told not in source.wording.frame
        and (piece.told not in source.context or source.id.endswith("#0"))
        and not is_name(piece, claim.groups)
    ]
    for group in claim.groups:
        words = claim.text[group.start : group.end]
        if own and words in source.text and words not in source.context:
            return True
    return len(own) > 1 or any(piece.told not in LIGHT for piece in own)


def _uncovered(pieces: list[Piece]) -> Failure:
    words = "、".join(f"「{piece.words}」" for piece in pieces[:3])
    size = sum(len(piece.words) for piece in pieces)
    joined = "".join(piece.words for piece in pieces)
    if _EXCLUSIVE.search(joined):
        return Failure(10 + size, f"所引条款没有说「{_first(_EXCLUSIVE, joined)}」，列举也不是限定。")
    if _NEGATED.search(joined):
        return Failure(10 + size, f"所引条款没有这样的否定：{words}。")
    return Failure(10 + size, f"所引条款没有说到{words}。")


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match else ""
