"""Say what was asked, by whom, and after what."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who is asking; it changes what comes first, never what is true."""

    RESIDENT = "resident"
    STAFF = "staff"
    TRAINER = "trainer"


class Language(StrEnum):
    """The language of a question and of its answer (BCP 47)."""

    CHINESE = "zh"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier line of the conversation."""

    speaker: str
    """``user`` or ``assistant``."""
    text: str


LONGEST_QUESTION = 2000
"""Code points; a longer question is answered with a sentence that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one person asks, with the conversation before it."""

    text: str
    id: str | None = None
    history: tuple[Turn, ...] = ()
    role: Role = Role.RESIDENT
    language: Language | None = None
    """The language to answer in; ``None`` means that of the question."""
