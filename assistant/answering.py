"""The path of a question, step by step: read, search, route, ground, render."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assistant import phrases
from assistant.answer import Mode, Reply, Status
from assistant.draft import Draft, Point
from assistant.finding import Found, Searcher
from assistant.followup import Leaning, stand_alone
from assistant.ground import Verdict, check
from assistant.guard import Refusal, refusal
from assistant.guidance import with_notes
from assistant.lookup import (
    another_document,
    exact_leaves,
    is_bare,
    numbered_title,
    quote_provisions,
    unknown_number,
    unknown_reference,
    where_from,
    which_one,
)
from assistant.notes import next_step_for, notes_for
from assistant.passages import quote_passages
from assistant.phrases import Line
from assistant.question import LONGEST_QUESTION, Question
from assistant.quote import choose, draft_of
from assistant.render import render
from assistant.rulebook.rules import answer_by_rule
from assistant.seeking import ELLIPTICAL, Seeker, provision_beside
from assistant.silence import Silence, out_of_scope, silence_about, silent_draft
from assistant.trainer import course_material, is_course_request, matter_of
from assistant.understand import (
    Understanding,
    Want,
    language_of,
    says_several,
    tiers_meant,
    understand,
)
from corpus.library import Library, node_of, stands_in
from corpus.rules import Fact
from corpus.shadow import shadow
from corpus.sounds import Hearing
from corpus.vocabulary import load_vocabulary

_FAMILIAR = 0.6
"""Support from which a text is held to be a question by itself."""


_SUBSTANTIAL = 1.3
"""Support of a fact from which so short a question is one by itself."""
_FOREIGN = -3.0
"""Log odds of an answer under which it is one by itself, on something that is not stated."""
_AKIN = 0.1
"""Score of the best passage under which a question shares next to nothing with the documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A question, read; or the draft that answers it before any search."""

    question: Question
    understanding: Understanding
    leaning: Leaning
    topic: str
    """The earlier question that this one goes on from; empty when it stands alone."""
    early: Draft | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A question with what was found for it."""

    read: Read
    found: Found | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A question with the answer to be checked, and what was found for it."""

    read: Read
    draft: Draft
    found: Found | None


class Answering:
    """The steps, over one library and one index."""

    def __init__(
        self, library: Library, searcher: Searcher, *, today: Callable[[], date] = date.today
    ) -> None:
        self.library = library
        self._today = today
        known = "\n".join(
            [
                *(d.text for d in library.documents),
                *(q.question for q in library.questions if q.style not in ("voice", "typo")),
            ]
        )
        self._hearing = Hearing(load_vocabulary().heard, known)
        self._seeker = Seeker(library, searcher, self._hearing)
        self._verdicts: dict[tuple[str, tuple[str, ...]], Verdict] = {}

    def answer(self, question: Question) -> Reply:
        """Take a question through all the steps."""
        return self.finish(self.route(self.search(self.read(question))))

    def read(self, question: Question) -> Read:
        """Make the question stand alone and read it; decline at once what must not be answered."""
        language = language_of(question)
        original = replace(question, language=language)
        plain = shadow(question.text).text.strip()
        early = self._declined(plain)
        leaning, topic = Leaning.NONE, ""
        if early is None:
            standing = stand_alone(original, understood=self._familiar)
            whole, leaning, topic = standing.question, standing.leaning, standing.topic
            if leaning is Leaning.LOST:
                early = Draft(status=Status.NEEDS_CLARIFICATION, mode=Mode.NONE, lead=phrases.NO_ANTECEDENT)
        else:
            whole = replace(original, text=plain[:LONGEST_QUESTION])
        understanding = replace(understand(whole, self.library, self._hearing), language=language)
        if not understanding.tiers and len(understanding.text) <= ELLIPTICAL and not understanding.references:
            understanding = replace(understanding, tiers=_tiers_before(question))
        return Read(question=question, understanding=understanding, leaning=leaning, topic=topic, early=early)

    def search(self, read: Read) -> Searched:
        """Find the shipped questions, facts and provisions nearest to the question."""
        if read.early:
            return Searched(read=read, found=None)
        found = self._seeker.seek(read.understanding, read.topic)
        return Searched(read=read, found=found)

    def route(self, searched: Searched) -> Drafted:
        """Choose the way of answering, and draft."""
        read, found = searched.read, searched.found
        if read.early is not None or found is None:
            draft = read.early or Draft(status=Status.ERROR, mode=Mode.NONE, lead=phrases.INTERNAL)
        else:
            draft = self._by_place(read) or self._by_rule(read) or self._by_fact(read, found)
            if read.leaning is Leaning.WORDING and draft.points:
                draft = self._wording(draft)
            elif read.leaning is Leaning.NEIGHBOUR:
                draft = self._neighbour(read, draft)
            draft = with_notes(draft, read.understanding, read.topic, self.library)
        return Drafted(read=read, draft=draft, found=found)

    def finish(self, drafted: Drafted) -> Reply:
        """Check every point against the text, and put the rest into words."""
        draft, rejected = self._grounded(drafted.draft)
        return render(
            draft,
            self.library,
            language=drafted.read.understanding.language,
            notes=notes_for(draft, self.library, today=self._today()),
            rejected=rejected,
        )

    def _declined(self, plain: str) -> Draft | None:
        if not plain or not any(character.isalnum() for character in plain):
            return Draft(status=Status.ERROR, mode=Mode.NONE, lead=phrases.EMPTY)
        if len(plain) > LONGEST_QUESTION:
            lead = phrases.TOO_LONG.filled(limit=str(LONGEST_QUESTION))
            return Draft(status=Status.ERROR, mode=Mode.NONE, lead=lead)
        reason = refusal(plain)
        if reason is None:
            return None
        lead = phrases.DECLINED if reason is Refusal.OVERRIDE else phrases.DECLINED_HARMFUL
        return Draft(status=Status.DECLINED, mode=Mode.NONE, lead=lead)

    def _familiar(self, text: str) -> bool:
        reading = understand(Question(text=text), self.library, self._hearing)
        if reading.references:
            return True
        found = self._seeker.find(reading)
        if found.known < _FAMILIAR:
            return False
        return len(text) > ELLIPTICAL or found.best_fact >= _SUBSTANTIAL or found.answerable <= _FOREIGN

    def _by_place(self, read: Read) -> Draft | None:
        question = read.understanding
        source = where_from(question, self.library)
        if source is not None:
            return source
        references = [r for r in question.references if r.ids or not exact_leaves(r.text, self.library)]
        stranger = unknown_number(question.question.text, self.library)
        if stranger:
            return unknown_reference(stranger, self.library)
        if not references:
            numbered = numbered_title(question.text, self.library)
            return quote_provisions(numbered, self.library) if numbered else None
        for reference in references:
            if another_document(question.question.text, reference):
                return Draft(status=Status.NOT_IN_CORPUS, mode=Mode.LOOKUP, lead=phrases.NOT_INCLUDED)
            if not reference.ids:
                return unknown_reference(reference.text, self.library)
            if len(reference.ids) > 1:
                return which_one(reference)
        ids = tuple(dict.fromkeys(reference.ids[0] for reference in references))
        if question.is_about(Want.WORDING) or is_bare(question.question.text, references):
            return quote_provisions(ids, self.library)
        return None

    def _by_rule(self, read: Read) -> Draft | None:
        question = read.understanding
        if question.elsewhere and not question.references:
            step = next_step_for(Status.NOT_IN_CORPUS)
            return Draft(status=Status.NOT_IN_CORPUS, mode=Mode.NONE, lead=phrases.ELSEWHERE, next_step=step)
        if is_course_request(question):
            matter = replace(question, text=matter_of(question.text) or question.text)
            found = self._seeker.find(matter)
            material = course_material(question, found, self.library)
            if material is not None:
                return material
        return answer_by_rule(question, self.library, today=self._today())

    def _by_fact(self, read: Read, found: Found) -> Draft:
        question = read.understanding
        facts = self._within_references(question, choose(question, found, self.library))
        passages = quote_passages(question, found, self.library)
        if passages is not None:
            return passages
        silence = silence_about(question, found, facts, self.library)
        if silence is not None:
            return silent_draft(silence, self.library, next_step=next_step_for(Status.NOT_IN_CORPUS))
        named = [reference.ids[0] for reference in question.references if reference.ids]
        if not facts and named:
            return quote_provisions(named, self.library)
        if not facts or not (found.settled or found.unsettled or question.references or read.topic):
            return self._unknown(facts, found)
        return draft_of(facts, question, self.library)

    def _unknown(self, facts: tuple[Fact, ...], found: Found) -> Draft:
        """Return that nothing is stated, or, when the question shares nothing with the documents, out of scope."""
        if (
            max(found.leaves.values(), default=0.0) < _AKIN
            and found.statuses.get("answered", 0.0) < _FAMILIAR
        ):
            return out_of_scope(self.library)
        nearest = tuple(dict.fromkeys(node_of(fact.provision) for fact in facts))[:2]
        silence = Silence(None, Status.NOT_IN_CORPUS, nearest)
        return silent_draft(silence, self.library, next_step=next_step_for(Status.NOT_IN_CORPUS))

    def _within_references(self, question: Understanding, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        nodes = {id for reference in question.references for id in reference.ids}
        if not nodes or says_several(question):
            return facts
        return tuple(fact for fact in facts if any(stands_in(fact.provision, node) for node in nodes))

    def _wording(self, draft: Draft) -> Draft:
        ids = dict.fromkeys(leaf for point in draft.points for leaf in point.provisions)
        return quote_provisions(list(ids), self.library)

    def _neighbour(self, read: Read, draft: Draft) -> Draft:
        """Return the provision after or before the one that the earlier question was about."""
        named = [id for reference in read.understanding.references for id in reference.ids]
        ids = named or draft.nodes
        back = re.search(r"上|前|previous", shadow(read.question.text).text) is not None
        if not ids or self.library.provision(ids[0]).parent is None:
            return Draft(status=Status.NEEDS_CLARIFICATION, mode=Mode.NONE, lead=phrases.NO_ANTECEDENT)
        beside = provision_beside(ids[0], -1 if back else 1, self.library)
        if beside is not None:
            return quote_provisions([beside], self.library)
        return Draft(
            status=Status.NOT_IN_CORPUS, mode=Mode.LOOKUP, lead=phrases.NO_NEIGHBOUR, nearest=tuple(ids[:1])
        )

    def _grounded(self, draft: Draft) -> tuple[Draft, list[tuple[str, str]]]:
        """Drop every point that its provisions do not bear out; what is left with nothing to say abstains."""
        rejected: list[tuple[str, str]] = []
        kept: list[Point] = []
        heads: list[Line] = []
        for number, point in enumerate(draft.points):
            verdict = self._check(point)
            if verdict is None or verdict.supported:
                kept.append(point)
                heads += draft.heads[number : number + 1]
            else:
                rejected.append((point.say.zh, verdict.why))
        editorial = tuple(point for point in draft.editorial if self._is_sound(point, rejected))
        if not rejected:
            return draft, []
        if not kept and not editorial:
            silence = Silence(None, Status.NOT_IN_CORPUS, draft.nodes[:2])
            return silent_draft(
                silence, self.library, next_step=next_step_for(Status.NOT_IN_CORPUS)
            ), rejected
        notes = (*draft.notes, phrases.DROPPED)
        return replace(
            draft, points=tuple(kept), heads=tuple(heads), notes=notes, editorial=editorial
        ), rejected

    def _is_sound(self, point: Point, rejected: list[tuple[str, str]]) -> bool:
        """Say whether every sentence of a note stands where it is cited; a reason why not is added to what was rejected."""
        for quotation in point.quotations:
            said = Point(say=Line(quotation.text, ""), quotations=(quotation,))
            verdict = self._check(said)
            if verdict is not None and not verdict.supported:
                rejected.append((quotation.text, verdict.why))
                return False
        return True

    def _check(self, point: Point) -> Verdict | None:
        """Return the verdict on a point; ``None`` for what was worked out from its quotation by a rule."""
        if point.derived:
            return None
        key = (point.say.zh, point.provisions)
        if key not in self._verdicts:
            self._verdicts[key] = check(point.say.zh, point.provisions, self.library)
        return self._verdicts[key]


def _tiers_before(question: Question) -> tuple[str, ...]:
    """Return the one tier that the question before was about; none when it was about several or none."""
    asked = [turn.text for turn in question.history if turn.speaker == "user"]
    tiers = tiers_meant(shadow(asked[-1]).text) if asked else ()
    return tiers if len(tiers) == 1 else ()
