"""Answer on the port at once, and let the page in when it is ready.

Loading Gradio and opening the index take seconds; a browser that comes earlier is shown a line that says so, and
looks again by itself.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from html import escape

from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.errors import ExplainedError

log = logging.getLogger(__name__)

_PAGE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><meta http-equiv="refresh" content="1">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>:root{{color-scheme:light dark}}body{{font:1rem/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif;
max-width:40em;margin:20vh auto 0;padding:0 1.5rem}}</style></head><body><p>{line}</p><p lang="en">{english}</p></body></html>"""


class Opening:
    """An application that stands in for another until that one is built."""

    def __init__(self, build: Callable[[], ASGIApp]) -> None:
        self._build = build
        self._app: ASGIApp | None = None
        self._trouble: ExplainedError | None = None
        self.ready = asyncio.Event()
        """Set when the application is in, or has failed to come in."""

    @property
    def trouble(self) -> ExplainedError | None:
        """Why the application could not be built, once that is known."""
        return self._trouble

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._app is not None:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await _say(send, self._trouble)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Build the application once the server is up, and keep it alive until the server goes down."""
        await receive()
        opening = asyncio.create_task(self._open())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        opening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await opening
        await send({"type": "lifespan.shutdown.complete"})

    async def _open(self) -> None:
        try:
            app = await asyncio.to_thread(self._build)
            router = getattr(app, "router", None)
            async with router.lifespan_context(app) if router is not None else contextlib.nullcontext():
                self._app = app
                self.ready.set()
                await asyncio.Event().wait()
        except ExplainedError as error:
            self._trouble = error
            self.ready.set()
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("the page could not be opened")
            self._trouble = ExplainedError(
                "页面没能打开，程序出了错。The page could not be opened; see the log."
            )
            self.ready.set()


async def _say(send: Send, trouble: ExplainedError | None) -> None:
    if trouble is None:
        page = _PAGE.format(title="正在打开", line="正在打开，请稍候……", english="Opening, one moment…")
    else:
        page = _PAGE.format(title="没能打开", line=escape(trouble.what), english=escape(trouble.fix))
    body = page.encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'"),
        (b"retry-after", b"1"),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body})
