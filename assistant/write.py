"""Let a language model word an answer by pointing at the text, and keep of it what the text bears out.

Whether there is an answer at all, and what it must tell, is settled before: a model is only asked about a draft that
answers. Each of its statements is checked as it arrives; when what is left does not tell the leading point, or the
model fails in whatever way, the draft itself is the answer, with a note.
"""

import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from assistant import phrases
from assistant.answer import CITING, Mode
from assistant.cover import covers, repeats, share_of
from assistant.draft import Draft, Point, merged
from assistant.evidence import Evidence, build_prompt, gather
from assistant.framing import Prompt
from assistant.model import ChatModel, Usage
from assistant.phrases import Line
from assistant.pointing import Reader, Statement
from assistant.question import Language
from assistant.render import RUNS_ON
from assistant.trouble import ModelFailed, Trouble, failed
from assistant.weighing import SHORTEST, misshapen, weigh
from corpus.library import Library, Quotation

MOST_STATEMENTS = 8
_WHOLE = 0.8
"""Share of what a statement has from its provision that the chosen words must have to be quoted alone."""
_OPENING = re.compile(
    r"^(?:"
    r"(?:是的|对的?|没错|不对|不是的?|可以的?|不行|好的)[，,。：:]\s*"
    r"|(?:yes|no|sure|certainly)[,.:]\s*"
    r"|(?:关于[^，。：]{1,10}，)?(?:文件|原文|条文|规定|方案|指引|通知)[里中上]?"
    r"(?:的(?:说法|写法|要求|规定)|(?:写到|写明|写|说|讲|用|要求|提到)的)(?:是|：)(?:“[^”]{1,8}”)?[：，]?"
    r"|the (?:text|document|sentence|notice|plan|guideline)s? (?:says?|states?|provides?) that\s+"
    r")",
    re.IGNORECASE,
)
"""What a statement may open with that is none: an interjection, or that it is the text which says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a draft."""

    draft: Draft
    rejected: tuple[tuple[str, str], ...] = ()
    """Statements that were dropped, each with the reason."""
    usage: Usage | None = None
    prompt: Prompt | None = None


@dataclass(slots=True)
class _Kept:
    """What has passed so far."""

    points: list[Point] = field(default_factory=list)
    held: list[Point] = field(default_factory=list)
    """Waiting for the statement that a lead such as 「不对，」 runs on into."""
    rejected: list[tuple[str, str]] = field(default_factory=list)
    usage: Usage | None = None

    @property
    def every(self) -> list[Point]:
        return [*self.points, *self.held]


class Writer:
    """Words drafts with a language model."""

    def __init__(self, library: Library, model: ChatModel) -> None:
        self._library = library
        self._model = model
        self.spent: list[Usage] = []
        """Tokens of the latest answers, at most a thousand."""

    @property
    def patience(self) -> float:
        """Seconds that the model has for one question."""
        return self._model.patience

    def takes(self, draft: Draft) -> bool:
        """Say whether a draft is one for the model: an answer in sentences, while the model is not switched off.

        Comparisons, calculations, names filled in and quotations asked for as such are better left to rules.
        """
        plain = bool(draft.points) and not (draft.table or draft.heads)
        return draft.status in CITING and draft.mode is Mode.QUOTE and plain and not self._model.off

    async def write(
        self, draft: Draft, question: str, language: Language, *, seconds: float
    ) -> AsyncGenerator[Point | Written, None]:
        """Yield each statement once it is checked, and at the end what is to be answered, within so many seconds.

        When that is the draft itself, the statements before it are to be taken back.
        """
        evidence = gather(draft, question, language, self._library)
        if not evidence or evidence[0].leaf not in draft.points[0].provisions:
            yield Written(draft=draft)
            return
        kept = _Kept()
        deadline = time.monotonic() + seconds
        asked = [True, False] if self._model.structured else [False]
        for structured in asked:
            prompt = build_prompt(draft, question, evidence, language, structured=structured)
            try:
                async with aclosing(
                    self._checked(prompt, structured, draft, question, evidence, language, kept, deadline)
                ) as points:
                    async for point in points:
                        yield point
            except ModelFailed as failure:
                if structured and failure.trouble is Trouble.FORM:
                    self._model.structured = False
                    continue
                yield self._quoted(draft, failed(failure), kept, prompt)
                return
            break
        if structured and kept.usage and kept.usage.answer and not kept.every and not kept.rejected:
            self._model.structured = False
        yield self._outcome(draft, question, language, kept, prompt)

    async def _checked(
        self,
        prompt: Prompt,
        structured: bool,
        draft: Draft,
        question: str,
        evidence: Sequence[Evidence],
        language: Language,
        kept: _Kept,
        deadline: float,
    ) -> AsyncGenerator[Point, None]:
        """Yield the statements that the text bears out, those that a lead runs on into first."""
        by_key = {each.key: each for each in evidence}
        waiting = draft.lead is not None and draft.lead.zh.endswith(RUNS_ON)
        async for statement in self._statements(prompt, structured, kept, deadline):
            if len(kept.every) >= MOST_STATEMENTS:
                return
            point = self._point(statement, draft, by_key, language, kept)
            if point is None:
                continue
            if not waiting:
                kept.points.append(point)
                yield point
            elif self._tells([point], draft.points[0], language, question):
                waiting = False
                kept.points, kept.held = [point, *kept.held], []
                for each in kept.points:
                    yield each
            else:
                kept.held.append(point)

    async def _statements(
        self, prompt: Prompt, structured: bool, kept: _Kept, deadline: float
    ) -> AsyncIterator[Statement]:
        reader = Reader()
        seconds = deadline - time.monotonic()
        async with aclosing(self._model.answer(prompt, structured=structured, seconds=seconds)) as pieces:
            async for piece in pieces:
                kept.usage = piece.usage or kept.usage
                for statement in reader.feed(piece.text):
                    yield statement
        for statement in reader.close():
            yield statement

    def _point(
        self,
        statement: Statement,
        draft: Draft,
        by_key: dict[str, Evidence],
        language: Language,
        kept: _Kept,
    ) -> Point | None:
        """Return the statement as a point of the answer; ``None`` when it is dropped."""
        text = _OPENING.sub("", statement.text)
        text = text[:1].upper() + text[1:]
        leaves = list(dict.fromkeys(by_key[key].leaf for key in statement.keys if key in by_key))
        if leaves and len(text) < SHORTEST:
            return None
        why = misshapen(text, statement.keys, leaves, language)
        if not why and repeats(text, (point.say.zh for point in kept.every), language):
            return None
        if not why:
            text, leaves, why = weigh(text, leaves, draft, self._library)
        if why:
            kept.rejected.append((text, why))
            return None
        text = (
            text
            if text.endswith(("。", "！", "？", ".", "!", "?"))
            else f"{text}{'.' if language is Language.ENGLISH else '。'}"
        )
        quotations = [
            quotation for leaf in leaves for quotation in self._quotations(text, leaf, draft, language)
        ]
        return Point(say=Line(text, text), quotations=merged(quotations, self._library))

    def _quotations(self, text: str, leaf: str, draft: Draft, language: Language) -> list[Quotation]:
        """Return the chosen words of a provision when they are what the statement is about, else all its words."""
        whole = self._library.quote_of(leaf)
        chosen = [q for point in draft.points for q in point.quotations if q.provision == leaf]
        if not chosen or language is Language.ENGLISH:
            return chosen or [whole]
        near = [
            q
            for q in chosen
            if share_of(text, q.text, language) >= _WHOLE * share_of(text, whole.text, language)
        ]
        if near:
            return [max(near, key=lambda q: (share_of(text, q.text, language), -len(q.text)))]
        together = share_of(text, "".join(q.text for q in chosen), language)
        return chosen if together >= _WHOLE * share_of(text, whole.text, language) else [whole]

    def _tells(self, points: Sequence[Point], wanted: Point, language: Language, asked: str) -> bool:
        texts = [point.say.zh for point in points if set(point.provisions) & set(wanted.provisions)]
        return covers(texts, wanted, language, asked=asked)

    def _outcome(
        self, draft: Draft, question: str, language: Language, kept: _Kept, prompt: Prompt
    ) -> Written:
        if not kept.points or not self._tells(kept.points, draft.points[0], language, question):
            return self._quoted(draft, phrases.MODEL_NOT_BORNE_OUT, kept, prompt)
        untold = [
            point for point in draft.points[1:] if not self._tells(kept.points, point, language, question)
        ]
        notes = [*draft.notes, phrases.WRITTEN, *([phrases.DROPPED] if kept.rejected else [])]
        written = replace(draft, mode=Mode.WRITE, points=(*kept.points, *untold), notes=tuple(notes))
        return self._told(
            Written(draft=written, rejected=tuple(kept.rejected), usage=kept.usage, prompt=prompt)
        )

    def _quoted(self, draft: Draft, note: Line, kept: _Kept, prompt: Prompt) -> Written:
        return self._told(
            Written(
                draft=replace(draft, notes=(*draft.notes, note)),
                rejected=tuple(kept.rejected),
                usage=kept.usage,
                prompt=prompt,
            )
        )

    def _told(self, written: Written) -> Written:
        if written.usage is not None:
            self.spent = [*self.spent[-999:], written.usage]
        return written
