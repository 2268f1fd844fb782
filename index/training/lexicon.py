"""Read the list that says what people call the things the law has other names for."""

import random
import re
from pathlib import Path

LEXICON = Path(__file__).parents[1] / "lexicon.tsv"


def read_lexicon(path: Path = LEXICON) -> dict[str, list[str]]:
    """Read `legal ⇥ everyday,everyday,…` lines into the everyday words of each legal term."""
    lexicon = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        legal, _, everyday = line.partition("\t")
        lexicon[legal] = everyday.split(",")
    return lexicon


class Rewording:
    """Say a statute's clause with everyday words."""

    def __init__(self, lexicon: dict[str, list[str]]) -> None:
        self.lexicon = lexicon
        longest_first = sorted(lexicon, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest_first)))

    def reword(self, text: str, rng: random.Random, *, share: float) -> str:
        """Replace about `share` of the legal terms by one of their everyday names."""
        return self.pattern.sub(
            lambda found: rng.choice(self.lexicon[found[0]]) if rng.random() < share else found[0], text
        )
