"""Answer other programs: a question as JSON in, the reply as JSON out, the same as from the command line."""

import asyncio
import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.question import Language, Question, Role, Turn
from assistant.web.desk import Desk
from assistant.web.strings import LANGUAGES, MAX_QUESTION, strings_for
from corpus.errors import ExplainedError


class Asked(BaseModel):
    """What ``POST /api/ask`` takes."""

    model_config = ConfigDict(extra="ignore", strict=False)

    question: str = Field(min_length=1)
    id: str | None = None
    history: list[tuple[str, str]] = Field(default_factory=list, max_length=100)
    """Pairs of ``user`` or ``assistant`` and what was said."""
    role: Role = Role.RESIDENT
    lang: Language | None = None

    def as_question(self) -> Question:
        """Return it as the assistant takes it."""
        return Question(
            text=self.question,
            id=self.id,
            history=tuple(Turn(speaker, text) for speaker, text in self.history),
            role=self.role,
            language=self.lang,
        )


async def answer(request: Request, desk: Desk) -> Response:
    """Return the reply, or say in both languages what is wrong with the request (400) or with the program (503)."""
    try:
        asked = Asked.model_validate(json.loads(await request.body()))
    except (ValidationError, ValueError) as error:
        return JSONResponse({"error": _why(error)}, status_code=400)
    if len(asked.question) > MAX_QUESTION:
        told = [one.too_long.format(limit=MAX_QUESTION, length=len(asked.question)) for one in LANGUAGES]
        return JSONResponse({"error": told[0], "error_en": told[1]}, status_code=400)
    try:
        assistant = await asyncio.to_thread(desk.assistant)
    except ExplainedError as error:
        strings = strings_for(asked.lang)
        return JSONResponse({"error": strings.unopened, "fix": str(error)}, status_code=503)
    question = asked.as_question()
    reply = await asyncio.to_thread(assistant.ask, question)
    await desk.opinions.noted(question, reply)
    return JSONResponse(reply.to_json())


def _why(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "The body is not JSON."
    first: Any = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(step) for step in first['loc']) or 'body'}: {first['msg']}"
