"""Read a question: its language, tiers, places, dates, figures, and the kind of answer it expects."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.calendar import Month, find_months
from assistant.quantity import Quantity, find_quantities
from assistant.question import Language, Question
from corpus.library import Library
from corpus.reference import Reference, find_references
from corpus.shadow import is_english, is_traditional, shadow, traditional
from corpus.sounds import Hearing
from corpus.vocabulary import Asked, load_vocabulary


class Want(StrEnum):
    """What an answer should look like, when the question says so."""

    COMPARE = "compare"
    NAME = "name"
    SOURCE = "source"
    """Which provision a sentence comes from."""
    WORDING = "wording"
    """The exact words of a provision."""
    OUTLINE = "outline"
    QUIZ = "quiz"
    CONFIRM = "confirm"
    """Yes or no."""
    TOTAL = "total"
    """A figure multiplied out."""
    WHEN = "when"
    DUTIES = "duties"


_WANTS: dict[Want, re.Pattern[str]] = {
    want: re.compile(pattern, re.IGNORECASE)
    for want, pattern in {
        Want.COMPARE: r"区别|不同(?!意)|不一样|差别|差异|对比|比较(一下)?(?!好|大|多|高|难)|相比|异同|分别|各自|三级(?!医)|各级|哪一级|比一比|谁多|多了?什么|少了?什么|都(有|要|得)哪些|一样吗|相同|共同|compar|differ|versus|\bvs\b|each (level|tier)|three (levels|tiers)|same (as|for)|in common",
        Want.NAME: r"叫什么|叫啥|叫做什么|怎么叫|咋叫|(是不是|应该?|得|要|能|可以)叫|啥名|命名|起名|取名|起(个|什么|啥)名|名字|名儿|名头|名号|名称|全名|全称|称呼|挂.{0,24}牌|牌子|牌匾|招牌|门牌|门头|匾|\bnamed?\b|\bcalled\b|\bsign(board|age)?\b",
        Want.SOURCE: r"[”\"」』]\s*(这句(话)?)?(写|说|提)?在哪|出在(哪|什么)|(哪|那)(一)?(条|款|项|部分|章|份文件|个文件|句|处)(里|中)?(规定|说|写|讲|提到|来)?的?|第几(条|款|项|部分)|出自|出处|来自|条号|在哪(里|儿)?(规定|写|说|提)|哪儿的|谁说过|依据(是|在)?(什么|哪)|哪里(规定|写|说|提)|(有没有|提没提|写没写|有无|是否有|查查有没有|查一下有没有)(提|写|说)?(到|过)?(这|该)(个|句)?(词|话|提法|说法)?|这(个|种)?提法|which (article|provision|section|part)|where does (it|the)|appear in the",
        Want.WORDING: r"原文|原话|全文|怎么写的|怎么规定的?|咋写的|说了(些)?(什么|啥)|讲了(些)?(什么|啥)|写了(些)?(什么|啥)|规定了?(些)?(什么|啥)|内容是?(什么|啥)|讲的(是)?(什么|啥)|(说|讲|写|规定|提)(了|的|些|是|到|在)*(什么|啥)|是(什么|啥)内容|念(一下|给)|exact (words|wording|text)|full text|what does .*(say|state|provide)|quote|read out",
        Want.OUTLINE: r"提纲|大纲|课程(安排|设计|框架|表)|教案|讲义|讲稿|课件|ppt|幻灯|备课|讲课思路|outline|lesson plan|slides|syllabus|handout",
        Want.QUIZ: r"[出编拟](几|一|两|三|四|五|六|七|八|九|十|些|点|套|份|\d+)*(道|个|张|份|套)?.{0,24}(题(?!目)|试题|试卷|考卷|测验)|测试题|考题|选择题|判断题|填空题|练习题|小测|测验|quiz|multiple[- ]choice|test questions|exam questions",
        Want.CONFIRM: r"(吗|么|嘛|吧|不|没|没有)[?!。,\s]*$|对吧|对不对|是吧|是不是|是否|行不行|行吗|可不可以|能不能|可以吗|有没有|要不要|用不用|该不该|算不算|会不会|必不必须|对么|没错吧|是真的|真的假的|真有(这|此|那)|当真|属实|有这(回事|个规定|条)|重没重|有没有重|\?$(?<=吗\?)|^(is|are|does|do|can|must|may|should|will|has|have|did|am|was|were)\b|right\?|correct\?|, (is|isn't|doesn't|don't|aren't) (it|they|there|we)\b",
        Want.TOTAL: r"(一共|总共|合计|加起来|共要|总数|总量|总计|\btotal\b|in total|altogether|overall)|(应该?|要|得|需要?|至少|最少|起码|最低|不能?(低于|少于)|凑).{0,8}(多少|几)个|多少个?(社区)?(社会)?组织|how many",
        Want.WHEN: r"什么时候|啥时候|何时|几月|哪(一|几)?个?(年|月|天)|截止|期限|最晚|最迟|时间(节点|要求|安排)|多会儿|几号|when\b|deadline|by what (date|time)|which (month|year)",
        Want.DUTIES: r"职责|责任|任务清单|(要|该|应该?|得|需要?)(做|干|办)(些|点)?(什么|啥|哪些)|做(些)?(什么|啥)(工作|事)|干(些)?(什么|啥)|管(些)?(什么|啥|哪些)|duties|responsib|obligation|supposed to do|have to do",
    }.items()
}

_STREET = re.compile(
    r"(?P<name>[一-鿿]{2,6}?)(?P<suffix>街道办事处|街道办|街道|地区办事处|镇(?!静|定|痛|上|里|级|区|街)|乡(?!镇|村|贤|下|里|级|土))"
)
_BEFORE_STREET = re.compile(r"区?[^\s，。？?、和与跟]{0,4}(街道|镇|乡|地区办事处)")
_NOT_A_PLACE = re.compile(
    r"^(各|本|我们|咱们?|你们?|他们?|这个|那个|哪个|每个|所有|全市|我市|某|一个|多个|几个|和|与|或|及|市|区|县|级|对|跟|在|到|是|请问|那|这|什么|乡|社区|辖区|全部|基层|为|让|给|比|把|按|据|从|由|如果|假如|关于|至于|等|城乡|农村|现在|我|的|有|要|街|去)+|.*(的|和|与|跟|及|或|、|在|是|到|叫|级|各|说|问|比|要)$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A district, subdistrict or township that the question names."""

    name: str
    """Without its suffix: 海淀, 建外."""
    suffix: str
    """区, 街道, 镇, 乡 …"""
    tier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What a question says, once read."""

    question: Question
    text: str
    """The question's shadow: simplified, half-width, lower case."""
    language: Language
    tiers: tuple[str, ...]
    places: tuple[Place, ...]
    references: tuple[Reference, ...]
    months: tuple[Month, ...]
    quantities: tuple[Quantity, ...]
    asked: tuple[Asked, ...]
    wants: frozenset[Want]
    elsewhere: bool
    """The question is about a place that the documents do not reach."""

    def is_about(self, want: Want) -> bool:
        """Say whether the question asks for this shape of answer."""
        return want in self.wants


def language_of(question: Question) -> Language:
    """Return the language to answer in: the one set, else that of the question."""
    if question.language is Language.ENGLISH:
        return Language.ENGLISH
    if question.language is None and is_english(question.text):
        return Language.ENGLISH
    if is_traditional(question.text) or _goes_on_in_traditional(question):
        return Language.TRADITIONAL
    return Language.CHINESE


def _goes_on_in_traditional(question: Question) -> bool:
    """Say whether a question has no character that tells its script, after one in traditional Chinese."""
    asked = [turn.text for turn in question.history if turn.speaker == "user"]
    return bool(asked) and is_traditional(asked[-1]) and traditional(question.text) == question.text


_NICKNAME = re.compile(r"群众|大妈|老?街坊|网友|\s+(mass|aunt|dama|resident|neighbo)")
"""What makes a district's name that of the people there: 「朝阳群众」."""


def find_places(text: str) -> tuple[Place, ...]:
    """Return the districts, subdistricts and townships named in a shadow, each once."""
    found: list[tuple[int, Place]] = []
    for latin, district in load_vocabulary().districts.items():
        for match in re.finditer(rf"{district}|\b{latin}\b", text):
            if not _BEFORE_STREET.match(text, match.end()) and not _NICKNAME.match(text, match.end()):
                found.append((match.start(), Place(district, "区", "district")))
    for match in _STREET.finditer(text):
        name = _trim_place(match["name"])
        if len(name) >= 2:
            suffix = "街道" if match["suffix"].startswith("街道") else match["suffix"].replace("办事处", "")
            found.append((match.start(), Place(name, suffix, "street")))
    return tuple(dict.fromkeys(place for _, place in sorted(found, key=lambda item: item[0])))


def _trim_place(name: str) -> str:
    previous = None
    while name != previous:
        previous = name
        name = _NOT_A_PLACE.sub("", name)
    for district in load_vocabulary().districts.values():
        name = name.removeprefix(f"{district}区").removeprefix(district) or name
    return name


_ALL_TIERS = re.compile(
    r"从?市.{0,4}到.{0,4}(街道|乡镇|街乡)|三级|各级|每(一)?级|各(个)?层级|上上下下|all (three )?(levels|tiers)|each (level|tier)|every (level|tier)"
)


def tiers_in(text: str) -> tuple[str, ...]:
    """Return the tiers that a shadow names, from the city down; none when it means them all."""
    if _ALL_TIERS.search(text):
        return ()
    return tuple(key for key, tier in load_vocabulary().tiers.items() if tier.pattern.search(text))


def tiers_meant(text: str) -> tuple[str, ...]:
    """Return the tiers that a shadow is about: those named, and those of the places named."""
    return _with_places(tiers_in(text), find_places(text))


def understand(question: Question, library: Library, hearing: Hearing | None = None) -> Understanding:
    """Read one question that stands alone (see :mod:`assistant.followup` for those that do not)."""
    plain = shadow(question.text).text
    heard = hearing.meant(plain) if hearing else plain
    spoken = (
        question.text
        if heard == plain
        else "".join(
            new if new != old else original
            for new, old, original in zip(heard, plain, question.text, strict=True)
        )
    )
    text = heard.strip()
    vocabulary = load_vocabulary()
    places = find_places(text)
    tiers = _with_places(tiers_in(text), places)
    return Understanding(
        question=question,
        text=text,
        language=language_of(question),
        tiers=tiers,
        places=places,
        references=tuple(find_references(library, spoken)),
        months=find_months(text),
        quantities=find_quantities(text),
        asked=tuple(kind for kind in vocabulary.asked if kind.expected_by(_asking(text))),
        wants=_wants(text),
        elsewhere=vocabulary.elsewhere.search(text) is not None,
    )


_ASKS = re.compile(
    r"哪|几(?!乎)|多少|多长|啥|什么|怎|咋|谁|何|吗|是不是|有没有|能不能|可不可以|要不要|\b(what|who|whom|when|where|how|which|why)\b"
)
"""What makes a clause a question by itself."""
_ASKING = re.compile(rf"[?么嘛呢吧]|{_ASKS.pattern}")
"""The same with what may turn any clause into one."""
_HEARSAY = re.compile(
    r"^(听说|听人说|有人说|有人讲|据说|我记得|我以为|我听|领导说|上次.{0,6}说|他们说|别人说|网上说|资料上|讲义|课件|教材|课本|i (heard|thought|was told)|people say)"
)


_CLAUSES = re.compile(r"(?<=[,;。?!])|(?<=[a-z]\.) ")


def _asking(text: str) -> str:
    """Return the clauses of a question that ask, without what is told before them; all of it when none plainly does."""
    asking = [clause for clause in _CLAUSES.split(text) if _ASKING.search(clause)]
    return "".join(asking) or text


def _wants(text: str) -> frozenset[Want]:
    wants = {want for want, pattern in _WANTS.items() if pattern.search(text)}
    if _HEARSAY.match(text) or (
        len(text) >= 8
        and not _ASKING.search(text)
        and re.search(r"必须|应当?|要|得|可以|不能|不用|must|may|can", text)
    ):
        wants.add(Want.CONFIRM)
    return frozenset(wants)


def _with_places(tiers: Sequence[str], places: Sequence[Place]) -> tuple[str, ...]:
    named = {*tiers, *(place.tier for place in places)}
    return tuple(key for key in load_vocabulary().tiers if key in named)


_SEVERAL = re.compile(
    r"一次(性)?(讲|说)(全|完|清)|汇总|一起(说|讲|回|给)|分别|各(是|能|有|怎|咋|在|担|背|要|负|干|做|说|管|要求)|都(说|列|给|要讲)|完整|从.{1,8}到.{1,8}(再)?到|两(样|件|条|个)(事|路|一起)?|几样|既.*又|也没|以及|还有(?!哪|什么|啥|没|多|几)|\band\b.*\band\b|both"
)
_STOPS = re.compile(r"[、，,；;：:。?？]|另外|还有(?!哪|什么|啥|没|多|几)|同时")
_JOINTS = re.compile(
    r"[、，,；;：:。?？]|另外|还有(?!哪|什么|啥|没|多|几)|同时|和|跟|与|以及|再到|从|到|也|又|\band\b"
)
_OF_EACH = re.compile(
    r"分别|各(?!区|级|街|乡|镇|社区|类|地)|是不是(同|一)一?(个|样)|哪个(在前|早|晚|先|后|带)"
)
_PART_LEAST, _PART_MOST = 2, 5
_SUBJECT = re.compile(
    r"指引|方案|通知|专题培训|工作人员|师资|孵化(机构|中心|基地)|联合会|社区社会组织|农村|城市"
)


def says_several(question: Understanding) -> bool:
    """Say whether a question says that it is after several matters (分别, 各, 还有), or asks two things in a row."""
    pieces = _STOPS.split(question.text)
    return _names_several(question.text) or sum(_ASKS.search(piece) is not None for piece in pieces) > 1


def _names_several(text: str) -> bool:
    return _SEVERAL.search(text) is not None or _OF_EACH.search(text) is not None


def asks_of_each(question: Understanding) -> bool:
    """Say whether a question lists matters and asks one thing of each."""
    return _OF_EACH.search(question.text) is not None


def parts_of(question: Understanding) -> tuple[Understanding, ...]:
    """Return the matters that a question may bring together, each as a question with the same tiers and subject.

    What is asked of each of them (「部署、落实，各从哪个月起」) is asked of every one. None for what is plainly a single
    matter; whether a part is one of its own is for the finder to say.
    """
    splitting = _JOINTS if _names_several(question.text) else _STOPS
    pieces = [piece.strip() for piece in splitting.split(question.text)]
    pieces = [piece for piece in pieces if len(re.sub(r"\W", "", piece)) >= _PART_LEAST]
    if not 2 <= len(pieces) <= _PART_MOST + 1:
        return ()
    pieces = _asked_of_each(pieces)
    asking = [piece for piece in pieces if _ASKS.search(piece)]
    first = pieces.index(asking[0]) if asking else 0
    tiers = load_vocabulary().tiers
    label = "".join(tiers[key].label for key in question.tiers)
    named = _SUBJECT.search("，".join(pieces[: first + 1]))
    subject = named[0] if named else ""
    return tuple(
        replace(question, text=_completed(piece, "" if tiers_in(piece) else label, subject))
        for piece in (asking if len(asking) > 1 else pieces)
    )


def _asked_of_each(pieces: list[str]) -> list[str]:
    """Return the pieces, those that ask nothing themselves with what is asked of each of them."""
    asked = next((piece for piece in pieces if _OF_EACH.search(piece) and _ASKS.search(piece)), None)
    if asked is None:
        return pieces
    return [piece if _ASKS.search(piece) else f"{piece}{asked}" for piece in pieces if piece != asked]


def _completed(piece: str, label: str, subject: str) -> str:
    return f"{label}{'' if _SUBJECT.search(piece) else subject}{piece}"
