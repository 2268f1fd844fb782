"""Let a language model read a question: which of the nearest statements answer it, and how it reads standing alone.

It gives back keys and a restated question. Neither is shown to anybody: keys choose among what the documents state, and
the restated question is only routed and handed on to whoever words the answer.
"""

import re
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import dataclass

from assistant.answer import Mode, Status
from assistant.draft import Draft
from assistant.evidence import shown
from assistant.finding import Found
from assistant.framing import Prompt, data, filled, is_order, keys, parts, said, tokens_of
from assistant.model import ChatModel, Usage
from assistant.passages import documents_told
from assistant.phrases import Line
from assistant.pointing import keys_in, without_thinking
from assistant.question import Language, Question
from corpus.library import Library

NEAREST = 30
"""Statements shown. The right ones are among the first 24 for 254 of 256 questions of ``evals/cases/tune``."""
PASSAGES = 6
"""Passages shown of documents for which nobody has written statements."""
TURNS = 4
"""Earlier turns shown."""
LIMIT = 200
"""Tokens of an answer."""
_LONGEST_QUESTION, _LONGEST_TURN, _LONGEST_PASSAGE = 600, 200, 240
_SILENT = (Status.NOT_IN_CORPUS, Status.OUT_OF_SCOPE)
_LINE = re.compile(r"^[^\w\n]*(问|据|全)[^\w\n:：]*[:：][^\w\n]*([^\n]*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the documents state, as a model sees it: a fact's id, or a leaf's where there is no fact."""

    key: str
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """How a model read a question."""

    question: str
    """The question, standing alone, in the language of the documents."""
    chosen: tuple[str, ...]
    """Facts and leaves that answer it, the most important first; none when nothing does."""
    complete: bool
    """Whether everything asked is stated."""
    usage: Usage | None = None


class Interpreter:
    """Asks a language model how a question is to be read."""

    def __init__(self, library: Library, model: ChatModel) -> None:
        self._library = library
        self._model = model

    def takes(self, draft: Draft) -> bool:
        """Say whether a draft may gain: an answer in sentences, or silence; what a rule decided is left alone."""
        plain = draft.mode is Mode.QUOTE and not (draft.table or draft.heads)
        silent = draft.mode is Mode.NONE and draft.status in _SILENT
        return (plain or silent) and not self._model.off

    async def read(
        self, question: Question, found: Found, language: Language, *, seconds: float
    ) -> Interpretation | None:
        """Return how the model reads the question; ``None`` when its answer cannot be read.

        Raises ModelFailed when there is no answer within so many seconds.
        """
        statements = tuple(self._statements(question, found, language))
        prompt = build_prompt(question, language, statements)
        text, usage = "", None
        async with aclosing(
            self._model.answer(prompt, structured=False, limit=LIMIT, seconds=seconds)
        ) as pieces:
            async for piece in pieces:
                text, usage = text + piece.text, piece.usage or usage
        return parse(text, statements, usage)

    def _statements(self, question: Question, found: Found, language: Language) -> Iterator[Statement]:
        """Yield what may answer, the nearest first, as long as there is room in the prompt."""
        unused = keys(question.text)
        room = build_prompt(question, language, ()).room
        for id, text in [*self._facts(found, language), *self._passages(found, language)]:
            if is_order(text):
                continue
            statement = Statement(next(unused), id, data(text))
            room -= tokens_of(_told(statement))
            if room < 0:
                return
            yield statement

    def _facts(self, found: Found, language: Language) -> Iterator[tuple[str, str]]:
        for id in sorted(found.facts, key=lambda id: -found.facts[id])[:NEAREST]:
            fact = self._library.fact(id)
            yield id, Line(fact.say, fact.say_en).in_language(language)

    def _passages(self, found: Found, language: Language) -> Iterator[tuple[str, str]]:
        told = documents_told(self._library)
        ranked = sorted(found.leaves, key=lambda id: -found.leaves[id])
        for id in [id for id in ranked if self._library.document_of(id).slug not in told][:PASSAGES]:
            yield id, shown(id, language, self._library)[:_LONGEST_PASSAGE]


def build_prompt(question: Question, language: Language, statements: tuple[Statement, ...]) -> Prompt:
    """Return the prompt; personal numbers are masked, and nothing in the material can end its frame."""
    sections = parts("interpret", language)
    told = [
        f"{sections.get(turn.speaker, turn.speaker)}：{said(turn.text, limit=_LONGEST_TURN)}"
        for turn in question.history[-TURNS:]
    ]
    history = [filled(sections["history"], history="\n".join(told))] if told else []
    material = filled(
        sections["question"],
        question=said(question.text, limit=_LONGEST_QUESTION),
        statements="\n".join(_told(statement) for statement in statements),
    )
    return Prompt(sections["rules"], "\n".join([*history, material]))


def _told(statement: Statement) -> str:
    return f"[{statement.key}] {statement.text}"


def parse(text: str, statements: tuple[Statement, ...], usage: Usage | None = None) -> Interpretation | None:
    """Read the three lines of an answer; ``None`` when it does not say which statements, or names none that was shown."""
    lines = dict(_LINE.findall(without_thinking(text)))
    if "据" not in lines:
        return None
    by_key = {statement.key: statement.id for statement in statements}
    named = keys_in(lines["据"])
    chosen = tuple(by_key[key] for key in named if key in by_key)
    if not chosen and (named or "无" not in lines["据"]):
        return None
    return Interpretation(
        question=lines.get("问", "")[:_LONGEST_QUESTION],
        chosen=chosen,
        complete=not lines.get("全", "是").startswith(("否", "不")),
        usage=usage,
    )
