"""Stand in for the assistant where a test or a picture needs an answer at a known pace."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping

from assistant.answer import Cited, Mode, Reply, Status, Update
from assistant.question import Language, Question
from corpus.citation import cite
from corpus.library import Library

_SENTENCES = re.compile(r"[^。！？\n]*[。！？\n]+|[^。！？\n]+")


class ScriptedAssistant:
    """Answers the questions of its script, and every other one with the same reply."""

    def __init__(self, script: Mapping[str, Reply], *, otherwise: Reply, pace: float = 0.0) -> None:
        self.script = dict(script)
        self.otherwise = otherwise
        self.pace = pace
        """Seconds between two pieces."""
        self.asked: list[Question] = []
        """Every question so far, with its history."""

    def ask(self, question: Question) -> Reply:
        """Return the reply of the script."""
        self.asked.append(question)
        return self.script.get(question.text, self.otherwise).with_id(question.id, took_ms=0)

    def stream(self, question: Question) -> Iterator[Update]:
        """Yield it piece by piece."""
        for update in self._updates(question):
            time.sleep(self.pace)
            yield update

    async def astream(self, question: Question) -> AsyncIterator[Update]:
        """Yield it piece by piece without holding up the event loop."""
        for update in self._updates(question):
            await asyncio.sleep(self.pace)
            yield update

    def _updates(self, question: Question) -> Iterator[Update]:
        reply = self.ask(question)
        for piece in _SENTENCES.findall(reply.answer):
            yield Update(piece)
        yield Update(reply=reply)


def citing(library: Library, provision: str, words: str) -> Cited:
    """Return a citation of ``words`` in a provision. Raises ValueError when it does not say them."""
    document = library.document_of(provision)
    span = library.provision(provision).span
    start = document.text.find(words, span.start, span.end)
    if start < 0:
        raise ValueError(f"{provision} does not say: {words}")
    return Cited(
        provision=provision,
        label=cite(library, provision),
        quote=words,
        start=start,
        end=start + len(words),
        official=document.front.official,
    )


def quoting(
    say: str,
    *citations: Cited,
    status: Status = Status.ANSWERED,
    language: Language = Language.CHINESE,
    notes: tuple[str, ...] = (),
) -> Reply:
    """Return a reply that says ``say`` and quotes what it rests on under it."""
    quotes = [f"> {cited.quote}\n> ——{cited.label}" for cited in citations]
    return Reply(
        status=status,
        mode=Mode.QUOTE,
        language=language,
        answer="\n\n".join([say, *quotes]),
        citations=citations,
        notes=notes,
    )
