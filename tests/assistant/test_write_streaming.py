"""Statements appear as each is checked, and whoever stops listening ends the call."""

import asyncio
import time
from collections.abc import Callable

import pytest

from assistant.answer import Mode, Update
from assistant.question import Question
from assistant.scripted import BAD_DAYS, CANARIES, ScriptedServer, Wire, faithful
from assistant.wiring import Assistant
from tests.assistant.wording import BOTH, ROOMS

OpenWith = Callable[..., Assistant]
QUESTION = Question(text=ROOMS)


def waits_until(condition: Callable[[], bool], seconds: float = 2.0) -> bool:
    until = time.perf_counter() + seconds
    while not condition() and time.perf_counter() < until:
        time.sleep(0.005)
    return condition()


def first_then_wait(wire: Wire) -> None:
    """Say the first point, and nothing more."""
    key, points = next(iter(wire.points.items()))
    wire.say(f"[{key}] {points[0]}")
    wire.wait(30)


def test_the_pieces_joined_are_the_answer(open_with: OpenWith) -> None:
    for text in (ROOMS, BOTH):
        updates = list(open_with(faithful).stream(Question(text=text)))
        reply = updates[-1].reply
        assert reply is not None
        assert reply.mode is Mode.WRITE
        assert "".join(update.text for update in updates) == reply.answer


def test_the_first_statement_is_out_before_the_model_goes_on(
    open_with: OpenWith, server: ScriptedServer
) -> None:
    assistant = open_with(first_then_wait, limit=5.0)
    updates = assistant.stream(QUESTION)
    began = time.perf_counter()
    assert "党建活动室" in next(iter(updates)).text
    assert time.perf_counter() - began < 2
    updates.close()  # type: ignore[attr-defined]
    assert waits_until(lambda: server.wires[-1].cancelled)
    assert waits_until(lambda: server.connections == 0)


def test_nothing_unchecked_is_ever_shown(open_with: OpenWith) -> None:
    for name in (
        "obeys an injected order",
        "invents an article",
        "wrong language",
        "stream cut in the middle",
    ):
        updates = list(open_with(BAD_DAYS[name]).stream(QUESTION))
        reply = updates[-1].reply
        assert reply is not None
        assert not any(canary in reply.answer for canary in CANARIES)
        assert "".join(update.text for update in updates) == reply.answer


@pytest.mark.parametrize("after", [0.0, 0.001, 0.002, 0.005, 0.05])
def test_cancelling_the_task_ends_the_call(open_with: OpenWith, server: ScriptedServer, after: float) -> None:
    assistant = open_with(BAD_DAYS["one token a second"], limit=20.0)

    async def go() -> None:
        async def listen() -> list[Update]:
            return [update async for update in assistant.astream(QUESTION)]

        task = asyncio.create_task(listen())
        while not server.wires:
            await asyncio.sleep(0.005)
        await asyncio.sleep(after)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(go())
    assert waits_until(lambda: server.wires[-1].cancelled)


def test_closing_an_asynchronous_stream_ends_the_call(open_with: OpenWith, server: ScriptedServer) -> None:
    assistant = open_with(first_then_wait, limit=20.0)

    async def go() -> None:
        updates = assistant.astream(QUESTION)
        await anext(updates)
        await updates.aclose()  # type: ignore[attr-defined]

    asyncio.run(go())
    assert waits_until(lambda: server.wires[-1].cancelled)


def test_ordinary_code_may_ask_from_inside_an_event_loop(open_with: OpenWith) -> None:
    assistant = open_with(faithful)

    async def go() -> Mode:
        return assistant.ask(QUESTION).mode

    assert asyncio.run(go()) is Mode.WRITE


def test_many_may_ask_at_once(open_with: OpenWith, server: ScriptedServer) -> None:
    assistant = open_with(faithful, limit=10.0)

    async def go() -> list[Mode]:
        async def one() -> Mode:
            updates = [update async for update in assistant.astream(QUESTION)]
            assert updates[-1].reply is not None
            return updates[-1].reply.mode

        return await asyncio.gather(*(one() for _ in range(12)))

    assert asyncio.run(go()) == [Mode.WRITE] * 12
    assert waits_until(lambda: server.connections == 0)


def test_the_chain_takes_a_batch(open_with: OpenWith) -> None:
    replies = [update.reply for update in open_with(faithful).chain.batch([QUESTION, QUESTION])]
    assert [reply.mode for reply in replies if reply] == [Mode.WRITE] * 2
