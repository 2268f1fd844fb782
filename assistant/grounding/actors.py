"""Check who does what, and to whom."""

import re
from dataclasses import replace

from assistant.grounding.bodies import AUTHORITIES, KINDS, OPENING, PLACES, Group, same_actor
from assistant.grounding.case import LIGHT, Case, Failure, is_modal, is_name, within
from assistant.grounding.claims import Claim
from assistant.grounding.cover import Kind, Piece, lay
from assistant.grounding.plain import spans_of
from assistant.grounding.source import Clause, Source

_IS = re.compile("(?:就|也)?是(?!由|通过|在|为|按|靠|以)")
_RECEIVES = re.compile("从[^,;。]+?(?:得到|获得|拿到|享受到?)")
"""Who is named before this gets something; whoever is named after 从 gives it."""
_NOUNS = frozenset(["工作", "服务", "内容", "情况", "活动", "社区", "社会", "作用", "方式", "形式"])


_FINAL_BODY = re.compile(
    r"(?:(?:责任|任务|义务|职责)(?:落|压|全)?在|(?:主体|责任方|责任单位)(?:包括|有|为|是)|是对?|(?<![分成作名视列定改])为|归|属于|属|归属于?|权归|由|是由|交给|交由)$"
)


_OWED = re.compile(
    r"(?:的(?:责任|任务|职责|义务|工作|要求|事情?|分内事))?|(?:应当?|要|须|必须|该)?(?:来)?(?:做|办|完成|承担|负责|落实)的?(?:事情?|工作)?"
)


_BEARS = re.compile(r"负责|承担|责任|义务|任务|职责|要求|应当?做|要做|来做|该做|分内")


_ISSUED = frozenset({"印发", "发布", "制定", "下发"})


_DIRECTS = re.compile(r"领导|指导|牵头|配合|协助|主管|监督|审批|负责")
_INSTITUTIONS = frozenset({"孵化机构", "联合会"})


_DOES = re.compile(
    r"应|须|必须|要|需|可(?!以?[\u4e00-\u9fff]{1,4}的)|将|把|负责|牵头|定期|对|向|为|不得|有权|自行|主动|积极"
)


_TO = frozenset({"对", "给", "向", "为"})


_SENT = re.compile(r"(?:印发|发|下发|转发|送|主送)(?:给|至|到)$")


_RECEIVED = re.compile(r"对象|写给|面向|主送|收文|收件|发给|收到")


def check_actors(case: Case) -> Failure | None:
    """Check that who does something does it in the text."""
    claim, source = case.claim, case.source
    content = case.content
    for group in claim.groups:
        here = group.role == "在" and _DOES.match(claim.text, group.end) is not None
        receives = _RECEIVES.search(claim.text, group.end)
        if _only_whose(group, claim) or (receives and group.role != "从"):
            continue
        here = here or (receives is not None and group.role == "从")
        if not here and (
            group.role not in {"", "由", "下", "使", "让", "被", "请", "级"} or not _acting(group, claim)
        ):
            continue
        following = [
            _from(group.end, piece)
            for piece in content
            if piece.end > group.end
            and not is_name(piece, claim.groups)
            and not _in_an_adjunct(piece, group, claim)
        ]
        passed: set[int] = set()
        for position, piece in enumerate(following):
            homes = {source.clause_at(place) for place in piece.places}
            if position and group.role == "下":
                break
            if position and (len(piece.told) < 3 or piece.told in LIGHT or homes & passed):
                continue
            if piece.told in _NOUNS and group.bodies != claim.subject and not group.role:
                continue
            if _later_group(claim, group, piece):
                break
            if any(start <= piece.start < end for start, end, _ in claim.places):
                continue
            failure = _acts(group, piece, source)
            if failure and not _done_to(group, piece, claim, source):
                return failure
            passed |= homes
    last = claim.groups[-1] if claim.groups else None
    if last and _OWED.fullmatch(claim.text[last.end :]) and _FINAL_BODY.search(claim.text[: last.start]):
        if source.addressees and _RECEIVED.search(claim.text):
            if not all(
                any(same_actor(body, told) for told in source.asked)
                for g in claim.groups
                for body in g.bodies
            ):
                return Failure(2, "所引文件不是发给这里所说的单位的。")
            return None
        before = [piece for piece in content if piece.end <= last.start]
        if before and any(body.kind in AUTHORITIES for body in last.bodies):
            return _acts(
                last, next((piece for piece in before[::-1] if piece.told in _ISSUED), before[-1]), source
            )
    return None


def _only_whose(group: Group, claim: Claim) -> bool:
    """Say whether places only say whose funds are meant, another being named with 由: 「市、区资金由各区使用」."""
    return (
        not group.role
        and all(body.kind in PLACES for body in group.bodies)
        and _DOES.match(claim.text, group.end) is None
        and any(other.role == "由" and other.start > group.end for other in claim.groups)
    )


def _later_group(claim: Claim, group: Group, piece: Piece) -> bool:
    """Say whether another actor stands between the group and the word."""
    return any(
        other.start >= group.end and other.start <= piece.start and other.role in {"", "由", "使", "让", "级"}
        for other in claim.groups
    )


def _in_an_adjunct(piece: Piece, group: Group, claim: Claim) -> bool:
    """Say whether a word belongs to another's 「在…指导下」."""
    return any(
        other is not group and other.role == "下" and other.start < piece.end and piece.start <= other.end + 1
        for other in claim.groups
    )


def _from(start: int, piece: Piece) -> Piece:
    """Return what is left of a piece after an actor's name that it runs over."""
    cut = start - piece.start
    if cut <= 0 or piece.kind is not Kind.EXACT:
        return piece
    return replace(
        piece,
        start=start,
        words=piece.words[cut:],
        told=piece.told[cut:],
        places=tuple(place + cut for place in piece.places),
    )


def _done_to(group: Group, piece: Piece, claim: Claim, source: Source) -> bool:
    """Say whether an institution is what something is done to: 「孵化机构通过合署办公来建设」."""
    if group.role or any(body.kind not in _INSTITUTIONS for body in group.bodies):
        return False
    if _DOES.match(claim.text, group.end) or _IS.match(claim.text, group.end):
        return False
    told = [source.clauses[source.clause_at(place)].subject for place in piece.places]
    kinds = {body.kind for body in group.bodies}
    reversed_roles = any(
        same_actor(other, body)
        for other in (
            b for g in claim.groups if g is not group and g.bodies != claim.subject for b in g.bodies
        )
        for t in told
        for body in t
    )
    return not reversed_roles and not any(body.kind in kinds for subject in told for body in subject)


def _acting(group: Group, claim: Claim) -> bool:
    """Say whether a group is named as who does something: an authority, or whoever the clause begins with."""
    possessive = re.match(r"的(?!责任|任务|职责|义务)", claim.text[group.end :]) is not None
    if group.role in {"由", "下"} or _DIRECTS.match(claim.text, group.end):
        return True
    if group.role == "级":
        return OPENING.fullmatch(claim.text[: group.start]) is not None
    if any(body.kind in AUTHORITIES for body in group.bodies):
        return not possessive
    relative = re.match(r"[\u4e00-\u9fff]{2}的", claim.text[group.end :]) is not None
    return group.bodies == claim.subject and not possessive and not relative


def _acts(group: Group, piece: Piece, source: Source) -> Failure | None:
    """Check that the text has one of the same actors act where it says the word."""
    signed = source.signatories
    if (
        piece.told in _ISSUED
        and signed
        and not all(any(same_actor(body, told) for told in signed) for body in group.bodies)
    ):
        return Failure(2, "所引文件不是由这里所说的机关印发的。")
    for place in piece.places:
        clause = source.clauses[source.clause_at(place)]
        allowed = (*clause.nearest(place), *clause.subject)
        beside = [told for told in clause.groups if told.end + clause.start == place]
        if beside and _DIRECTS.match(piece.told):
            allowed = beside[0].bodies
        allowed += clause.objects if allowed and not beside else ()
        if not allowed or all(any(same_actor(body, told) for told in allowed) for body in group.bodies):
            return None
        if _at_every_tier(group, clause) or _owns(group, place, piece, clause, source):
            return None
        if "其" in clause.text and not any(body.kind in AUTHORITIES for body in group.bodies):
            return None
    told = source.clauses[source.clause_at(piece.places[0])]
    names = "、".join(
        dict.fromkeys(
            "".join(sorted(body.tiers - {body.kind})) + body.kind for body in told.subject or told.objects
        )
    )
    said = "、".join(dict.fromkeys(body.kind for body in group.bodies))
    kinds = {body.kind for body in told.subject}
    by_tier = all(body.kind in kinds | PLACES for body in group.bodies)
    return Failure(2, f"「{piece.told}」的主体在所引条款里是{names or '另一方'}，不是{said}。", by_tier)


def _owns(group: Group, place: int, piece: Piece, clause: Clause, source: Source) -> bool:
    """Say whether 「市里的实施意见」 only says whose document it is, rightly."""
    if not all(body.kind in PLACES for body in group.bodies):
        return False
    titled = any(
        first <= place and place + len(piece.told) <= last
        for first, last in spans_of(source.titles, source.text)
    )
    return titled and all(
        any(body.tiers <= told.tiers for told in clause.nearest(place)) for body in group.bodies
    )


def _at_every_tier(group: Group, clause: Clause) -> bool:
    """Say whether 「市、区、街道三级都要建设」 is the text's 「建设市、区、街道三级机构」."""
    tiers = frozenset(tier for body in group.bodies for tier in body.tiers)
    return (
        len(tiers) > 1
        and all(body.kind in PLACES for body in group.bodies)
        and any(tiers <= body.tiers for told in clause.groups for body in told.bodies)
    )


def check_bearers(case: Case) -> Failure | None:
    """Check that 「……，由财政部门负责」 names who does in the text what the clause before says."""
    claim, source = case.claim, case.source
    if not claim.before or not claim.groups or not _BEARS.search(claim.text):
        return None
    if any(not within(piece, claim.groups) and not is_modal(piece, claim) for piece in case.content):
        return None
    before = [
        piece
        for piece in lay(claim.before, source)
        if piece.places and len(piece.told) > 1 and piece.told not in LIGHT
    ]
    if not before or any(not piece.places for piece in before):
        return None
    main = max(before, key=lambda piece: len(piece.told))
    for group in claim.groups:
        if any(body.kind in AUTHORITIES for body in group.bodies):
            failure = _acts(group, main, source)
            if failure:
                return failure
    return None


def check_objects(case: Case) -> Failure | None:
    """Check that what is done 对, 给 or 向 someone is done to them in the text."""
    claim, source = case.claim, case.source
    content = case.content
    for group in claim.groups:
        if group.role not in _TO or not any(body.kind in AUTHORITIES | KINDS for body in group.bodies):
            continue
        if re.match("的(?:人|员工|工作人员|职工)", claim.text[group.end :]):
            continue
        if any(other.start == group.end + 1 and claim.text[group.end] == "的" for other in claim.groups):
            continue
        if source.addressees and _SENT.search(claim.text[: group.start]):
            if not all(any(same_actor(body, told) for told in source.asked) for body in group.bodies):
                return Failure(2, "所引文件不是发给这里所说的单位的。")
        beside = [
            piece
            for piece in content
            if group.start - piece.end in {0, 1} or piece.start - group.end in {0, 1}
        ]
        beside = [piece for piece in beside if not within(piece, claim.groups) and not is_modal(piece, claim)]
        for piece in beside:
            clauses = [source.clauses[source.clause_at(place)] for place in piece.places]
            told = [[b for g in clause.groups if g.role in _TO for b in g.bodies] for clause in clauses]
            if all(told) and not any(
                all(any(same_actor(b, t) for t in bodies) for b in group.bodies) for bodies in told
            ):
                return Failure(2, f"「{piece.told}」在所引条款里针对的是别的对象。")
    return None
