"""Show staff what readers said and what could not be answered: ``/staff``, behind a password, absent without one."""

import asyncio
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant.feedback.export import cases_jsonl, opinions_csv, unanswered_csv
from assistant.feedback.ledger import Ledger
from assistant.feedback.likeness import Group, all_unanswered, grouped
from assistant.feedback.opinion import Opinion
from assistant.web.desk import Desk
from assistant.web.gate import Gate, TooManyTries, WrongPassword
from assistant.web.security import NONCE, from_elsewhere
from assistant.web.staff_page import StaffPage, word_in
from assistant.web.strings import Strings, strings_for
from corpus.errors import ExplainedError

COOKIE = "staff"
_LONGEST_FORM = 20_000
"""Bytes of a form: a password, or the numbers of what is to be deleted."""

_LOOKS = frozenset({("size", "large"), ("contrast", "high"), ("theme", "dark"), ("theme", "light")})

Export = Callable[[tuple[Group, ...], tuple[Opinion, ...], Strings], bytes]


def add_staff_routes(app: FastAPI, desk: Desk, password: str) -> None:
    """Add the page and its exports; without a password, nothing."""
    if not password:
        return
    gate = Gate(password)

    @app.get("/staff")
    def staff(request: Request, lang: str = "", show: str = "", done: str = "") -> Response:
        page = _page(request, desk, strings_for(lang))
        if not _is_in(request, gate):
            return HTMLResponse(page.door())
        try:
            groups, opinions = _kept(desk.opinions.ledger)
        except ExplainedError as error:
            return HTMLResponse(page.trouble(error), status_code=503)
        return HTMLResponse(page.inside(groups, opinions, show=show, done=bool(done)))

    @app.post("/staff")
    async def enter(request: Request) -> Response:
        strings = strings_for(request.query_params.get("lang"))
        page = _page(request, desk, strings)
        if from_elsewhere(request.scope):
            return HTMLResponse(page.door(strings.feedback.once_more), status_code=403)
        given = await _form(request)
        address = request.client.host if request.client else "?"
        try:
            key = gate.enter(given.get("password", [""])[0], address)
        except WrongPassword:
            return HTMLResponse(page.door(strings.feedback.wrong_password), status_code=401)
        except TooManyTries as error:
            told = page.door(strings.feedback.wait.format(seconds=error.seconds))
            return HTMLResponse(told, status_code=429, headers={"retry-after": str(error.seconds)})
        response = RedirectResponse(page.path(), status_code=303)
        safe = request.url.scheme == "https"
        response.set_cookie(COOKIE, key, path="/staff", httponly=True, samesite="strict", secure=safe)
        return response

    @app.post("/staff/leave")
    async def leave(request: Request) -> Response:
        page = _page(request, desk, strings_for(request.query_params.get("lang")))
        if from_elsewhere(request.scope):
            return HTMLResponse(page.door(), status_code=403)
        gate.leave(request.cookies.get(COOKIE, ""))
        response = RedirectResponse(page.path(), status_code=303)
        response.delete_cookie(COOKIE, path="/staff", httponly=True, samesite="strict")
        return response

    @app.post("/staff/forget")
    async def forget(request: Request) -> Response:
        page = _page(request, desk, strings_for(request.query_params.get("lang")))
        if from_elsewhere(request.scope) or not _is_in(request, gate):
            return HTMLResponse(page.door(page.strings.feedback.once_more), status_code=403)
        given = await _form(request)
        ledger = desk.opinions.ledger
        if ledger is not None:
            numbers = {name: _numbers(given.get(name, [])) for name in ("opinion", "question")}
            try:
                await asyncio.to_thread(
                    ledger.forget, opinions=numbers["opinion"], questions=numbers["question"]
                )
            except ExplainedError as error:
                return HTMLResponse(page.trouble(error), status_code=503)
        return RedirectResponse(page.path(done="1"), status_code=303)

    @app.get("/staff/{name}")
    def export(request: Request, name: str, lang: str = "") -> Response:
        made = _EXPORTS.get(name)
        if made is None:
            return JSONResponse({"error": "Not found"}, status_code=404)
        strings = strings_for(lang)
        page = _page(request, desk, strings)
        if not _is_in(request, gate):
            return HTMLResponse(page.door(strings.feedback.once_more), status_code=403)
        try:
            groups, opinions = _kept(desk.opinions.ledger)
        except ExplainedError as error:
            return HTMLResponse(page.trouble(error), status_code=503)
        kind, write = made
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
        return Response(write(groups, opinions, strings), media_type=kind, headers=headers)


def _page(request: Request, desk: Desk, strings: Strings) -> StaffPage:
    looks = {name: value for name, value in request.query_params.items() if (name, value) in _LOOKS}
    return StaffPage(desk, strings, nonce=str(request.scope[NONCE]), looks=looks)


def _is_in(request: Request, gate: Gate) -> bool:
    return gate.knows(request.cookies.get(COOKIE, ""))


async def _form(request: Request) -> dict[str, list[str]]:
    body = await request.body()
    return parse_qs(body[:_LONGEST_FORM].decode("utf-8", "replace"), max_num_fields=2000)


def _numbers(given: list[str]) -> list[int]:
    return [int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 16]


def _kept(ledger: Ledger | None) -> tuple[tuple[Group, ...], tuple[Opinion, ...]]:
    if ledger is None:
        return (), ()
    opinions = ledger.opinions()
    return grouped(all_unanswered(ledger.unanswered(), opinions)), opinions


def _unanswered(groups: tuple[Group, ...], opinions: tuple[Opinion, ...], strings: Strings) -> bytes:
    said = strings.feedback
    head = (
        said.group,
        said.group_asked,
        said.question,
        said.asked,
        said.state,
        said.role,
        said.language,
        said.last_asked,
    )
    return unanswered_csv(groups, head, word_in(strings))


def _opinions(groups: tuple[Group, ...], opinions: tuple[Opinion, ...], strings: Strings) -> bytes:
    said = strings.feedback
    head = (
        said.day, said.verdict, said.what_was_wrong, said.comment, said.question, said.answer,
        said.state, said.provisions, said.role, said.language,
    )  # fmt: skip
    return opinions_csv(opinions, head, word_in(strings))


def _cases(groups: tuple[Group, ...], opinions: tuple[Opinion, ...], strings: Strings) -> bytes:
    return cases_jsonl(groups, opinions)


_EXPORTS: Mapping[str, tuple[str, Export]] = {
    "unanswered.csv": ("text/csv; charset=utf-8", _unanswered),
    "opinions.csv": ("text/csv; charset=utf-8", _opinions),
    "cases.jsonl": ("application/jsonl; charset=utf-8", _cases),
}
