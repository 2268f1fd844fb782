"""Say what a course is made of: for whom, how long, and of which provisions."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.course.audience import AUDIENCES, Audience
from corpus.document import Document, Level, Provision
from corpus.errors import ExplainedError
from corpus.library import Library, stands_in

MOST_HOURS = 24
MINUTES = (30, 60)
"""A class hour lasts at least and at most so many minutes; the documents do not say how many."""
USUAL_MINUTES = 45
USUAL_HOURS = 8
"""Taken when no document of the library names a number of class hours."""
QUESTIONS = (5, 10, 15, 20)

_HOURS = re.compile(r"(\d{1,2})个学时")


class ChoiceWrong(ExplainedError):
    """A course cannot be made of what was chosen; says why in Chinese and, in ``english``, in English."""

    def __init__(self, what: str, english: str) -> None:
        super().__init__(what)
        self.english = english


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a trainer chose."""

    audience: str
    """A name of ``AUDIENCES``."""
    hours: int
    units: tuple[str, ...]
    """Provisions in the order of the texts, each as ``units`` names them."""
    minutes: int = USUAL_MINUTES
    """Of one class hour."""
    questions: int = 10

    @property
    def seed(self) -> int:
        """A number that is the same for the same choices, and for no others in all likelihood."""
        told = json.dumps([self.audience, self.hours, self.minutes, self.questions, *self.units])
        return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8])

    @property
    def whom(self) -> Audience:
        """Who is taught."""
        return next(audience for audience in AUDIENCES if audience.name == self.audience)

    def checked(self, library: Library) -> "Choice":
        """Return the choice with its provisions in the order of the texts; raises ChoiceWrong when it makes no course."""
        if self.audience not in {audience.name for audience in AUDIENCES}:
            raise ChoiceWrong("没有这样的授课对象。", "There is no such audience.")
        if not 1 <= self.hours <= MOST_HOURS:
            raise ChoiceWrong(
                f"课时请填1到{MOST_HOURS}之间的整数。", f"Choose from 1 to {MOST_HOURS} class hours."
            )
        if not MINUTES[0] <= self.minutes <= MINUTES[1]:
            raise ChoiceWrong(
                f"每学时请填{MINUTES[0]}到{MINUTES[1]}分钟。",
                f"A class hour may have from {MINUTES[0]} to {MINUTES[1]} minutes.",
            )
        if self.questions not in QUESTIONS:
            raise ChoiceWrong("没有这样的题数。", "There is no such number of questions.")
        known = units(library)
        if not set(self.units) <= set(known):
            raise ChoiceWrong("选的条文里有文件中没有的。", "A provision that was chosen does not exist.")
        kept = tuple(id for id in known if id in set(self.units))
        if not kept:
            raise ChoiceWrong("请至少选一条条文。", "Choose at least one provision.")
        room = self.hours * self.minutes // 2
        if len(kept) > room:
            raise ChoiceWrong(
                f"选了{len(kept)}条，{self.hours}学时排不下；请减少条文，或者增加课时。",
                f"{len(kept)} provisions do not fit into {self.hours} class hours; choose fewer, or more hours.",
            )
        return Choice(
            audience=self.audience,
            hours=self.hours,
            units=kept,
            minutes=self.minutes,
            questions=self.questions,
        )


def hours_named(library: Library) -> tuple[int, str] | None:
    """Return the class hours that a document names, and the leaf that names them; None when none does."""
    for fact in library.facts:
        named = _HOURS.search(fact.words)
        if fact.kind == "number" and named:
            return int(named[1]), fact.provision
    return None


def usual(library: Library, audience: Audience) -> Choice:
    """Return what is chosen for an audience before anything is changed."""
    named = hours_named(library)
    known = units(library)
    usual_units = tuple(id for id in known if id in set(audience.units))
    return Choice(
        audience=audience.name,
        hours=min(MOST_HOURS, named[0]) if named else USUAL_HOURS,
        units=usual_units or known[: USUAL_HOURS * 2],
    )


def units(library: Library) -> tuple[str, ...]:
    """Return the provisions that can be chosen, in the order of the texts: articles, or the innermost numbered parts."""
    return tuple(id for document in library.documents for id in units_of(document))


def units_of(document: Document) -> tuple[str, ...]:
    """Return the provisions of one document that can be chosen."""
    return tuple(dict.fromkeys(_units(document)))


def leaves_of(library: Library, unit: str) -> tuple[Provision, ...]:
    """Return the sentences of a unit, without its heading; raises UnknownProvision."""
    return tuple(leaf for leaf in _own(library, unit) if leaf.level not in _ASIDE)


def heading_of(library: Library, unit: str) -> Provision | None:
    """Return the heading of a unit, if it has one; raises UnknownProvision."""
    return next((leaf for leaf in _own(library, unit) if leaf.level is Level.TITLE), None)


_ASIDE = frozenset({Level.TITLE, Level.CLOSING, Level.ASIDE})


def _own(library: Library, unit: str) -> Sequence[Provision]:
    document = library.document_of(unit)
    inner = {id for id in units_of(document) if id.startswith(f"{unit}/")}
    return [
        leaf for leaf in document.provisions[unit].leaves() if not any(stands_in(leaf.id, id) for id in inner)
    ]


def _units(document: Document) -> Iterator[str]:
    for leaf in document.leaves:
        if leaf.level in _ASIDE:
            continue
        node = document.provisions[leaf.parent] if leaf.parent is not None else leaf
        while node.parent is not None and not _is_unit(node):
            node = document.provisions[node.parent]
        yield node.id


def _is_unit(node: Provision) -> bool:
    """Say whether a node is cited as a whole: paragraphs and items of an article are not."""
    return node.level not in {Level.PARAGRAPH, Level.ITEM, Level.SUBITEM, Level.POINT, Level.SUBPOINT}
