"""Keep the strings of the facilities room, in Chinese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilitiesStrings:
    """All words of the room in one language."""

    room: str


CHINESE = FacilitiesStrings(room="设施与职责")

ENGLISH = FacilitiesStrings(room="Facilities and duties")
