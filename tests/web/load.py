"""Let many people ask at once, the way the page asks, and fail if anybody had to wait or saw another's words.

    ./run --port 7860                                          # in one terminal
    python -m tests.web.load --users 50 --seconds 300 --port 7860    # in another

Each visitor has a session of its own, asks through Gradio's queue, reads the answer to its end, waits 3 to 10 seconds
and asks again. Only an address of this machine is ever asked, and it ends by itself. It exits with 1 when the 95th
percentile from question to complete answer is above ``--limit`` (2 s), when anything went wrong, or when a visitor's
conversation held another's words.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from dataclasses import dataclass, field

import httpx

from assistant.question import Role
from assistant.web.strings import CHINESE


@dataclass
class Measured:
    """What the visitors met with."""

    first_words: list[float] = field(default_factory=list)
    complete: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    strangers: int = 0
    """Conversations in which another visitor's mark was seen."""


_WORDS = tuple(
    f"turn reply {state}" for state in ("draft", "answered", "partial", "not-in-corpus", "out-of-scope")
)
"""What the page shows once the first words of an answer are there."""


async def visitor(number: int, site: str, event: int, until: float, measured: Measured) -> None:
    """Ask until the time is over."""
    chosen = random.Random(number)
    questions = [question for role in Role for question in CHINESE.examples[role]]
    await asyncio.sleep(chosen.uniform(0, 3))
    async with httpx.AsyncClient(base_url=site, trust_env=False, timeout=60) as client:
        while time.monotonic() < until:
            mark = f"甲{number}乙"
            question = f"{chosen.choice(questions)}{mark}"
            began = time.monotonic()
            try:
                shown = await _ask(client, event, f"visitor{number}", question, began, measured)
            except (httpx.HTTPError, ValueError) as error:
                measured.errors.append(f"{type(error).__name__}: {error}")
            else:
                measured.complete.append(time.monotonic() - began)
                if any(f"甲{other}乙" in shown for other in range(200) if other != number):
                    measured.strangers += 1
                if "turn reply error" in shown.replace("\\", ""):
                    measured.errors.append("the page said that there is no answer")
                if mark not in shown:
                    measured.errors.append("the question is not in the conversation")
            await asyncio.sleep(chosen.uniform(3, 10))


async def _ask(
    client: httpx.AsyncClient, event: int, session: str, question: str, began: float, measured: Measured
) -> str:
    body = {"data": [question, "resident", None], "fn_index": event, "session_hash": session, "trigger_id": 1}
    joined = await client.post("/gradio_api/queue/join", json=body)
    joined.raise_for_status()
    shown = ""
    heard = False
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        async for line in stream.aiter_lines():
            if not line.startswith("data: "):
                continue
            message = json.loads(line[6:])
            if message.get("msg") in ("process_generating", "process_completed"):
                shown += json.dumps(message.get("output", {}), ensure_ascii=False)
                if not heard and any(words in shown for words in _WORDS):
                    heard = True
                    measured.first_words.append(time.monotonic() - began)
            if message.get("msg") == "process_completed":
                if not message.get("success"):
                    raise ValueError(str(message.get("output")))
                return shown
    raise ValueError("the stream ended early")


def asking_event(site: str) -> int:
    """Return the number of the event that the question box sends."""
    config = httpx.get(f"{site}/config", trust_env=False).json()
    boxes = {one["id"] for one in config["components"] if one["props"].get("elem_id") == "question"}
    for one in config["dependencies"]:
        if any(target[0] in boxes and target[1] == "submit" for target in one["targets"]):
            return int(one["id"])
    raise ValueError("the page has no question box")


async def run(site: str, users: int, seconds: float) -> Measured:
    """Let ``users`` people ask for ``seconds``."""
    measured = Measured()
    event = asking_event(site)
    until = time.monotonic() + seconds
    await asyncio.gather(*(visitor(number, site, event, until, measured) for number in range(users)))
    return measured


def quantile(values: list[float], share: float) -> float:
    """Return the value below which ``share`` of them lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def main() -> None:
    """Print how long people waited."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--port", type=int, default=7860)
    parser.add_argument("--limit", type=float, default=2.0, help="seconds")
    asked = parser.parse_args()
    measured = asyncio.run(
        run(f"http://127.0.0.1:{asked.port}", min(asked.users, 200), min(asked.seconds, 600))
    )
    done, heard = measured.complete, measured.first_words
    print(
        f"{asked.users} visitors, {asked.seconds:.0f} s: {len(done)} answers, {len(measured.errors)} errors"
    )
    print(
        f"question to complete answer: median {quantile(done, 0.5):.3f} s, 95 % {quantile(done, 0.95):.3f} s, longest {max(done, default=0.0):.3f} s"
    )
    print(f"question to first words: median {quantile(heard, 0.5):.3f} s, 95 % {quantile(heard, 0.95):.3f} s")
    print(f"conversations with another's words: {measured.strangers}")
    for error in measured.errors[:5]:
        print(error)
    if measured.errors or measured.strangers or not done or quantile(done, 0.95) > asked.limit:
        sys.exit(1)


if __name__ == "__main__":
    main()
