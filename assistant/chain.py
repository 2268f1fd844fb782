"""Join the steps into a LangChain runnable: a question in, updates out, the last of which holds the reply.

Everything LangChain offers a runnable works on it: ``invoke``, ``ainvoke``, ``stream``, ``astream``, ``batch``,
callbacks and tracing. LangChain's types stay in this module.
"""

import re
from collections.abc import AsyncIterator, Iterator

from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda

from assistant.answer import Reply, Update
from assistant.answering import Answering
from assistant.question import Question

_PIECES = re.compile(r"[^。！？\n]*[。！？\n]+|[^。！？\n]+")


Chain = Runnable[Question, Update]
"""A question in, updates out."""


def build_chain(answering: Answering) -> Chain:
    """Return the chain: read, search, route, ground and render, then give the words out piece by piece."""
    read = RunnableLambda(answering.read).with_config(run_name="read")
    search = RunnableLambda(answering.search).with_config(run_name="search")
    route = RunnableLambda(answering.route).with_config(run_name="route")
    finish = RunnableLambda(answering.finish).with_config(run_name="finish")
    speak: Runnable[Reply, Update] = RunnableGenerator(_speak, _aspeak)
    return (read | search | route | finish | speak).with_config(run_name="policy-assistant")


def _pieces(reply: Reply) -> Iterator[Update]:
    for piece in _PIECES.findall(reply.answer):
        yield Update(piece)
    yield Update(reply=reply)


def _speak(replies: Iterator[Reply]) -> Iterator[Update]:
    for reply in replies:
        yield from _pieces(reply)


async def _aspeak(replies: AsyncIterator[Reply]) -> AsyncIterator[Update]:
    async for reply in replies:
        for update in _pieces(reply):
            yield update
