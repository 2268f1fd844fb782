"""Keep the strings of the residents’ guided path, in Chinese and in English."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentsStrings:
    """All words of the room in one language."""

    room: str
    purpose: str
    empty: str
    """Said where there are no notes with a path."""
    still_to_answer: str
    """Braces: ``questions``."""
    between_questions: str
    leads_to: str
    """Braces: ``route``."""
    whose: str
    """Whose words the lines are."""
    headings: Mapping[str, str]
    """By kind of part."""
    unknown_note: str
    official_note: str
    again: str
    copy: str
    print_page: str


CHINESE = ResidentsStrings(
    room="怎么办",
    purpose="想成立一支队伍，不知道该登记、备案，还是跟居委会说一声？回答四个问题，看看走哪条路、问谁、带什么去。",
    empty="这里没有收录登记与备案的说明，请到“问答”里提问。",
    still_to_answer="还要回答：{questions}",
    between_questions="",
    leads_to="看起来该走这条路：{route}",
    whose="下面的话由编者整理，非官方原文；每句都注明依据、核对日期和把握。官方文件写了什么，放在最后一节。",
    headings={
        "known": "知道的",
        "unknown": "北京还不清楚的",
        "ask": "问谁",
        "bring": "带什么去谈",
        "avoid": "办好以前要当心的",
        "official": "官方文件写了什么",
    },
    unknown_note="没有查到，不等于没有规定。",
    official_note="以下是官方文件的内容，点开可看原文。",
    again="重新选",
    copy="复制全文",
    print_page="打印",
)

ENGLISH = ResidentsStrings(
    room="What to do",
    purpose="Starting a group, and not sure whether to register it, file it or just tell the residents' committee? Answer four questions to see which way to go, whom to ask and what to bring.",
    empty="There are no notes on registering and filing here; please ask under “Questions”.",
    still_to_answer="Still to answer: {questions}",
    between_questions=" ",
    leads_to="This looks like the way: {route}",
    whose="What follows was compiled by the editors and is not an official text; every sentence names what it rests on, when that was checked and how sure it is. What the official documents say comes last.",
    headings={
        "known": "What is known",
        "unknown": "What is not known for Beijing",
        "ask": "Whom to ask",
        "bring": "What to bring to the conversation",
        "avoid": "What to be careful of until it is settled",
        "official": "What the official documents say",
    },
    unknown_note="Not found does not mean that there is no rule.",
    official_note="This is from the official documents; follow a link to read the original.",
    again="Start again",
    copy="Copy all",
    print_page="Print",
)
