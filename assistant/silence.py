"""Decide when the text does not answer, and say exactly what it does not state."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.confirm import verdict
from assistant.draft import Draft, point_of
from assistant.finding import Found
from assistant.phrases import Line
from assistant.understand import Understanding
from corpus.library import Library, node_of
from corpus.rules import Fact
from corpus.vocabulary import Asked

SURE = 0.75
"""Support of “answered” from which a cue for a kind of answer does not overrule it."""
AKIN = 1.2
"""Support of the leading fact from which a question is about what the documents say, whatever else it resembles."""
NAMED = 0.25
"""Support from which what is missing is named as the shipped questions name it."""
PLAINLY_NAMED = 0.5
"""The same where the question's own words (多大, 多少钱) give it a name."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What the documents do not state, and whether anything around it is stated."""

    missing: Line | None
    status: Status
    nearest: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    """For a partial answer: what is stated."""


def silence_about(
    question: Understanding, found: Found, facts: Sequence[Fact], library: Library
) -> Silence | None:
    """Return why the question is not (wholly) answered, or ``None`` when it is."""
    nearest = _nearest(facts, found, library)
    missing = what_is_missing(question, found, library)
    if found.unsettled and facts and not _unstated(question, facts, firm=True):
        if verdict(question, facts, library) is not None:
            return None  # whatever else is open, this much the words decide
        return Silence(
            missing if found.names_missing else None, Status.PARTIAL, nearest, tuple(facts[:_SHOWN])
        )
    if found.status not in ("answered", ""):
        status = Status(found.status)
        if status in (Status.DECLINED, Status.OUT_OF_SCOPE) and found.best_fact >= AKIN:
            return None
        return Silence(missing, status, nearest, tuple(facts) if status is Status.PARTIAL else ())
    sure = found.statuses.get("answered", 0.0) >= SURE
    unstated = _unstated(question, facts, firm=sure)
    return Silence(_label(unstated), Status.NOT_IN_CORPUS, nearest) if unstated else None


_SHOWN = 2
"""Provisions' statements shown when it is not settled whether they answer."""


def _unstated(question: Understanding, facts: Sequence[Fact], *, firm: bool) -> list[Asked]:
    """Return the kinds of answer asked for that no fact has; with ``firm`` only those whose cues leave no doubt."""
    return [
        kind
        for kind in question.asked
        if (kind.firm or not firm) and not any(kind.stated_in(fact.words) for fact in facts)
    ]


def what_is_missing(question: Understanding, found: Found, library: Library) -> Line | None:
    """Name what is not stated: as the question's own cue has it, else as the shipped questions do."""
    best = max(found.missing, key=lambda label: found.missing[label], default="")
    if best and found.missing[best] >= (PLAINLY_NAMED if question.asked else NAMED):
        english = next((q.missing_en for q in library.questions if q.missing == best and q.missing_en), "")
        return Line(best, _with_article(english))
    return _label(question.asked)


def _with_article(phrase: str) -> str:
    """Return an English noun phrase with its article; a clause (how …, whether …) stands as it is."""
    first = phrase.partition(" ")[0].lower()
    return phrase if first in _BARE else f"the {phrase}"


_BARE = frozenset(
    [
        "the",
        "a",
        "an",
        "any",
        "how",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "who",
        "why",
        "that",
        "anything",
        "their",
        "its",
    ]
)


def _label(kinds: Sequence[Asked]) -> Line | None:
    if not kinds:
        return None
    return Line(
        "、".join(kind.label for kind in kinds), " or ".join(f"the {kind.label_en}" for kind in kinds)
    )


def _nearest(facts: Sequence[Fact], found: Found, library: Library) -> tuple[str, ...]:
    """Return the provisions that a clerk would open: as the shipped questions have it, else those of the facts."""
    best = max(found.near, key=lambda id: found.near[id], default="")
    if best in library and found.near[best] >= NAMED:
        return (best,)
    return tuple(dict.fromkeys(node_of(fact.provision) for fact in facts))[:2]


def silent_draft(silence: Silence, library: Library, *, next_step: Line | None) -> Draft:
    """Return the draft that says what is not stated, with what is when something is."""
    missing = silence.missing
    if silence.status is Status.DECLINED:
        return Draft(status=Status.DECLINED, mode=Mode.NONE, lead=phrases.DECLINED_HARMFUL)
    if silence.status is Status.OUT_OF_SCOPE:
        return out_of_scope(library)
    if silence.status is Status.PARTIAL and silence.facts:
        points = tuple(point_of(fact, library) for fact in silence.facts)
        lead = phrases.PARTLY.filled(missing=(missing.zh, missing.en)) if missing else phrases.NOT_PLAINLY
        return Draft(
            status=Status.PARTIAL,
            mode=Mode.QUOTE,
            lead=lead,
            points=points,
            next_step=next_step,
            missing=missing,
        )
    lead = phrases.NOT_STATED.filled(missing=(missing.zh, missing.en)) if missing else phrases.NOT_FOUND
    return Draft(
        status=Status.NOT_IN_CORPUS,
        mode=Mode.NONE,
        lead=lead,
        nearest=silence.nearest,
        next_step=next_step,
        missing=missing,
    )


def out_of_scope(library: Library) -> Draft:
    """Return the draft for a question that has nothing to do with the documents."""
    official = [document.front for document in library.documents if document.front.official]
    titles = (
        "、".join(f"《{front.title}》" for front in official),
        ", ".join(front.title_en or front.title for front in official),
    )
    return Draft(status=Status.OUT_OF_SCOPE, mode=Mode.NONE, lead=phrases.OUT_OF_SCOPE.filled(titles=titles))
