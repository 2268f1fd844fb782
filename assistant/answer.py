"""Hold what is sent back: the reply and its citations, in the shape that other programs rely on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from assistant.question import Language


class Status(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_IN_CORPUS = "not_in_corpus"
    OUT_OF_SCOPE = "out_of_scope"
    NEEDS_CLARIFICATION = "needs_clarification"
    DECLINED = "declined"
    ERROR = "error"


CITING = frozenset({Status.ANSWERED, Status.PARTIAL})
"""The statuses that carry citations; all others may only name the nearest provisions."""


class Mode(StrEnum):
    """How the answer was made."""

    LOOKUP = "lookup"
    RULES = "rules"
    QUOTE = "quote"
    WRITE = "write"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A quotation with its place: ``document.text[start:end] == quote``."""

    provision: str
    label: str
    quote: str
    start: int
    end: int
    official: bool = True

    def __post_init__(self) -> None:
        if not self.quote or self.end - self.start != len(self.quote):
            raise ValueError(f"{self.provision}: the quotation does not fit {self.start}..{self.end}")

    def to_json(self) -> dict[str, Any]:
        """Return the citation as JSON values."""
        return {
            "provision": self.provision,
            "label": self.label,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "official": self.official,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to one question, or the reason why there is none."""

    id: str | None = None
    status: Status
    mode: Mode
    language: Language
    answer: str
    citations: tuple[Cited, ...] = ()
    nearest: tuple[Cited, ...] = ()
    notes: tuple[str, ...] = ()
    next_step: str | None = None
    rejected: tuple[dict[str, str], ...] = ()
    """Statements dropped because the text does not support them: ``{"statement", "why"}``."""
    took_ms: int = 0
    line: int | None = None
    """Line of a batch that could not be read; only then is it part of the JSON."""

    def __post_init__(self) -> None:
        if not self.answer.strip():
            raise ValueError("a reply needs words")
        if bool(self.citations) != (self.status in CITING):
            raise ValueError(f"{self.status}: citations belong to answers, and answers need them")

    def to_json(self) -> dict[str, Any]:
        """Return the reply as JSON values, every key present."""
        values: dict[str, Any] = {
            "id": self.id,
            "status": self.status.value,
            "mode": self.mode.value,
            "language": self.language.value,
            "answer": self.answer,
            "citations": [cited.to_json() for cited in self.citations],
            "nearest": [cited.to_json() for cited in self.nearest],
            "notes": list(self.notes),
            "next_step": self.next_step,
            "rejected": list(self.rejected),
            "took_ms": self.took_ms,
        }
        if self.line is not None:
            values["line"] = self.line
        return values

    def with_id(self, identity: str | None, *, took_ms: int) -> "Reply":
        """Return the same reply, addressed and timed."""
        return replace(self, id=identity, took_ms=took_ms)


@dataclass(frozen=True, slots=True)
class Update:
    """A further piece of the answer's words; the last one brings the reply."""

    text: str = ""
    reply: Reply | None = None

    def __add__(self, other: "Update") -> "Update":
        return Update(self.text + other.text, other.reply or self.reply)


_PIECES = re.compile(r"[^。！？\n]*[。！？\n]+|[^。！？\n]+")


def pieces_of(reply: Reply, said: str = "") -> Iterator[Update]:
    """Yield the words of a finished reply after what was ``said`` of it, sentence by sentence, then the reply."""
    for piece in _PIECES.findall(reply.answer[len(said) :]):
        yield Update(piece)
    yield Update(reply=reply)
