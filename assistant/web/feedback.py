"""Take what a visitor says of an answer: 有用 or 没用, with reasons and a comment; nothing is kept that nobody sent."""

import asyncio
import json
import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.answer import Reply
from assistant.feedback.ledger import Ledger, LedgerFull
from assistant.feedback.opinion import LONGEST_COMMENT, UNANSWERED, Reason, opinion_on, unanswered
from assistant.question import Question
from assistant.web.markup import words
from assistant.web.security import from_elsewhere
from assistant.web.strings import Strings
from corpus.errors import ExplainedError

log = logging.getLogger(__name__)

_REMEMBERED = 3600.0
"""Seconds for which an answer on somebody's screen can be spoken of."""
_MOST = 2000
"""Answers that can be spoken of at a time."""


class AnswerGone(KeyError):
    """An answer that is not on anybody's screen, or not any more."""


@dataclass(slots=True)
class _Shown:
    """An answer on somebody's screen."""

    question: Question
    reply: Reply
    since: float
    kept: int = 0
    """Number of what was kept of an opinion on it."""


class Opinions:
    """Know the answers that are on somebody's screen, and keep what is said of them in a ledger.

    The browser sends a word that stands for the answer and never the answer itself, so that nothing else than what was
    really asked and answered can be kept. Without a ledger there is nothing to press.
    """

    def __init__(
        self,
        ledger: Ledger | None = None,
        *,
        keep_unanswered: bool = False,
        today: Callable[[], date] = date.today,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.ledger = ledger
        self.keep_unanswered = keep_unanswered and ledger is not None
        """Whether questions that could not be answered are kept without anybody's doing."""
        self._today = today
        self._clock = clock
        self._lock = threading.Lock()
        self._giving = threading.Lock()
        self._troubled = False
        self._shown: OrderedDict[str, _Shown] = OrderedDict()

    def offer(self, question: Question, reply: Reply) -> str:
        """Return the word by which the answer can be spoken of; empty where nothing is kept."""
        if self.ledger is None:
            return ""
        token = secrets.token_hex(12)
        now = self._clock()
        with self._lock:
            self._shown[token] = _Shown(question, reply, now)
            while len(self._shown) > _MOST or now - next(iter(self._shown.values())).since > _REMEMBERED:
                self._shown.popitem(last=False)
        return token

    def withdraw(self, tokens: Iterable[str]) -> None:
        """Forget answers that were cleared from the screen."""
        with self._lock:
            for token in tokens:
                self._shown.pop(token, None)

    def give(self, token: str, *, useful: bool, reasons: Iterable[Reason] = (), comment: str = "") -> None:
        """Keep an opinion; a second one on the same answer takes the place of the first.

        Raises:
            AnswerGone: the answer is not on a screen any more.
            LedgerFull, LedgerUnusable: it cannot be kept.
        """
        with self._lock:
            shown = self._shown.get(token)
        if shown is None or self.ledger is None or self._clock() - shown.since > _REMEMBERED:
            raise AnswerGone(token)
        with self._giving:
            said = opinion_on(
                shown.question, shown.reply, useful=useful, reasons=reasons, comment=comment, on=self._today()
            )
            shown.kept = self.ledger.keep(said, instead_of=shown.kept)

    def note(self, question: Question, reply: Reply) -> None:
        """Count a question that could not be answered, where the operator wants that; a full ledger stops nobody."""
        if self.ledger is None or not self._counts(reply):
            return
        try:
            self.ledger.note(unanswered(question, reply, on=self._today()))
            self._troubled = False
        except ExplainedError as error:
            if not self._troubled:
                log.warning("questions that could not be answered are not counted any more: %s", error.what)
            self._troubled = True

    async def noted(self, question: Question, reply: Reply) -> None:
        """Do what :meth:`note` does without holding up others; nothing is waited for when nothing is to be counted."""
        if self._counts(reply):
            await asyncio.to_thread(self.note, question, reply)

    def _counts(self, reply: Reply) -> bool:
        return self.keep_unanswered and reply.status in UNANSWERED


class _Given(BaseModel):
    """What ``POST /api/feedback`` takes."""

    model_config = ConfigDict(extra="forbid")

    answer: str = Field(pattern=r"^[0-9a-f]{24}$")
    useful: bool
    reasons: list[Reason] = Field(default_factory=list, max_length=len(Reason))
    comment: str = Field(default="", max_length=LONGEST_COMMENT)


async def take(request: Request, opinions: Opinions) -> Response:
    """Keep what was sent and say so, or say by the status why not: 400, 403, 404 (off), 410 (gone), 507 (full), 503."""
    if opinions.ledger is None:
        return JSONResponse({"error": "Not found"}, status_code=404)
    if from_elsewhere(request.scope):
        return JSONResponse({"error": "Not from this page"}, status_code=403)
    try:
        given = _Given.model_validate(json.loads(await request.body()))
    except (ValidationError, ValueError):
        return JSONResponse({"error": "Not an opinion"}, status_code=400)
    try:
        await asyncio.to_thread(
            opinions.give, given.answer, useful=given.useful, reasons=given.reasons, comment=given.comment
        )
    except AnswerGone:
        return JSONResponse({"error": "That answer is gone"}, status_code=410)
    except LedgerFull as error:
        log.warning("an opinion was not kept: %s", error.what)
        return JSONResponse({"error": "Full"}, status_code=507)
    except ExplainedError as error:
        log.warning("an opinion was not kept: %s", error)
        return JSONResponse({"error": "It could not be kept"}, status_code=503)
    return JSONResponse({"kept": True})


def verdict_html(token: str, strings: Strings) -> str:
    """Set the two buttons under an answer, and what pressing one of them does; nothing where nothing is kept."""
    if not token:
        return ""
    said = strings.feedback
    return (
        f'<p class="verdict" id="verdict-{token}"><span class="key">{words(said.was_it_useful)}</span>'
        f'<button type="button" class="useful">{words(said.useful)}</button>'
        f'<button type="button" class="useless">{words(said.useless)}</button>'
        f'<span class="kept-when">{words(said.kept_when)}</span></p>'
    )


def dialog_html(strings: Strings) -> str:
    """Return the form that opens after 没用: what was wrong, and a few words if one likes."""
    said = strings.feedback
    choices = "".join(
        f'<label><input type="checkbox" name="reason" value="{reason.value}"> {escape(said.reasons[reason])}</label>'
        for reason in Reason
    )
    return (
        '<dialog class="verdict-form" aria-labelledby="verdict-title" data-verdict-form><form method="dialog">'
        f'<h2 id="verdict-title">{escape(said.what_was_wrong)}</h2>'
        f'<fieldset><legend>{escape(said.choose_any)}</legend><div class="reasons">{choices}</div></fieldset>'
        f'<label class="comment">{escape(said.comment)}<textarea name="comment" rows="3" maxlength="{LONGEST_COMMENT}"'
        f' aria-describedby="verdict-hint"></textarea></label>'
        f'<p class="hint" id="verdict-hint">{escape(said.hint)}</p><p class="trouble" role="alert"></p>'
        f'<p class="do"><button type="submit" class="primary">{escape(said.send)}</button>'
        f'<button type="button" class="tool" data-verdict-cancel>{escape(said.cancel)}</button></p></form></dialog>'
    )
