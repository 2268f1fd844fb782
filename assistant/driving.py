"""Step through an asynchronous generator from ordinary code, leaving no thread, task or connection behind."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


def steps(make: Callable[[], AsyncGenerator[Item, None]]) -> Iterator[Item]:
    """Yield what the generator yields, on an event loop of its own; closing this iterator closes it.

    Called from a thread whose event loop is running, the steps are taken in a thread of their own, gone at the end.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        yield from _stepped(make)
        return
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="steps") as pool:
        stepping = _stepped(make)
        try:
            while (item := pool.submit(next, stepping, None).result()) is not None:
                yield item
        finally:
            pool.submit(stepping.close).result()


def _stepped(make: Callable[[], AsyncGenerator[Item, None]]) -> Generator[Item, None, None]:
    loop = asyncio.new_event_loop()
    generator = make()
    try:
        while True:
            try:
                item = loop.run_until_complete(anext(generator))
            except StopAsyncIteration:
                return
            yield item
    finally:
        try:
            loop.run_until_complete(generator.aclose())
            loop.run_until_complete(_settled())
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            loop.close()


async def _settled() -> None:
    """Cancel what the generator left running, and wait for it."""
    left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
