"""Check that what the text only mentions, as a means or an aim, is not laid on someone as a duty."""

import re

from assistant.grounding.bodies import AUTHORITIES
from assistant.grounding.case import Case, Failure, within
from assistant.grounding.modality import Force
from assistant.grounding.source import Source

_BINDS = re.compile(
    r"必须|应当|应该|应|须|务必|务须|一定要|必得|非得|得要|有义务|有责任|负有|不得不|要(?!求)|需要?"
)
_FIRMLY = re.compile(r"必须|应当|应该|应|须|务必|务须|一定要|必得|非得|有义务|有责任|负有|不得不")
_MEANS = re.compile(r"通过(?P<means>[^,;。]+?)(?:方式|形式|途径|办法|手段|方法|渠道)")
_FIELDS = re.compile(r"在(?P<means>[^,;。]+?)方面")
_AIM = re.compile(r"^(?P<lead>使得?|让|以便|从而|推动|促进|支持|引导|鼓励|搭建)")
_AS_MEANS = re.compile(r"方式|形式|途径|办法|手段|方法|渠道|通过|参与|作用|出力")


_AT_ALL_COSTS = re.compile("必须|务必|务须|一定要|必得|非得|只能")
_OPEN_MEANS = re.compile(
    r"(?:通过|依托|采取|以)(?P<means>[^,;。]+?等)(?:社会化|多种)?(?:方式|形式|途径|设施|办法|手段)"
)


def check_means(case: Case) -> Failure | None:
    """Check that one means of several that the text leaves open with 等 is not made the one that must be."""
    claim, source = case.claim, case.source
    marker = next((m for m in claim.markers if m.force is Force.MUST), None)
    if marker is None or not _AT_ALL_COSTS.match(claim.text, marker.start) or _AS_MEANS.search(claim.text):
        return None
    spans = [match.span("means") for match in _OPEN_MEANS.finditer(source.text)]
    for piece in case.content:
        if piece.start >= marker.end and any(
            start <= place and place + len(piece.told) <= end
            for place in piece.places
            for start, end in spans
        ):
            return Failure(2, f"「{piece.told}」在所引条款里只是几种方式之一。")
    return None


def check_duties(case: Case) -> Failure | None:
    """Check that 「驻区单位必须赞助」 is not made of 「通过驻区单位赞助等方式」."""
    claim, source = case.claim, case.source
    marker = next((m for m in claim.markers if m.force is Force.MUST), None)
    if marker is None or not claim.subject or not _BINDS.match(claim.text, marker.start):
        return None
    if claim.groups[0].start > marker.start or any(body.kind in AUTHORITIES for body in claim.subject):
        return None
    firmly = _FIRMLY.match(claim.text, marker.start) is not None
    for piece in case.content:
        if piece.start < marker.end or within(piece, claim.groups) or len(piece.told) < 2:
            continue
        if all(_only_mentioned(place, claim.text, source, firmly=firmly) for place in piece.places):
            return Failure(2, f"「{piece.told}」在所引条款里不是{claim.text[: claim.groups[0].end]}的义务。")
    return None


def _only_mentioned(place: int, said: str, source: Source, *, firmly: bool) -> bool:
    """Say whether the text has the word at ``place`` only as a means, as a field, or as what others are led to."""
    clause = source.clauses[source.clause_at(place)]
    here = place - clause.start
    aim = _AIM.match(clause.text)
    if firmly and aim and aim["lead"] not in said:
        return True
    patterns = (_MEANS, _FIELDS) if firmly else (_MEANS,)
    return not _AS_MEANS.search(said) and any(
        match.start("means") <= here < match.end("means")
        for pattern in patterns
        for match in pattern.finditer(clause.text)
    )
