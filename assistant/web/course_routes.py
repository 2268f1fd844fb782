"""Make courses for the page: ``POST /api/course/pack``, ``/api/course/line`` and ``/api/course/files/<kind>``.

Everything is made of what the request says; nothing is kept on the server but the last few courses as the texts give
them, without a word of anybody's.
"""

import asyncio
import json
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from assistant.course.choice import Choice, ChoiceWrong
from assistant.course.files import KINDS, name_of, type_of, write
from assistant.course.pack import Pack, make_pack
from assistant.course.papers import Setter
from assistant.course.revision import LONGEST, Changes, ask, revised, weigh
from assistant.question import Language
from assistant.web.course_pack import PackSetter
from assistant.web.desk import Desk
from assistant.web.strings import Strings, strings_for

_AT_ONCE = 2
"""Courses and files made at the same time; more wait."""


class Wanted(BaseModel):
    """What the page sends: the choices, and what was struck out and rewritten."""

    model_config = ConfigDict(extra="ignore")

    lang: str = Field(default="", max_length=10)
    audience: str = Field(max_length=40)
    hours: int
    minutes: int
    questions: int
    units: list[str] = Field(max_length=2000)
    struck: list[str] = Field(default_factory=list, max_length=5000)
    written: dict[str, str] = Field(default_factory=dict, max_length=2000)
    item: str = Field(default="", max_length=200)
    """Which line is to be checked."""
    text: str = Field(default="", max_length=LONGEST * 4)
    """What is to stand in it."""

    @property
    def choice(self) -> Choice:
        """What was chosen."""
        return Choice(
            audience=self.audience,
            hours=self.hours,
            units=tuple(self.units),
            minutes=self.minutes,
            questions=self.questions,
        )

    @property
    def changes(self) -> Changes:
        """What was changed."""
        return Changes(struck=frozenset(self.struck), written=self.written)


def add_course_routes(app: FastAPI, desk: Desk, *, today: Callable[[], date] = date.today) -> None:
    """Add the addresses to an application."""
    turns = asyncio.Semaphore(_AT_ONCE)

    @lru_cache(maxsize=32)
    def whole(choice: Choice, day: date) -> Pack:
        return make_pack(choice, desk.library, today=day)

    def setters(wanted: Wanted, strings: Strings) -> tuple[Setter, Setter]:
        day = today()
        made = whole(wanted.choice.checked(desk.library), day)
        language = Language.ENGLISH if strings.language is Language.ENGLISH else Language.CHINESE
        now = revised(made, wanted.changes, desk.library)
        return (
            Setter(pack=now, library=desk.library, language=language, today=day),
            Setter(pack=made, library=desk.library, language=language, today=day),
        )

    def preview(wanted: Wanted) -> Response:
        strings = strings_for(wanted.lang)
        now, made = setters(wanted, strings)
        html = PackSetter(setter=now, whole=made, struck=wanted.changes.struck, strings=strings).html()
        return HTMLResponse(html)

    def line(wanted: Wanted) -> Response:
        strings = strings_for(wanted.lang)
        _, made = setters(wanted.model_copy(update={"struck": [], "written": {}}), strings)
        setter = PackSetter(setter=made, whole=made, struck=frozenset(), strings=strings)
        for item in made.pack.items:
            if item.id == wanted.item:
                weighed = weigh(item, wanted.text, desk.library)
                told = {"text": weighed.words.in_language(made.language), "mark": setter.mark(weighed)}
                return JSONResponse({**told, "state": weighed.mark.value, "edited": weighed.edited})
        for asked in made.pack.questions:
            if asked.id == wanted.item:
                put = ask(asked, wanted.text, desk.library)
                told = {"text": put.stem, "mark": setter.question_mark(put)}
                return JSONResponse({**told, "state": put.mark.value, "edited": put.edited})
        return JSONResponse({"error": strings.course.went_wrong}, status_code=404)

    def file(wanted: Wanted, kind: str) -> Response:
        now, _ = setters(wanted, strings_for(wanted.lang))
        name = name_of(kind, now)
        disposition = f"attachment; filename*=UTF-8''{quote(name)}"
        return Response(
            write(kind, now),
            media_type=type_of(kind),
            headers={"content-disposition": disposition, "cache-control": "no-store"},
        )

    async def answered(request: Request, make: Callable[[Wanted], Response]) -> Response:
        try:
            wanted = Wanted.model_validate(json.loads(await request.body()))
        except (ValidationError, ValueError):
            return JSONResponse({"error": "The request is not one of this page's."}, status_code=400)
        try:
            async with turns:
                return await asyncio.to_thread(make, wanted)
        except ChoiceWrong as wrong:
            english = strings_for(wanted.lang).language is Language.ENGLISH
            return JSONResponse({"error": wrong.english if english else wrong.what}, status_code=400)

    @app.post("/api/course/pack")
    async def course_pack(request: Request) -> Response:
        return await answered(request, preview)

    @app.post("/api/course/line")
    async def course_line(request: Request) -> Response:
        return await answered(request, line)

    @app.post("/api/course/files/{kind}")
    async def course_file(request: Request, kind: str) -> Response:
        if kind not in KINDS:
            return JSONResponse({"error": "Not found"}, status_code=404)
        return await answered(request, lambda wanted: file(wanted, kind))
