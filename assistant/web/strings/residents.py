"""Keep the strings of the residents’ guided path, in Chinese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentsStrings:
    """All words of the room in one language."""

    room: str


CHINESE = ResidentsStrings(room="怎么办")

ENGLISH = ResidentsStrings(room="What to do")
