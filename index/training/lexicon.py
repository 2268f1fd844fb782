"""Say a statute's clause in everyday words."""

import random
import re


class Rewording:
    """The lexicon read forwards: from legal terms to what people say."""

    def __init__(self, lexicon: dict[str, list[str]]) -> None:
        self.lexicon = lexicon
        longest_first = sorted(lexicon, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest_first)))

    def reword(self, text: str, rng: random.Random, *, share: float) -> str:
        """Replace about `share` of the legal terms by one of their everyday names."""
        return self.pattern.sub(
            lambda found: rng.choice(self.lexicon[found[0]]) if rng.random() < share else found[0], text
        )
