"""Read how binding a sentence is: must, may, is encouraged, must not, need not."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Force(StrEnum):
    """How binding a predicate is."""

    PLAIN = "plain"
    MUST = "must"
    MAY = "may"
    ENCOURAGED = "encouraged"
    SUPPORTED = "supported"
    """「支持…」 at the head of a clause: support is what the text promises, not a duty of whom it supports."""
    ABLE = "can"
    """「能」: it says what can be, or what may be."""
    FORBIDDEN = "must not"
    NEEDLESS = "need not"


SPOKEN = {
    Force.PLAIN: "陈述",
    Force.MUST: "应",
    Force.MAY: "可",
    Force.ENCOURAGED: "鼓励/提倡",
    Force.SUPPORTED: "支持",
    Force.ABLE: "能",
    Force.FORBIDDEN: "不得",
    Force.NEEDLESS: "无需",
}


@dataclass(frozen=True, slots=True)
class Marker:
    """A modal word, where it stands, and what follows from it."""

    start: int
    end: int
    force: Force


_NOT_MODAL = re.compile(
    r"适应|相应|对应|响应|反应|供应|应用(?![^,。]*(?:方式|形式|办法|途径|手段))|应急|应对|效应|应考|理应外|许可|认可|可复制|可推广|可以(?=复制[^,。]{0,6}的)|(?<=复制、)可以(?=推广)|(?<=复制)可以(?=推广)|可以?(?=理解为|看作|看成|视为|说是)|(?:^|(?<=疑问)|(?<=清楚)|(?<=明白)|(?<=地方))可以?(?:去)?(?=(?:找|问|咨询)(?!到))|可持续|可靠|可能|可见|可行|可观|可辨识|可识别|宁可|可谓|可以说"
    r"|号召力|条件允许|重要|主要|要点|(?<!不)(?<!不作)(?<!不做)(?<!没有)(?<!未)(?<!硬性)要求|要素|首要|必要|需求|所需|必需的|急需|概要|摘要|纪要|要么|要是|次要|要闻|紧要|只要|不仅要"
    r"|能力|功能|职能|性能|才能|智能|能动|技能|能效|效能|能源|动能|可能|赋能"
    r"|支持性(?!的?(?:规定|措施|政策|条款|安排|态度))|场地支持|支持型|支持社会组织"
    r"|不得低于|不得少于|不得超过|不得高于|不得小于|不得多于|不能少于|不能低于|不能超过|不能高于|不应少于|不应低于|不应超过|不可少于|不可低于|不可超过|不准低于"
    r"|无法解决|不能解决|不能自行解决|必须的"
)
_KEPT_APART = re.compile(
    r"(?:按|视|根据|依|如有|有|看|按照|依据)[^,。]{0,4}需要?|(?:发展|实际|工作|现实|客观|各类|种种)的?需要|需要(?=[,。的]|$)"
)
_NEEDLESS = (
    "可以?不(?!断|仅|但|只|同|得|限于)|不必|无需|无须|不用|不需要?|毋须|毋需|不一定(?:非?要|非?得|需要?|必须)?|未必(?:要|得)?|不见得(?:要|得)?|不强制|不强求|不要求|不是必须|不是必需|并非必须|免于|用不着|没必要|没有必要"
    "|不作(?:硬性)?要求|不做(?:硬性)?要求|没有要求|未要求|不硬性|免除|可有可无|自愿选择|可设可不设|not required|need not"
)
_FORBIDDEN = "不得|不可以?|不能够?|不应当?|不该|不许|不准|不宜|不要(?!求)|禁止|严禁|切勿|勿|不允许|不支持|不鼓励|不提倡|不予|拒绝|停止|取消"
NOT_BOUND = re.compile("不一定(?:非?要|非?得|需要?|必须)?|未必(?:要|得)?|不见得(?:要|得)?")
"""What says that a thing that may be done need not be."""
BINDING = re.compile("强制性(?:要求|规定)?|硬性(?:要求|规定)|刚性(?:要求|规定)|必设|必选")
"""What says of a thing that it is a duty; it is no empty word, the check of modal words answers for it."""
_MUST = f"{BINDING.pattern}|必须|应当|应该|应|须|务必|务须|一定要|必得|得要|非得|需要?(?=[\\u4e00-\\u9fff\\0])|要(?=[\\u4e00-\\u9fff\\0])|有义务|有责任|负有"
_MAY = (
    "可以|可(?=[\\u4e00-\\u9fff\\0,])|均可|皆可|允许|准许|自行决定|自主决定|自愿|酌情|视情况|不妨|也行|都行"
)
_ENCOURAGED = "鼓励|提倡|倡导|号召|激励|建议|推荐|最好|宜(?=[\\u4e00-\\u9fff\\0])|尽量|尽可能"
_MARKER = re.compile(
    rf"(?P<needless>{_NEEDLESS})|(?P<forbidden>{_FORBIDDEN})|(?P<encouraged>{_ENCOURAGED})|(?P<must>{_MUST})|(?P<may>{_MAY})|(?P<able>能够|能(?=[\u4e00-\u9fff\0]))"
)
_SUPPORTED = re.compile(
    r"^(?:(?:还|也|并|另外|同时|要|会|将|指引|方案|规定|明确|提出|政策上?|文件|中心|市里|[,、])*)"
    r"支持(?=[把将其]|[\u4e00-\u9fff]{2,}(?:参加|接受|纳入|列入|参与|开展|报考|去|获得|继续|进入))"
)
_DEMANDED = re.compile(
    r"(?:是|属于)(?:一项|一条|明确|硬性)*的?要求(?:的(?:做法|事|规定)?)?(?=$|[,。是不而属])"
)
_REQUIRES = re.compile(r"^(?:还|也|并|另外|同时|指引|方案|规定|明确|提出|文件)*(?P<word>要求)(?=[把将其])")
_SUPPORTIVE = re.compile(r"支持性(?=的?(?:规定|措施|政策|条款|安排|态度))|(?:持|抱)支持(?:的)?态度")
_FORCES = {
    "needless": Force.NEEDLESS,
    "forbidden": Force.FORBIDDEN,
    "encouraged": Force.ENCOURAGED,
    "must": Force.MUST,
    "may": Force.MAY,
    "able": Force.ABLE,
}
SUPPORT = re.compile(r"支持|鼓励|提倡|倡导|扶持|资助|帮助|帮扶|助力")
ALTERNATIVE = re.compile(r"[\u4e00-\u9fff]或[\u4e00-\u9fff]")
ADJUNCT = re.compile(r"(?:方式|形式|手段|途径|办法|方法|渠道|基础上|前提下|情况下|指导下|领导下|条件下)$")
TOPIC = re.compile(r"(?:部分|方面|时|的话)$")
SUBORDINATE = re.compile(r"(?:时|时候|之际|过程中|前提下|基础上|情况下|之后|以后|[^之以]后)$")
LISTING = re.compile(
    r"包括|例如|比如|诸如|方式有|形式有|途径有|办法有|手段有|有[^,]*等|之一|属于"
    r"|的(?:其中)?(?:[一几多]种|[一几]个)?(?:可选)?(?:的)?(?:方式|形式|途径|办法|手段|做法|路子|法子|选择|渠道)"
)
ATTRIBUTIVE = re.compile(
    r"(?:可以?(?:用|使用|采用|选用|选择|选|依托|借助|利用|运用|统筹)|能够?[\u4e00-\u9fff、]{1,12})的"
    r"|可以?[\u4e00-\u9fff]{2,6}的(?:方面|领域|方式|形式|设施|场所|阵地|渠道|途径|办法|手段)"
)
_SO_THAT = re.compile(r"(?:让|使|令|以便|从而|确保|保证)[^,。]*$")


@lru_cache(maxsize=4096)
def find_markers(clause: str) -> tuple[Marker, ...]:
    """Return the modal words of one clause, in order; 适应, 相应, 认可 and their like are none."""

    def hide(match: re.Match[str]) -> str:
        return "\0" * len(match.group())

    shielded = _NOT_MODAL.sub(hide, _KEPT_APART.sub(hide, clause))
    markers = [
        Marker(match.start(), match.end(), _FORCES[str(match.lastgroup)])
        for match in _MARKER.finditer(shielded)
    ]
    markers += [Marker(m.start(), m.end(), Force.SUPPORTED) for m in _SUPPORTIVE.finditer(shielded)]
    markers += [Marker(m.start(), m.end(), Force.MUST) for m in _DEMANDED.finditer(clause)]
    markers += [Marker(*m.span("word"), Force.MUST) for m in _REQUIRES.finditer(clause)]
    markers.sort(key=lambda marker: marker.start)
    support = _SUPPORTED.search(shielded)
    if support and not any(marker.force is Force.ENCOURAGED for marker in markers):
        markers = [marker for marker in markers if marker.start >= support.end()]
        markers.insert(0, Marker(support.end() - 2, support.end(), Force.SUPPORTED))
    return tuple(_merged(markers, clause))


def _merged(markers: list[Marker], clause: str) -> list[Marker]:
    """Read 「应鼓励」 as encouragement, and drop the 能 of 「让…能…」, which is what something is for."""
    kept: list[Marker] = []
    for position, marker in enumerate(markers):
        following = markers[position + 1] if position + 1 < len(markers) else None
        if (
            marker.force is Force.MUST
            and following
            and following.force is Force.ENCOURAGED
            and following.start - marker.end <= 1
        ):
            continue
        if clause[marker.start] == "能" and _SO_THAT.search(clause[: marker.start]):
            continue
        kept.append(marker)
    return kept


def allows(told: Force, said: Force, clause: str, statement: str) -> bool:
    """Say whether a text of one force bears out a ``clause`` of another in a statement."""
    if said is Force.NEEDLESS and told is Force.MAY and NOT_BOUND.search(clause):
        return True
    if said in {Force.NEEDLESS, Force.FORBIDDEN}:
        return told is said
    if said is Force.ABLE:
        return told in {Force.MAY, Force.PLAIN}
    if told in {Force.MUST, Force.PLAIN}:
        return said in {Force.MUST, Force.PLAIN}
    if told is Force.MAY:
        return said is Force.MAY or (said is Force.PLAIN and LISTING.search(clause) is not None)
    if told is Force.ENCOURAGED:
        return said in {Force.ENCOURAGED, Force.SUPPORTED}
    if told is Force.SUPPORTED:
        return said in {Force.ENCOURAGED, Force.SUPPORTED} or (
            said is Force.PLAIN and SUPPORT.search(statement) is not None
        )
    return False
