"""Make a follow-up stand alone, from what the person asked before; what the assistant said is never believed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.calendar import find_months
from assistant.quantity import find_quantities
from assistant.question import Question
from corpus.shadow import is_english, shadow
from corpus.vocabulary import load_vocabulary

_GREETING = re.compile(
    r"^(好的?|嗯+|哦+|噢|行|对了?|ok|okay|明白了?|知道了|谢谢|请问)[，,。.!！ ]+", re.IGNORECASE
)
_OPENERS = re.compile(
    r"^(除了(这|那)|然后|接着|后来|(再)?往后|下一个?(阶段|工程|步)|上一个?(阶段|工程|步)|原文(是|写|里)|条文(是|写|里)|那么?|那(?=[一-鿿])|还有|另外|换成|换|如果(是|换)|要是(换)?|改成|同样|再|接着|上面|上述|刚才|刚刚|前面|之前|你(刚|上面|前面|说)|它们?|他们?(?!.{12})|这(个|些|条|样|里|句|段|份|两|项|几)?|该|其中|其|and\b|then\b|so\b|what about|how about|what if|same\b|why\b|that\b|this\b|it\b|they\b|those\b|these\b|ok\b|also\b|you (just )?said)",
    re.IGNORECASE,
)
_WORDING = re.compile(
    r"(原文|原话|全文|条文|怎么写|念一下|exact (words|wording|text)|full text|quote it|original (text|wording))",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"^(为什么|为啥|凭什么|依据|根据|出处|出自|哪一?条|哪里(写|规定|说)|哪(儿)?(写|规定|说)|why\b|which (article|provision)|says who|on what basis|where does it say)",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"那么?|还有|另外|换成|换|如果是?|要是|改成|同样|再|呢|的|级|一级|是|吗|嘛|么|啊|吧|呀|怎么样|咋样|如何|又|也|都|要求|情况|层面|这边|那边|办事处|一样|会|这个?数|这么[多少高大]|这样|相同|what about|how about|and|the|for|level|tier|ones?|at|in|of|a|an|same|then|what|if|it|is|'s|s\b|[\s，。？?！!、,.：:;；\"]",
    re.IGNORECASE,
)
_SHORT = 8
"""Characters at or under which a question with no subject of its own leans on the one before."""


_SAID = {"city": "市级的", "district": "区级的", "street": "街道的"}
_SAID_BEFORE = re.compile(
    r"^(你(刚才|刚刚|上面|前面|之前|上次|刚)?(不是)?(说|讲|回答)|(刚才|上面|前面|之前)(你|那个|的)?(说|讲|回答|答案)|you (just )?said)",
    re.IGNORECASE,
)
"""A reminder of what the assistant said: the earlier question is put again, with the claim beside it."""
_SAID_BEFORE_LAST = re.compile(
    r"[，。?]\s*(你|上面|刚才|刚刚|前面|之前)(上面|刚才|刚刚|前面|之前)?(不是)?(都|已经)?(说|讲|写|答)(了|过|的)?[。?!]*$"
)
_DOUBT = re.compile(
    r"^(不对|你?再(看|查|翻|核|确认|对)|(?=.{0,20}(照|按)(着)?(你|这个|这样)).*(没错|对)(吧|吗)|(?=.{0,30}真(的)?是这)|错了|搞错|弄错|说错|好像不|恐怕不|你(确定|肯定|敢肯定|没(记|搞|看|弄|说)错)|真的(吗|假的|是这样)|(真|当真)(的|是)?[?]"
    r"|(are you|r u) sure|really\b|that('s| is| does ?n[o']t| sounds) (not right|wrong|look right)|i do ?n[o']t think)",
    re.IGNORECASE,
)
"""Doubt of the answer before: the earlier question is put again; neither the answer nor the doubt is believed."""
_DOUBTED = 40
"""Characters up to which words that begin with doubt are about the answer before."""
NEIGHBOUR = re.compile(
    r"^(那)?(?P<way>再?下一?(条|款|项)|后一?(条|款|项)|[上前]一?(条|款|项)|next (article|one)|previous (article|one))(呢|是|讲|说|写|的|$|\?)"
)
"""A request for the provision after or before the one asked about."""


class Leaning(StrEnum):
    """How a question leans on the conversation."""

    NONE = "none"
    MERGED = "merged"
    """It was completed from an earlier question."""
    WORDING = "wording"
    """It wants the words behind the answer to an earlier question."""
    NEIGHBOUR = "neighbour"
    """It wants the provision next to the one asked about."""
    LOST = "lost"
    """It leans on something that was never asked."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A question that stands alone."""

    question: Question
    leaning: Leaning = Leaning.NONE
    topic: str = ""
    """The earlier question that it goes on from, when it goes on in words of its own."""


def stand_alone(question: Question, *, understood: Callable[[str], bool]) -> Standing:
    """Return the question with what it leaves out put in, and how it leaned.

    ``understood`` says whether a text is, by itself, a question that the corpus knows well; such a question is a
    new topic even after others.
    """
    asked = [turn.text for turn in question.history if turn.speaker == "user" and turn.text.strip()]
    text = _GREETING.sub("", question.text.strip()) or question.text.strip()
    plain = shadow(text).text
    leans = _leans(plain)
    if not asked:
        lost = (leans and _is_bare(plain)) or (_points_back(plain) and not understood(text))
        return Standing(question, Leaning.LOST if lost else Leaning.NONE)
    if NEIGHBOUR.match(plain):
        return Standing(replace(question, text=_resolved(asked, understood)), Leaning.NEIGHBOUR)
    if _DOUBT.match(plain) and len(plain) <= _DOUBTED:
        return Standing(replace(question, text=_resolved(asked, understood)), Leaning.MERGED)
    if _points_back(plain):
        return Standing(replace(question, text=_resolved(asked, understood)), Leaning.WORDING)
    if _SAID_BEFORE_LAST.search(plain):
        return Standing(replace(question, text=_beside(_resolved(asked, understood), text)), Leaning.MERGED)
    if not leans and not (len(_bare(plain)) <= _SHORT and not understood(text)):
        return Standing(question)
    if understood(text) and not _OPENERS.match(plain):
        return Standing(question)
    topic = _resolved(asked, understood)
    if _SAID_BEFORE.match(plain):
        return Standing(replace(question, text=_beside(topic, text)), Leaning.MERGED)
    if _fills_slot(plain):
        return Standing(replace(question, text=_merge(topic, text)), Leaning.MERGED)
    return Standing(replace(question, text=_strip_opener(text)), Leaning.MERGED, topic)


def _beside(topic: str, text: str) -> str:
    """Put further words beside the earlier question."""
    return f"{topic.rstrip('？?。 ')}，{text}"


_PLACE = re.compile(
    r"^(那么?|然后)?(?P<last>最后|末)?(第(?P<number>[一二三四五六七八九十]|[0-9]{1,2})|(?<=最后)一|(?<=末)一)(个|项|样|点|类|种)|^the (?P<word>first|second|third|fourth|fifth|last) one"
)
_NUMBERS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}


def place_in_list(plain: str) -> int | None:
    """Return which member of the list before a shadow points at, from 0 (-1 for the last); ``None`` for none."""
    match = _PLACE.match(plain)
    if match is None:
        return None
    if match["word"]:
        return _NUMBERS[match["word"]]
    if match["last"]:
        return -1
    number = match["number"]
    return int(number) - 1 if number.isdecimal() else "一二三四五六七八九十".index(number)


_BESIDE = re.compile(
    r"(?P<on>下一?个?|(再|接)?(后|往后)(头|面|边|一个|一)?(那)?个?|接下来(的|那)?个?|随后那?个?)(?=(的|那)?(阶段|工程|步|项|条))|(?P<back>(上|前)(头|面|边|一个|一)?(那)?个?)(?=(的|那)?(阶段|工程|步|项|条))"
)


def steps_beside(plain: str) -> int:
    """Return 1 when a shadow is about the phase or project after the one before, -1 when about the one before it, else 0."""
    match = _BESIDE.search(plain)
    return 0 if match is None else 1 if match["on"] else -1


def _resolved(asked: list[str], understood: Callable[[str], bool]) -> str:
    """Return the last earlier question, itself completed from those before it."""
    topic = asked[0]
    for text in asked[1:]:
        plain = shadow(text).text
        if _points_back(plain):
            continue
        leans = _leans(plain) or len(_bare(plain)) <= _SHORT
        topic = (
            _merge(topic, text) if leans and not (understood(text) and not _OPENERS.match(plain)) else text
        )
    return topic


def _leans(plain: str) -> bool:
    return _OPENERS.match(plain) is not None or (plain.rstrip("?!。 ").endswith("呢") and len(plain) <= 16)


def _bare(plain: str) -> str:
    return _FILLER.sub("", plain)


def _is_bare(plain: str) -> bool:
    return len(_bare(_without_slots(plain))) <= 4


def _points_back(plain: str) -> bool:
    """Say whether the text asks for the words or the source behind the answer before."""
    short = len(plain) <= 24 and not re.search(r"吗|对不对|是不是|\"[^\"]+\"", plain)
    return short and (
        _SOURCE.match(plain) is not None
        or (_WORDING.search(plain) is not None and _leans(plain))
        or _only(plain, _WORDING)
    )


def _only(plain: str, pattern: re.Pattern[str]) -> bool:
    rest = pattern.sub("", plain)
    return (
        rest != plain
        and len(
            re.sub(
                r"给我|看看|看一下|贴|发|请|一下|把|我要|想看|show me|please|me|[\s，。？?！!、,.]|的|呢",
                "",
                rest,
            )
        )
        <= 1
    )


def _without_slots(plain: str) -> str:
    for tier in load_vocabulary().tiers.values():
        plain = tier.pattern.sub("", plain)
    return re.sub(r"[一-鿿]{2,4}(街道|镇|乡|区)|\d+\s*个?", "", plain)


def _fills_slot(plain: str) -> bool:
    """Say whether the words only name another tier, place, figure or month."""
    if len(_bare(_without_slots(plain))) > 2:
        return False
    named = any(tier.pattern.search(plain) for tier in load_vocabulary().tiers.values())
    return named or bool(find_months(plain)) or bool(find_quantities(plain))


def _merge(topic: str, text: str) -> str:
    """Put what the new words say into the earlier question."""
    plain, before = shadow(text).text, shadow(topic).text
    tiers = load_vocabulary().tiers
    if len(_bare(_without_slots(plain))) <= 2:
        named = [tier for tier in tiers.values() if tier.pattern.search(plain)]
        if named:
            cleaned = topic
            for tier in tiers.values():
                if len(before) == len(topic):
                    cleaned = _drop(cleaned, tier.pattern)
            if is_english(topic):
                old = next((m for tier in tiers.values() if (m := tier.pattern.search(before))), None)
                new = named[0].pattern.search(plain)
                if old and new and len(named) == 1 and len(before) == len(topic):
                    return f"{topic[: old.start()]}{new[0]}{topic[old.end() :]}"
                return f"{', '.join(tier.label_en for tier in named)}: {cleaned}"
            words = _FILLER.sub("", _strip_opener(text)) or named[0].label
            return f"{words if _has_place(words) else '和'.join(_SAID[t.key] for t in named)}{cleaned.lstrip('的级、，和里')}"
        if find_months(plain) or find_quantities(plain):
            return _swap_figure(topic, text)
    return f"{topic.rstrip('？?。 ')}，{_strip_opener(text)}"


def _has_place(words: str) -> bool:
    return re.search(r"[一-鿿]{2,}(街道|镇|乡|区)$", words) is not None


def _drop(text: str, pattern: re.Pattern[str]) -> str:
    plain = shadow(text).text
    kept, last = [], 0
    for match in pattern.finditer(plain):
        kept.append(text[last : match.start()])
        last = match.end()
    return "".join([*kept, text[last:]])


def _strip_opener(text: str) -> str:
    return re.sub(
        r"^(那么?|and|so|then|what about|how about)\s*", "", text.strip(), flags=re.IGNORECASE
    ).rstrip("呢？? ")


def _swap_figure(topic: str, text: str) -> str:
    old = find_quantities(shadow(topic).text)
    new = _strip_opener(text)
    if find_months(shadow(topic).text):
        return re.sub(r"(20\d{2}年)?\s*\d{1,2}月(份)?", new, topic, count=1)
    if old:
        replaced = re.sub(r"个$", "", re.sub(r"(个)?(城市|农村)?社区$", "", new))
        return (
            topic[: old[0].start]
            + replaced
            + topic[
                old[0].end
                - (
                    1 if old[0].unit and topic[old[0].end - 1] == "个" and not replaced.endswith("个") else 0
                ) :
            ]
        )
    return f"{new}，{topic}"
