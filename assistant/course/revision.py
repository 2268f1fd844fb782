"""Take out what a trainer struck, and put in what a trainer wrote: checked, and marked where the text does not bear it out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from assistant.course.choice import ChoiceWrong
from assistant.course.gap import GAP
from assistant.course.item import Item, Kind, Mark
from assistant.course.pack import Pack, Part, Session, timed
from assistant.course.quiz import Question
from assistant.draft import quote_words
from assistant.ground import Statement, ground
from assistant.phrases import Line
from corpus.library import Library

LONGEST = 600
"""Code points of a line that a trainer writes; more is cut off."""
LONGEST_TITLE = 100
"""The same for the title of a session."""

_GAP = re.compile(r"[（(]\s*[）)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a trainer changed."""

    struck: frozenset[str] = frozenset()
    """Ids of items and questions that are left out."""
    written: Mapping[str, str] = field(default_factory=dict)
    """What stands in place of an item's words or of a question's sentence, by id."""


def revised(pack: Pack, changes: Changes, library: Library) -> Pack:
    """Return the course as the trainer wants it, its time shared out again; raises ChoiceWrong when nothing is left."""
    sessions: list[Session] = []
    for session in pack.sessions:
        kept = tuple(part for part in (_part(part, changes, library) for part in session.parts) if part)
        if kept:
            title = _written([session.title], changes, library)[0]
            sessions.append(Session(number=len(sessions) + 1, title=title, parts=kept, hours=session.hours))
    if not sessions:
        raise ChoiceWrong("内容都划掉了，没有可以下载的。", "Everything is struck out; nothing is left.")
    questions = tuple(
        ask(question, changes.written.get(question.id, ""), library)
        for question in pack.questions
        if question.id not in changes.struck
    )
    return timed(replace(pack, sessions=tuple(sessions), questions=questions))


def weigh(item: Item, text: str, library: Library) -> Item:
    """Return the item with the trainer's words in it, marked as they stand to its provisions."""
    longest = LONGEST_TITLE if item.kind is Kind.TITLE else LONGEST
    said = " ".join(text.split())[:longest]
    if not said or _spaceless(said) in (_spaceless(item.words.zh), _spaceless(item.words.en)):
        return item
    quotation = next(
        (quote_words(library, id, said) for id in item.provisions if said in library.text_of(id)), None
    )
    if quotation is not None and item.kind is Kind.QUOTE:
        return replace(item, words=Line(said, ""), mark=Mark.TEXT, quotation=quotation, edited=True)
    borne_out = ground([Statement(text=said, provisions=item.provisions)], library).kept
    mark = Mark.BORNE_OUT if borne_out else Mark.OWN
    return replace(item, words=Line(said, ""), mark=mark, quotation=None, edited=True)


def ask(question: Question, text: str, library: Library) -> Question:
    """Return the question as the trainer put it; its own where its provisions do not decide it any more."""
    said = _GAP.sub(GAP, " ".join(text.split())[:LONGEST])
    if not said or said == question.stem:
        return question
    put = replace(question, stem=said, edited=True)
    return replace(put, mark=Mark.BORNE_OUT if put.holds(library) else Mark.OWN)


def _part(part: Part, changes: Changes, library: Library) -> Part | None:
    kept = [item for item in part.items if item.id not in changes.struck]
    items = _written(kept, changes, library)
    if all(item.kind is Kind.REMARK for item in items):
        return None
    return replace(part, items=tuple(items))


def _written(items: Iterable[Item], changes: Changes, library: Library) -> list[Item]:
    return [weigh(item, changes.written.get(item.id, ""), library) for item in items]


def _spaceless(text: str) -> str:
    return "".join(text.split())
