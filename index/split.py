"""Cut a long text into windows that one vector can stand for."""

import re
from collections.abc import Iterator

LONGEST = 400
"""Characters up to which a text stays whole."""
WINDOW = 300
OVERLAP = 60
_STOPS = re.compile(r"[。！？；;!?\n]")


def windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield ``(start, end)`` of windows that together cover ``text``; a text up to LONGEST characters is one.

    A window is at most WINDOW characters, ends after 。！？； or a line break where one is near, and begins OVERLAP
    characters before the end of the last, so that what stands across a cut is whole in one of them.
    """
    if len(text) <= LONGEST:
        yield 0, len(text)
        return
    start = 0
    while True:
        end = min(start + WINDOW, len(text))
        if end < len(text):
            stops = [match.end() for match in _STOPS.finditer(text, start + WINDOW // 2, end)]
            end = stops[-1] if stops else end
        yield start, end
        if end == len(text):
            return
        start = end - OVERLAP
