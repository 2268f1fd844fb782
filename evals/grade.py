"""Judge one reply against its case: pure functions over the reply's JSON.

A reply is ranked: an error is worse than a wrong reply, a wrong one worse than silence, silence worse than an
incomplete answer, and only a right one is right.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from corpus import library
from evals.case import ANSWERING, Case, Demand
from evals.wording import contains, first_sentence, numbers_of, plain

Reply = Mapping[str, Any]
"""A reply as in the contract (``Reply.to_json()``)."""

KEYS = frozenset(
    {
        "id", "status", "mode", "language", "answer", "citations", "nearest", "notes", "next_step", "rejected",
        "took_ms",
    }
)  # fmt: skip
STATUSES = ANSWERING | {"not_in_corpus", "out_of_scope", "needs_clarification", "declined", "error"}
LONG_KINDS = frozenset({"list", "compare", "multi", "outline", "quiz", "duty"})
"""Kinds whose answers are long by nature: neither their length nor their first sentence is judged."""

_ARTICLE = re.compile(r"^([^/]+/(?:[^/]+/)*?article/[^/]+)/.+$")


class Outcome(IntEnum):
    """What a reply is worth, worst first."""

    ERROR = 0
    WRONG = 1
    SILENT = 2
    INCOMPLETE = 3
    RIGHT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How one reply did, and why."""

    outcome: Outcome
    explanation: str
    status: str
    status_expected: bool
    language_kept: bool
    facts: float | None
    """Share of the fact groups met; None where the case has none or silence was right."""
    recall: float | None
    """Share of the relevant provisions cited; None where none is asked for."""
    precision: float | None
    """Share of the cited official provisions that are relevant or allowed; None where nothing is cited or asked for."""
    fact_first: bool | None
    """Whether the first sentence holds a fact; None where that is not judged."""
    deciding_first: bool | None
    """Whether it holds the first fact group, the one that decides."""
    quoted: int | None
    """Characters quoted; None where the length is not judged."""
    named: bool | None
    """Where silence was right and kept: whether the reply names what is not stated."""
    nearest: bool | None
    """Where silence was right and kept: whether one of the expected provisions is shown as nearest."""
    quotes: int
    quotes_exact: int
    invented: tuple[str, ...]
    """Numbers with units that stand in the answer and in no document, question or history."""
    cited: frozenset[str]


def node_of(provision: str) -> str:
    """Return the provision without the leaf's suffix; below an article, the article."""
    node = library.node_of(provision)
    match = _ARTICLE.match(node)
    return match[1] if match else node


def nodes_of(citations: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Return the provisions cited, suffixes ignored."""
    return frozenset(node_of(str(citation["provision"])) for citation in citations)


def is_exact(citation: Mapping[str, Any], texts: Mapping[str, str]) -> bool:
    """Say whether the quotation is the slice of its document's text that it says it is."""
    text = texts.get(library.slug_of(str(citation["provision"])))
    quote, start, end = citation["quote"], citation["start"], citation["end"]
    return bool(quote) and text is not None and 0 <= start < end <= len(text) and text[start:end] == quote


def breaches(reply: Reply) -> list[str]:
    """Return what of the contract the reply does not keep."""
    found = [f"no key {key}" for key in sorted(KEYS - reply.keys())]
    if found:
        return found
    status = reply["status"]
    if status not in STATUSES:
        found.append(f"unknown status {status}")
    if not str(reply["answer"]).strip():
        found.append("an empty answer")
    if (status in ANSWERING) != bool(reply["citations"]):
        found.append(f"{status} with {len(reply['citations'])} citations")
    return found


def grade(case: Case, reply: Reply, texts: Mapping[str, str]) -> Grade:
    """Judge ``reply``; ``texts`` holds each document's text (after its front matter) by slug."""
    expect, status = case.expect, str(reply.get("status", ""))
    broken = breaches(reply)
    if broken or status == "error":
        return _failed(status, "; ".join(broken) or "the assistant failed")
    answer = str(reply["answer"])
    together = plain("\n".join([answer, *map(str, reply["notes"])]))
    answering = status in ANSWERING
    cited = nodes_of([citation for citation in reply["citations"] if citation.get("official", True)])
    quotes = [*reply["citations"], *reply["nearest"]]
    exact = sum(is_exact(citation, texts) for citation in quotes)
    missing = [group for group in expect.facts if not any(contains(together, fact) for fact in group)]
    forbidden = [string for string in expect.forbid if _is_hit(string, answer, together)]
    wanted = frozenset(map(node_of, expect.provisions))
    allowed = wanted | frozenset(map(node_of, expect.may))
    invented = _invented(case, reply, texts) if case.demand is not Demand.ANSWER else ()
    judged = answering and case.demand is not Demand.SILENCE

    faults = [f"not the slice it says: {len(quotes) - exact} quotations"] if exact < len(quotes) else []
    faults += [f"says 「{string}」" for string in forbidden]
    if case.demand is Demand.SILENCE and answering:
        if status == "answered":
            faults.append("answered what the text does not say")
        faults += [f"invented {number}" for number in invented]
    if judged and wanted and not wanted & cited:
        faults.append(f"cites none of {', '.join(sorted(wanted))}")
    gaps = [f"no 「{'/'.join(group[:3])}」" for group in missing] if judged else []
    gaps += [f"does not cite {node}" for node in sorted(wanted - cited)] if judged else []
    if judged and status not in expect.status and expect.status == ("partial",):
        gaps.append("does not say that the text is silent on a part")

    if faults:
        outcome, why = Outcome.WRONG, faults + gaps
    elif not answering and case.demand is Demand.ANSWER:
        outcome, why = Outcome.SILENT, [f"{status}, though the text answers"]
    elif gaps:
        outcome, why = Outcome.INCOMPLETE, gaps
    else:
        outcome, why = Outcome.RIGHT, []

    short = judged and case.kind not in LONG_KINDS
    silent_rightly = outcome is Outcome.RIGHT and not judged
    opening = plain(first_sentence(answer))
    held = [any(contains(opening, fact) for fact in group) for group in expect.facts]
    return Grade(
        outcome=outcome,
        explanation="; ".join(why),
        status=status,
        status_expected=status in expect.status,
        language_kept=reply["language"] == case.lang,
        facts=1 - len(missing) / len(expect.facts) if judged and expect.facts else None,
        recall=len(wanted & cited) / len(wanted) if judged and wanted else None,
        precision=len(allowed & cited) / len(cited) if judged and allowed and cited else None,
        fact_first=any(held) if short and held else None,
        deciding_first=held[0] if short and held else None,
        quoted=sum(len(quote) for quote in {c["quote"] for c in reply["citations"]}) if short else None,
        named=not missing if silent_rightly and expect.facts else None,
        nearest=bool(nodes_of(quotes) & set(expect.nearest)) if silent_rightly and expect.nearest else None,
        quotes=len(quotes),
        quotes_exact=exact,
        invented=invented,
        cited=cited,
    )


def _failed(status: str, why: str) -> Grade:
    return Grade(
        outcome=Outcome.ERROR, explanation=why, status=status, status_expected=False, language_kept=False, facts=None,
        recall=None, precision=None, fact_first=None, deciding_first=None, quoted=None, named=None, nearest=None, quotes=0,
        quotes_exact=0, invented=(), cited=frozenset(),
    )  # fmt: skip


def _is_hit(string: str, answer: str, together: str) -> bool:
    if string.startswith("^"):
        return plain(answer).startswith(plain(string[1:]))
    return contains(together, string)


def _invented(case: Case, reply: Reply, texts: Mapping[str, str]) -> tuple[str, ...]:
    known = plain("\n".join([*texts.values(), case.question, *(text for _, text in case.history)]))
    quoted = plain("\n".join(str(citation["label"]) for citation in [*reply["citations"], *reply["nearest"]]))
    return tuple(
        number
        for number in dict.fromkeys(numbers_of(plain(str(reply["answer"]))))
        if not contains(known, number) and not contains(quoted, number)
    )
