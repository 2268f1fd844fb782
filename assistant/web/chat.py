"""Let a person ask, read, stop, ask again and clear: the room that every visitor starts in."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from assistant.answer import Reply
from assistant.question import Question, Role, Turn
from assistant.web.desk import Answerer, Desk
from assistant.web.reply import ReplySetter, asked_html, draft_html, trouble_html, waiting_html
from assistant.web.strings import MAX_QUESTION, Strings
from corpus.errors import ExplainedError

log = logging.getLogger(__name__)

ANSWERS_AT_ONCE = 16
"""Questions worked on at the same time; more wait in the queue."""

_REDRAW = 0.1
"""Seconds between two redrawings of an answer that is still being written."""

_LOOKED_BACK = 12
"""Exchanges that may say what a follow-up means."""

_REMEMBERED = 3600
"""Seconds after which an abandoned conversation is forgotten."""

Messages = list[dict[str, str]]
Step = tuple[Messages, "Memory", Any]
"""The conversation as shown, what is remembered of it, and what becomes of the question box."""


@dataclass(slots=True)
class Exchange:
    """A question, and what is shown under it."""

    question: str
    html: str
    number: int
    said: str = ""
    """As much of the answer as has arrived."""
    reply: Reply | None = None
    """None until the answer is complete, and after a fault."""
    token: str = ""
    """What the page calls the answer by when somebody gives an opinion on it."""


@dataclass(slots=True)
class Memory:
    """One visitor's conversation; it lives in the server's memory and nowhere else."""

    exchanges: list[Exchange] = field(default_factory=list)
    answers: int = 0
    """How many answers were begun, so that the page can tell a new one from the last."""
    cleared: bool = False
    """Set when the visitor cleared it: whatever is still being written for it is thrown away."""

    def history(self) -> tuple[Turn, ...]:
        """Return what was said, for understanding the next question."""
        return tuple(
            turn
            for exchange in self.exchanges[-_LOOKED_BACK:]
            if exchange.reply is not None
            for turn in (Turn("user", exchange.question), Turn("assistant", exchange.reply.answer))
        )


class Chat:
    """The conversation in one language."""

    def __init__(self, desk: Desk, strings: Strings) -> None:
        self.desk = desk
        self.strings = strings
        self.setter = ReplySetter(desk.library, strings)

    async def ask(self, text: str, role: str, memory: Memory) -> AsyncIterator[Step]:
        """Answer a question: yield the conversation as it grows, and what stays in the question box."""
        question = text.strip()
        if not question or len(question) > MAX_QUESTION:
            yield self._refused(question, memory)
            return
        memory.answers += 1
        exchange = Exchange(question, waiting_html(self.strings), memory.answers)
        history = memory.history()
        memory.exchanges.append(exchange)
        yield self.messages(memory), memory, ""
        async for _ in self._answer(Question(text=question, history=history, role=Role(role)), exchange):
            if memory.cleared:
                return
            # The box is left alone from here on: the next question may already be on its way into it.
            yield self.messages(memory), memory, gr.skip()

    async def again(self, role: str, memory: Memory) -> AsyncIterator[Step]:
        """Answer the last question once more."""
        if not memory.exchanges:
            yield [], memory, gr.skip()
            return
        last = memory.exchanges.pop()
        async for step in self.ask(last.question, role, memory):
            yield step

    def stopped(self, memory: Memory) -> tuple[Messages, Memory]:
        """Say of an answer that was being written that it is not complete."""
        if memory.exchanges and memory.exchanges[-1].reply is None:
            last = memory.exchanges[-1]
            last.html = draft_html(last.said, self.strings, stopped=True)
        return self.messages(memory), memory

    def clear(self, memory: Memory) -> tuple[Messages, Memory, str]:
        """Forget everything that was said."""
        memory.cleared = True
        self.desk.opinions.withdraw(exchange.token for exchange in memory.exchanges)
        memory.exchanges.clear()
        return [], Memory(), ""

    def messages(self, memory: Memory) -> Messages:
        """Return the conversation as the page shows it."""
        return [
            message
            for exchange in memory.exchanges
            for message in (
                {"role": "user", "content": asked_html(exchange.question, self.strings)},
                {"role": "assistant", "content": _numbered(exchange.html, exchange.number)},
            )
        ]

    def _refused(self, question: str, memory: Memory) -> Step:
        if not question:
            return self.messages(memory), memory, gr.skip()
        sentence = self.strings.too_long.format(limit=MAX_QUESTION, length=len(question))
        memory.answers += 1
        told = _numbered(trouble_html(sentence, "", self.strings), memory.answers)
        shown = [*self.messages(memory), {"role": "assistant", "content": told}]
        return shown, memory, gr.skip()

    async def _answer(self, question: Question, exchange: Exchange) -> AsyncIterator[None]:
        """Fill ``exchange`` step by step; every fault ends as a sentence, and the question stays."""
        try:
            assistant = await asyncio.to_thread(self.desk.assistant)
            async for _ in self._written(assistant, question, exchange):
                yield
        except ExplainedError as error:
            exchange.html = trouble_html(self.strings.unopened, str(error), self.strings)
            yield
        except Exception:
            log.exception("a question was not answered")
            exchange.html = trouble_html(self.strings.failed, "", self.strings)
            yield

    async def _written(
        self, assistant: Answerer, question: Question, exchange: Exchange
    ) -> AsyncIterator[None]:
        drawn = time.monotonic()
        async for update in assistant.astream(question):
            exchange.said += update.text
            if update.reply is not None:
                exchange.reply = update.reply
                exchange.token = self.desk.opinions.offer(question, update.reply)
                exchange.html = self.setter.html(update.reply, token=exchange.token)
                yield
                await self.desk.opinions.noted(question, update.reply)
            elif time.monotonic() - drawn > _REDRAW:
                drawn = time.monotonic()
                exchange.html = draft_html(exchange.said, self.strings)
                yield


def _numbered(html: str, number: int) -> str:
    return f'<div id="answer-{number}">{html}</div>'


def build_chat(desk: Desk, strings: Strings) -> None:
    """Lay out the conversation, the question box and what goes with it."""
    chat = Chat(desk, strings)
    memory = gr.State(Memory(), time_to_live=_REMEMBERED)
    shown = gr.Chatbot(
        elem_id="conversation",
        label=strings.conversation,
        show_label=False,
        container=False,
        autoscroll=False,
        height=None,
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        line_breaks=False,
        layout="panel",
        group_consecutive_messages=False,
        allow_file_downloads=False,
    )
    retry = gr.Button(strings.retry, elem_id="retry", size="sm")
    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="composer-bar"):
            roles = [(strings.roles[role], role.value) for role in Role]
            role = gr.Radio(
                roles, value=Role.RESIDENT.value, label=strings.role, elem_id="role", container=False
            )
            clear = gr.Button(strings.clear, elem_id="clear", size="sm")
        with gr.Row(elem_id="composer-box"):
            box = gr.Textbox(
                elem_id="question",
                label=strings.question_label,
                show_label=False,
                container=False,
                placeholder=strings.placeholder,
                lines=1,
                max_lines=8,
                html_attributes=gr.InputHTMLAttributes(
                    autocomplete="off", spellcheck=False, enterkeyhint="send"
                ),
            )
            send = gr.Button(strings.send, elem_id="send", variant="primary")
            stop = gr.Button(strings.stop, elem_id="stop")
        gr.Markdown(f'<p class="keys">{strings.keys}</p>', elem_id="keys")
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    work = {**quiet, "concurrency_limit": ANSWERS_AT_ONCE, "concurrency_id": "answers"}
    asking = gr.on([send.click, box.submit], chat.ask, [box, role, memory], [shown, memory, box], **work)
    again = retry.click(chat.again, [role, memory], [shown, memory, box], **work)
    stopping: dict[str, Any] = {"inputs": [memory], "outputs": [shown, memory], "queue": False, **quiet}
    stopped = stop.click(chat.stopped, cancels=[asking, again], **stopping)
    stopped.then(
        chat.stopped, **stopping
    )  # words that were on their way when it was stopped come before this
    clear.click(chat.clear, [memory], [shown, memory, box], cancels=[asking, again], queue=False, **quiet)
