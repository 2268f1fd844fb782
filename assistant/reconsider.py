"""Draft an answer anew from how a language model read the question; what is said still comes from the documents alone."""

from collections.abc import Sequence
from dataclasses import replace

from assistant import phrases
from assistant.answer import CITING, Mode, Status
from assistant.answering import Answering, Drafted
from assistant.draft import Draft
from assistant.guidance import with_notes
from assistant.interpret import Interpretation
from assistant.notes import next_step_for
from assistant.passages import passage_point
from assistant.question import Question
from assistant.quote import draft_of, without_repeats
from assistant.silence import Silence, silent_draft, what_is_missing
from assistant.understand import Understanding
from corpus.library import Library, node_of

_BY_RULE = (Mode.RULES, Mode.LOOKUP)


def reconsidered(drafted: Drafted, reading: Interpretation, answering: Answering) -> Drafted:
    """Return the draft that says what the model chose; silence when nothing answers.

    Where the restated question is one that a rule answers (a name filled in, a calculation, tiers side by side) from the
    provisions chosen, the rule does. What is missing is named in the program's words, never in the model's.
    """
    library = answering.library
    if not reading.chosen:
        return replace(drafted, draft=_unanswered(drafted, library))
    restated = drafted
    if reading.question:
        question = Question(text=reading.question, role=drafted.read.question.role)
        restated = answering.route(answering.search(answering.read(question)))
    language = drafted.read.understanding.language
    read = replace(
        drafted.read, understanding=replace(restated.read.understanding, language=language), topic=""
    )
    chosen = {node_of(_leaf(id, library)) for id in reading.chosen}
    if _holds(restated, drafted, chosen):
        return replace(drafted, read=read, draft=restated.draft)
    draft = _said(reading.chosen, read.understanding, library)
    missing = drafted.draft.missing if drafted.draft.status is Status.PARTIAL else None
    if missing or not reading.complete:
        draft = _partial(draft, drafted, library)
    return replace(
        drafted, read=read, draft=with_notes(draft, read.understanding, drafted.read.topic, library)
    )


def _holds(restated: Drafted, drafted: Drafted, chosen: set[str]) -> bool:
    """Say whether a rule answers the restated question from the provisions chosen, naming no place that nobody named."""
    draft, asked = restated.draft, drafted.read.question
    conversation = "".join([*(turn.text for turn in asked.history), asked.text])
    return (
        draft.status in CITING
        and draft.mode in _BY_RULE
        and chosen <= set(draft.nodes)
        and all(place.name in conversation for place in restated.read.understanding.places)
    )


def _said(chosen: Sequence[str], question: Understanding, library: Library) -> Draft:
    facts = without_repeats(library.fact(id) for id in chosen if id not in library)
    passages = tuple(passage_point(id, question, library) for id in chosen if id in library)
    if not facts:
        return Draft(status=Status.ANSWERED, mode=Mode.QUOTE, points=passages)
    draft = draft_of(facts, question, library)
    return draft if draft.table or draft.heads else replace(draft, points=(*draft.points, *passages))


def _partial(draft: Draft, drafted: Drafted, library: Library) -> Draft:
    """Return the draft as one that leaves something open, named where the program can name it."""
    missing = drafted.draft.missing
    if missing is None and drafted.found is not None and drafted.found.names_missing:
        missing = what_is_missing(drafted.read.understanding, drafted.found, library)
    lead = phrases.PARTLY.filled(missing=(missing.zh, missing.en)) if missing else phrases.NOT_ALL
    return replace(
        draft,
        status=Status.PARTIAL,
        lead=draft.lead or lead,
        missing=missing,
        next_step=next_step_for(Status.PARTIAL),
    )


def _unanswered(drafted: Drafted, library: Library) -> Draft:
    """Return the silent draft; one that is silent already, or names what is missing, is as good."""
    draft, read = drafted.draft, drafted.read
    if draft.status not in CITING or draft.missing or draft.editorial or drafted.found is None:
        return draft
    silence = Silence(
        what_is_missing(read.understanding, drafted.found, library),
        Status.NOT_IN_CORPUS,
        draft.nodes[:2],
    )
    silent = silent_draft(silence, library, next_step=next_step_for(Status.NOT_IN_CORPUS))
    return with_notes(silent, read.understanding, read.topic, library)


def _leaf(id: str, library: Library) -> str:
    return id if id in library else library.fact(id).provision
