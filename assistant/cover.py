"""Tell whether sentences say what a point of the answer says, so that nothing chosen goes missing."""

import re
from collections.abc import Iterable
from itertools import pairwise

from assistant.draft import Point
from assistant.question import Language
from corpus.shadow import shadow

_SAID = 0.45
"""Share of a point's words that sentences must have to be held to say it."""
_SAID_OF_ONE = 0.2
"""The same when the point is a list and only one member was asked about."""
_REPEATED = 0.9
_NUMBER = re.compile(
    r"\d+(?:\.\d+)?%?|(?!一[^二三四五六七八九十百])[一二三四五六七八九十百]+(?=[个名家项级类年月日天人次成]|分之|学时|%)"
)
_WORD = re.compile(r"[a-z]+|\d+")
_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "shall",
        "that",
        "the",
        "their",
        "this",
        "to",
        "with",
    ]
)


def covers(texts: Iterable[str], point: Point, language: Language, *, asked: str = "") -> bool:
    """Say whether ``texts`` together have the point's list members, numbers and most of its words.

    A question (``asked``) that names a member of the list itself is answered by what is said of that one.
    What was printed from the text as it stands (``derived``) has no wording of its own to look for.
    """
    said = _plain("".join(texts))
    if point.derived:
        return bool(said)
    wanted = _plain(point.say.in_language(language))
    if language is Language.ENGLISH:
        numbers = re.findall(r"\d+", wanted)
    else:
        numbers = _NUMBER.findall(wanted)
        named = [item for item in point.items if _plain(item) in _plain(asked)]
        if not all(_plain(item) in said for item in named or point.items):
            return False
        if named:
            return (
                all(number in said for number in numbers) and _share(wanted, said, language) >= _SAID_OF_ONE
            )
    return all(number in said for number in numbers) and _share(wanted, said, language) >= _SAID


def repeats(text: str, before: Iterable[str], language: Language) -> bool:
    """Say whether ``text`` says next to nothing that was not said before."""
    said = _plain("".join(before))
    return bool(said) and _share(_plain(text), said, language) >= _REPEATED


def share_of(text: str, held: str, language: Language) -> float:
    """Return the share of the words of ``text`` that ``held`` has, from 0 to 1."""
    return _share(_plain(text), _plain(held), language)


def pairs_of(text: str) -> set[str]:
    """Return the pairs of neighbouring characters of a Chinese text, punctuation apart."""
    return _units(_plain(text), Language.CHINESE)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", shadow(text).text)


def _share(wanted: str, said: str, language: Language) -> float:
    units = _units(wanted, language)
    return len(units & _units(said, language)) / len(units) if units else 1.0


def _units(text: str, language: Language) -> set[str]:
    if language is Language.ENGLISH:
        return {word[:6] for word in _WORD.findall(text) if word not in _COMMON}
    return {a + b for a, b in pairwise(text) if a.isalnum() and b.isalnum()}
