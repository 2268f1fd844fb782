"""Turn a grounded draft into the words, citations and notes of a reply."""

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from assistant import phrases
from assistant.answer import CITING, Cited, Reply, Status
from assistant.draft import Draft, Point, Table, merged
from assistant.phrases import Line
from assistant.question import Language
from corpus.citation import cite
from corpus.library import Library, Quotation
from corpus.shadow import traditional


def render(
    draft: Draft,
    library: Library,
    *,
    language: Language,
    notes: Sequence[Line] = (),
    rejected: Sequence[tuple[str, str]] = (),
) -> Reply:
    """Return the reply in ``language``; quotations and labels stay as printed.

    Raises ValueError for a draft that answers without points.
    """
    words = writer_of(language)
    citations = _cited(draft.points, library)
    editorial = _cited(draft.editorial, library)
    nearest = tuple(cited(library.quote_of(id), library) for id in draft.nearest)
    answers = draft.status in CITING
    parts = _answer(draft, library, words, citations) if answers else _silence(draft, words, nearest)
    parts += _editorial(draft.editorial, library, words)
    every = [*draft.notes, *notes]
    if language is Language.ENGLISH and answers:
        every.append(phrases.RECKONED_TRANSLATION)
    return Reply(
        status=draft.status,
        mode=draft.mode,
        language=language,
        answer="\n\n".join(part for part in parts if part),
        citations=(*citations, *editorial) if answers else (),
        nearest=() if draft.points else nearest,
        notes=tuple(dict.fromkeys(text for line in every if (text := words(line)))),
        next_step=words(draft.next_step) if draft.next_step else None,
        rejected=tuple({"statement": statement, "why": why} for statement, why in rejected),
    )


def _cited(points: Sequence[Point], library: Library) -> tuple[Cited, ...]:
    quotations = merged((q for point in points for q in point.quotations), library)
    return tuple(cited(quotation, library) for quotation in quotations)


def cited(quotation: Quotation, library: Library) -> Cited:
    """Return a quotation as a citation."""
    return Cited(
        provision=quotation.provision,
        label=cite(library, quotation.provision),
        quote=quotation.text,
        start=quotation.start,
        end=quotation.end,
        official=library.document_of(quotation.provision).front.official,
    )


_QUOTED = re.compile(r"(“[^”]*”|《[^》]*》)|[^“《]+|[“《]")
"""Names and words in quotation marks stay as they are printed."""


def writer_of(language: Language) -> Callable[[Line], str]:
    """Return how a line is worded in ``language``."""
    if language is Language.TRADITIONAL:
        return lambda line: _QUOTED.sub(
            lambda match: match[0] if match[1] else traditional(match[0]), line.zh
        )
    return lambda line: line.in_language(language)


def _answer(
    draft: Draft, library: Library, words: Callable[[Line], str], citations: Sequence[Cited]
) -> list[str]:
    lead = words(draft.lead) if draft.lead else ""
    if draft.heads:
        return [
            lead,
            *(
                _headed(head, point, library, words)
                for head, point in zip(draft.heads, draft.points, strict=True)
            ),
        ]
    said = [words(point.say) for point in draft.points]
    if not said:
        return _silence(draft, words, [cited(library.quote_of(id), library) for id in draft.nearest])
    if lead.endswith(RUNS_ON) or not lead:
        lead, said = lead + said[0], said[1:]
    elif len(said) == 1:
        lead, said = f"{lead}\n\n{said[0]}", []
    parts = [lead, "\n".join(f"- {sentence}" for sentence in said)]
    if draft.table:
        parts.append(_table(draft.table, words))
    return [*parts, *_quoted(citations)]


RUNS_ON = ("，", "；", "：", ", ", "; ", ": ")
"""A lead that ends so is one sentence with the first point."""


def _headed(head: Line, point: Point, library: Library, words: Callable[[Line], str]) -> str:
    said = f"{words(point.say)}（{cite(library, point.provisions[0])}）"
    return f"{words(head)}\n{said}" if words(head) else said


def _editorial(points: Sequence[Point], library: Library, words: Callable[[Line], str]) -> list[str]:
    """Set out what the notes say under a heading that says whose words these are, never as a quotation."""
    if not points:
        return []
    return [words(phrases.EDITORIAL), *(_noted(point, library, words) for point in points)]


def _noted(point: Point, library: Library, words: Callable[[Line], str]) -> str:
    """Set what a note says, with its label, over the line of its sources."""
    said, label = words(point.say), cite(library, point.provisions[0])
    return "\n".join([f"{said}（{label}）", *(words(line) for line in point.under)])


def _quoted(citations: Sequence[Cited]) -> list[str]:
    """Set quotations off, those of one provision together under its label."""
    blocks: list[str] = []
    for label, group in groupby(citations, key=lambda citation: citation.label):
        lines = [line for citation in group for line in citation.quote.splitlines() if line.strip()]
        blocks.append("\n".join([*(f"> {line}" for line in lines), f"> ——{label}"]))
    return blocks


def _table(table: Table, words: Callable[[Line], str]) -> str:
    rows = [table.head, *table.rows]
    cells = [[words(cell).replace("|", "｜") for cell in row] for row in rows]
    rule = ["---"] * len(table.head)
    return "\n".join(f"| {' | '.join(row)} |" for row in [cells[0], rule, *cells[1:]])


def _silence(draft: Draft, words: Callable[[Line], str], nearest: Sequence[Cited]) -> list[str]:
    parts = [words(draft.lead)] if draft.lead else []
    if nearest and draft.status in (Status.NOT_IN_CORPUS, Status.NEEDS_CLARIFICATION, Status.PARTIAL):
        head = [] if draft.status is Status.NEEDS_CLARIFICATION else [words(phrases.NEAREST)]
        parts.append("\n".join([*head, *(f"- {near.label}" for near in dict.fromkeys(nearest))]))
    return parts
