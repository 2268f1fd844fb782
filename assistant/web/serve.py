"""Serve the page on a port, and say where it is."""

import argparse
import asyncio
import errno
import importlib
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import uvicorn
from starlette.types import ASGIApp

from assistant.question import Question
from assistant.settings import Settings, load_settings
from assistant.web.opening import Opening
from corpus.errors import ExplainedError

if TYPE_CHECKING:
    from assistant.web.desk import Desk
    from assistant.web.feedback import Opinions
    from assistant.wiring import Assistant


class PortTakenError(ExplainedError):
    """Another program listens where the page should be."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"端口 {port} 已被占用（{host}）。Port {port} is in use.",
            fix=f"请换一个 / try: python app.py --port {port + 1}",
        )


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="app.py",
        description="打开问答页面。Serve the page.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="监听的地址；办公网内共用时写 0.0.0.0 / address to listen on; 0.0.0.0 for the office network",
    )
    parser.add_argument("--port", type=_port, default=7860, help="端口 / port")
    return parser.parse_args(given)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{port} is not a port")
    return port


def main(given: Sequence[str] | None = None) -> None:
    """Serve until told to stop; whatever an operator can put right is said in a sentence."""
    asked = arguments(given)
    try:
        settings = load_settings()
        listener = listen(asked.host, asked.port)
    except ExplainedError as error:
        sys.exit(str(error))
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(settings, listener, asked.host))


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; raises ExplainedError when it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, so that asyncio sends what is written at once instead of waiting 40 ms for more of it.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise PortTakenError(host, port) from error
        raise ExplainedError(
            f"不能在 {host}:{port} 上监听：{error.strerror}。", fix="python app.py --host 127.0.0.1"
        ) from error
    return listener


def build(settings: Settings) -> ASGIApp:
    """Load everything that takes time, and return the application."""
    from assistant.web.application import build_application
    from assistant.web.desk import Desk
    from corpus.library import load_library

    library = load_library(settings.documents)
    desk = Desk(library, partial(_open_assistant, settings), opinions=open_opinions(settings))
    threading.Thread(target=_warm, args=(desk,), daemon=True).start()
    threading.Thread(target=_load_plots, daemon=True).start()
    return build_application(desk, staff_password=settings.staff_password.get_secret_value())


def open_opinions(settings: Settings) -> "Opinions":
    """Return what keeps opinions on answers, or, where the file cannot be written to, says so and keeps none."""
    from assistant.feedback.ledger import Ledger
    from assistant.web.feedback import Opinions

    if settings.feedback is None:
        return Opinions()
    ledger = Ledger(settings.feedback)
    if not ledger.usable:
        print(
            f"{settings.feedback} 不能写入，不收集意见。Opinions are not kept: it cannot be written to.",
            file=sys.stderr,
            flush=True,
        )
        return Opinions()
    return Opinions(ledger, keep_unanswered=settings.keep_unanswered)


def _open_assistant(settings: Settings) -> "Assistant":
    from assistant.wiring import open_assistant

    return open_assistant(settings)


def _warm(desk: "Desk") -> None:
    """Do ahead of the first question what would make it slow, and say at once what stands in its way."""
    trouble = desk.try_to_open()
    if trouble is not None:
        print(trouble, file=sys.stderr, flush=True)
    else:
        desk.assistant().ask(Question(text="孵化中心有哪些房间？"))


def _load_plots() -> None:
    """Gradio looks for matplotlib at its first event and loads it where it is; that would make the first answer wait."""
    with suppress(ImportError):
        importlib.import_module("matplotlib")


def configured(app: ASGIApp) -> uvicorn.Config:
    """Return how the page is served: no address and no question is ever logged."""
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=30,
    )


async def _serve(settings: Settings, listener: socket.socket, host: str) -> None:
    opening = Opening(partial(build, settings))
    server = uvicorn.Server(configured(opening))
    port = listener.getsockname()[1]
    print(f"正在打开 http://{_shown(host)}:{port}/ …", flush=True)
    telling = asyncio.create_task(_tell(opening, host, port))
    await server.serve(sockets=[listener])
    telling.cancel()


async def _tell(opening: Opening, host: str, port: int) -> None:
    await opening.ready.wait()
    if opening.trouble is not None:
        print(opening.trouble, file=sys.stderr, flush=True)
        return
    print(
        f"页面已打开：http://{_shown(host)}:{port}/    English: http://{_shown(host)}:{port}/en/    Ctrl-C 结束",
        flush=True,
    )
    if host in ("0.0.0.0", "::"):
        print(
            f"同一网络里的电脑：http://{socket.gethostname()}:{port}/ （或用这台电脑的 IP 地址）", flush=True
        )


def _shown(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
