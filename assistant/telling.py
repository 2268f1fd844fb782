"""Give an answer out while it is being written: pieces as they are checked, the reply at the end."""

import logging
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace

from assistant import phrases
from assistant.answer import CITING, Reply, Update, pieces_of
from assistant.answering import Answering, Drafted
from assistant.draft import Draft
from assistant.driving import steps
from assistant.interpret import Interpreter
from assistant.model import Usage
from assistant.reconsider import reconsidered
from assistant.render import RUNS_ON, writer_of
from assistant.trouble import ModelFailed, Trouble, failed
from assistant.write import Writer, Written

log = logging.getLogger(__name__)

_TO_READ = 1 / 3
"""Share of the model's time that reading the question may take."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a language model has a part in."""

    writer: Writer
    interpreter: Interpreter | None
    """``None`` when it only words answers."""


class Telling:
    """The end of the path where a language model has a part in it."""

    def __init__(self, answering: Answering, parts: Parts) -> None:
        self._answering = answering
        self._interpreter = parts.interpreter
        self.writer = parts.writer

    async def atell(self, drafted: Drafted) -> AsyncGenerator[Update, None]:
        """Yield checked statements as they come, then the reply.

        The reply is what holds: when the model fails half-way, it quotes, and leaves out what was yielded before.
        Closing the generator closes the connection to the model.
        """
        deadline = time.monotonic() + self.writer.patience
        read, failure = await self._interpreted(drafted)
        hopeless = failure is not None and failure.trouble is not Trouble.TIMEOUT
        if hopeless or not self.writer.takes(read.draft):
            for update in pieces_of(self._answering.finish(_noted(read, drafted, failure))):
                yield update
            return
        async with aclosing(self._worded(read, seconds=deadline - time.monotonic())) as updates:
            async for update in updates:
                yield update

    async def _interpreted(self, drafted: Drafted) -> tuple[Drafted, ModelFailed | None]:
        """Return the draft as the model reads the question, or as it was and why the model had no part in it."""
        interpreter, found = self._interpreter, drafted.found
        if interpreter is None or found is None or not interpreter.takes(drafted.draft):
            return drafted, None
        language = drafted.read.understanding.language
        seconds = self.writer.patience * _TO_READ
        try:
            reading = await interpreter.read(drafted.read.question, found, language, seconds=seconds)
        except ModelFailed as failure:
            return drafted, failure
        if reading is None:
            return drafted, None
        _log(reading.usage)
        return reconsidered(drafted, reading, self._answering), None

    async def _worded(self, drafted: Drafted, *, seconds: float) -> AsyncGenerator[Update, None]:
        understanding = drafted.read.understanding
        words = writer_of(understanding.language)
        said = ""
        written: Written | None = None
        writing = self.writer.write(
            drafted.draft, understanding.question.text, understanding.language, seconds=seconds
        )
        async with aclosing(writing) as events:
            async for event in events:
                if isinstance(event, Written):
                    written = event
                    continue
                piece = _joint(drafted.draft, said, words(drafted.draft.lead) if drafted.draft.lead else "")
                piece += words(event.say)
                said += piece
                yield Update(piece)
        assert written is not None
        reply = self._reply(drafted, written)
        if reply.answer.startswith(said):
            for update in pieces_of(reply, said):
                yield update
        else:
            yield Update(reply=reply)

    def tell(self, drafted: Drafted) -> Iterator[Update]:
        """Yield the same to ordinary code."""
        return steps(lambda: self.atell(drafted))

    def reply(self, drafted: Drafted) -> Reply:
        """Return the reply alone."""
        reply = None
        for update in self.tell(drafted):
            reply = update.reply or reply
        assert reply is not None
        return reply

    def _reply(self, drafted: Drafted, written: Written) -> Reply:
        reply = self._answering.finish(replace(drafted, draft=written.draft))
        _log(written.usage)
        rejected = tuple({"statement": statement, "why": why} for statement, why in written.rejected)
        return replace(reply, rejected=(*rejected, *reply.rejected))


def _noted(read: Drafted, drafted: Drafted, failure: ModelFailed | None) -> Drafted:
    """Return a draft that is not worded by the model, with what part it had in it."""
    if read.draft.status not in CITING or (failure is None and read is drafted):
        return read
    note = failed(failure) if failure else phrases.INTERPRETED
    return replace(read, draft=replace(read.draft, notes=(*read.draft.notes, note)))


def _log(usage: Usage | None) -> None:
    if usage is not None:
        kind = "estimated" if usage.estimated else "counted"
        log.info("tokens %s: prompt %d, answer %d", kind, usage.prompt, usage.answer)


def _joint(draft: Draft, said: str, lead: str) -> str:
    """Return what stands between what was said and the next statement, as the finished answer has it."""
    if said:
        return "\n- " if "\n- " in said else "\n\n- "
    if not lead or lead.endswith(RUNS_ON):
        return lead
    return f"{lead}\n\n- "
