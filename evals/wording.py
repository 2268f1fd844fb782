"""Compare wordings that say the same: width, script, spacing and quotation marks do not count."""

import re
import unicodedata
from functools import lru_cache

from corpus.shadow import simplified

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_IGNORED = re.compile("[“”\"「」『』‘’'`*\u200b-\u200d\ufeff]")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SPACE_BESIDE_CHINESE = re.compile(rf"(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])")
_SPACE = re.compile(r"\s+")
_DASHES = str.maketrans("—–~～―", "-----")
_SENTENCE_END = re.compile(r"[。！？!?]|\.(?=\s|$)|\n")
_MARKUP = re.compile(r"^[\s#>*|-]+")
_LEAST_LETTERS = 3
"""An English word of up to this many letters must stand alone; a longer one may be a stem."""
_NUMBER = re.compile(
    r"\d+(?:\.\d+)?\s*(?:平方米|平米|㎡|m2|square met|万元|元|yuan|人|名|位|天|日|个工作日|个月|小时|hours|days|people|%|坪|平)"
)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return ``text`` with everything that does not change its meaning taken away."""
    text = simplified(unicodedata.normalize("NFKC", text)).lower()
    text = _IGNORED.sub("", text).translate(_DASHES)
    text = _GROUPED.sub("", text)
    return _SPACE.sub(" ", _SPACE_BESIDE_CHINESE.sub("", text)).strip()


def contains(text: str, string: str) -> bool:
    """Say whether ``text`` (already plain) has ``string``; 15 is not in 150, and *no* is not in *notice*."""
    return bool(_pattern(string).search(text))


@lru_cache(maxsize=8192)
def _pattern(string: str) -> re.Pattern[str]:
    wanted = plain(string)
    before = after = ""
    if wanted[:1].isdigit():
        before = r"(?<![\d.])"
    elif wanted[:1].isascii() and wanted[:1].isalpha():
        before = "(?<![a-z])"
    if wanted[-1:].isdigit():
        after = r"(?!\.?\d)"
    elif wanted.isascii() and wanted.isalpha() and len(wanted) <= _LEAST_LETTERS:
        after = "(?![a-z])"
    return re.compile(before + re.escape(wanted) + after)


def first_sentence(answer: str) -> str:
    """Return the answer's first sentence; a line that ends in a colon goes on in the next."""
    lines = [bare for line in answer.split("\n") if (bare := _MARKUP.sub("", line).strip())]
    kept = ""
    for line in lines:
        kept += line
        if not line.endswith((":", "：")):
            break
        kept += " "
    end = _SENTENCE_END.search(kept)
    return kept[: end.end()] if end else kept


def numbers_of(text: str) -> list[str]:
    """Return the numbers with a unit that could be mistaken for a rule: sizes, sums, heads, days, hours, shares."""
    return [match[0] for match in _NUMBER.finditer(text)]


def bigrams(text: str) -> frozenset[str]:
    """Return the character pairs of ``text`` without spaces and punctuation."""
    bare = bare_of(text)
    return frozenset(bare[place : place + 2] for place in range(len(bare) - 1)) or frozenset({bare})


def bare_of(text: str) -> str:
    """Return the letters, digits and Chinese characters of ``text`` alone."""
    return "".join(character for character in plain(text) if character.isalnum())
