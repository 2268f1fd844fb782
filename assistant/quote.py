"""Choose the facts that answer, and set them out: one sentence, a list, or tiers side by side."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answer import Mode, Status
from assistant.confirm import verdict
from assistant.draft import Draft, point_of
from assistant.finding import Found
from assistant.rulebook.tiers import compare
from assistant.understand import Understanding, Want, says_several
from corpus.library import Library, node_of
from corpus.rules import Fact

SAME_PROVISION = 0.6
OTHER_PROVISION = 0.72
OTHER_OF_ONE = 0.78
"""Share of the leading fact's support that another needs beside it, tuned on ``evals/cases/tune``: in the same provision, in
another, and in another where the question does not say that it is after several matters."""
MOST = 10
"""Facts in one answer."""


def choose(question: Understanding, found: Found, library: Library) -> tuple[Fact, ...]:
    """Return the facts that answer, the leading one first; none when there are no facts."""
    if not found.facts:
        return ()
    ranked = sorted(found.facts.items(), key=lambda item: -item[1])
    first, best = ranked[0]
    if best <= 0:
        return ()
    elsewhere = OTHER_PROVISION if says_several(question) else OTHER_OF_ONE
    chosen = [
        library.fact(id)
        for id, support in ranked[:MOST]
        if support >= best * (SAME_PROVISION if found.nodes[id] == found.nodes[first] else elsewhere)
    ]
    weight = {
        fact.id: found.facts[fact.id] + _SAID_ALIKE * best * _alike(question.text, fact.say)
        for fact in chosen
    }
    which = _WHICH.search(question.text) is not None
    chosen.sort(
        key=lambda fact: (
            not _is_what_was_asked(fact, question),
            (fact.about in _HEADINGS) != which,
            -weight[fact.id],
        )
    )
    chosen = _whole_series(_dated(chosen, question, library), question, library)
    chosen = _series_in_order(chosen, library)
    return without_repeats(fact for fact in _for_tiers(chosen, question, library) if fact.id in found.facts)


_HEADINGS = frozenset({"topic", "part", "project", "requirement"})
"""Aspects that only name what a provision is about; its substance is said before them, unless that is asked."""
_WHICH = re.compile(
    r"第几|哪(一)?(个|项|条|部分)(工程|工作|要求|任务|部分)?|什么工程|which (project|part|article|requirement)"
)


_SAID_ALIKE = 0.6
"""What a fact gains, as a share of the leading support, by saying what the question says."""


def _dated(chosen: list[Fact], question: Understanding, library: Library) -> list[Fact]:
    """Put the date in a provision's heading first when the question is when, and nothing chosen has a date."""
    if not question.is_about(Want.WHEN) or any(is_dated(fact) for fact in chosen):
        return chosen
    heading = node_of(chosen[0].provision) + "#0"
    return [*(f for f in library.facts if f.provision == heading and f.kind == "date"), *chosen]


def _alike(text: str, said: str) -> float:
    """Return the share of the question's character pairs that a sentence has."""
    pairs = {a + b for a, b in itertools.pairwise(text) if a >= "㐀" and b >= "㐀"}
    return sum(pair in said for pair in pairs) / len(pairs) if pairs else 0.0


def _series_in_order(chosen: list[Fact], library: Library) -> list[Fact]:
    """Put three or more facts of one aspect, such as the dates of all phases, in the order of the text."""
    order = {fact.id: number for number, fact in enumerate(library.facts)}
    abouts = [fact.about for fact in chosen]
    if abouts.count(abouts[0]) < 3:
        return chosen
    series = sorted((f for f in chosen if f.about == abouts[0]), key=lambda fact: order[fact.id])
    return [*series, *(fact for fact in chosen if fact.about != abouts[0])]


def _whole_series(chosen: Sequence[Fact], question: Understanding, library: Library) -> list[Fact]:
    """Bring in the rest of a series, such as the dates of all phases, when two of its members are asked for.

    Not when the question names just those phases.
    """
    result = list(chosen)
    named = {node_of(p.provision) for p in library.phases if p.name.removesuffix("阶段") in question.text}
    for about in dict.fromkeys(fact.about for fact in chosen if not fact.tier):
        members = [fact for fact in library.facts if fact.about == about and not fact.tier]
        places = {fact.provision for fact in members}
        found = [node_of(fact.provision) for fact in chosen if fact.about == about]
        if len(places) >= _SERIES and len(found) > 1 and not named.issuperset(found):
            result += [fact for fact in members if fact not in result]
    return result


_SERIES = 3
"""Provisions over which facts of one aspect make a series."""


_HOW_MANY = re.compile(
    r"多少|几(个|家|支|项|次|学时|课时|成|钟头|小时)|百分之|比例|how many|how much|how long|percentage|share"
)
_WHAT_IS = re.compile(
    r"是(个|一个|一种)?(啥|什么)(?!时候|地方|人|样的?人|意思|形式|方式|条件|要求)|什么(是|叫)|啥(是|叫)|性质|\bwhat (is|are) (a|an|the)\b"
)
_WHO = re.compile(r"谁|哪(个|些)(部门|单位|级|人)|由哪|who\b|which (body|department|bureau|tier)")


def is_dated(fact: Fact) -> bool:
    """Say whether a fact gives a date or names a year."""
    return fact.kind == "date" or re.search(r"\d{4}年", fact.words) is not None


def _is_what_was_asked(fact: Fact, question: Understanding) -> bool:
    """Say whether a fact is of the kind that the question asks for, so that it is said first."""
    if question.is_about(Want.WHEN):
        return is_dated(fact)
    if question.is_about(Want.NAME):
        return fact.kind == "name"
    if _HOW_MANY.search(question.text):
        return fact.kind in ("number", "target")
    if _WHO.search(question.text):
        return fact.kind in ("body", "duty")
    if _WHAT_IS.search(question.text):
        return fact.kind == "definition"
    return True


def _for_tiers(chosen: Sequence[Fact], question: Understanding, library: Library) -> list[Fact]:
    """Bring the tiers that were asked for, or all of them when none was named."""
    asked = set(question.tiers)
    result: list[Fact] = []
    for fact in chosen:
        siblings = siblings_of(fact, library)
        if asked and fact.tier and not asked & set(fact.tier):
            wanted = [s for s in siblings if asked & set(s.tier)] or _lists_instead(fact, asked, library)
        elif len({tier for sibling in siblings for tier in sibling.tier}) < 2:
            wanted = [fact]
        else:
            wanted = [s for s in siblings if asked & set(s.tier)] if asked else siblings
        result += [fact for fact in wanted if fact not in result]
    return result or list(chosen)


def _lists_instead(fact: Fact, asked: set[str], library: Library) -> list[Fact]:
    """Return the asked tiers' lists in the place of a member that only another tier's list has."""
    matters = {
        f.about
        for f in library.facts
        if f.provision == fact.provision and any(item in fact.words for item in f.items)
    }
    if not matters and any(
        room.provision == fact.provision and room.name in fact.say for room in library.rooms
    ):
        matters = {f.about for f in library.facts if f.provision == fact.provision and f.items}
    return [f for f in library.facts if f.items and f.about in matters and asked & set(f.tier)]


def siblings_of(fact: Fact, library: Library) -> list[Fact]:
    """Return the facts on the same matter for every tier, in the order of the text."""
    if not fact.tier or fact.about == "topic":
        return [fact]
    return [
        other
        for other in library.facts
        if other.about == fact.about and other.tier and other.kind == fact.kind
    ]


_SAID_ALREADY = 0.8
"""Share of what a fact says that another must say for the fact to be a repetition."""


def without_repeats(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Drop a fact whose words lie inside another chosen fact's words, and which that one says too."""
    every = list(facts)
    return tuple(
        fact
        for number, fact in enumerate(every)
        if not any(
            other is not fact
            and other.provision == fact.provision
            and fact.words in other.words
            and (fact.words != other.words or position < number)
            and fact.kind != "number"
            and _alike(fact.say, other.say) >= _SAID_ALREADY
            for position, other in enumerate(every)
        )
    )


def draft_of(facts: Sequence[Fact], question: Understanding, library: Library) -> Draft:
    """Return the draft that says these facts; raises ValueError for none."""
    if not facts:
        raise ValueError("nothing to say")
    lead = verdict(question, facts, library)
    table = compare(facts, library)
    if table is not None and (
        question.is_about(Want.COMPARE) or not question.tiers or len(question.tiers) > 1
    ):
        return table if lead is None else replace(table, lead=lead)
    return Draft(
        status=Status.ANSWERED,
        mode=Mode.QUOTE,
        lead=lead,
        points=tuple(point_of(fact, library) for fact in facts),
    )
