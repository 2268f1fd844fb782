"""Join the steps into a LangChain runnable: a question in, updates out, the last of which holds the reply.

Everything LangChain offers a runnable works on it: ``invoke``, ``ainvoke``, ``stream``, ``astream``, ``batch``,
callbacks and tracing. LangChain's types stay in this module.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda

from assistant.answer import Reply, Update, pieces_of
from assistant.answering import Answering, Drafted
from assistant.question import Question

if TYPE_CHECKING:
    from assistant.telling import Telling

Chain = Runnable[Question, Update]
"""A question in, updates out."""


def build_chain(answering: Answering, telling: "Telling | None" = None) -> Chain:
    """Return the chain: read, search, route, ground and render, then give the words out piece by piece.

    With ``telling``, a language model words the answers that it may.
    """
    read = RunnableLambda(answering.read).with_config(run_name="read")
    search = RunnableLambda(answering.search).with_config(run_name="search")
    route = RunnableLambda(answering.route).with_config(run_name="route")
    if telling is not None:
        return (read | search | route | _written(telling)).with_config(run_name="policy-assistant")
    finish = RunnableLambda(answering.finish).with_config(run_name="finish")
    speak: Runnable[Reply, Update] = RunnableGenerator(_speak, _aspeak)
    return (read | search | route | finish | speak).with_config(run_name="policy-assistant")


def _speak(replies: Iterator[Reply]) -> Iterator[Update]:
    for reply in replies:
        yield from pieces_of(reply)


async def _aspeak(replies: AsyncIterator[Reply]) -> AsyncIterator[Update]:
    async for reply in replies:
        for update in pieces_of(reply):
            yield update


def _written(telling: "Telling") -> Runnable[Drafted, Update]:
    def tell(drafts: Iterator[Drafted]) -> Iterator[Update]:
        for drafted in drafts:
            yield from telling.tell(drafted)

    async def atell(drafts: AsyncIterator[Drafted]) -> AsyncIterator[Update]:
        async for drafted in drafts:
            async with aclosing(telling.atell(drafted)) as updates:
                async for update in updates:
                    yield update

    return RunnableGenerator(tell, atell).with_config(run_name="write")
