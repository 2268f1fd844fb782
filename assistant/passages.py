"""Quote provisions for which nobody has written facts: the sentences that answer, from the text alone."""

import itertools
import re
from collections.abc import Sequence

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.draft import Draft, Point
from assistant.finding import Found
from assistant.phrases import Line
from assistant.understand import Understanding
from corpus.citation import cite
from corpus.document import Document, Level
from corpus.library import Library, Quotation, node_of
from corpus.shadow import shadow
from corpus.vocabulary import load_vocabulary

FACT = 1.1
"""Support of the leading fact from which the documents with facts answer, whatever others say."""
AHEAD = 1.05
"""By how much the best passage of a document without facts must be ahead of those with."""
ENOUGH = 0.2
"""Score of a passage under which it is not held to answer."""
CLOSE = 0.92
"""Share of the best passage's score from which another is quoted beside it."""
SHAPED = 0.12
"""Added for wording that the question is after."""
SCANNED = 2000
"""Leaves up to which a document that is named is read through."""
WHOLE = 160
"""Characters up to which a provision is quoted whole."""
SENTENCES = 2


def quote_passages(question: Understanding, found: Found, library: Library) -> Draft | None:
    """Return the best sentences of documents without facts; ``None`` when those with facts are the ones to ask."""
    told = documents_told(library)
    untold = [
        document for document in library.documents if document.slug not in told and document.front.official
    ]
    named = {document.slug for document in untold if _is_named(document, question)}
    scores = {id: score for id, score in found.leaves.items() if library.document_of(id).slug not in told}
    if named:
        scores = {id: score for id, score in scores.items() if library.document_of(id).slug in named}
    scores = _shaped(scores, question, [d for d in untold if not named or d.slug in named], library)
    best = max(scores.values(), default=0.0)
    if not untold or best < ENOUGH or not (named or _ahead(best, found, told, library)):
        return None
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    nodes = list(dict.fromkeys(_article(id, library) for id, score in ranked if score >= CLOSE * best))[:2]
    points = [passage_point(id, question, library) for id in nodes]
    unstated = [
        kind
        for kind in question.asked
        if not any(kind.stated_in(q.text) for p in points for q in p.quotations)
    ]
    if unstated:
        missing = (
            "、".join(kind.label for kind in unstated),
            " or ".join(f"the {kind.label_en}" for kind in unstated),
        )
        return Draft(
            status=Status.NOT_IN_CORPUS,
            mode=Mode.NONE,
            lead=phrases.NOT_STATED.filled(missing=missing),
            nearest=tuple(nodes),
        )
    return Draft(status=Status.ANSWERED, mode=Mode.QUOTE, points=tuple(points))


def documents_told(library: Library) -> frozenset[str]:
    """Return the slugs of the documents for which somebody has written facts."""
    return frozenset(library.document_of(fact.provision).slug for fact in library.facts)


def _shaped(
    scores: dict[str, float], question: Understanding, documents: Sequence[Document], library: Library
) -> dict[str, float]:
    """Prefer leaves that word what the question is after; a date of effect is looked for in the whole document."""
    shapes = [shape for shape in load_vocabulary().shapes if shape.cues.search(question.text)]
    if not shapes:
        return scores
    every = (
        {leaf.id: 0.0 for d in documents if len(d.leaves) <= SCANNED for leaf in d.leaves}
        if len(documents) == 1
        else {}
    )
    return {
        id: score + sum(SHAPED for shape in shapes if shape.evidence.search(library.text_of(id)))
        for id, score in {**every, **scores}.items()
    }


def _ahead(best: float, found: Found, told: frozenset[str], library: Library) -> bool:
    rivals = [score for id, score in found.leaves.items() if library.document_of(id).slug in told]
    return found.best_fact < FACT and best > AHEAD * max(rivals, default=0.0)


def _is_named(document: Document, question: Understanding) -> bool:
    """Say whether the question calls the document by its title, with or without the place it begins with."""
    title = re.sub(r"^(中华人民共和国|北京市|[一-鿿]{2,3}(省|市|自治区))", "", document.front.title)
    return len(title) >= 4 and title in question.text


def _article(id: str, library: Library) -> str:
    """Return the article, or else the provision, that a leaf belongs to."""
    node = node_of(id)
    document = library.document_of(id)
    step: str | None = node
    while step is not None:
        if document.provisions[step].level is Level.ARTICLE:
            return step
        step = document.provisions[step].parent
    return node


def passage_point(id: str, question: Understanding, library: Library) -> Point:
    """Return what a provision says of a question, in its own words."""
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
    return float(len(wanted & held) / (1 + len(held)) ** 0.3)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in itertools.pairwise(text) if a.isalnum() and b.isalnum())
