"""Quote provisions for which nobody has written facts: the sentences that answer, from the text alone."""

from collections.abc import Sequence

from corpus.citation import cite
from corpus.library import Library, Quotation
from corpus.shadow import shadow

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.draft import Draft, Point
from assistant.finding import Found
from assistant.phrases import Line
from assistant.understand import Understanding

KNOWN = 0.55
"""Support of a status from which the shipped questions settle the matter."""
ENOUGH = 0.30
"""Score of a passage under which it is not held to answer."""
CLOSE = 0.92
"""Share of the best passage's score from which another is quoted beside it."""
WHOLE = 160
"""Characters up to which a provision is quoted whole."""
SENTENCES = 2


def quote_passages(question: Understanding, found: Found, library: Library) -> Draft | None:
    """Return the best sentences of documents without facts; ``None`` when facts answer better."""
    if found.known >= KNOWN or not found.leaves:
        return None
    ranked = sorted(found.leaves.items(), key=lambda item: -item[1])
    first, best = ranked[0]
    if library.document_of(first).slug in _told(library) or best < ENOUGH:
        return None
    nodes = dict.fromkeys(
        id.partition("#")[0]
        for id, score in ranked
        if score >= CLOSE * best and library.document_of(id).slug not in _told(library)
    )
    points = [_point(id, question, library) for id in list(nodes)[:2]]
    unstated = [kind for kind in question.asked if not any(kind.stated_in(q.text) for p in points for q in p.quotations)]
    if unstated:
        missing = ("、".join(kind.label for kind in unstated), " or the ".join(kind.label_en for kind in unstated))
        return Draft(
            status=Status.NOT_IN_CORPUS,
            mode=Mode.NONE,
            lead=phrases.NOT_STATED.filled(missing=missing),
            nearest=tuple(nodes)[:2],
        )
    return Draft(status=Status.ANSWERED, mode=Mode.QUOTE, points=tuple(points))


def _told(library: Library) -> frozenset[str]:
    """Return the documents that have facts."""
    return frozenset(library.document_of(fact.provision).slug for fact in library.facts)


def _point(id: str, question: Understanding, library: Library) -> Point:
    quotations = _sentences(id, question, library)
    label, label_en = cite(library, id), cite(library, id, language="en")
    text = "".join(quotation.text for quotation in quotations)
    return Point(say=Line(f"{label}：{text}", f"{label_en}: {text}"), quotations=quotations, derived=True)


def _sentences(id: str, question: Understanding, library: Library) -> tuple[Quotation, ...]:
    leaves = [library.quote_of(leaf.id) for leaf in library.provision(id).leaves()]
    leaves = [quotation for quotation in leaves if quotation.text]
    if len(leaves) == 1 or sum(len(quotation.text) for quotation in leaves) <= WHOLE:
        return tuple(leaves)
    wanted = _pairs(question.text)
    ranked = sorted(leaves, key=lambda quotation: -_overlap(wanted, quotation.text))[:SENTENCES]
    return tuple(sorted(ranked, key=lambda quotation: quotation.start))


def _overlap(wanted: frozenset[str], text: str) -> float:
    held = _pairs(shadow(text).text)
    return len(wanted & held) / (1 + len(held)) ** 0.3


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in zip(text, text[1:], strict=False) if a.isalnum() and b.isalnum())


def sentences_of(quotations: Sequence[Quotation]) -> str:
    """Join quotations as they stand."""
    return "".join(quotation.text for quotation in quotations)
