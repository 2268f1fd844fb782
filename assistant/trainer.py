"""Make course material from what the text says: an outline, a quiz; every line with its provision."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.course.gap import blank, spread
from assistant.draft import Draft, Point, point_of
from assistant.finding import Found
from assistant.phrases import Line
from assistant.quantity import find_quantities
from assistant.quote import choose
from assistant.understand import Understanding, Want
from corpus.citation import cite
from corpus.library import Library, node_of, stands_in
from corpus.rules import Fact

DEFAULT_QUESTIONS = 5
MOST_QUESTIONS = 20
MOST_LINES = 16
_DROPPED = frozenset({"topic", "title", "validity"})
_COUNT = re.compile(r"(?P<n>\d+)\s*(?:道|个|题)")


_HEARSAY = re.compile(r"(课件|讲义|教案|大纲|ppt|讲稿)(上|里|中)?(面)?(写|说|引|讲的|是这么)")


_REQUEST = re.compile(
    r"请|麻烦|帮(我|忙)?|给我|给(?=[^，,]{1,10}(讲|上课|培训|听))|替我|我(想|要|得|准备)|(要|得)?(?<!支)(?<!指)(出|列|写|做|编|拟|准备|设计|生成|来|整理|弄|搞)(?=[一两几三四五六七八九十\d个份道套张点些])|(?<![第前后])[一两几三四五六七八九十\d]+\s*(道|个|套|张|份|页|题)"
    r"|(单项?|多项?)?(选择|判断|填空|问答|测试|考试|练习)题|题目?|试卷|考卷|小?测验?|(带|附|含|要)?(上)?(标准)?答案|备课|(讲课|课程|培训)?(提纲|大纲)|课程(?=安排|设计|框架|表|$)|(培训)?课件|ppt|幻灯片?|讲稿|讲义|教案|(课程)?框架|讲课思路|这(节|堂|门)课|[半一两\d]+个?小时|关于|围绕|就(?=[^是])|考(?!核|试|证)|重点讲|讲(?!师|课费)|列$|^[出列写做编拟]|[出列写做编拟]$"
    r"|\b(please|draft|make|write|give|prepare|create|me|an?|outline|lesson plan|slides|syllabus|handout|quiz|(multiple[- ]choice|test|exam) questions|with answers|for a|one-hour|talk|about|on)\b",
    re.IGNORECASE,
)
"""What only asks for material; the rest says what it is to be about."""


def is_course_request(question: Understanding) -> bool:
    """Say whether an outline or a quiz is asked for, rather than asked about."""
    if question.is_about(Want.QUIZ):
        return True
    return (
        question.is_about(Want.OUTLINE)
        and not _HEARSAY.search(question.text)
        and re.search(
            r"(写|做|出|列|给|整理|准备|设计|编|来|要|帮|拟|生成|draft|make|write|give|prepare|create|need)|(提纲|大纲|教案|讲义|讲稿|框架|课件|outline)\W*$",
            question.text,
        )
        is not None
    )


def matter_of(text: str) -> str:
    """Return what course material is to be about: the request without the words that only ask."""
    return re.sub(r"^[\W的]+|[\W的]+$", "", _REQUEST.sub("", text))


def course_material(question: Understanding, found: Found, library: Library) -> Draft | None:
    """Return the outline or quiz that is asked for, from what was found for its matter; ``None`` without facts."""
    if not library.facts:
        return None
    if question.is_about(Want.QUIZ):
        facts = [fact for fact in _matter(question, found, library) if blank(fact)]
        count = _wanted(question)
        return _quiz(spread(facts, count), library) if facts else None
    facts = _matter(question, found, library)
    return _outline(spread(facts, MOST_LINES), library) if facts else None


_ALSO_ABOUT = 0.55
"""Share of the leading fact's support from which a provision belongs into an outline."""


def _matter(question: Understanding, found: Found, library: Library) -> list[Fact]:
    """Return the facts of the matter, the provisions or the document that the course is about."""
    nodes = {id for reference in question.references for id in reference.ids}
    every = [
        fact
        for fact in library.facts
        if fact.about not in _DROPPED and (not fact.provision.endswith("#0") or fact.kind == "date")
    ]
    if nodes:
        return [fact for fact in every if any(stands_in(fact.provision, node) for node in nodes)]
    rest = matter_of(question.text)
    whole = [
        d.slug
        for d in library.documents
        if d.front.short_title
        and re.fullmatch(rf"(这份|整个|全部)?{d.front.short_title}(的?(内容|全文|要点))?", rest)
    ]
    if whole or not rest:
        return [fact for fact in every if not whole or library.document_of(fact.provision).slug in whole]
    chosen = (
        [fact for fact in choose(replace(question, text=rest), found, library) if fact.about not in _DROPPED]
        if found.settled
        else []
    )
    if not chosen:
        named = [
            d.slug for d in library.documents if d.front.short_title and d.front.short_title in question.text
        ]
        return [fact for fact in every if not named or library.document_of(fact.provision).slug in named]
    if question.is_about(Want.QUIZ) and sum(blank(fact) is not None for fact in chosen) >= _wanted(question):
        return chosen
    about = {node_of(fact.provision) for fact in chosen}
    if question.is_about(Want.OUTLINE):
        about |= {
            found.nodes[id] for id, support in found.facts.items() if support >= _ALSO_ABOUT * found.best_fact
        }
    return [fact for fact in every if node_of(fact.provision) in about]


def _wanted(question: Understanding) -> int:
    match = _COUNT.search(question.text)
    if match:
        return max(1, min(MOST_QUESTIONS, int(match["n"])))
    counted = [q for q in find_quantities(question.text) if q.unit in ("个", "")]
    words = {"一": 1, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "八": 8, "十": 10}
    spoken = re.search(r"([一两三四五六八十])(?:道|个|份)?(?:.{0,4}题)", question.text)
    if spoken:
        return words[spoken[1]]
    return int(max(1, min(MOST_QUESTIONS, counted[0].value))) if counted else DEFAULT_QUESTIONS


def _title_of(node: str, library: Library) -> str:
    """Return the heading of a provision in its own words, without its number; empty when it has none."""
    heading = f"{node}#0"
    if heading not in library:
        return ""
    words = re.sub(
        r"^[(（]?[一二三四五六七八九十]+[)）]?、?|[(（][^)）]*[)）]|[。\s]", "", library.text_of(heading)
    )
    return f"{words} · " if 2 <= len(words) <= _TITLE else ""


_TITLE = 20
"""Characters of a heading that is shown over its part of an outline."""


def _outline(facts: Sequence[Fact], library: Library) -> Draft:
    points = [point_of(fact, library) for fact in facts]
    heads, previous = [], ""
    for fact in facts:
        node = node_of(fact.provision)
        label, label_en = cite(library, node), cite(library, node, language="en")
        title = _title_of(node, library)
        heads.append(Line(f"### {title}{label}", f"### {label_en}") if label != previous else Line("", ""))
        previous = label
    return Draft(
        status=Status.ANSWERED,
        mode=Mode.RULES,
        lead=phrases.OUTLINE_HEAD,
        points=tuple(points),
        heads=tuple(heads),
    )


def _quiz(facts: Sequence[Fact], library: Library) -> Draft:
    points, heads = [], []
    for number, fact in enumerate(facts, start=1):
        gap = blank(fact)
        if gap is None:
            continue
        sentence, filling = gap
        heads.append(Line(f"{number}. {sentence}", f"{number}. {sentence}"))
        answer = phrases.QUIZ_ANSWER.filled(answer=(filling, f"{filling} ({fact.say_en})"))
        points.append(Point(say=answer, quotations=point_of(fact, library).quotations, derived=True))
    return Draft(
        status=Status.ANSWERED,
        mode=Mode.RULES,
        lead=phrases.QUIZ_HEAD,
        points=tuple(points),
        heads=tuple(heads),
    )
