"""Lay a provision's words over a statement, and see what is left uncovered."""

from dataclasses import dataclass
from enum import IntEnum

from assistant.grounding.bodies import find_groups
from assistant.grounding.source import Source


class Kind(IntEnum):
    """What licenses a piece of a statement."""

    EXACT = 1
    """The provision says just this."""
    SAME = 2
    """The provision says it in other words."""
    FRAME = 3
    """It says nothing by itself."""
    CHECKED = 4
    """An amount, a date, a place: compared elsewhere."""
    BARE = 5
    """Nothing licenses it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a statement's clause and where the provision says it."""

    start: int
    end: int
    kind: Kind
    words: str
    told: str
    """The provision's own word; empty unless it is there."""
    places: tuple[int, ...]
    """Positions in ``Source.text``; none when only the context says it."""


_COST = {Kind.EXACT: 1.0, Kind.SAME: 1.08, Kind.FRAME: 1.04, Kind.CHECKED: 0.5}
_SHORT = 12
_GLUED = 0.15
"""What it costs two characters to pass for a word when one of them is a word by itself, as in 「导下」."""
_STRADDLES = 0.4
"""What it costs a piece to begin or end in the middle of an actor's name that it does not lie within."""
_SILENT = frozenset("、-~/[]|:;。, —·")


def lay(clause: str, source: Source, checked: tuple[tuple[int, int], ...] = ()) -> tuple[Piece, ...]:
    """Return :func:`cover`'s pieces; a source remembers the last clauses laid over it."""
    key = (clause, checked)
    laid = source.laid.get(key)
    if laid is None:
        if len(source.laid) > 256:
            source.laid.clear()
        laid = source.laid[key] = cover(clause, source, checked)
    return laid


def cover(clause: str, source: Source, checked: tuple[tuple[int, int], ...]) -> tuple["Piece", ...]:
    """Cover ``clause`` with as few pieces as can be; ``checked`` are stretches that other checks answer for."""
    length = len(clause)
    costs = [0.0] * (length + 1)
    choice: list[tuple[int, Kind, str]] = [(0, Kind.BARE, "")] * length
    jumps = dict(checked)
    everything, wording = source.everything, source.wording
    solid = _solid(clause, source)
    inside = _inside_names(clause)
    blocked = {at for match in wording.hard.finditer(clause) for at in range(match.start() + 1, match.end())}
    longest = 0
    for start in range(length - 1, -1, -1):
        if start in blocked:
            costs[start], choice[start] = costs[start + 1] + 6.0, (start + 1, Kind.BARE, "")
            longest = min(longest + 1, length - start)
            continue
        character = clause[start]
        least = solid.get(start, start + 1)
        if character in _SILENT:
            best, picked = costs[start + 1], (start + 1, Kind.FRAME, "")
        elif character in wording.characters and least == start + 1:
            best, picked = costs[start + 1] + 1.1, (start + 1, Kind.FRAME, "")
        else:
            best, picked = costs[start + 1] + 6.0, (start + 1, Kind.BARE, "")
        if start in jumps:
            cost = costs[jumps[start]] + _COST[Kind.CHECKED]
            if cost < best:
                best, picked = cost, (jumps[start], Kind.CHECKED, "")
        longest = min(longest + 1, length - start)
        while longest and clause[start : start + longest] not in everything:
            longest -= 1
        for end in (*range(start + 2, min(start + longest, start + _SHORT) + 1), start + longest):
            cost = costs[end] + _COST[Kind.EXACT]
            if inside.get(start) != inside.get(end):
                cost += _STRADDLES
            if end - start == 2 and {clause[start], clause[end - 1]} & wording.characters:
                cost += _GLUED
            if cost < best and end >= max(least, start + 2) and source.says(clause[start:end]):
                best, picked = cost, (end, Kind.EXACT, clause[start:end])
        for end in range(least, min(length, start + wording.longest) + 1):
            words = clause[start:end]
            if words in wording.frame and least == start + 1:
                cost = costs[end] + _COST[Kind.FRAME]
                if cost < best:
                    best, picked = cost, (end, Kind.FRAME, "")
            if words in wording.partners:
                cost = costs[end] + _COST[Kind.SAME]
                if cost < best and (told := _partner(words, source)) is not None:
                    best, picked = cost, (end, Kind.SAME, told)
        costs[start], choice[start] = best, picked
    return _pieces(clause, source, choice)


def _solid(clause: str, source: Source) -> dict[int, int]:
    """Return how far a piece that begins a solid word must reach, by the word's start."""
    return {match.start(): match.end() for match in source.wording.solid.finditer(clause)}


def _inside_names(clause: str) -> dict[int, int]:
    """Return the positions inside an actor's name, each with the name's number."""
    return {
        position: number
        for number, group in enumerate(find_groups(clause))
        for position in range(group.start + 1, group.end)
    }


def _pieces(clause: str, source: Source, choice: list[tuple[int, Kind, str]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    position = 0
    while position < len(clause):
        end, kind, told = choice[position]
        if kind is Kind.BARE and pieces and pieces[-1].kind is Kind.BARE and pieces[-1].end == position:
            last = pieces.pop()
            pieces.append(Piece(last.start, end, kind, last.words + clause[position:end], "", ()))
        else:
            pieces.append(
                Piece(
                    position, end, kind, clause[position:end], told, places_of(told, source) if told else ()
                )
            )
        position = end
    return tuple(pieces)


def places_of(words: str, source: Source) -> tuple[int, ...]:
    """Return where the leaf itself says ``words``; for a short word, not inside a compound name where it also stands alone."""
    return (() if source.wording.stands_alone(words) else _find(words, source.masked)) or _find(
        words, source.text
    )


def _find(words: str, text: str) -> tuple[int, ...]:
    places: list[int] = []
    position = text.find(words)
    while position >= 0:
        places.append(position)
        position = text.find(words, position + 1)
    return tuple(places)


def _partner(words: str, source: Source) -> str | None:
    """Return the longest word of the provision for which ``words`` may stand, its own words before its context's."""
    known = source.found
    if words not in known:
        others = sorted(source.wording.partners[words], key=len, reverse=True)
        alone = source.wording.stands_alone
        own = (other for other in others if other in (source.text if alone(other) else source.masked))
        above = (
            other for other in others if other in (source.context if alone(other) else source.masked_context)
        )
        known[words] = next(own, None) or next(above, None)
    return known[words]
