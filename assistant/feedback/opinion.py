"""Say what is kept of a visitor's opinion: the question, the reply and what was wrong with it; never who gave it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.answer import Reply, Status
from assistant.mask import masked
from assistant.question import Language, Question, Role
from corpus.shadow import shadow

LONGEST_COMMENT = 500
"""Characters of a comment; what is longer is cut."""
_LONGEST_QUESTION = 2000
_LONGEST_ANSWER = 8000
LONGEST_UNANSWERED = 300

UNANSWERED = frozenset({Status.NOT_IN_CORPUS, Status.OUT_OF_SCOPE, Status.PARTIAL})
"""What counts as a question that could not be answered, or not wholly."""

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗凤方俞任袁柳鲍史唐费薛雷贺倪汤"
    "罗毕郝安常乐于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄米明臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡霍"
    "万柯卢莫房解应丁邓洪包左石崔龚程邢裴陆翁段侯宁甘武刘景龙叶司黎白蒲乔谭温庄晏柴阎连习向古易廖耿匡文欧沙关游聂曾"
)
_NAMED = re.compile(
    rf"(?:我叫|我的名字叫?|姓名(?:是|为)?|联系人(?:是|为)?|本人叫?)[ :]?(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=$|[^\u4e00-\u9fff]|是|的|住|想|电话|身份证|今年|家住)"
)
_MAIL = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+", re.ASCII)


class Reason(StrEnum):
    """What was wrong with an answer."""

    WRONG_SOURCE = "wrong_source"
    OUT_OF_DATE = "out_of_date"
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one person said of one answer."""

    id: int = 0
    """Its number in the ledger; 0 before it is kept."""
    given_on: date
    """The day; no hour is kept."""
    useful: bool
    reasons: tuple[Reason, ...] = ()
    comment: str = ""
    question: str
    follow_up: bool = False
    """Whether something was asked before it, which is not kept."""
    role: Role
    language: Language
    status: Status
    answer: str
    provisions: tuple[str, ...] = ()
    """What the answer cited, or named as nearest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question that could not be answered, and how often it was asked in these words."""

    id: int = 0
    question: str
    role: Role
    language: Language
    status: Status
    asked: int = 1
    last_on: date


def opinion_on(
    question: Question, reply: Reply, *, useful: bool, reasons: Iterable[Reason], comment: str, on: date
) -> Opinion:
    """Return what is kept of an opinion: personal numbers, addresses and names given as such are hidden first."""
    return Opinion(
        given_on=on,
        useful=useful,
        reasons=() if useful else tuple(dict.fromkeys(reasons)),
        comment=anonymous(comment.strip()[:LONGEST_COMMENT]),
        question=anonymous(question.text[:_LONGEST_QUESTION]),
        follow_up=bool(question.history),
        role=question.role,
        language=reply.language,
        status=reply.status,
        answer=anonymous(reply.answer[:_LONGEST_ANSWER]),
        provisions=_provisions(reply),
    )


def unanswered(question: Question, reply: Reply, *, on: date) -> Unanswered:
    """Return what is kept of a question that could not be answered."""
    return Unanswered(
        question=anonymous(" ".join(question.text.split())[:LONGEST_UNANSWERED]),
        role=question.role,
        language=reply.language,
        status=reply.status,
        last_on=on,
    )


def anonymous(text: str) -> str:
    """Return ``text`` without personal numbers, addresses of mail, and names that are given as names."""
    text = masked(text)
    for pattern, group, label in ((_MAIL, 0, "【电子邮箱】"), (_NAMED, "name", "【姓名】")):
        for match in reversed(list(pattern.finditer(shadow(text).text))):
            text = text[: match.start(group)] + label + text[match.end(group) :]
    return text


def _provisions(reply: Reply) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cited.provision for cited in reply.citations or reply.nearest))
