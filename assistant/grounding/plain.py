"""Bring statements and provisions to one spelling before they are compared."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from corpus.shadow import shadow

_DROPPED = re.compile(r"[\s\"'《》〈〉()（）【】·*#…]+")
_PLACEHOLDER = re.compile(r"(?:x{1,3}|×{1,3}|○{1,3}|某{1,3})(?=区|街道|乡|镇|基地|市|社区)")
_PUNCTUATION = re.compile(r"(?:(?<!\d)\.|\.(?!\d)|[^\w%‰.\u3400-\u9fff])+")
_STOP = re.compile(r"\.(?=\s|$)|[!?;]")
_ALIKE = str.maketrans("〔〕&+", "[]和加")
_QUOTED = re.compile(r"\"([^\"]+)\"|《([^《》]+)》|'([^']+)'")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return ``text`` simplified, in one width and lower case, without white space, quotation marks and brackets.

    Commas and full stops stay, since they part one claim from the next; 「XX」, 「××」 and 「某」 are one placeholder.
    """
    folded = _STOP.sub("。", shadow(text).text)
    return _PLACEHOLDER.sub("xx", _DROPPED.sub("", folded)).translate(_ALIKE)


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Return the words of ``text`` alone: :func:`plain` without any punctuation."""
    return _PUNCTUATION.sub("", plain(text))


def titled(text: str) -> tuple[str, ...]:
    """Return the titles in 《》, as they stand in the plain text."""
    return tuple(plain(match[2]) for match in _QUOTED.finditer(shadow(text).text) if match[2])


def outside(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Say whether a stretch lies in none of ``spans``."""
    return not any(first <= start and end <= last for first, last in spans)


def spans_of(words: Iterable[str], text: str) -> tuple[tuple[int, int], ...]:
    """Return where each of ``words`` stands in ``text``."""
    return tuple(match.span() for word in words for match in re.finditer(re.escape(word), text))


def quoted(text: str) -> tuple[str, ...]:
    """Return the words that stand between quotation marks or title marks, as they are compared."""
    found = (next(filter(None, match.groups())) for match in _QUOTED.finditer(shadow(text).text))
    return tuple(words for words in map(bare, found) if words)
