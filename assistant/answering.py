"""The path of a question, step by step: read, search, route, ground, render."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from corpus.library import Library
from corpus.shadow import shadow

from assistant import phrases
from assistant.answer import Mode, Reply, Status
from assistant.draft import Draft
from assistant.finding import Found, Searcher, find
from assistant.followup import Leaning, stand_alone
from assistant.guard import Refusal, refusal
from assistant.lookup import (
    LONGEST_WHOLE,
    quote_provisions,
    unknown_reference,
    where_from,
    which_one,
)
from assistant.notes import next_step_for, notes_for
from assistant.passages import quote_passages
from assistant.question import LONGEST_QUESTION, Question
from assistant.quote import choose, draft_of
from assistant.render import render
from assistant.rulebook import answer_by_rule
from assistant.silence import UNKNOWN, out_of_scope, silence_about, silent_draft
from assistant.trainer import course_material
from assistant.understand import Understanding, Want, language_of, understand

_ARTICLE = re.compile(r"第\s*[0-9零〇一二两三四五六七八九十百千]+\s*条(之[一二三四五六七八九十])?|articles? [0-9]+", re.IGNORECASE)
_FAMILIAR = 0.6
"""Support from which a text is held to be a question by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A question, read; or the draft that answers it before any search."""

    question: Question
    understanding: Understanding
    leaning: Leaning
    early: Draft | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A question with what was found for it."""

    read: Read
    found: Found | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A question with the answer to be checked."""

    read: Read
    draft: Draft


class Answering:
    """The steps, over one library and one index."""

    def __init__(self, library: Library, searcher: Searcher, *, today: Callable[[], date] = date.today) -> None:
        self.library = library
        self.searcher = searcher
        self._today = today

    def read(self, question: Question) -> Read:
        """Make the question stand alone and read it; decline at once what must not be answered."""
        original = replace(question, language=language_of(question))
        plain = shadow(question.text).text.strip()
        early = self._declined(plain)
        leaning = Leaning.NONE
        if early is None:
            whole, leaning = stand_alone(original, understood=self._familiar)
            if leaning is Leaning.LOST:
                early = Draft(status=Status.NEEDS_CLARIFICATION, mode=Mode.NONE, lead=phrases.NO_ANTECEDENT)
        else:
            whole = replace(original, text=plain[:LONGEST_QUESTION])
        understanding = replace(understand(whole, self.library), language=original.language)
        return Read(question=question, understanding=understanding, leaning=leaning, early=early)

    def search(self, read: Read) -> Searched:
        """Find the shipped questions, facts and provisions nearest to the question."""
        found = None if read.early else find(read.understanding, self.searcher, self.library)
        return Searched(read=read, found=found)

    def route(self, searched: Searched) -> Drafted:
        """Choose the way of answering, and draft."""
        read, found = searched.read, searched.found
        if read.early is not None or found is None:
            draft = read.early or Draft(status=Status.ERROR, mode=Mode.NONE, lead=phrases.INTERNAL)
        else:
            draft = self._by_place(read) or self._by_rule(read, found) or self._by_fact(read, found)
            if read.leaning is Leaning.WORDING and draft.points:
                draft = self._wording(draft)
        return Drafted(read=read, draft=draft)

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
            return Draft(status=Status.NEEDS_CLARIFICATION, mode=Mode.NONE, lead=phrases.EMPTY)
        if len(plain) > LONGEST_QUESTION:
            lead = phrases.TOO_LONG.filled(limit=str(LONGEST_QUESTION))
            return Draft(status=Status.NEEDS_CLARIFICATION, mode=Mode.NONE, lead=lead)
        reason = refusal(plain)
        if reason is None:
            return None
        lead = phrases.DECLINED if reason is Refusal.OVERRIDE else phrases.DECLINED_HARMFUL
        return Draft(status=Status.DECLINED, mode=Mode.NONE, lead=lead)

    def _familiar(self, text: str) -> bool:
        reading = understand(Question(text=text), self.library)
        if reading.references or _ARTICLE.search(reading.text):
            return True
        return find(reading, self.searcher, self.library).known >= _FAMILIAR

    def _by_place(self, read: Read) -> Draft | None:
        question = read.understanding
        source = where_from(question, self.library)
        if source is not None:
            return source
        if not question.references:
            unknown = _ARTICLE.search(question.text)
            return unknown_reference(unknown[0], self.library) if unknown and len(question.text) < 60 else None
        ambiguous = [reference for reference in question.references if len(reference.ids) > 1]
        if ambiguous:
            return which_one(ambiguous[0])
        if not question.is_about(Want.WORDING):
            return None
        ids = tuple(dict.fromkeys(reference.ids[0] for reference in question.references if reference.ids))
        short = [id for id in ids if len(self.library.quote_of(id).text) <= LONGEST_WHOLE or "/" in id]
        return quote_provisions(short, self.library) if short else None

    def _by_rule(self, read: Read, found: Found) -> Draft | None:
        question = read.understanding
        if question.elsewhere and found.statuses.get("answered", 0.0) < _FAMILIAR:
            step = next_step_for(Status.NOT_IN_CORPUS)
            return Draft(status=Status.NOT_IN_CORPUS, mode=Mode.NONE, lead=phrases.ELSEWHERE, next_step=step)
        return course_material(question, found, self.library) or answer_by_rule(question, self.library, today=self._today())

    def _by_fact(self, read: Read, found: Found) -> Draft:
        question = read.understanding
        facts = self._within_references(question, choose(question, found, self.library))
        silence = silence_about(question, found, facts, self.library)
        if silence is not None:
            return silent_draft(silence, self.library, next_step=next_step_for(Status.NOT_IN_CORPUS))
        passages = quote_passages(question, found, self.library)
        if passages is not None:
            return passages
        if not facts and question.references:
            return quote_provisions([r.ids[0] for r in question.references if r.ids], self.library)
        if not facts or found.known < UNKNOWN:
            return out_of_scope(self.library)
        return draft_of(facts, question, self.library)

    def _within_references(self, question: Understanding, facts: tuple) -> tuple:  # type: ignore[type-arg]
        if not question.references:
            return facts
        nodes = {id for reference in question.references for id in reference.ids}
        return tuple(
            fact for fact in facts if any(_inside(fact.provision, node) for node in nodes)
        )

    def _wording(self, draft: Draft) -> Draft:
        ids = dict.fromkeys(leaf for point in draft.points for leaf in point.provisions)
        return quote_provisions(list(ids), self.library)

    def _grounded(self, draft: Draft) -> tuple[Draft, list[tuple[str, str]]]:
        return draft, []


def _inside(provision: str, node: str) -> bool:
    return provision == node or provision.startswith((f"{node}#", f"{node}/"))
