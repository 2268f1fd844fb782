"""Decide when the text does not answer, and say exactly what it does not state."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.library import Library
from corpus.rules import Fact
from corpus.vocabulary import Asked

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.draft import Draft, point_of
from assistant.finding import Found, Neighbour
from assistant.phrases import Line
from assistant.understand import Understanding

KNOWN = 0.62
"""Likeness from which a shipped question settles whether the text answers."""
UNKNOWN = 0.22
"""Likeness of the best shipped question under which the question is not one the corpus knows."""
SILENT = 0.5
"""Share of the votes from which the text is held not to say it."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What the documents do not state, and whether anything around it is stated."""

    missing: Line | None
    partial: bool
    nearest: tuple[str, ...]
    facts: tuple[str, ...] = ()
    """For a partial answer: what is stated."""
    out_of_scope: bool = False
    declined: bool = False


def silence_about(question: Understanding, found: Found, facts: Sequence[Fact], library: Library) -> Silence | None:
    """Return why the question is not (wholly) answered, or ``None`` when it is."""
    leading = found.neighbours[0] if found.neighbours else None
    if leading is not None and leading.likeness >= KNOWN:
        return _as_known(leading, found, question)
    if found.silence >= SILENT:
        return _as_voted(found, question)
    unstated = [kind for kind in question.asked if not any(kind.stated_in(f.words) for f in facts)]
    if unstated and not _answerable_alike(found):
        return Silence(_label(unstated), False, _nearest(facts, found))
    return None


def _as_known(leading: Neighbour, found: Found, question: Understanding) -> Silence | None:
    shipped = leading.question
    if shipped.status == "answered":
        return None
    missing = Line(shipped.missing, shipped.missing_en) if shipped.missing else _label(question.asked)
    return Silence(
        missing,
        shipped.status == "partial",
        shipped.nearest,
        shipped.facts,
        out_of_scope=shipped.status == "out_of_scope",
        declined=shipped.status == "declined",
    )


def _as_voted(found: Found, question: Understanding) -> Silence:
    silent = [n for n in found.neighbours if n.question.status not in ("answered", "partial")]
    first = silent[0].question
    if question.asked:
        missing = _label(question.asked)
    else:
        missing = Line(first.missing, first.missing_en) if first.missing and silent[0].likeness >= 0.4 else None
    return Silence(
        missing,
        False,
        first.nearest,
        out_of_scope=first.status == "out_of_scope",
        declined=first.status == "declined",
    )


def _answerable_alike(found: Found) -> bool:
    """Say whether the nearest questions, asked in nearly these words, are answered."""
    return bool(found.neighbours) and found.best >= KNOWN and found.neighbours[0].question.status == "answered"


def _label(kinds: Sequence[Asked]) -> Line | None:
    if not kinds:
        return None
    return Line("、".join(kind.label for kind in kinds), " or the ".join(kind.label_en for kind in kinds))


def _nearest(facts: Sequence[Fact], found: Found) -> tuple[str, ...]:
    if facts:
        return tuple(dict.fromkeys(fact.provision.split("#")[0] for fact in facts))[:2]
    return tuple(found.leaves)[:1]


def silent_draft(silence: Silence, library: Library, *, next_step: Line | None) -> Draft:
    """Return the draft that says what is not stated, with what is when something is."""
    if silence.declined:
        return Draft(status=Status.DECLINED, mode=Mode.NONE, lead=phrases.DECLINED_HARMFUL)
    if silence.out_of_scope:
        return out_of_scope(library)
    if silence.partial and silence.facts:
        points = tuple(point_of(library.fact(id), library) for id in silence.facts)
        missing = silence.missing
        lead = phrases.PARTLY.filled(missing=(missing.zh, missing.en)) if missing else None
        return Draft(status=Status.PARTIAL, mode=Mode.QUOTE, lead=lead, points=points, next_step=next_step)
    missing = silence.missing
    lead = phrases.NOT_STATED.filled(missing=(missing.zh, missing.en)) if missing else phrases.NOT_FOUND
    return Draft(
        status=Status.NOT_IN_CORPUS, mode=Mode.NONE, lead=lead, nearest=silence.nearest[:2], next_step=next_step
    )


def out_of_scope(library: Library) -> Draft:
    """Return the draft for a question that has nothing to do with the documents."""
    titles = (
        "》《".join(document.front.title for document in library.documents if document.front.official),
        ", ".join(d.front.title_en or d.front.title for d in library.documents if d.front.official),
    )
    return Draft(status=Status.OUT_OF_SCOPE, mode=Mode.NONE, lead=phrases.OUT_OF_SCOPE.filled(titles=titles))
