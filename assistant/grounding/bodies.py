"""Find who is spoken of: authorities, institutions and groups, with the tier they stand at."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Tier(StrEnum):
    """A level of administration."""

    NATION = "国家"
    CITY = "市"
    DISTRICT = "区"
    STREET = "街道乡镇"
    COMMUNITY = "社区"


@dataclass(frozen=True, slots=True)
class Body:
    """One actor as it is named, with the tiers named before it."""

    start: int
    end: int
    kind: str
    tiers: frozenset[Tier]


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies named in one breath: 「市区民政部门和街道、乡镇」."""

    start: int
    end: int
    bodies: tuple[Body, ...]
    role: str
    """The preposition before it (对, 为, 由 …; 下 for 在…下), 「级」 when it only says which 资金 or 专家, or empty."""


# 市 · 区 · 街道 · 乡镇, alone or joined, before a name: 市、区级 · 市区两级 · 街道、乡镇级 · 各街道乡镇
_ONE = r"(?:街道办事处|街道办|街办|乡镇人民政府|乡镇政府|镇政府|乡政府|xx区|xx街道|xx镇|xx乡|xx市|全市|本市|我市|北京市|北京|市级|区级|街道级|乡镇级|街乡镇级|街乡级|街镇级|镇级|乡级|社区级|村级|市一级|区一级|街道一级|乡镇一级|街道乡镇一级|社区一级|市里|区里|街道里|镇里|市本级|各区|各街道|各乡镇|各社区|各级|街乡镇|街道|乡镇|街乡|街镇|市|区(?!域)|镇|乡(?!村|贤|风|下))"
_COMMUNITY = (
    r"社区(?!社会组织|服务|居民|党组织|协商|治理|矫正|戒毒|康复|志愿|生活|文化|公益|资源|治安|和谐|书记|实际)"
)
PLACE = re.compile(
    rf"{_ONE}(?:(?:、|和|与|及|以及|或|/)?{_ONE})*(?:、?{_COMMUNITY})?(?:[两三二]?级|这一级|层面|[两三]个层级)?"
    rf"|{_COMMUNITY}(?:、{_ONE})*"
)
_WORDS: tuple[tuple[str, str], ...] = (
    ("社会工委", r"(?:(?:北京)?市委|各?区委)?社会?工(?:作)?委(?:员会)?"),
    ("民政部", r"民政部(?:办公厅)?(?!门)"),
    ("民政", r"民政(?:主管)?(?:部门|局|机关|系统|口)?"),
    ("发改", r"(?:发改|发展(?:和)?改革)(?:委|部门|局)?"),
    ("财政", r"财政(?:部门|局)?(?!预算|资金|拨款|困难|紧张|投入|支持|补)"),
    ("农业", r"(?:农业农村|农村农业)(?:部门|局)?"),
    ("联合会", r"(?:社区社会组织)?联合会"),
    ("第三方", r"(?:专业的?)?第三方的?(?:专业|评估)?机构|专业机构|评估机构"),
    (
        "孵化机构",
        r"社会组织发展服务中心|(?:社会组织)?(?:培育)?(?:和|与)?孵化(?:机构|中心|器|平台)|(?<=级)(?:的)?(?:机构|中心)|(?<=里)(?:的)?(?:机构|中心)|(?<=级)的?单位",
    ),
    ("支持性社会组织", r"支持[性型]社会组织"),
    ("慈善组织", r"慈善组织"),
    ("党组织", r"(?:城乡)?基层党组织|党组织(?!服务)"),
    ("自治组织", r"(?:基层)?群众性自治组织|基层(?:群众)?自治组织|自治组织"),
    ("居委会", r"(?:社区)?居(?:民)?委(?:员)?会|村(?:民)?委(?:员)?会"),
    (
        "社区社会组织",
        r"社区社会组织(?!负责人|从业|骨干|联合|备案|章程|相关|工作|培育|发展|服务领域|布局|项目|登记)",
    ),
    ("社会组织", r"(?<!社区)社会组织(?!领域|负责人|培育|从业|骨干|党的|孵化|发展)"),
    ("驻区单位", r"驻(?:社区|区)单位|辖区单位"),
    ("部门", r"(?:各)?(?:相关|有关)部门|各部门|多个?部门"),
    ("单位", r"各单位"),
    ("书记", r"(?:社区)?(?:党组织|党支部|党委)?书记"),
    ("两委", r"(?:村居)?两委班子|两委"),
    ("负责人", r"(?:社区)?(?:社会组织)?(?:的)?(?:负责人|带头人)"),
    ("从业人员", r"(?:社区社会组织)?从业(?:人员|者)"),
    ("工作人员", r"(?:专职)?(?:工作)?人员(?!培训)|员工|职工"),
    ("居民", r"(?:广大)?居民(?:群众)?|群众(?!喜|性|经费)|老百姓|百姓"),
    ("企业", r"企业|公司"),
    ("政府", r"人民政府|政府(?!购买)"),
)
_BODY = re.compile("|".join(f"(?P<k{number}>{pattern})" for number, (_, pattern) in enumerate(_WORDS)))
_PERSONS = frozenset({"工作人员", "负责人", "从业人员", "书记"})
_QUALIFIED = r"(?:有条件的|具备条件的|符合条件的|条件具备的|有一定基础的|具备一定基础的|优秀的|广大|相关|各级|各类|所有|全部|辖区内的?|本级)?"
_PREPOSITIONS = "对向为给跟同把将由被从以经让使请与"
_NO_PREPOSITION = re.compile(r"(?:作|列|成|视|定|算|改|名)为$|因为$|以及$|不同$|共同$|一同$|自从$")
_AND_SO_ON = re.compile(r"等(?P<what>(?:多个?|各|几个|有关|相关)?部门)")
_JOINS = re.compile(rf"(?:、|和|与|及|以及|或|/|跟|同)?{_QUALIFIED}")
WHOLE = re.compile(r"全市|本市|我市|全区|本区|北京市?")
_DIRECTED = re.compile(r"(?:指导|要求|督促|组织|引导|推动|带领|协助|安排)$")
_COMMITTEE = re.compile(_WORDS[0][1])
ALONE = re.compile(r"[应要须需可得必都也还均则就,、和与]|$")
INNER = {
    "市": re.compile("(?:城|全|本|我|超|上|北京)$"),
    "区": re.compile("(?:服务|办公|配置|展示|活动|功能|流动|[社城园校景片小地驻辖全本])$"),
    "乡": re.compile("城$"),
    "镇": re.compile("[城集乡街]$"),
}
PLACES = frozenset({"市", "区", "街道乡镇"})
OPENING = re.compile(
    r"(?:第[零一二三四五六七八九十百]+条|鼓励|支持|提倡|要求|规定|明确|提出|形成|通知|指引|方案|文件|请|同时|此外|另外|其中|并且?|而且|还|也|又|则|现|凡|全市|其他|本)*"
)
"""What may come before the actor that a clause begins with."""
_TIER_WORDS: tuple[tuple[Tier, re.Pattern[str]], ...] = (
    (Tier.CITY, re.compile(r"(?<!城)(?<!xx)市(?!民|场)")),
    (Tier.DISTRICT, re.compile(r"区(?!域)")),
    (Tier.STREET, re.compile(r"街|镇|乡")),
    (Tier.COMMUNITY, re.compile(r"社区|村")),
)


def tiers_in(words: str) -> frozenset[Tier]:
    """Return the tiers that a place name such as 「市、区级」 speaks of; 全市 says how far something reaches, no tier."""
    rest = WHOLE.sub("", words).replace("社区", "村")
    return frozenset(tier for tier, pattern in _TIER_WORDS if pattern.search(rest))


@lru_cache(maxsize=4096)
def find_groups(clause: str) -> tuple[Group, ...]:
    """Return the actors that one clause of a plain text names, joined names together."""
    groups: list[Group] = []
    position = 0
    while position < len(clause):
        bodies, end = _read_group(clause, position)
        if not bodies:
            position += 1
            continue
        before = clause[position - 1] if position else ""
        role = before if before in _PREPOSITIONS and not _NO_PREPOSITION.search(clause[:position]) else ""
        if before == "在":
            role = "在"
        if before == "在" and re.match(r"(?:的)?(?:指导|领导|支持|协助|带领)下?", clause[end:]):
            role = "下"
        if not role and _only_describes(clause, position, end, bodies):
            role = "级"
        groups.append(Group(position, end, bodies, role))
        position = end
    return tuple(groups)


def _only_describes(clause: str, start: int, end: int, bodies: tuple[Body, ...]) -> bool:
    """Say whether places only say which funds or experts are meant: 「市级社会建设资金」, 「市、区社会建设专项资金」."""
    if ALONE.match(clause, end) or not all(body.kind in PLACES for body in bodies):
        return False
    if clause.startswith("各", start) and _DIRECTED.search(clause[:start]):
        return False
    return clause[end - 1] == "级" or OPENING.fullmatch(clause[:start]) is None


def _read_group(clause: str, start: int) -> tuple[tuple[Body, ...], int]:
    """Read joined names from ``start`` on; no bodies when none begins there."""
    bodies: list[Body] = []
    position = start
    end = start
    while True:
        if bodies:
            join = _JOINS.match(clause, position)
            position = join.end() if join else position
        else:
            qualified = re.compile(_QUALIFIED).match(clause, position)
            position = qualified.end() if qualified else position
        several = _AND_SO_ON.match(clause, end) if bodies else None
        if several:
            bodies.append(Body(several.start("what"), several.end(), "部门", frozenset()))
            return tuple(bodies), several.end()
        body = _read_body(clause, position, joined=bool(bodies))
        if body is None:
            return tuple(bodies), end
        if bodies and body[0].kind in _PERSONS and bodies[-1].end == body[0].start:
            bodies.pop()
        bodies.extend(body)
        position = end = body[-1].end


def _read_body(clause: str, start: int, *, joined: bool) -> list[Body] | None:
    committee = _COMMITTEE.match(clause, start)
    if committee:
        return [Body(start, committee.end(), "社会工委", tiers_in(committee.group().replace("北京", "")))]
    place = PLACE.match(clause, start)
    if place and _false_place(clause, place):
        place = None
    if place and place.group() == "社区":
        return [Body(start, place.end(), Tier.COMMUNITY.value, frozenset({Tier.COMMUNITY}))]
    tiers = tiers_in(place.group()) if place else frozenset()
    after = place.end() if place else start
    gap = re.compile(r"的?").match(clause, after)
    body = _BODY.match(clause, after)
    if body is None and gap and gap.end() > after and place:
        body = _BODY.match(clause, gap.end())
    if body is not None:
        kind = _WORDS[int(str(body.lastgroup)[1:])][0]
        if kind == "民政" and place and re.search(r"(?:北京|本|我)市", place.group()):
            tiers |= {Tier.CITY}
        return [Body(start, body.end(), kind, tiers)]
    if place is None:
        return None
    opening = (
        joined
        or OPENING.fullmatch(clause[:start]) is not None
        or clause[start - 1 : start] in {"由", "给", "对", "向"}
    )
    if not tiers and opening and ALONE.match(clause, place.end()):
        return [Body(start, place.end(), Tier.CITY.value, frozenset({Tier.CITY}))]
    if place.group().endswith("级") and not opening and not ALONE.match(clause, place.end()):
        return None
    return [Body(start, place.end(), tier.value, frozenset({tier})) for tier in sorted(tiers)] or None


def _false_place(clause: str, place: re.Match[str]) -> bool:
    """Say whether this is the 区 of 服务区, the 市 of 城市 or the 乡 of 城乡."""
    before = clause[max(0, place.start() - 3) : place.start()]
    words = place.group()
    if INNER[words[0]].search(before) if words[0] in INNER else False:
        return True
    following = clause[place.end() : place.end() + 2]
    if words in {"区", "市", "村", "乡", "镇"} and re.match(
        r"域|分|别|民(?!政)|场|级?社会主义|贤|风|规", following
    ):
        return True
    return words == "乡" and following.startswith("村")


AUTHORITIES = frozenset(
    {
        "民政",
        "区",
        "市",
        "街道乡镇",
        "财政",
        "发改",
        "农业",
        "第三方",
        "孵化机构",
        "联合会",
        "社会工委",
        "民政部",
        "部门",
        "社区",
    }
)


KINDS = frozenset({"社区社会组织", "社会组织", "孵化机构", "联合会", "企业", "居委会", "第三方"})


def same_actor(said: Body, told: Body) -> bool:
    if told.kind == "孵化机构" and said.kind in PLACES:
        return said.tiers <= told.tiers
    if said.kind != told.kind:
        return False
    if told.tiers:
        return said.tiers <= told.tiers
    return not said.tiers or (said.kind == "孵化机构" and Tier.COMMUNITY not in said.tiers)


def names_in(text: str, groups: tuple[Group, ...]) -> list[tuple[int, str]]:
    """Return each name in the groups, joined names apart, with where it begins."""
    spans = dict.fromkeys((body.start, body.end) for group in groups for body in group.bodies)
    return [
        (start + part.start(), part.group())
        for start, end in spans
        for part in re.finditer(r"[^、和与及或/]+", text[start:end])
    ]
