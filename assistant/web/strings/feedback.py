"""Keep the strings of feedback and the staff page, in Chinese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackStrings:
    """All words of the room in one language."""

    room: str


CHINESE = FeedbackStrings(room="意见")

ENGLISH = FeedbackStrings(room="Feedback")
