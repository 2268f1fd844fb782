"""Add to a question the law's own words for what it says in everyday words."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon.tsv"
WEIGHT = 0.5
"""What a word added to the question counts for, beside 1 for a word of its own."""
SHORTEST, LONGEST = 2, 14
"""Everyday words shorter than this say too little; legal terms longer than this are sentences."""


def read_lexicon(path: Path = LEXICON) -> dict[str, list[str]]:
    """Read `legal ⇥ everyday,everyday,…` lines into the everyday words of each legal term."""
    lexicon = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        legal, _, everyday = line.partition("\t")
        lexicon[legal] = everyday.split(",")
    return lexicon


class Expansion:
    """The lexicon read backwards: from everyday words to legal terms."""

    def __init__(self, lexicon: Mapping[str, Sequence[str]]) -> None:
        self._legal: dict[str, list[str]] = {}
        for legal, everyday in lexicon.items():
            for word in everyday:
                if len(word) >= SHORTEST and len(legal) <= LONGEST:
                    self._legal.setdefault(word, []).append(legal)
        longest_first = sorted(self._legal, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def terms(self, question: str) -> list[str]:
        """Return the legal terms for the everyday words of a question that it does not say itself, each once."""
        said = dict.fromkeys(self._pattern.findall(question))
        terms = dict.fromkeys(term for word in said for term in self._legal[word])
        return [term for term in terms if term not in question]
