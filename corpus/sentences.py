"""Find where sentences end, without cutting through a quotation, a title or a bracket."""

import re

from corpus.document import WHITE, Span

ENDINGS = "。！？"
_PAIRS = {
    "《": "》",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "(": ")",
    "（": "）",
    "〈": "〉",
    "[": "]",
    "〔": "〕",
    "【": "】",
}
_CLOSERS = frozenset(_PAIRS.values())
_AFTER_END = _CLOSERS | frozenset(ENDINGS + WHITE)
_INTERESTING = re.compile("[" + re.escape(ENDINGS + "".join(_PAIRS) + "".join(_CLOSERS)) + "]")


def split_sentences(text: str, span: Span) -> list[Span]:
    """Return the sentences that tile ``span``; each owns the white space after it.

    A sentence ends at 。！？ and the closing marks that follow, outside any pair that is closed again.
    An opening mark that is never closed protects nothing, so a misprint cannot swallow a paragraph.
    """
    marks = [(match.start(), match.group()) for match in _INTERESTING.finditer(text, span.start, span.end)]
    sheltered = _sheltered(marks)
    spans: list[Span] = []
    start = span.start
    for position, mark in marks:
        if mark not in ENDINGS or position < start or any(a < position < b for a, b in sheltered):
            continue
        end = position + 1
        while end < span.end and text[end] in _AFTER_END:
            end += 1
        if end < span.end:
            spans.append(Span(start, end))
            start = end
    spans.append(Span(start, span.end))
    return spans


def _sheltered(marks: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """Return the outermost pairs that open and close again."""
    stack: list[tuple[int, str]] = []
    pairs: list[tuple[int, int]] = []
    for position, mark in marks:
        if mark in _PAIRS:
            stack.append((position, _PAIRS[mark]))
        elif mark in _CLOSERS:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][1] == mark:
                    opened = stack[depth][0]
                    del stack[depth:]
                    pairs = [pair for pair in pairs if pair[0] < opened]
                    pairs.append((opened, position))
                    break
    return pairs
