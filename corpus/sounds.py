"""Know how characters sound, to hear what was meant behind a slip of voice input or of the pinyin keyboard.

``sounds.tsv`` has a line for each syllable (pinyin without tones) with the characters commonly read so; it was made
from pypinyin's single-character readings (MIT).
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

SOUNDS = Path(__file__).with_name("sounds.tsv")


@cache
def load_sounds() -> Mapping[str, str]:
    """Return the sound of each character, with sounds that speakers confuse made one: zh/z, ch/c, sh/s, n/l, ng/n."""
    sounds: dict[str, str] = {}
    for line in SOUNDS.read_text(encoding="utf-8").splitlines():
        syllable, characters = line.split("\t")
        heard = _as_heard(syllable)
        sounds.update(dict.fromkeys(characters, heard))
    return sounds


def _as_heard(syllable: str) -> str:
    for said, heard in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(said):
            syllable = heard + syllable[2:]
    if syllable.startswith("n") and len(syllable) > 1:
        syllable = "l" + syllable[1:]
    return syllable.removesuffix("g") if syllable.endswith(("ang", "eng", "ing")) else syllable


class Hearing:
    """Puts words that a question must have meant in the place of others that sound the same."""

    def __init__(self, words: Iterable[str], known: str) -> None:
        """``words`` are what may be meant; ``known`` is text whose own words are never replaced."""
        self._known = known
        self._by_sound: dict[tuple[str, ...], str] = {}
        self._sounds = load_sounds()
        for word in words:
            self._by_sound.setdefault(self._heard(word), word)
        self._lengths = sorted({len(word) for word in self._by_sound.values()}, reverse=True)

    def _heard(self, text: str) -> tuple[str, ...]:
        return tuple(self._sounds.get(character, character) for character in text)

    def meant(self, text: str) -> str:
        """Return ``text`` (a shadow) with slips made good; the length does not change."""
        heard = self._heard(text)
        written = list(text)
        for length in self._lengths:
            for start in range(len(text) - length + 1):
                said = "".join(written[start : start + length])
                word = self._by_sound.get(heard[start : start + length])
                if word is not None and word != said and said not in self._known:
                    written[start : start + length] = word
        return "".join(written)
