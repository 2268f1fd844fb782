"""Hand out the facilities room's forms: ``/export/matrix.docx``, ``selfcheck.docx``, ``duties.docx``, ``duties.csv``.

A file is made of what its address says and of nothing else; nothing is kept on the server.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import FastAPI, Query
from starlette.responses import JSONResponse, Response

from assistant.facilities.forms import Forms
from assistant.facilities.matrix import build_matrix
from assistant.facilities.roster import actors_in, build_roster, of_actor
from assistant.facilities.selfcheck import check, requirements
from assistant.facilities.sign import check_sign
from assistant.office.media import WORD
from assistant.office.paper import Paper
from assistant.web.desk import Desk
from assistant.web.strings import strings_for

_CSV = "text/csv; charset=utf-8"


def add_exports(app: FastAPI, desk: Desk, *, today: Callable[[], date] = date.today) -> None:
    """Add the addresses of the forms to an application."""

    def forms(lang: str) -> Forms:
        return Forms(desk.library, strings_for(lang).language, today=today())

    def word(paper: Paper) -> Response:
        from assistant.office.word import (
            write_word,  # a tenth of a second that opening the page need not take
        )

        return _attached(write_word(paper, made_on=today()), f"{paper.title}.docx", WORD)

    @app.get("/export/matrix.docx")
    def matrix(lang: str = "") -> Response:
        found = build_matrix(desk.library)
        return word(forms(lang).matrix(found)) if found.rows else _missing()

    @app.get("/export/selfcheck.docx")
    def selfcheck(
        tier: str, has: Annotated[list[str] | None, Query()] = None, sign: str = "", lang: str = ""
    ) -> Response:
        if not requirements(desk.library, tier):
            return _missing()
        checked = check(desk.library, tier, frozenset(has or ()))
        return word(forms(lang).selfcheck(tier, checked, check_sign(desk.library, tier, sign)))

    @app.get("/export/duties.docx")
    def duties(actor: str | None = None, lang: str = "") -> Response:
        items = build_roster(desk.library)
        if actor is not None and actor not in actors_in(items):
            return _missing()
        return word(forms(lang).duties(items if actor is None else of_actor(items, actor), actor))

    @app.get("/export/duties.csv")
    def duties_csv(actor: str | None = None, lang: str = "") -> Response:
        items = build_roster(desk.library)
        if actor is not None and actor not in actors_in(items):
            return _missing()
        made = forms(lang)
        held = items if actor is None else of_actor(items, actor)
        return _attached(made.duties_csv(held), f"{made.duties(held, actor).title}.csv", _CSV)


def _attached(content: bytes, name: str, kind: str) -> Response:
    ending = name.rpartition(".")[2]
    return Response(
        content,
        media_type=kind,
        headers={
            "content-disposition": f"attachment; filename=\"form.{ending}\"; filename*=UTF-8''{quote(name)}",
            "cache-control": "no-store",
        },
    )


def _missing() -> Response:
    return JSONResponse({"error": "Not found"}, status_code=404)
