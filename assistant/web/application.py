"""Put the page together: Gradio's pages in both languages, the reader, the interface for programs, and the guards."""

from collections.abc import Sequence
from html import escape

import gradio as gr
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response

from assistant.web import api
from assistant.web.course_routes import add_course_routes
from assistant.web.desk import Desk
from assistant.web.exports import add_exports
from assistant.web.feedback import take
from assistant.web.frame import FILES, Framed, language_link, own_page
from assistant.web.page import ROOMS, Room, build_page
from assistant.web.reader import address, find_place, pane, short_name
from assistant.web.security import NONCE, Guarded, Paced
from assistant.web.staff import add_staff_routes
from assistant.web.strings import CHINESE, ENGLISH, LANGUAGES, Strings, strings_for
from assistant.web.theme import theme

ASKED_A_SECOND = 40.0
"""Questions a second from one address, in the long run; a whole office may share one."""
ASKED_AT_ONCE = 200.0


def build_application(desk: Desk, *, rooms: Sequence[Room] = ROOMS, staff_password: str = "") -> FastAPI:
    """Return everything that is served, ready for a server; the staff page only where there is a password for it."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    _add_routes(app, desk)
    add_staff_routes(app, desk, staff_password)
    add_exports(app, desk)
    add_course_routes(app, desk)
    # The longer path first: a mount at / takes everything that comes after it.
    for strings in (ENGLISH, CHINESE):
        gr.mount_gradio_app(
            app,
            build_page(desk, strings, rooms),
            path=strings.path.rstrip("/") or "/",
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            show_error=False,
            max_file_size="1mb",
            theme=theme(),
        )
    app.add_middleware(Framed, desk=desk, rooms=rooms)
    app.add_middleware(Paced, rate=ASKED_A_SECOND, burst=ASKED_AT_ONCE)
    app.add_middleware(Guarded)
    return app


def _add_routes(app: FastAPI, desk: Desk) -> None:
    @app.get("/own/{name}")
    def own_file(name: str) -> Response:
        if name not in {"style.css", "page.js", "course.js", "icon.svg"}:
            return JSONResponse({"error": "Not found"}, status_code=404)
        return FileResponse(FILES / name, headers={"cache-control": "public, max-age=31536000, immutable"})

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return own_file("icon.svg")

    @app.get("/healthz")
    def health() -> Response:
        trouble = desk.try_to_open()
        if trouble is None:
            return JSONResponse({"ready": True})
        return JSONResponse({"ready": False, "what": trouble.what, "fix": trouble.fix}, status_code=503)

    @app.post("/api/ask")
    async def ask(request: Request) -> Response:
        return await api.answer(request, desk)

    @app.post("/api/feedback")
    async def feedback(request: Request) -> Response:
        return await take(request, desk.opinions)

    @app.get("/read")
    @app.get("/read/{slug}")
    def read(
        request: Request,
        slug: str = "",
        p: str = "",
        q: str = "",
        lang: str = "",
        both: str = "",
        find: str = "",
        hit: str = "",
        pane_only: str = "",
    ) -> Response:
        strings = strings_for(lang)
        place = find_place(
            desk.library, strings, slug=slug, provision=p, quote=q, both=_both(both, strings), words=find, number=hit
        )  # fmt: skip
        shown = pane(desk.library, place, strings)
        status = 404 if place.trouble and not place.provision else 200
        if pane_only:
            return HTMLResponse(shown, status_code=status)
        title = f"{short_name(place.document, strings)} · {strings.name}"
        other = next(one for one in LANGUAGES if one is not strings)
        elsewhere = address(
            place.provision or place.document.slug, other, span=place.quote, words=place.words
        )
        page = _reading_page(shown, title, strings, request.scope[NONCE], language_link(strings, elsewhere))
        return HTMLResponse(page, status_code=status)


def _both(asked: str, strings: Strings) -> bool:
    return asked == "1" or (asked != "0" and strings is ENGLISH)


def _reading_page(shown: str, title: str, strings: Strings, nonce: str, language: str) -> str:
    return own_page(
        strings,
        nonce,
        kind="reading-page",
        title=title,
        tools=f'<button type="button" class="tool" data-print="all">{escape(strings.print_page)}</button>{language}',
        main=f'<main class="reading"><h1 class="visually-hidden">{escape(title)}</h1><div data-reader-slot>{shown}</div></main>'
        '<div class="visually-hidden" role="status" aria-live="polite" data-announcer></div>',
    )
