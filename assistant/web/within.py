"""Find words inside one document: in either script, in any width, across the ends of lines."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Document, Provision, Span
from corpus.shadow import shadow

LONGEST = 100
"""Characters looked for; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand."""

    span: Span
    stop: str = ""
    """Id of the provision whose translation holds it; empty for the text itself."""


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """A normalised copy of a text without the white space that no reader looks for."""

    text: str
    places: "array[int]"
    """Where each of its characters stands in the text."""

    def find(self, words: str) -> list[Span]:
        """Return where ``words``, squeezed as well, stand; spans of the text itself."""
        found = []
        at = self.text.find(words) if words else -1
        while at >= 0:
            found.append(Span(self.places[at], self.places[at + len(words) - 1] + 1))
            at = self.text.find(words, at + len(words))
        return found


def find_words(text: str, words: str) -> tuple[Span, ...]:
    """Return where ``words`` stand in ``text``, in order and apart from each other.

    Words set apart by spaces that stand nowhere side by side are looked for one by one, if each of them is there.
    """
    held = _squeezed(text)
    whole = held.find(_squeezed(words.strip()[:LONGEST]).text)
    if whole:
        return tuple(whole)
    singly = [held.find(_squeezed(word).text) for word in words[:LONGEST].split()]
    return _apart(span for found in singly for span in found) if all(singly) else ()


def find_in_document(
    document: Document, words: str, *, stops: tuple[Provision, ...], english: Mapping[str, str]
) -> tuple[Hit, ...]:
    """Return every hit in a document and in the translations printed under its stops, in the order of the page."""
    hits = [(span.start, 0, Hit(span)) for span in find_words(document.text, words)]
    for stop in stops:
        for span in find_words(english.get(stop.id, ""), words):
            hits.append((stop.span.end - 1, 1 + span.start, Hit(span, stop.id)))
    return tuple(hit for _, _, hit in sorted(hits, key=lambda held: held[:2]))


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


@lru_cache(maxsize=256)
def _squeezed(text: str) -> _Squeezed:
    normal = shadow(text).text
    kept: list[str] = []
    places = array("L")
    gap = -1
    for place, character in enumerate(normal):
        if character.isspace():
            gap = place if gap < 0 else gap
            continue
        if gap >= 0 and kept and kept[-1].isascii() and character.isascii():
            kept.append(" ")
            places.append(gap)
        gap = -1
        kept.append(character)
        places.append(place)
    return _Squeezed("".join(kept), places)
