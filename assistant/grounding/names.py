"""Check names: of institutions, phases, projects, documents and their issuers."""

import re
from collections.abc import Iterator

from assistant.grounding.bodies import AUTHORITIES, PLACES, Group, same_actor
from assistant.grounding.case import Case, Failure
from assistant.grounding.claims import Claim
from assistant.grounding.cover import Kind, Piece
from assistant.grounding.modality import Force
from assistant.grounding.plain import bare
from assistant.grounding.source import Source

_NAMING = re.compile(
    r"(?:统一)?(?:命名|定名|取名|冠名|起名)(?:为|叫|成|作|是)?|名称(?:应|要|统一|必须|须)*(?:是|为|叫做?)|名字(?:应|要|统一)*(?:是|为|叫做?)?|叫做?|叫作|名为|称为|称作|挂(?:牌|名)为?"
)


_NAMES = re.compile(r"(?:就|也)?是(?:市级)?(?P<unit>中心|基地)的?(?:统一)?(?:名字|名称|叫法|牌子|称呼|全称)")


_NAME_HAS = re.compile(
    r"(?P<unit>中心|基地)的?(?:名称|名字|牌子|全称)(?:里面|里头|里|中|上)?(?:带有?|含有?|有|包含|写着|用的是)"
)


_FILE_NUMBER = re.compile(r"\[\d{4}\]\d+号")


_STAGE = re.compile(r"([^个一二三四五六七八九十这该各本此每\W]{2})(阶段|工程)")


_NO_NAMES = frozenset({"最后", "整个", "各个", "收尾", "起始", "实施", "工作"})
"""What stands before 阶段 and 工程 without being the name of one; ordinals are checked elsewhere."""


_INSTITUTION = re.compile(
    r"(?:xx(?:区|街道|镇|乡镇|乡)|北京市)社会组织[培育孵化发展服务]*(?:中心(?:xx基地)?|[务展化育](?:基地|站|平台))"
)

_LINK = re.compile(r"(?:指的是|是指|指|就是|即|属于|是|为|的)*")
_ISSUES = re.compile(
    r"(?:联合|共同|自己|研究|负责|来)*(?:制定|制订|印发|发布|出台|起草|下发|编制|编写|拟定|编|写|出|定|发|做)(?:并|印发|和|发布)*(?:的|$)"
)
_FROM = re.compile(r"(?:出自|来自|源自|出于|版权属于|属于|归)$")
_ISSUERS = AUTHORITIES - {"孵化机构", "联合会"}


def check_names(case: Case) -> Failure | None:
    """Check file numbers, quoted names, phases, and what an institution is called."""
    claim, source, pieces = case.claim, case.source, case.pieces
    naming = _NAMING.search(claim.text)
    if naming and source.names:
        called = bare(re.sub(r"^(?:应当?|要|统一|必须|须|为|是)*", "", claim.text[naming.end() :]))
        called = (
            re.sub(r"[\u4e00-\u9fff]{1,5}?(?=街道社会组织|镇社会组织|乡社会组织|区社会组织)", "xx", called)
            if not called.startswith("xx")
            else called
        )
        called = _last_name(called, source)
        if called:
            before = claim.text[: naming.start()]
            if (
                claim.markers
                and claim.markers[-1].force not in {Force.MUST, Force.PLAIN}
                and claim.markers[-1].start < naming.end()
            ):
                return Failure(3, "名称在所引条款里是规定的，不是可选的。")
            right = [prefix for name, prefix in source.names if name == called]
            if not right:
                return Failure(4, f"名称「{called}」与所引条款规定的名称不符。")
            unit = re.search(r"(中心|基地)(?:的)?$", before.rstrip("应要统一须必"))
            if unit and not any(unit[1] in prefix or not re.search("中心|基地", prefix) for prefix in right):
                return Failure(4, f"「{called}」不是{unit[1]}的名称。")
    for named in _NAMES.finditer(claim.text) if source.names else ():
        prefixes = [prefix for name, prefix in source.names if name in bare(claim.text[: named.start()])]
        if prefixes and not any(
            named["unit"] in prefix or not re.search("中心|基地", prefix) for prefix in prefixes
        ):
            return Failure(4, f"「{claim.text[: named.start()]}」不是{named['unit']}的名称。")
    for part in _NAME_HAS.finditer(claim.text):
        holding = [
            prefix
            for name, prefix in source.names
            if any(quote in name and claim.text.startswith(quote, part.end()) for quote in claim.quotes)
        ]
        if holding and not any(
            part["unit"] in prefix or not re.search("中心|基地", prefix) for prefix in holding
        ):
            return Failure(4, f"「{claim.text[part.end() :]}」不在{part['unit']}的名称里。")
    for match in _FILE_NUMBER.finditer(claim.text):
        if bare(match.group()) not in source.bare:
            return Failure(4, f"所引条款没有文号「{match.group()}」。")
    for first, after in _quotes_with_next(claim, pieces):
        follow = {quote for quote in source.quotes if quote + after in source.bare}
        if follow and first not in follow and first in source.quotes:
            return Failure(2, f"「{first}」在所引条款里不是指「{after}」。")
    for match in _STAGE.finditer(claim.text):
        if match[1] in _NO_NAMES:
            continue
        if match.group() not in source.everything and match[2] in source.everything:
            return Failure(4, f"所引条款说的不是「{match.group()}」。")
    known = {name for name, _ in source.names}
    for match in _INSTITUTION.finditer(claim.text):
        if (
            known
            and not any(match.group() in name for name in known)
            and match.group() not in source.everything
        ):
            return Failure(4, f"所引条款没有名为「{match.group()}」的机构。")
    return None


def _last_name(called: str, source: Source) -> str:
    """Return the text's own name at the end of 「统一的格式为…」, or the words themselves."""
    return next(
        (
            name
            for name, _ in source.names
            if re.search(rf"(?:格式|写法|样式|名称|统一的?)[^\d]*(?:为|是|叫){re.escape(name)}$", called)
        ),
        called,
    )


def _quotes_with_next(claim: Claim, pieces: tuple[Piece, ...]) -> Iterator[tuple[str, str]]:
    """Yield each name in quotation marks with the words right behind it, 「指的是」 and 「属于」 passed over."""
    for quote in claim.quotes:
        at = claim.text.find(quote)
        if at < 0:
            continue
        link = _LINK.match(claim.text, at + len(quote))
        end = link.end() if link else at + len(quote)
        following = next((piece for piece in pieces if piece.start <= end < piece.end), None)
        if following is not None and following.kind is Kind.EXACT:
            yield quote, following.words[end - following.start :]


def check_issuers(case: Case) -> Failure | None:
    """Check that a document that the text names comes from the authority that the text names before it."""
    claim, source = case.claim, case.source
    for here, end, title in _titles_said(case):
        there = source.text.find(title)
        before = [group for group in claim.groups if group.end <= here]
        after = [
            group
            for group in claim.groups
            if group.start >= end and (group.role == "由" or _comes_from(claim.text, group))
        ]
        clause = source.clauses[source.clause_at(there)]
        told = [group for group in clause.groups if group.end + clause.start <= there]
        for group in (*before[-1:], *after):
            if not {body.kind for body in group.bodies} & _ISSUERS:
                continue
            another = not told and group.end == here and _issues_another(group, title, source)
            if another or (told and not _same(group, told[-1])):
                return Failure(2, f"《{title}》在所引条款里不是由这里所说的机关印发的。")
    return None


def _comes_from(text: str, group: Group) -> bool:
    """Say whether a document is said to be an authority's: 「是市民政局制定的」, 「出自民政部」."""
    return _ISSUES.match(text, group.end) is not None or _FROM.search(text[: group.start]) is not None


def _same(said: Group, told: Group) -> bool:
    return all(
        any(
            same_actor(body, other) or (body.kind in PLACES and body.tiers <= other.tiers)
            for other in told.bodies
        )
        for body in said.bodies
    )


def _titles_said(case: Case) -> Iterator[tuple[int, int, str]]:
    """Yield where the claim names a document of the text, in full or by a part of its title, and the title."""
    claim, source = case.claim, case.source
    for title in claim.titles:
        here = claim.text.find(title)
        if here >= 0 and title in source.text:
            yield here, here + len(title), title
    for piece in case.pieces:
        if piece.kind is not Kind.EXACT or len(piece.words) < 4 or not piece.places:
            continue
        homes = {
            title for title in source.titles for place in piece.places if _within(piece, place, title, source)
        }
        inside = all(any(_within(piece, place, title, source) for title in homes) for place in piece.places)
        if inside and len(homes) == 1:
            yield piece.start, piece.end, next(iter(homes))


def _within(piece: Piece, place: int, title: str, source: Source) -> bool:
    start = source.text.find(title)
    return start <= place and place + len(piece.told) <= start + len(title)


def _issues_another(group: Group, title: str, source: Source) -> bool:
    """Say whether the text names the authority right before another title."""
    return any(
        there.end + clause.start == source.text.find(other)
        for other in source.titles
        if title not in other
        for clause in source.clauses
        for there in clause.groups
        if any(same_actor(body, told) for body in group.bodies for told in there.bodies)
    )
