"""Turn words into HTML that can only be words."""

_SPECIAL = frozenset("&<>\"'`*_[](){}#!|~$\\^=+:@/")
_BREAKS = ("\r\n", "\r", "\n", "\u2028", "\u2029", "\x0b", "\x0c", "\x85")


def words(text: str) -> str:
    """Escape ``text`` for the inside of an element or attribute, also where Markdown is read.

    Every character that means something to HTML or to Markdown becomes a numeric entity, and control characters
    are left out, so that what a stranger typed is shown and never interpreted. Line breaks become spaces.
    """
    for mark in _BREAKS:
        text = text.replace(mark, " ")
    return "".join(
        f"&#{ord(character)};" if character in _SPECIAL else character
        for character in text
        if character >= " " and not 0xD800 <= ord(character) <= 0xDFFF
    )


def lines(text: str) -> str:
    """Escape ``text`` like :func:`words`, with its line breaks kept as ``<br>``."""
    for mark in _BREAKS[:2] + _BREAKS[3:]:
        text = text.replace(mark, "\n")
    return "<br>".join(words(line) for line in text.split("\n"))
