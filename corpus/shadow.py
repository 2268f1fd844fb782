"""Keep a normalised copy of a text beside the original, character for character.

Searching and comparing happen on the shadow; what is shown is always the original.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import cast

import opencc

_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]")
_BOTH = frozenset("乾著藉瞭徵夥餘麽鍾後")
"""Characters that simplified texts use too, in names and in words such as 乾隆, 藉口, 瞭望."""
_PUNCTUATION = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "「": '"',
        "」": '"',
        "『": '"',
        "』": '"',
        "‘": "'",
        "’": "'",
        "﹪": "%",
        "—": "-",
        "–": "-",
        "～": "~",
        "〜": "~",
        "\u3000": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Shadow:
    """A text and its normalised copy of the same length."""

    original: str
    text: str

    def __post_init__(self) -> None:
        if len(self.original) != len(self.text):
            raise ValueError("a shadow is as long as what throws it")


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def simplified(text: str) -> str:
    """Return ``text`` with traditional characters made simplified; the length does not change."""
    converted = cast(str, _converter("t2s").convert(text))
    if len(converted) == len(text):
        return converted
    return "".join(_one(character) for character in text)


def traditional(text: str) -> str:
    """Return ``text`` in traditional characters, Taiwan's standard forms."""
    return cast(str, _converter("s2tw").convert(text))


@cache
def _one(character: str) -> str:
    converted = cast(str, _converter("t2s").convert(character))
    return converted if len(converted) == 1 else character


@cache
def _folded(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def shadow(text: str) -> Shadow:
    """Return ``text`` with its copy in NFKC width, simplified characters, one kind of quotation mark, lower case."""
    folded = "".join(_folded(character) for character in text)
    plain = simplified(folded).translate(_PUNCTUATION)
    lowered = "".join(low if len(low := character.lower()) == 1 else character for character in plain)
    return Shadow(text, lowered)


_MARKUP = re.compile(r"<[^<>]*>")


def is_english(text: str) -> bool:
    """Say whether ``text`` is written in Latin letters more than in Chinese characters (a character weighs two letters); markup does not count."""
    text = _MARKUP.sub("", text)
    return len(_LATIN.findall(text)) > 2 * len(_CJK.findall(text))


def is_traditional(text: str) -> bool:
    """Say whether ``text`` has a character that is only written in traditional Chinese."""
    return any(a != b and a not in _BOTH for a, b in zip(text, simplified(text), strict=True))
