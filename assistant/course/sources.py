"""List every provision that a course uses: cited in full, with its official page and how its document stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.course.pack import Pack
from assistant.course.quiz import Question
from assistant.phrases import Line
from corpus.citation import cite_full, owner
from corpus.document import Document
from corpus.library import Library
from corpus.validity import notes_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A provision, and where the course uses it."""

    provision: str
    citation: Line
    sessions: tuple[int, ...]
    questions: tuple[int, ...]
    """Their numbers on the question paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document, what must be said of it, and which of its provisions are used."""

    document: Document
    remarks: tuple[Line, ...]
    """Whether it is still in its time; its page and the day of checking are the document's own."""
    used: tuple[Used, ...]


def sources_of(
    pack: Pack, numbered: Sequence[tuple[int, Question]], library: Library, *, today: date
) -> tuple[Source, ...]:
    """Return the sources in the order of the library; every provision of the course is among them."""
    sessions: dict[str, set[int]] = {}
    asked: dict[str, set[int]] = {}
    for session in pack.sessions:
        for part in session.parts:
            for id in (id for item in (session.title, *part.items) for id in item.provisions):
                sessions.setdefault(owner(library, id).id, set()).add(session.number)
    for number, question in numbered:
        for id in question.provisions:
            asked.setdefault(owner(library, id).id, set()).add(number)
    found = []
    for document in library.documents:
        nodes = [node.id for node in document.root.walk() if node.id in sessions or node.id in asked]
        if nodes:
            page = document.front.official_page
            notes = [
                note for note in notes_on(document.front, today=today) if not page or page not in note.zh
            ]
            found.append(
                Source(
                    document=document,
                    remarks=tuple(Line(note.zh, note.en) for note in notes),
                    used=tuple(
                        Used(
                            provision=node,
                            citation=Line(cite_full(library, node), cite_full(library, node, language="en")),
                            sessions=tuple(sorted(sessions.get(node, ()))),
                            questions=tuple(sorted(asked.get(node, ()))),
                        )
                        for node in nodes
                    ),
                )
            )
    return tuple(found)
