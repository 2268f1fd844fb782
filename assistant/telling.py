"""Give an answer out while it is being written: pieces as they are checked, the reply at the end."""

import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import replace

from assistant.answer import Reply, Update, pieces_of
from assistant.answering import Answering, Drafted
from assistant.draft import Draft
from assistant.driving import steps
from assistant.render import RUNS_ON, writer_of
from assistant.write import Writer, Written

log = logging.getLogger(__name__)


class Telling:
    """The end of the path where a language model has a part in it."""

    def __init__(self, answering: Answering, writer: Writer) -> None:
        self._answering = answering
        self.writer = writer

    async def atell(self, drafted: Drafted) -> AsyncGenerator[Update, None]:
        """Yield checked statements as they come, then the reply.

        The reply is what holds: when the model fails half-way, it quotes, and leaves out what was yielded before.
        Closing the generator closes the connection to the model.
        """
        if not self.writer.takes(drafted.draft):
            for update in pieces_of(self._answering.finish(drafted)):
                yield update
            return
        understanding = drafted.read.understanding
        words = writer_of(understanding.language)
        said = ""
        written: Written | None = None
        writing = self.writer.write(drafted.draft, understanding.question.text, understanding.language)
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
        if written.usage is not None:
            kind = "estimated" if written.usage.estimated else "counted"
            log.info("tokens %s: prompt %d, answer %d", kind, written.usage.prompt, written.usage.answer)
        rejected = tuple({"statement": statement, "why": why} for statement, why in written.rejected)
        return replace(reply, rejected=(*rejected, *reply.rejected))


def _joint(draft: Draft, said: str, lead: str) -> str:
    """Return what stands between what was said and the next statement, as the finished answer has it."""
    if said:
        return "\n- " if "\n- " in said else "\n\n- "
    if not lead or lead.endswith(RUNS_ON):
        return lead
    return f"{lead}\n\n- "
