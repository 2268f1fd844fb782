"""Choose the facts that answer, and set them out: one sentence, a list, or tiers side by side."""

from collections.abc import Iterable, Sequence

from corpus.library import Library
from corpus.rules import Fact

from assistant.answer import Mode, Status
from assistant.confirm import verdict
from assistant.draft import Draft, point_of
from assistant.finding import Found
from assistant.rulebook import compare
from assistant.understand import Understanding, Want

SAME_PROVISION = 0.6
OTHER_PROVISION = 0.72
"""Share of the leading fact's support that another needs beside it, tuned on ``evals/cases/tune``."""
MOST = 8
"""Facts in one answer."""


def choose(question: Understanding, found: Found, library: Library) -> tuple[Fact, ...]:
    """Return the facts that answer, the leading one first; none when there are no facts."""
    if not found.facts:
        return ()
    ranked = sorted(found.facts.items(), key=lambda item: -item[1])
    first, best = ranked[0]
    chosen = [
        library.fact(id)
        for id, support in ranked[:MOST]
        if support >= best * (SAME_PROVISION if found.nodes[id] == found.nodes[first] else OTHER_PROVISION)
    ]
    return _without_repeats(_for_tiers(chosen, question, library))


def _for_tiers(chosen: Sequence[Fact], question: Understanding, library: Library) -> list[Fact]:
    """Bring the tiers that were asked for, or all of them when none was named."""
    result: list[Fact] = []
    for fact in chosen:
        siblings = siblings_of(fact, library)
        tiers = {tier for sibling in siblings for tier in sibling.tier}
        if len(tiers) < 2:
            wanted = [fact]
        elif question.tiers:
            wanted = [s for s in siblings if set(s.tier) & set(question.tiers)] or [fact]
        else:
            wanted = siblings
        result += [fact for fact in wanted if fact not in result]
    return result


def siblings_of(fact: Fact, library: Library) -> list[Fact]:
    """Return the facts on the same matter for every tier, in the order of the text."""
    if not fact.tier or fact.about == "topic":
        return [fact]
    return [other for other in library.facts if other.about == fact.about and other.tier and other.kind == fact.kind]


def _without_repeats(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Drop a fact whose words lie inside another chosen fact's words."""
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
            for position, other in enumerate(every)
        )
    )


def draft_of(facts: Sequence[Fact], question: Understanding, library: Library) -> Draft:
    """Return the draft that says these facts; raises ValueError for none."""
    if not facts:
        raise ValueError("nothing to say")
    lead = verdict(question, facts, library)
    table = compare(facts, library)
    if table is not None and (question.is_about(Want.COMPARE) or not question.tiers or len(question.tiers) > 1):
        return table if lead is None else _led(table, lead)
    return Draft(
        status=Status.ANSWERED,
        mode=Mode.QUOTE,
        lead=lead,
        points=tuple(point_of(fact, library) for fact in facts),
    )


def _led(draft: Draft, lead: object) -> Draft:
    from dataclasses import replace

    return replace(draft, lead=lead)
