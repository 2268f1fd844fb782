"""Take a figure, a date, a name or a member of a list out of what a provision says, and spread facts over a text."""

import re
from collections.abc import Sequence

from corpus.library import node_of
from corpus.rules import Fact

GAP = "（　　）"
"""What a reader fills in."""

_FIGURE = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d+(?:\.\d+)?(?:%|个学时|个|年)?")
_NAMED = re.compile(r"“[^”]+”|《[^》]+》")
_WEIGHTS = {"number": 0, "target": 0, "date": 0, "list": 1, "name": 1, "duty": 2}


def blank(fact: Fact) -> tuple[str, str] | None:
    """Return a sentence with a gap and what fills it: a figure, a date, a name or a member of a list."""
    if fact.items and fact.items[0] in fact.say:
        return fact.say.replace(fact.items[-1], GAP, 1), fact.items[-1]
    # A name that only says in which part of the text one is, is not what the fact is about.
    names = [name for name in _NAMED.findall(fact.say) if name in fact.words]
    if fact.kind == "name" and names:
        return fact.say.replace(names[0][1:-1], GAP, 1), names[0][1:-1]
    if fact.kind in ("number", "target", "date"):
        figures = [figure[0] for figure in _FIGURE.finditer(fact.say)]
        # By when a number is to be reached is not what the number is about.
        plain = [figure for figure in figures if "年" not in figure]
        chosen = (plain or figures) if fact.kind != "date" else figures
        if chosen:
            return fact.say.replace(chosen[0], GAP, 1), chosen[0]
    return None


def weight(fact: Fact) -> int:
    """Say how much there is to ask about a fact: least for figures, lists and names, then duties, then the rest."""
    return _WEIGHTS.get(fact.kind, 3)


def spread(facts: Sequence[Fact], count: int) -> list[Fact]:
    """Take ``count`` facts, evenly over the text, the weightier ones (with figures, lists, duties) first."""
    if len(facts) <= count:
        return list(facts)
    nodes: dict[str, list[Fact]] = {}
    for fact in facts:
        nodes.setdefault(node_of(fact.provision), []).append(fact)
    for held in nodes.values():
        held.sort(key=weight)
    taken: list[Fact] = []
    while len(taken) < count and any(nodes.values()):
        for held in nodes.values():
            if held and len(taken) < count:
                taken.append(held.pop(0))
    order = {fact.id: number for number, fact in enumerate(facts)}
    return sorted(taken, key=lambda fact: order[fact.id])
