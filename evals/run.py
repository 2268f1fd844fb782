"""Put cases to the assistant, in this process, and grade what it replies."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.answer import Reply
from assistant.question import Question, Role, Turn
from corpus.document import Document
from evals.case import Case, Pair
from evals.grade import Grade, grade, nodes_of

WARM_UP = "指引第四条"
Progress = Callable[[str], object]


class _Library(Protocol):
    @property
    def texts(self) -> tuple[Document, ...]: ...


class Asked(Protocol):
    """What is put to the test."""

    library: Any

    def ask(self, question: Question) -> Reply:
        """Answer one question."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A case, the reply to it, and its grade."""

    case: Case
    reply: Mapping[str, Any]
    grade: Grade
    took_ms: float
    """Wall time of the call once warm, retrieval included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A pair and whether the assistant treated it as it should."""

    pair: Pair
    cited: tuple[frozenset[str], frozenset[str]]
    status: tuple[str, str]
    kept: bool


def texts_of(library: _Library) -> dict[str, str]:
    """Return the text of each document and note by slug."""
    return {document.slug: document.text for document in library.texts}


def question_of(case: Case) -> Question:
    """Return the case as a question; the language is for the assistant to find out."""
    return Question(
        text=case.question,
        id=case.id,
        history=tuple(Turn(speaker, text) for speaker, text in case.history),
        role=Role(case.role),
    )


def run(cases: Sequence[Case], assistant: Asked, *, progress: Progress = lambda _: None) -> list[Graded]:
    """Return every case with its reply and grade, in order."""
    texts = texts_of(assistant.library)
    assistant.ask(Question(text=WARM_UP))
    graded = []
    for case in cases:
        reply, took_ms = _timed(assistant, question_of(case))
        graded.append(Graded(case=case, reply=reply, grade=grade(case, reply, texts), took_ms=took_ms))
        progress(case.id)
    return graded


def compare(
    pairs: Iterable[Pair], assistant: Asked, *, progress: Progress = lambda _: None
) -> list[Compared]:
    """Return every pair with what the assistant made of it.

    The same question in two ways must cite the same provisions (suffix ignored) and be both answered or both not;
    a near miss must cite others, or be answered where its fellow is not.
    """
    compared = []
    for pair in pairs:
        replies = [_timed(assistant, Question(text=text))[0] for text in (pair.a, pair.b)]
        first, second = (nodes_of(reply["citations"]) for reply in replies)
        status = (str(replies[0]["status"]), str(replies[1]["status"]))
        alike = first == second and (bool(first) or status[0] == status[1])
        kept = alike if pair.same else first != second or status[0] != status[1]
        compared.append(Compared(pair=pair, cited=(first, second), status=status, kept=kept))
        progress(pair.id)
    return compared


def _timed(assistant: Asked, question: Question) -> tuple[dict[str, Any], float]:
    began = time.perf_counter()
    reply = assistant.ask(question).to_json()
    return reply, (time.perf_counter() - began) * 1000
