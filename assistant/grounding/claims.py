"""Take a statement apart into clauses, each with what it claims."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.grounding.bodies import INNER, PLACE, WHOLE, Body, Group, Tier, find_groups, tiers_in
from assistant.grounding.dates import Moment, Relation, find_moments
from assistant.grounding.modality import ADJUNCT, ATTRIBUTIVE, BINDING, NOT_BOUND, Force, Marker, find_markers
from assistant.grounding.plain import outside, plain, quoted, spans_of, titled
from assistant.grounding.quantities import Quantity, find_quantities
from assistant.grounding.source import leading
from assistant.grounding.wording import Wording

_CLAUSE = re.compile(r"[^,;:。]+")
_LIKEWISE = re.compile("也|亦|同样|一样")
_FIRST_MONTH = r"首月|首个月|头一个月|第一个月|起始月|起始月份|起点"
_LAST_MONTH = r"末月|最后一个月|收尾月|截止月份|终点"
_EDGE = re.compile(rf"(?:(?P<start>开始|启动|起步|{_FIRST_MONTH})|结束|收尾|完结|截止|{_LAST_MONTH})$")
_EDGE_MONTH = re.compile(rf"(?:(?P<start>{_FIRST_MONTH})|{_LAST_MONTH})")
_COMPARES = re.compile("(?:高于|低于|多于|少于|大于|小于|比).*$")
_LACKS_OBJECT = re.compile(r"(?:有|列了|列着|列出|列入|出现)$")
_TOPIC_OF = re.compile(r"([^是有]{2,}?)(?:就|也|只)?(?:是|属于|为|由|$)")
_WHETHER = re.compile(
    "(?:设不设立?|(?:要不要|是否要?|需不需要|是不是要)设(?:立|置)?|设还是不设)(?P<what>[^,;。]*),?"
)
_ON_NEED = re.compile("(?:看|视|根据|按|按照|依).{0,8}需要")
_IN_ALL = re.compile("(?:(?:一共|总共|共计|共)(?:有|是|为)?)?\0")
_NAME_OF = re.compile(r"([^是]{4,}?)(?:就|也)?是[^是]{1,8}的(?:名字|名称|叫法|牌子|称呼|全称)")
_ALSO_IS = re.compile("(?:同时)?(?:也|又)是")
_WHEN = re.compile(r"(?:其)?(?:时间|期限|日期|时限)")
REFERENCE = re.compile(
    r"(?:本|该|这份|上述|北京市?)*(?:社会组织培育孵化机构)?(?:建设运营)?(?:工作)?(?:指引|方案|通知)?(?:的)?"
    r"(?:第[零一二三四五六七八九十百\d]+[条部款项](?:分)?(?:的)?(?:第[零一二三四五六七八九十百\d]+[款项条])?)"
)


@dataclass(frozen=True)
class Claim:
    """One clause of a statement in plain form."""

    text: str
    inherited: Force
    """The force that the clause before passes on."""
    spoken_of: tuple[Body, ...]
    """The actors that the clause before is about."""
    before: str = ""
    """The clause before, which may say what an amount here counts."""
    quotes: tuple[str, ...] = ()
    """The words in quotation marks that the statement has."""
    titles: tuple[str, ...] = ()
    """The titles in 《》 that the statement names."""
    bound: bool = False
    """Whether the clause before ends in 「…方式」 and so leans on this one."""
    follows: Force | None = None
    """The first force of the clause after, when that goes on about this one."""

    @cached_property
    def markers(self) -> tuple[Marker, ...]:
        """Its modal words; 「要求」 before an actor is one."""
        found = find_markers(self.text)
        demands = [
            Marker(group.start - 2, group.start, Force.MUST)
            for group in find_groups(self.text)
            if self.text[: group.start].endswith("要求")
            and not any(marker.start < group.start <= marker.end for marker in found)
        ]
        return tuple(sorted((*found, *demands), key=lambda marker: marker.start)) if demands else found

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The actors it names."""
        titles = spans_of(self.titles, self.text)
        return tuple(group for group in find_groups(self.text) if outside(titles, group.start, group.end))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The amounts it states."""
        return find_quantities(self.text)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """The dates it states; 「2022年1月，落实阶段开始」 names a beginning."""
        found = find_moments(self.text)
        if (
            len(found) == 1
            and found[0].relation is Relation.ON
            and (edge := _EDGE.search(self.text, found[0].end))
        ):
            return (replace(found[0], relation=Relation.START if edge["start"] else Relation.END),)
        if len(found) == 1 and (edge := _EDGE_MONTH.search(self.text)):
            return (replace(found[0], relation=Relation.START if edge["start"] else Relation.END),)
        return found

    @cached_property
    def subject(self) -> tuple[Body, ...]:
        """The actors it begins with."""
        return leading(self.groups, self.text)

    @cached_property
    def places(self) -> tuple[tuple[int, int, frozenset[Tier]], ...]:
        """The words that name a tier, such as 市级 or 街道乡镇, with the tiers."""
        return tuple(
            (match.start(), match.end(), tiers)
            for match in PLACE.finditer(self.text)
            if (tiers := tiers_in(match.group())) and not _inside_a_word(self.text, match)
        )

    @cached_property
    def checked(self) -> tuple[tuple[int, int], ...]:
        """The stretches that the checks of amounts, dates, tiers and references answer for."""
        spans = [
            (_IN_ALL.search(self.text[: quantity.start] + "\0").start(), quantity.end)  # type: ignore[union-attr]
            for quantity in self.quantities
        ]
        spans += [(moment.start, moment.end) for moment in self.moments]
        for start, end, _ in self.places:
            reach = WHOLE.match(self.text, start, end)
            first = reach.end() if reach else start
            if self.text[first:end] not in {"社区", ""}:
                spans.append((first, end))
        spans += [match.span() for match in REFERENCE.finditer(self.text)]
        spans += [
            (marker.start, marker.end)
            for marker in self.markers
            if BINDING.fullmatch(self.text, marker.start, marker.end)
            or NOT_BOUND.fullmatch(self.text, marker.start, marker.end)
        ]
        if len(self.moments) == 1:
            spans += [match.span() for match in _EDGE_MONTH.finditer(self.text)]
        return tuple(spans)

    def forces_at(self, position: int) -> tuple[Force, ...]:
        """Return the forces that may be read to govern the word at ``position``; more than one without a modal word."""
        before = [
            marker
            for marker in self.markers
            if marker.start <= position
            and not ((within := ATTRIBUTIVE.match(self.text, marker.start)) and within.end() <= position)
        ]
        if before:
            return (before[-1].force,)
        if self.markers:
            return (self.markers[0].force,)
        if self.inherited is Force.MAY and not self.bound:
            return (Force.MAY, Force.PLAIN)
        if self.inherited is Force.PLAIN and self.follows is not None:
            return (self.follows, Force.PLAIN)
        return (self.inherited,)

    @property
    def passed_on(self) -> Force:
        """The force that the next clause inherits."""
        force = self.markers[-1].force if self.markers else self.inherited
        return (
            force if force in {Force.MAY, Force.ENCOURAGED, Force.SUPPORTED, Force.FORBIDDEN} else Force.PLAIN
        )


_TOPIC = re.compile(r"(?P<topic>(?:^|(?<=[。;]))[^,。;]{2,14}),(?P<copula>[也都均就正本]?是)")
"""What is spoken of, set apart by a comma from what it is said to be: one claim, not two."""


_BESIDES = re.compile(r"除了?(?P<first>[^,。;]{2,24}?)(?:以外|之外|外)?,(?P<also>[^,。;]{0,12}?(?:还|也|另))")
"""「除了甲，还乙」 says both."""


def claims_of(statement: str, wording: Wording) -> tuple[Claim, ...]:
    """Return the clauses of a statement; one that only frames, dates or places joins the next."""
    text = _TOPIC.sub(r"\g<topic>\g<copula>", wording.localised(plain(statement)))
    text = _BESIDES.sub(r"\g<first>,\g<also>", text)
    if _ON_NEED.search(text):
        text = _WHETHER.sub(r"设\g<what>", text)
    parts = [match.group() for match in _CLAUSE.finditer(text)]
    merged: list[str] = []
    pending = ""
    for part in parts:
        joined = pending + part
        if merged and not pending and _WHEN.match(part) and _says_nothing(part, wording):
            merged[-1] += part
            continue
        if merged and not pending and _LIKEWISE.search(part) and _says_nothing(part, wording):
            repeated = _repeated(part, merged[-1])
            if repeated:
                merged.append(repeated)
                continue
        if merged and not pending and (carried := _carried(part, merged[-1])):
            merged.append(carried)
            continue
        if _says_nothing(part, wording):
            pending = joined
            continue
        merged.append(joined)
        pending = ""
    if pending:
        if merged:
            merged[-1] += pending
        else:
            merged.append(pending)
    claims: list[Claim] = []
    for part in merged:
        before = claims[-1] if claims else None
        claims.append(
            Claim(
                part,
                before.passed_on if before else Force.PLAIN,
                (before.subject or before.spoken_of) if before else (),
                _COMPARES.sub("", before.text) if before else "",
                quoted(statement),
                titled(statement),
                before is not None and ADJUNCT.search(before.text) is not None,
            )
        )
    return tuple(
        replace(claim, follows=after.markers[0].force)
        if after is not None
        and after.markers
        and not claim.markers
        and (not after.subject or claim.text.startswith(("对", "关于", "就", "至于")))
        else claim
        for claim, after in zip(claims, [*claims[1:], None], strict=True)
    )


def _repeated(part: str, before: str) -> str:
    """Return the clause before with the actors of 「区级机构也应当」 in place of its own; empty if either has none."""
    new, old = find_groups(part), find_groups(before)
    if not new or not old or old[0].start:
        return ""
    own, theirs = find_markers(part), find_markers(before)
    if own and theirs:
        return part[: new[0].end] + part[own[0].start : own[-1].end] + before[theirs[0].end :]
    return part[: new[0].end] + before[old[0].end :]


def _carried(part: str, before: str) -> str:
    """Return a clause with what it takes from the one before: 「也是首月」 the date, 「市级也有」 the thing; empty if nothing."""
    if _LACKS_OBJECT.search(part) and find_groups(part):
        topic = _TOPIC_OF.match(before)
        return part + topic[1] if topic else ""
    named = _NAME_OF.match(before)
    if named and _NAME_OF.match(named[1] + part.lstrip("也又")):
        return named[1] + part.lstrip("也又")
    moments = find_moments(before)
    if not _ALSO_IS.match(part) or not moments or moments[0].start or find_moments(part):
        return ""
    return moments[0].words + part


def _says_nothing(part: str, wording: Wording) -> bool:
    """Say whether a clause holds only framing words, dates, tiers and references."""
    claim = Claim(part, Force.PLAIN, ())
    spans = dict(sorted(claim.checked))
    spans.update((group.start, group.end) for group in claim.groups)
    position = 0
    while position < len(part):
        if position in spans:
            position = max(spans[position], position + 1)
            continue
        length = next(
            (
                n
                for n in range(min(6, len(part) - position), 1, -1)
                if part[position : position + n] in wording.frame
            ),
            0,
        )
        if not length and part[position] not in wording.characters and part[position] not in wording.frame:
            return part[position] in "、-" and len(part) == 1
        position += length or 1
    return not claim.quantities


def _inside_a_word(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 1]
    name = match.group().removesuffix("里")
    if name in INNER:
        return bool(INNER[name].search(text[: match.start()])) or bool(
            re.match(r"[域民场分别贤风规]", after) and not text[match.end() :].startswith("民政")
        )
    return False
