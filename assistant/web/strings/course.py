"""Keep the strings of the course pack, in Chinese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStrings:
    """All words of the room in one language."""

    room: str


CHINESE = CourseStrings(room="备课")

ENGLISH = CourseStrings(room="Course pack")
