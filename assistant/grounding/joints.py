"""Check how words are joined: 「或」, opposites, and words gathered from far apart."""

import itertools
import re

from assistant.grounding.case import LIGHT, Case, Failure, is_name, touches
from assistant.grounding.cover import Kind
from assistant.grounding.modality import ADJUNCT, Force

_FIXED = re.compile(r"(?:具体|固定|明确)的?(?P<noun>比例|数额|金额|数量|份额)")
_VERBS = frozenset(
    ["落实", "贯彻", "执行", "完成", "加强", "推进", "建立", "制定", "健全", "完善", "解决", "公布", "报告"]
)


def check_alternatives(case: Case) -> Failure | None:
    """Check that 「或」 makes no choice of what the text asks for together, and that no choice of the text is made a must."""
    claim, source, pieces = case.claim, case.source, case.pieces
    for match in re.finditer(r"([\u4e00-\u9fff]{2})或([\u4e00-\u9fff]{2})", source.text):
        both = re.search("都|均|同时|既|且|缺一不可", claim.text) and not re.search(
            "或|可|能|任|行|符合|允许", claim.text
        )
        if both and all(word in claim.text for word in match.groups()):
            return Failure(2, f"所引条款是「{match.group()}」，可以选择。")
        said = [word for word in match.groups() if word in claim.text]
        asked = any(m.force is Force.MUST for m in claim.markers)
        left_open = "符合" in claim.text or (
            claim.markers and claim.markers[-1].force in {Force.MAY, Force.ABLE}
        )
        alone = sum(word in case.statement for word in match.groups()) == 1 and not left_open
        if len(said) == 1 and (asked or alone):
            if source.force_of(match.start()) is not Force.MAY:
                return Failure(2, f"所引条款是「{match.group()}」，可以选择。")
    if re.search("(?:都|均)(?:应当?|必须|须|要)$", claim.text):
        return Failure(2, "这里没有说应当做什么。")
    for position, piece in enumerate(pieces):
        if (
            piece.words not in {"或", "或者", "或是", "任选", "要么"}
            or not position
            or position + 1 == len(pieces)
        ):
            continue
        if touches(piece, claim.groups):
            continue
        for place in pieces[position - 1].places:
            clause = source.clauses[source.clause_at(place)]
            together = "、" in clause.text and "或" not in clause.text and not ADJUNCT.search(clause.text)
            if together and clause.force_at(place) in {Force.MUST, Force.PLAIN}:
                return Failure(2, "所引条款把这些并列要求，不是任选其一。")
    return None


def check_edges(case: Case) -> Failure | None:
    """Check that 「以上」 and 「以下」 stand behind the word that they stand behind in the text."""
    claim, source = case.claim, case.source
    for match in source.wording.hard.finditer(claim.text):
        start, end = match.span()
        answered = any(first <= start and end <= last for first, last in claim.checked)
        if start and not answered and claim.text[start - 1 : end] not in source.everything:
            return Failure(2, f"所引条款没有说「{claim.text[max(0, start - 2) : end]}」。")
    return None


def check_opposed(case: Case) -> Failure | None:
    """Check that 「分别」 does not stand where the text has 「统一」."""
    claim, source = case.claim, case.source
    fixed = _FIXED.search(claim.text)
    if fixed and f"一定{fixed['noun']}" in source.text:
        return Failure(2, f"所引条款说的是「一定{fixed['noun']}」。")
    for said, told in source.wording.opposed:
        if said in claim.text and told not in claim.text and told in source.text and said not in source.text:
            if any(
                told in source.clauses[source.clause_at(place)].text
                for piece in case.content
                for place in piece.places
            ):
                return Failure(2, f"所引条款说的是「{told}」，不是「{said}」。")
    return None


def check_neighbours(case: Case) -> Failure | None:
    """Check that words said side by side are not gathered from far apart."""
    claim, source = case.claim, case.source
    empty = LIGHT | source.wording.frame
    content = [
        piece
        for piece in case.content
        if piece.told not in empty
        and not is_name(piece, claim.groups)
        and piece.told not in source.context
        and not set(piece.told) <= source.wording.characters
    ]
    for first, second in itertools.pairwise(content):
        here = {source.clause_at(place) for place in first.places}
        there = {source.clause_at(place) for place in second.places}
        joined = (
            first.end == second.start
            and first.kind is second.kind is Kind.EXACT
            and second.told not in _VERBS
            and len(first.told) < 3
        )
        if min(abs(a - b) for a in here for b in there) > (0 if joined else 3):
            return Failure(1, f"所引条款没有把「{first.told}」和「{second.told}」放在一起说。")
    return None
