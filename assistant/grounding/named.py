"""Check the authorities and organisations that a statement names against those that the text names."""

import re

from assistant.grounding.bodies import PLACES, find_groups, same_actor
from assistant.grounding.case import Case, Failure, is_modal, within

_NAMED = frozenset({"民政", "财政", "发改", "农业", "民政部", "社会工委"})
"""Authorities with a name of their own."""


_ORGANISATIONS = re.compile(r"(?<!社区)(?<!社区类)(?<!社区的)(?<!社区里的)社会组织")


def _widened(case: Case) -> Failure | None:
    """Check that what the text says of 社区社会组织 is not said of 社会组织 at large."""
    for match in _ORGANISATIONS.finditer(case.claim.text):
        for piece in case.pieces:
            at = piece.told.find("社会组织")
            if not (piece.start <= match.start() and match.end() <= piece.end and piece.places) or at < 0:
                continue
            if piece.told.startswith("社区社会组织") or all(
                case.source.text[: place + at].endswith("社区") for place in piece.places
            ):
                return Failure(2, "所引条款说的是社区社会组织，不是所有社会组织。")
    return None


def check_named_bodies(case: Case) -> Failure | None:
    """Check that an authority is one that the text names, at that tier."""
    claim, source = case.claim, case.source
    known = {body.kind for group in find_groups(source.everything) for body in group.bodies}
    for group in claim.groups:
        strange = next(
            (body for body in group.bodies if body.kind in _NAMED and body.kind not in known), None
        )
        if strange:
            return Failure(3, f"所引条款没有说到{strange.kind}部门。")
    failure = _widened(case)
    if failure:
        return failure
    told = [body for clause in source.clauses for group in clause.groups for body in group.bodies]
    for group in claim.groups:
        for body in group.bodies:
            same = [other for other in told if other.kind == body.kind]
            if (
                body.tiers
                and same
                and body.kind not in PLACES
                and not any(same_actor(body, other) for other in same)
            ):
                return Failure(
                    3, f"所引条款没有说到{'、'.join(sorted(body.tiers))}一级的{body.kind}。", by_tier=True
                )
    return None


def check_owners(case: Case) -> Failure | None:
    """Check that 「街道都应当有联合会」 names those that the text has found one."""
    claim, source = case.claim, case.source
    owned = [group for group in claim.groups if any(body.kind == "联合会" for body in group.bodies)]
    owners = claim.groups[0].bodies if owned and claim.groups[0] is not owned[0] else ()
    if not owners:
        return None
    after = [piece for piece in case.content if piece.start >= claim.groups[0].end]
    if any(not within(piece, claim.groups) and not is_modal(piece, claim) for piece in after):
        return None
    told = [
        clause.subject
        for clause in source.clauses
        if any(body.kind == "联合会" for group in clause.groups for body in group.bodies) and clause.subject
    ]
    if told and not any(
        all(any(same_actor(body, other) for other in subject) for body in owners) for subject in told
    ):
        return Failure(2, "所引条款说的不是这里所说的层级。")
    return None


def check_assisted(case: Case) -> Failure | None:
    """Check that whom others are said to cooperate with, 「配合民政部门」, is the one that leads in the text."""
    claim, source = case.claim, case.source
    led = [
        body
        for match in re.finditer("牵头", source.text)
        for body in source.clauses[source.clause_at(match.start())].nearest(match.start())
    ]
    for group in claim.groups:
        if led and claim.text[: group.start].endswith(("配合", "协同")):
            if not all(any(same_actor(body, told) for told in led) for body in group.bodies):
                return Failure(2, "所引条款里牵头的不是这里所说的部门。")
    return None
