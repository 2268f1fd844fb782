"""Hold one thing that a course says, with what it rests on."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.phrases import Line
from corpus.library import Quotation


class Kind(StrEnum):
    """What an item is."""

    TITLE = "title"
    """What a session is about: headings of the text, or what its provisions deal with."""
    QUOTE = "quote"
    POINT = "point"
    """Something that the quotation says, in a sentence that stands alone."""
    REMARK = "remark"
    """A hint on the words of the quotation: how binding they are, that a list goes on, that a date is past."""


class Mark(StrEnum):
    """How an item stands to the text."""

    TEXT = "text"
    """Its very words."""
    BORNE_OUT = "borne_out"
    """Checked: its provisions say so."""
    EDITORS = "editors"
    """Said about the words of the text by this program; what it quotes is there."""
    OWN = "own"
    """Written by the trainer, and not borne out by the provisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of a course."""

    id: str
    kind: Kind
    words: Line
    provisions: tuple[str, ...]
    mark: Mark
    quotation: Quotation | None = None
    """Where the very words stand; only with ``Mark.TEXT``."""
    edited: bool = False

    def __post_init__(self) -> None:
        if not self.provisions:
            raise ValueError(f"{self.id} rests on nothing")
        if self.mark is Mark.TEXT and (self.quotation is None or self.quotation.text != self.words.zh):
            raise ValueError(f"{self.id} is not the quotation that it is said to be")
