"""Compare one clause of a statement with one leaf of a provision."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.grounding.bodies import OPENING, PLACES, Body, Group, Tier, find_groups
from assistant.grounding.claims import Claim
from assistant.grounding.cover import Kind, Piece, lay, places_of
from assistant.grounding.dates import Moment, Relation, agrees, months_between
from assistant.grounding.modality import ADJUNCT, ALTERNATIVE, ATTRIBUTIVE, SPOKEN, SUBORDINATE, TOPIC, Force, allows
from assistant.grounding.plain import bare
from assistant.grounding.quantities import Bound, Quantity, find_quantities
from corpus.numerals import read_number
from assistant.grounding.source import NAMED, Clause, Source

LIGHT = frozenset(
    "进一步 组织 开展 进行 举办 提供 实施 工作 服务 建设 形式 方式 通过 内容 情况 要求 社区 社会 作用 活动 制定 建立 形成 发展 实现 相关 结合 使用 管理 发挥 加强 推动 支持 给予 社会组织 社区社会组织".split()
)
_NOUNS = frozenset("工作 服务 内容 情况 活动 社区 社会 作用 方式 形式".split())
_EXCLUSIVE = re.compile(r"只|仅|唯一|全部|所有|一切|任何|一律|限于|不再")
_NEGATED = re.compile(r"不|没|未|无|非|勿|禁止|停止|取消|拒绝")
_AUTHORITIES = frozenset({"民政", "区", "市", "街道乡镇", "财政", "发改", "农业", "第三方", "孵化机构", "联合会", "社会工委", "民政部", "部门", "社区"})
_LISTING = re.compile(r"列举|列出|列明|点名|写明|提到|写了|说了|点到|包括|举出|列了|等")
_ALL = re.compile(r"共有|一共|总共|共计|合计|全部|只有|仅有|共设|共列")
_EACH = re.compile(r"每个|每一|各个|各|都|均")
_FINAL_BODY = re.compile(r"(?:是|(?<![分成作名视列定改])为|归|属于|属|归属于?|权归|由|是由|交给|交由)$")
_ISSUED = frozenset({"印发", "发布", "制定", "下发"})
_INSTITUTIONS = frozenset({"孵化机构", "联合会"})
_DOES = re.compile(r"应|须|必须|要|需|可(?!以?[\u4e00-\u9fff]{1,4}的)|将|把|负责|牵头|定期|对|向|为|不得|有权|自行|主动|积极")
_COUNTED = frozenset({"类", "项", "步", "条", "部分", "级", "个", "间", "名", "份"})
_NAMING = re.compile(r"(?:统一)?(?:命名|定名|取名|冠名|起名)(?:为|叫|成|作|是)?|名称(?:应|要|统一|必须|须)*(?:是|为|叫做?)|名字(?:应|要|统一)*(?:是|为|叫做?)?|叫做?|叫作|名为|称为|称作|挂(?:牌|名)为?")
_FILE_NUMBER = re.compile(r"\[\d{4}\]\d+号")
_EITHER_WAY = re.compile(r"(?:均可|皆可|都可以?|都行|也行|任选其一)$")
_STAGE = re.compile(r"([^个一二三四五六七八九十这该各本此每\W]{2})(阶段|工程)")
_INSTITUTION = re.compile(r"(?:xx(?:区|街道|镇|乡镇|乡)|北京市)社会组织[培育孵化发展服务]*中心(?:xx基地)?")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a clause is not supported; the nearer to support, the lower ``rank``."""

    rank: float
    why: str
    by_tier: bool = False
    """Whether it may be that the claim speaks of several tiers at once, each told in its own place."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """A word of the text that narrows what follows it, and the words by which a statement may keep it."""

    told: re.Pattern[str]
    said: re.Pattern[str]
    strict: bool = False
    """Whether it narrows its own clause alone."""


RESTRICTIONS = (
    Restriction(
        re.compile(r"(?:有条件的|具备条件的|符合条件的|有一定基础的)"),
        re.compile(r"条件|有能力|有一定基础|有基础|基础较?好"),
    ),
    Restriction(
        re.compile(r"根据(?:实际)?需要|必要时|按需"),
        re.compile(r"(?:根据|视|按|按照|依|依据|看|有|如有|结合|实际).{0,4}(?:需|情况|实际)|需要时|按需|视情|需要的话|必要时"),
        strict=True,
    ),
    Restriction(re.compile(r"新增"), re.compile(r"新增|增加|新的")),
    Restriction(re.compile(r"第一批"), re.compile(r"第一批|首批|头一批|首个批次|第一个批次")),
    Restriction(re.compile(r"专职(?=工作人员)"), re.compile(r"专职|全职")),
    Restriction(re.compile(r"优秀的"), re.compile(r"优秀|优质|表现好|好的|出色|突出|先进")),
)


def compare(claim: Claim, source: Source, statement: str) -> Failure | None:
    """Return the first thing in ``claim`` that ``source`` does not bear out, or None; ``statement`` is the whole, in plain form."""
    pieces = lay(claim.text, source, checked_in(claim, source))
    uncovered = [piece for piece in pieces if piece.kind is Kind.BARE]
    if uncovered:
        return _uncovered(uncovered)
    for check in (_amounts, _dates, _names, _issuers, _forces, _repeated, _actors, _named_bodies, _objects, _tiers, _restrictions, _quantified, _alternatives, _opposed, _neighbours):
        failure = check(claim, source, pieces, statement)
        if failure is not None:
            return failure
    return None


_ORDINAL = re.compile(r"第([一二三四五六七八九十]+)个?(?=阶段|步|项|类|大|工程)")


def checked_in(claim: Claim, source: Source) -> tuple[tuple[int, int], ...]:
    """Return the stretches that other checks answer for, 「第二阶段」 where the provision's heading is the second among them."""
    ordinals = (m.span() for m in _ORDINAL.finditer(claim.text) if str(read_number(m[1])) == source.number)
    return (*claim.checked, *ordinals)


def told_by(pieces: tuple[Piece, ...]) -> float:
    """Return how much of a clause the leaf itself says, in characters."""
    return sum(len(piece.told) * (1 + 0.1 * len(piece.told)) for piece in pieces if piece.places)


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


# Amounts


def _amounts(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    scopes = _scopes(claim, source)
    before = lay(claim.before, source) if claim.before else ()
    for number, quantity in enumerate(claim.quantities):
        same = [told for told in source.quantities if quantity.same_as(told) or _unit_named_before(quantity, told, claim)]
        if same:
            if any(_counts_the_same(number, claim, told, source, pieces, scopes, before) for told in same):
                continue
            return Failure(5, f"「{quantity.words}」在所引条款里说的是别的对象。")
        if _an_article(quantity, source) or _counted(quantity, claim, source, statement):
            continue
        if _multiplied(quantity, claim, source, statement) or _duration(quantity, source):
            continue
        near = next((told.words for told in source.quantities if told.unit == quantity.unit), "")
        return Failure(6, f"「{quantity.words}」与所引条款不符" + (f"，原文是「{near}」。" if near else "，原文没有这个数。"))
    return None


def _unit_named_before(said: Quantity, told: Quantity, claim: Claim) -> bool:
    """Say whether 「学时不少于8个」 is the text's 「不少于8个学时」."""
    return (
        said.unit == "个"
        and (said.value, said.bound) == (told.value, told.bound)
        and told.unit in claim.text[: said.start]
        and not re.match(r"[\u4e00-\u9fff]{2}", claim.text[said.end :])
    )


def _scopes(claim: Claim, source: Source) -> dict[int, str]:
    """Return, for each amount of the claim, the words it counts; 「分别」 pairs them in order."""
    scopes: dict[int, str] = {}
    start = 0
    for number, quantity in enumerate(claim.quantities):
        following = claim.quantities[number + 1].start if number + 1 < len(claim.quantities) else len(claim.text)
        between = re.split(r"[、和与]", claim.text[quantity.end : following])
        scopes[number] = claim.text[start : quantity.start] + "\0" + between[0]
        start = quantity.end + len(between[0])
    if "分别" in claim.text and len(claim.quantities) > 1:
        parts = re.split(r"[、和与]", claim.text[: claim.quantities[0].start])
        if len(parts) == len(claim.quantities):
            scopes = {number: part + "\0" for number, part in enumerate(parts)}
    return scopes


def _counts_the_same(
    number: int,
    claim: Claim,
    told: Quantity,
    source: Source,
    pieces: tuple[Piece, ...],
    scopes: dict[int, str],
    before: tuple[Piece, ...],
) -> bool:
    """Say whether nothing near the amount belongs to another amount of the text only."""
    home = source.clause_at(told.start)
    rivals = {source.clause_at(other.start) for other in source.quantities if other.unit == told.unit} - {home}
    if _EACH.search(re.sub("平均", "", scopes[number])) and "平均" in source.clauses[home].text and "平均" not in claim.text:
        return False
    if re.search(r"每个?|每一", source.text[source.clauses[home].start : told.start]) and not re.search(
        r"每|各|一个社区|单个", claim.text
    ):
        return False
    if "平均" in claim.text and "平均" not in source.clauses[home].text and rivals:
        return False
    if not _same_thing(claim.quantities[number], claim, told, source) or not _kinds_told(claim, home, source):
        return False
    near = [
        piece
        for piece in pieces
        if piece.places and piece.told not in LIGHT and piece.words in scopes[number]
    ]
    if "平均" in claim.text and any({source.clause_at(place) for place in piece.places} & (rivals | {home}) == {home} for piece in near):
        near = [piece for piece in near if not piece.words.startswith("每")]
    told_of = [{source.clause_at(place) for place in piece.places} & (rivals | {home}) for piece in near]
    if not any(len(clauses) == 1 for clauses in told_of):
        further = [piece for piece in before if piece.places and piece.told not in LIGHT]
        told_of += [{source.clause_at(place) for place in piece.places} & (rivals | {home}) for piece in further]
    return not any(clauses and home not in clauses for clauses in told_of)


_KINDS = frozenset({"社区社会组织", "社会组织", "孵化机构", "联合会", "企业", "居委会", "第三方"})


def _kinds_told(claim: Claim, home: int, source: Source) -> bool:
    """Say whether the kinds of body that a claim counts are those of the clause that has the amount."""
    said = {body.kind for group in claim.groups for body in group.bodies} & _KINDS
    said = said or {body.kind for group in find_groups(claim.before) for body in group.bodies} & _KINDS
    clause = source.clauses[home]
    told = {body.kind for group in clause.groups for body in group.bodies} & _KINDS
    return not told or said <= told | {body.kind for body in clause.subject}


def _same_thing(said: Quantity, claim: Claim, told: Quantity, source: Source) -> bool:
    """Say whether the name that follows an amount is the one that follows it in the text."""
    clause = source.clauses[source.clause_at(told.start)]
    counted = _counted_name(clause.groups, told.end - clause.start)
    named = _counted_name(claim.groups, said.end)
    return counted is None or named is None or named.kind == counted.kind


def _counted_name(groups: tuple[Group, ...], end: int) -> Body | None:
    return next((group.bodies[0] for group in groups if 0 <= group.start - end <= 3), None)


def _an_article(quantity: Quantity, source: Source) -> bool:
    """Say whether 「一个」 is no more than an article here."""
    return (
        quantity.value == 1
        and quantity.bound is Bound.EXACTLY
        and quantity.unit in {"个", "项", "份", "间", "类", "条", "名"}
        and all(told.unit != quantity.unit for told in source.quantities)
    )


def _counted(quantity: Quantity, claim: Claim, source: Source, statement: str) -> bool:
    """Say whether the number is that of the members of a list."""
    if quantity.unit not in _COUNTED or quantity.bound not in {Bound.EXACTLY, Bound.AT_LEAST}:
        return False
    if any(told.unit == quantity.unit for told in source.quantities):
        return False
    if source.id.endswith("#outline"):
        return quantity.value == source.text.count("、") + 1
    if quantity.bound is Bound.AT_LEAST:
        return quantity.value <= max(source.lists, default=0)
    if quantity.value in source.lists and not _ALL.search(claim.text) and (
        not source.open_lists or _LISTING.search(statement)
    ):
        return True
    sizes = _lists_of(statement)
    return quantity.value > 1 and (quantity.value in sizes or quantity.value + 1 in sizes)


def _lists_of(statement: str) -> set[int]:
    """Return how many members the lists of a statement have."""
    sizes: set[int] = set()
    for part in re.split(r"[,;:。]", statement):
        members = re.split(r"、|和(?!谐)|与|以及", re.sub(r"等.*$", "", part))
        if len(members) > 1:
            sizes.add(len(members))
    return sizes


def _multiplied(quantity: Quantity, claim: Claim, source: Source, statement: str) -> bool:
    """Say whether an amount is the text's own times a number of communities that the statement names, or that number."""
    said = find_quantities(statement)
    for times in said:
        of_what = re.match(r"(?:城市|农村)?社区(?!社会组织)", statement[times.end :])
        if times.bound is not Bound.EXACTLY or of_what is None:
            continue
        for told in source.quantities:
            product = [other for other in said if other.value == told.value * times.value and other.unit == told.unit]
            if not any(other.bound is told.bound for other in product):
                continue
            if not _kinds_told(claim, source.clause_at(told.start), source):
                continue
            if of_what.group() in source.clauses[source.clause_at(told.start)].text and (
                quantity.same_as(times) or any(quantity.same_as(other) for other in product)
            ):
                return True
    return False


def _duration(quantity: Quantity, source: Source) -> bool:
    if quantity.unit != "月" or quantity.bound is not Bound.EXACTLY:
        return False
    pairs = zip(source.moments, source.moments[1:], strict=False)
    return any(
        months_between(first, last) == quantity.value
        for first, last in pairs
        if first.relation is Relation.START and last.relation is Relation.END
    )


# Dates


def _dates(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    for moment in claim.moments:
        if not agrees(moment, source.moments):
            near = "、".join(told.words for told in source.moments[:2])
            return Failure(6, f"日期「{moment.words}」与所引条款不符" + (f"，原文是「{near}」。" if near else "，原文没有这个日期。"))
        if not _dated_the_same(moment, source, pieces):
            return Failure(5, f"「{moment.words}」在所引条款里说的是别的事。")
    return None


def _dated_the_same(said: Moment, source: Source, pieces: tuple[Piece, ...]) -> bool:
    own = [told for told in source.moments if agrees(said, (told,)) and told.words in source.text]
    content = [piece for piece in pieces if piece.places and len(piece.told) > 1]
    if not own or not content:
        return True
    for told in own:
        home = source.clause_at(source.text.find(told.words))
        rest = source.clauses[home].text.replace(told.words, "")
        if len(rest) < 4 or any(source.clause_at(place) == home for piece in content for place in piece.places):
            return True
    return False


# Names


def _names(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    naming = _NAMING.search(claim.text)
    if naming and source.names:
        called = bare(re.sub(r"^(?:应当?|要|统一|必须|须|为|是)*", "", claim.text[naming.end() :]))
        called = re.sub(r"[\u4e00-\u9fff]{1,5}?(?=街道社会组织|镇社会组织|乡社会组织|区社会组织)", "xx", called) if not called.startswith("xx") else called
        if called:
            before = claim.text[: naming.start()]
            if claim.markers and claim.markers[-1].force not in {Force.MUST, Force.PLAIN} and claim.markers[-1].start < naming.end():
                return Failure(3, "名称在所引条款里是规定的，不是可选的。")
            right = [prefix for name, prefix in source.names if name == called]
            if not right:
                return Failure(4, f"名称「{called}」与所引条款规定的名称不符。")
            unit = re.search(r"(中心|基地)(?:的)?$", before.rstrip("应要统一须必"))
            if unit and not any(unit[1] in prefix or not re.search("中心|基地", prefix) for prefix in right):
                return Failure(4, f"「{called}」不是{unit[1]}的名称。")
    for match in _FILE_NUMBER.finditer(claim.text):
        if bare(match.group()) not in source.bare:
            return Failure(4, f"所引条款没有文号「{match.group()}」。")
    for first, after in _quotes_with_next(claim, pieces):
        follow = {quote for quote in source.quotes if quote + after in source.bare}
        if follow and first not in follow and first in source.quotes:
            return Failure(2, f"「{first}」在所引条款里不是指「{after}」。")
    for match in _STAGE.finditer(claim.text):
        if match.group() not in source.everything and match[2] in source.everything:
            return Failure(4, f"所引条款说的不是「{match.group()}」。")
    known = {name for name, _ in source.names}
    for match in _INSTITUTION.finditer(claim.text):
        if known and not any(match.group() in name for name in known) and match.group() not in source.everything:
            return Failure(4, f"所引条款没有名为「{match.group()}」的机构。")
    return None


def _quotes_with_next(claim: Claim, pieces: tuple[Piece, ...]) -> Iterator[tuple[str, str]]:
    """Yield each name in quotation marks with the words right behind it."""
    for quote in claim.quotes:
        at = claim.text.find(quote)
        following = next((piece for piece in pieces if piece.start == at + len(quote)), None) if at >= 0 else None
        if following is not None and following.kind is Kind.EXACT:
            yield quote, following.words
        elif at >= 0:
            over = next((piece for piece in pieces if piece.start <= at and piece.end > at + len(quote)), None)
            if over is not None:
                yield quote, over.words[at + len(quote) - over.start :]


# Modality


def _forces(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    if _EITHER_WAY.search(claim.text) and any(
        ALTERNATIVE.search(source.clauses[source.clause_at(place)].text) for piece in _content(pieces) for place in piece.places
    ):
        return None
    if not claim.markers and SUBORDINATE.search(claim.text):
        return None
    content = [
        piece
        for piece in _content(pieces)
        if not _within(piece, claim.groups)
        and not _modal(piece, claim)
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


def _modal(piece: Piece, claim: Claim) -> bool:
    """Say whether a piece is no more than a modal word."""
    return any(marker.start <= piece.start and piece.end <= marker.end for marker in claim.markers)


def _amounts_told(claim: Claim, source: Source) -> list[Piece]:
    """Return the amounts of the claim as pieces that the text says."""
    return [
        Piece(said.start, said.end, Kind.CHECKED, said.words, told.words, (told.start,))
        for said in claim.quantities
        for told in source.quantities
        if said.same_as(told) or (told.value and said.bound is told.bound and said.unit == told.unit and said.value % told.value == 0)
    ][:2]


def _bears(clause: Clause, place: int, said: Force, claim: Claim, statement: str) -> bool:
    told = clause.force_at(place)
    if allows(told, said, claim.text, statement):
        return True
    return said is Force.MAY and told in {Force.MUST, Force.PLAIN} and (
        any(rule.told.search(clause.text) and "需要" in clause.text and rule.said.search(claim.text) for rule in RESTRICTIONS)
        or ALTERNATIVE.search(clause.text) is not None
        or (told is Force.PLAIN and any(ATTRIBUTIVE.match(claim.text, marker.start) for marker in claim.markers))
        or (TOPIC.search(clause.text) is not None and said is Force.MAY)
    )


def _content(pieces: tuple[Piece, ...]) -> list[Piece]:
    return [piece for piece in pieces if piece.places and len(piece.told) > 1]


# Actors


def _actors(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    content = _content(pieces)
    for group in claim.groups:
        if group.role not in {"", "由", "使", "让", "被", "请", "级"} or not _acting(group, claim):
            continue
        following = [
            _from(group.end, piece) for piece in content if piece.end > group.end and not _named(piece, claim.groups)
        ]
        passed: set[int] = set()
        for position, piece in enumerate(following):
            homes = {source.clause_at(place) for place in piece.places}
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
    if last and re.fullmatch("(?:的(?:责任|任务|职责|义务|工作))?", claim.text[last.end :]) and _FINAL_BODY.search(claim.text[: last.start]):
        if source.addressees and _RECEIVED.search(claim.text):
            if not all(any(_is(body, told) for told in source.asked) for g in claim.groups for body in g.bodies):
                return Failure(2, "所引文件不是发给这里所说的单位的。")
            return None
        before = [piece for piece in content if piece.end <= last.start]
        if before and any(body.kind in _AUTHORITIES for body in last.bodies):
            return _acts(last, next((piece for piece in before[::-1] if piece.told in _ISSUED), before[-1]), source)
    return None


def _from(start: int, piece: Piece) -> Piece:
    """Return what is left of a piece after an actor's name that it runs over."""
    cut = start - piece.start
    if cut <= 0 or piece.kind is not Kind.EXACT:
        return piece
    return replace(
        piece, start=start, words=piece.words[cut:], told=piece.told[cut:], places=tuple(place + cut for place in piece.places)
    )


def _done_to(group: Group, piece: Piece, claim: Claim, source: Source) -> bool:
    """Say whether an institution is what something is done to: 「孵化机构通过合署办公来建设」."""
    if group.role or any(body.kind not in _INSTITUTIONS for body in group.bodies):
        return False
    if _DOES.match(claim.text, group.end):
        return False
    told = [source.clauses[source.clause_at(place)].subject for place in piece.places]
    kinds = {body.kind for body in group.bodies}
    reversed_roles = any(
        _is(other, body) for other in (b for g in claim.groups if g is not group and g.bodies != claim.subject for b in g.bodies) for t in told for body in t
    )
    return not reversed_roles and not any(body.kind in kinds for subject in told for body in subject)


def _acting(group: Group, claim: Claim) -> bool:
    """Say whether a group is named as who does something: an authority, or whoever the clause begins with."""
    possessive = re.match(r"的(?!责任|任务|职责|义务)", claim.text[group.end :]) is not None
    if group.role == "由":
        return True
    if group.role == "级":
        return OPENING.fullmatch(claim.text[: group.start]) is not None
    if any(body.kind in _AUTHORITIES for body in group.bodies):
        return not possessive
    return group.bodies == claim.subject and not possessive


def _touches(piece: Piece, groups: tuple[Group, ...]) -> bool:
    return any(group.start < piece.end and piece.start < group.end for group in groups)


def _named(piece: Piece, groups: tuple[Group, ...]) -> bool:
    """Say whether a piece is an actor's name, perhaps with a modal word after it."""
    inside = sum(max(0, min(group.end, piece.end) - max(group.start, piece.start)) for group in groups)
    return piece.end - piece.start - inside <= 1


def _within(piece: Piece, groups: tuple[Group, ...]) -> bool:
    return any(group.start <= piece.start and piece.end <= group.end for group in groups)


def _later_group(claim: Claim, group: Group, piece: Piece) -> bool:
    """Say whether another actor stands between the group and the word."""
    return any(
        other.start >= group.end and other.end <= piece.start and other.role in {"", "由", "使", "让", "级"} for other in claim.groups
    )


def _acts(group: Group, piece: Piece, source: Source) -> Failure | None:
    """Check that the text has one of the same actors act where it says the word."""
    signed = source.signatories
    if piece.told in _ISSUED and signed and not all(any(_is(body, told) for told in signed) for body in group.bodies):
        return Failure(2, "所引文件不是由这里所说的机关印发的。")
    for place in piece.places:
        clause = source.clauses[source.clause_at(place)]
        allowed = (*clause.nearest(place), *clause.subject)
        allowed += clause.objects if allowed else ()
        if not allowed or all(any(_is(body, told) for told in allowed) for body in group.bodies):
            return None
        if _at_every_tier(group, clause):
            return None
        if "其" in clause.text and not any(body.kind in _AUTHORITIES for body in group.bodies):
            return None
    told = source.clauses[source.clause_at(piece.places[0])]
    names = "、".join(dict.fromkeys("".join(sorted(body.tiers - {body.kind})) + body.kind for body in told.subject or told.objects))
    said = "、".join(dict.fromkeys(body.kind for body in group.bodies))
    kinds = {body.kind for body in told.subject}
    by_tier = all(body.kind in kinds | PLACES for body in group.bodies)
    return Failure(2, f"「{piece.told}」的主体在所引条款里是{names or '另一方'}，不是{said}。", by_tier)


def _at_every_tier(group: Group, clause: Clause) -> bool:
    """Say whether 「市、区、街道三级都要建设」 is the text's 「建设市、区、街道三级机构」."""
    tiers = frozenset(tier for body in group.bodies for tier in body.tiers)
    return (
        len(tiers) > 1
        and all(body.kind in PLACES for body in group.bodies)
        and any(tiers <= body.tiers for told in clause.groups for body in told.bodies)
    )


def _is(said: Body, told: Body) -> bool:
    if told.kind == "孵化机构" and said.kind in PLACES:
        return said.tiers <= told.tiers
    if said.kind != told.kind:
        return False
    if told.tiers:
        return said.tiers <= told.tiers
    return not said.tiers or (said.kind == "孵化机构" and Tier.COMMUNITY not in said.tiers)


def _issuers(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    """Check that a title named in 《》 comes from the authority that the text names before it."""
    for title in claim.titles:
        here, there = claim.text.find(title), source.text.find(title)
        if here < 0 or there < 0:
            continue
        before = [group for group in claim.groups if group.end <= here]
        after = [group for group in claim.groups if group.start >= here + len(title) and group.role == "由"]
        clause = source.clauses[source.clause_at(there)]
        told = [group for group in clause.groups if group.end + clause.start <= there]
        for group in (*before[-1:], *after):
            issuer = any(body.kind in _AUTHORITIES for body in group.bodies)
            if not told and issuer and group.end == here and _issues_another(group, title, source):
                return Failure(2, f"《{title}》在所引条款里不是由这里所说的机关印发的。")
            if told and issuer and not all(any(_is(body, other) for other in told[-1].bodies) for body in group.bodies):
                return Failure(2, f"《{title}》在所引条款里不是由这里所说的机关印发的。")
    return None


def _issues_another(group: Group, title: str, source: Source) -> bool:
    """Say whether the text names the authority right before another title."""
    return any(
        there.end + clause.start == source.text.find(other)
        for other in source.titles
        if title not in other
        for clause in source.clauses
        for there in clause.groups
        if any(_is(body, told) for body in group.bodies for told in there.bodies)
    )


def _named_bodies(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    """Check that an actor named with its tier is one that the text names at that tier."""
    told = [body for clause in source.clauses for group in clause.groups for body in group.bodies]
    for group in claim.groups:
        for body in group.bodies:
            same = [other for other in told if other.kind == body.kind]
            if body.tiers and same and body.kind not in PLACES and not any(_is(body, other) for other in same):
                return Failure(3, f"所引条款没有说到{'、'.join(sorted(body.tiers))}一级的{body.kind}。", by_tier=True)
    return None


def _objects(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    """Check that what is done 对, 给 or 向 someone is done to them in the text."""
    content = _content(pieces)
    for group in claim.groups:
        if group.role not in _TO or not any(body.kind in _AUTHORITIES | _KINDS for body in group.bodies):
            continue
        if any(other.start == group.end + 1 and claim.text[group.end] == "的" for other in claim.groups):
            continue
        if source.addressees and _SENT.search(claim.text[: group.start]):
            if not all(any(_is(body, told) for told in source.asked) for body in group.bodies):
                return Failure(2, "所引文件不是发给这里所说的单位的。")
        beside = [piece for piece in content if group.start - piece.end in {0, 1} or piece.start - group.end in {0, 1}]
        beside = [piece for piece in beside if not _within(piece, claim.groups) and not _modal(piece, claim)]
        for piece in beside:
            clauses = [source.clauses[source.clause_at(place)] for place in piece.places]
            told = [[b for g in clause.groups if g.role in _TO for b in g.bodies] for clause in clauses]
            if all(told) and not any(all(any(_is(b, t) for t in bodies) for b in group.bodies) for bodies in told):
                return Failure(2, f"「{piece.told}」在所引条款里针对的是别的对象。")
    return None


_TO = frozenset({"对", "给", "向", "为"})
_SENT = re.compile(r"(?:印发|发|下发|转发|送|主送)(?:给|至|到)$")
_RECEIVED = re.compile(r"主送|收文|收件|发给|收到")
_QUANTIFIER = re.compile(r"(?:部分|个别|少数|多数|大多数|有些|某些|其他|其余|全体|所有|一切|全部|任何|每一个)(?:的)?$")
_UNIVERSAL = frozenset({"全体", "所有", "一切", "全部", "任何", "每一个"})


def _quantified(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    """Check that 「部分」 or 「所有」 before an actor is the text's."""
    for group in claim.groups:
        match = _QUANTIFIER.search(claim.text[: group.start]) or re.match(
            r"(?:所有|全部|全体)", claim.text[group.start : group.end]
        )
        if match is None:
            continue
        word = match.group().rstrip("的")
        kinds = {body.kind for body in group.bodies}
        for clause in source.clauses:
            for told in clause.groups:
                before = clause.text[max(0, told.start - 3) : told.start] + clause.text[told.start : told.start + 3]
                wide = word in before or (word in _UNIVERSAL and re.search("全市|各|所有|全部|每", before))
                if wide and kinds <= {body.kind for body in told.bodies}:
                    break
            else:
                continue
            break
        else:
            return Failure(2, f"所引条款没有说「{word}」。")
    return None


def _opposed(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    """Check that 「分别」 does not stand where the text has 「统一」."""
    for said, told in source.wording.opposed:
        if said in claim.text and told not in claim.text and told in source.text and said not in source.text:
            if any(told in source.clauses[source.clause_at(place)].text for piece in _content(pieces) for place in piece.places):
                return Failure(2, f"所引条款说的是「{told}」，不是「{said}」。")
    return None


# Tiers


def _tiers(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    content = _content(pieces)
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
        if following is None or following.start - end > 1 or _within(following, claim.groups) and len(following.told) < 4:
            continue
        before = [_tiers_before(place, source) for place in following.places]
        if all(before) and not any(tiers <= told for told in before):
            return Failure(3, f"「{following.told}」在所引条款里不是{'、'.join(sorted(tiers))}一级的。", by_tier=True)
    if not claim.subject and claim.spoken_of and not claim.text.startswith(("要求", "请", "希望")):
        return _continued(claim, source, content)
    return None


def _tiers_of(source: Source) -> frozenset[Tier]:
    claim = Claim(source.text + "," + source.headings, Force.PLAIN, ())
    return frozenset(tier for _, _, tiers in claim.places for tier in tiers) | frozenset(
        tier for clause in source.clauses for group in clause.groups for body in group.bodies for tier in body.tiers
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
        told = frozenset(tier for body in (*clause.subject, *clause.objects) for tier in body.tiers) - {Tier.COMMUNITY}
        if not told or said & told:
            return None
    return Failure(2, f"「{best.told}」在所引条款里不是对{'、'.join(sorted(said))}一级说的。")


def _repeated(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    """Check that no tier is named twice in one breath, as it is when one name was put in another's place."""
    for group in claim.groups:
        names = [re.sub(r"^(?:有条件的|具备条件的|各|全市的?)+", "", words) for _, words in _parts(claim.text, (group,))]
        places = [re.sub(r"(?<!街)[级里]$|一级$|^各", "", name) for name in names]
        for number, place in enumerate(places):
            if place in _PLACE_NAMES and any(
                other.startswith(place) for position, other in enumerate(places) if position != number
            ):
                return Failure(2, f"「{claim.text[group.start : group.end]}」与所引条款列出的层级不符。")
    return None


_PLACE_NAMES = frozenset({"市", "区", "街道", "乡镇", "街道乡镇", "街乡镇", "社区", "xx区"})


# Restrictions and neighbourhood


def _restrictions(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    content = _content(pieces)
    for rule in RESTRICTIONS:
        for match in rule.told.finditer(source.text):
            home = source.clause_at(match.start())
            clause = source.clauses[home]
            head = _restricted(match.end(), clause, source)
            named = [
                piece
                for piece in content
                if any(match.end() <= place < match.end() + head for place in piece.places)
                and all(source.clause_at(place) == home for place in piece.places)
            ] or _restricted_names(claim, match.end(), clause)
            others = [
                piece
                for piece in content
                if piece.told not in LIGHT and all(source.clause_at(place) == home for place in piece.places)
            ]
            if others and _narrows_another(claim, match.end(), clause):
                return Failure(2, f"「{match.group()}」在所引条款里限定的是别的对象。")
            if named and others and not rule.said.search(statement):
                return Failure(2, f"所引条款限定为「{match.group()}」，这里没有这个限定。")
        said = rule.said.search(claim.text)
        homes = {source.clause_at(match.start()) for match in rule.told.finditer(source.text)}
        if said and homes:
            reach = homes if rule.strict else {home + step for home in homes for step in (-1, 0, 1)}
            rest = [piece for piece in content if piece.told not in LIGHT and len(rule.told.sub("", piece.told)) > 1]
            if rest and not any(source.clause_at(place) in reach for piece in rest for place in piece.places):
                return Failure(2, f"「{said.group()}」在所引条款里说的是别的事。")
    return None


def _restricted(end: int, clause: Clause, source: Source) -> int:
    """Return how many characters after a restriction it narrows: the name that follows."""
    group = next((group for group in clause.groups if group.start + clause.start <= end < group.end + clause.start), None)
    if group:
        return 0
    return min(12, clause.end - end)


def _parts(text: str, groups: tuple[Group, ...]) -> list[tuple[int, str]]:
    """Return each name in the groups, joined names apart, with where it begins."""
    spans = dict.fromkeys((body.start, body.end) for group in groups for body in group.bodies)
    return [
        (start + part.start(), part.group())
        for start, end in spans
        for part in re.finditer(r"[^、和与及或/]+", text[start:end])
    ]


def _restricted_names(claim: Claim, end: int, clause: Clause) -> list[str]:
    """Return the actors of the claim that the text names only after the restriction."""
    narrowed = _narrowed(end, clause)[0]
    return [words for _, words in _parts(claim.text, claim.groups) if any(_same_words(words, word) for word in narrowed)]


def _narrowed(end: int, clause: Clause) -> tuple[set[str], set[str]]:
    """Return the names that a restriction narrows, and those beside it that it leaves alone."""
    here = end - clause.start
    told = _parts(clause.text, tuple(group for group in clause.groups if group.start <= here < group.end))
    free = {words for start, words in told if start < here}
    return {words.lstrip("各级类") for start, words in told if start >= here} - free, free


def _narrows_another(claim: Claim, end: int, clause: Clause) -> bool:
    """Say whether the claim puts the restriction before a name that the text leaves unrestricted."""
    narrowed, free = _narrowed(end, clause)
    return any(
        claim.text[:start].endswith(("条件的", "基础的"))
        and any(_same_words(words, word) for word in free)
        and not any(_same_words(words, word) for word in narrowed)
        for start, words in _parts(claim.text, claim.groups)
    )


def _same_words(said: str, told: str) -> bool:
    said = re.sub(r"^(?:有条件的|具备条件的|各|全市的?|级)+", "", said)
    told = re.sub(r"^(?:有条件的|具备条件的|各|全市的?)+", "", told)
    return bool(said) and (said in told or told in said or (said[-1] in "乡镇" and told[-1] in "乡镇"))


def _alternatives(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    """Check that 「或」 makes no choice of what the text asks for together, and that no choice of the text is made a must."""
    for match in re.finditer(r"([\u4e00-\u9fff]{2})或([\u4e00-\u9fff]{2})", source.text):
        if sum(word in claim.text for word in match.groups()) == 1 and any(m.force is Force.MUST for m in claim.markers):
            if source.force_of(match.start()) is not Force.MAY:
                return Failure(2, f"所引条款是「{match.group()}」，可以选择。")
    for position, piece in enumerate(pieces):
        if piece.words not in {"或", "或者", "或是", "任选", "要么"} or not position or position + 1 == len(pieces):
            continue
        if _touches(piece, claim.groups):
            continue
        for place in pieces[position - 1].places:
            clause = source.clauses[source.clause_at(place)]
            together = "、" in clause.text and "或" not in clause.text and not ADJUNCT.search(clause.text)
            if together and clause.force_at(place) in {Force.MUST, Force.PLAIN}:
                return Failure(2, "所引条款把这些并列要求，不是任选其一。")
    return None


def _neighbours(claim: Claim, source: Source, pieces: tuple[Piece, ...], statement: str) -> Failure | None:
    """Check that words said side by side are not gathered from far apart."""
    empty = LIGHT | source.wording.frame
    content = [
        piece
        for piece in _content(pieces)
        if piece.told not in empty
        and not _named(piece, claim.groups)
        and piece.told not in source.context
        and not set(piece.told) <= source.wording.characters
    ]
    for first, second in zip(content, content[1:], strict=False):
        here = {source.clause_at(place) for place in first.places}
        there = {source.clause_at(place) for place in second.places}
        joined = first.end == second.start and first.kind is second.kind is Kind.EXACT and len(first.told) < 3
        if min(abs(a - b) for a in here for b in there) > (0 if joined else 3):
            return Failure(1, f"所引条款没有把「{first.told}」和「{second.told}」放在一起说。")
    return None


def names_anything(text: str) -> bool:
    """Say whether a text has words to check at all."""
    return len(bare(text)) > 1


def all_places(words: str, source: Source) -> Iterator[int]:
    """Yield where a source says ``words``."""
    yield from places_of(words, source)


_ = NAMED
