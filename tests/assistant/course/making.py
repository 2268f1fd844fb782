"""Make courses as the page would."""

from datetime import date

from assistant.course.audience import AUDIENCES
from assistant.course.choice import Choice, units, usual
from assistant.course.pack import Pack, make_pack
from assistant.course.papers import Setter
from assistant.question import Language
from corpus.library import Library

DAY = date(2026, 11, 25)


def usual_pack(library: Library, audience: str = "leaders") -> Pack:
    """The course that is made when nothing is changed."""
    chosen = next(one for one in AUDIENCES if one.name == audience)
    return make_pack(usual(library, chosen), library, today=DAY)


def whole_pack(library: Library) -> Pack:
    """A course of everything there is."""
    choice = Choice(audience="workers", hours=16, units=units(library), questions=20)
    return make_pack(choice, library, today=DAY)


def setting(pack: Pack, library: Library, language: Language = Language.CHINESE) -> Setter:
    """Set a course on the day of the tests."""
    return Setter(pack=pack, library=library, language=language, today=DAY)
