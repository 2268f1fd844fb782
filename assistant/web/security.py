"""Keep the page to itself: what a browser may do with it, and how much one visitor may ask.

Plain ASGI wrappers, so that streams pass through untouched.
"""

import json
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.strings import CHINESE, ENGLISH

NONCE = "page_nonce"
"""Where a request's scope keeps the nonce that its own scripts carry."""

MAX_BODY = 1_000_000
"""Bytes of a request's body; longer ones are refused before they are read."""

_CLOSED = (
    "/upload",
    "/upload_progress",
    "/runs",
    "/monitoring",
    "/proxy=",
    "/component_server",
    "/deep_link",
    "/stream/",
    "/dev/",
    "/openapi.json",
)
"""Doors of Gradio that this page has no use for, below ``/gradio_api`` or at the root of a page."""

_COSTLY = ("/api/ask", "/queue/join", "/run/", "/call/", "/api/")
_COSTLY_TO_GET = ("/export/",)


def content_security_policy(nonce: str) -> str:
    """Say what the page may load and run: its own files, and no script without this ``nonce`` or from a string."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}'",
            "script-src-attr 'none'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self'",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "form-action 'self'",
            "base-uri 'self'",
            "object-src 'none'",
            "frame-ancestors 'self'",
        )
    )


_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
)


class Guarded:
    """Add the policy to every response, and shut the doors that are not used."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(18)
        scope[NONCE] = nonce

        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [
                    (name, value)
                    for name, value in message.get("headers", ())
                    if name.lower() not in (b"content-security-policy", b"server")
                ]
                headers.append((b"content-security-policy", content_security_policy(nonce).encode()))
                headers.extend(_HEADERS)
                if _header(headers, b"content-type").startswith(b"text/html"):
                    headers = [pair for pair in headers if pair[0].lower() != b"cache-control"]
                    headers.append((b"cache-control", b"no-store"))
                message = {**message, "headers": headers}
            await send(message)

        path = str(scope["path"])
        if any(door in path for door in _CLOSED):
            await _refuse(with_policy, 404, {"error": "Not found"})
        elif int(_header(scope["headers"], b"content-length") or 0) > MAX_BODY:
            await _refuse(with_policy, 413, {"error": "Too long"})
        else:
            await self.app(scope, _measured(receive), with_policy)


@dataclass(slots=True)
class TokenBucket:
    """Let ``burst`` through at once, and ``rate`` a second after that."""

    rate: float
    burst: float
    clock: Callable[[], float] = time.monotonic
    _left: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self._left = self.burst
        self._at = self.clock()

    def take(self) -> float:
        """Take one token. Return 0 when there was one, else the seconds until there will be."""
        now = self.clock()
        self._left = min(self.burst, self._left + (now - self._at) * self.rate)
        self._at = now
        if self._left >= 1:
            self._left -= 1
            return 0.0
        return (1 - self._left) / self.rate


class Paced:
    """Hold each address to a pace, for the requests that cost something."""

    def __init__(self, app: ASGIApp, *, rate: float, burst: float, addresses: int = 4096) -> None:
        self.app = app
        self.rate = rate
        self.burst = burst
        self.addresses = addresses
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, or say how long to wait."""
        if scope["type"] == "http" and any(
            part in scope["path"] for part in (_COSTLY if scope["method"] == "POST" else _COSTLY_TO_GET)
        ):
            wait = self._bucket(scope).take()
            if wait:
                body = {"error": CHINESE.too_many, "error_en": ENGLISH.too_many}
                await _refuse(send, 429, body, retry_after=max(1, round(wait + 0.5)))
                return
        await self.app(scope, receive, send)

    def _bucket(self, scope: Scope) -> TokenBucket:
        address = str((scope.get("client") or ("?",))[0])
        bucket = self._buckets.pop(address, None) or TokenBucket(self.rate, self.burst)
        self._buckets[address] = bucket
        while len(self._buckets) > self.addresses:
            self._buckets.popitem(last=False)
        return bucket


def from_elsewhere(scope: Scope) -> bool:
    """Say whether a page of another site makes a browser send this; a request of no page at all does not count.

    Browsers say it in ``Sec-Fetch-Site`` where the connection is safe, and in ``Origin`` everywhere.
    """
    site = _header(scope["headers"], b"sec-fetch-site")
    if site:
        return site not in (b"same-origin", b"none")
    origin = _header(scope["headers"], b"origin").decode("latin-1")
    if not origin:
        return False
    hosts = (_header(scope["headers"], name).decode("latin-1") for name in (b"host", b"x-forwarded-host"))
    try:
        # Without the port, which a proxy may leave out.
        return urlsplit(origin).hostname not in {urlsplit(f"//{host}").hostname for host in hosts if host}
    except ValueError:
        return True


def _measured(receive: Receive) -> Receive:
    """Hang up on a body that grows past the limit without having said its length."""
    read = 0

    async def measured() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        return {"type": "http.disconnect"} if read > MAX_BODY else message

    return measured


def _header(headers: Any, name: bytes) -> bytes:
    return next((value for key, value in headers if key.lower() == name), b"")


async def _refuse(send: Send, status: int, body: MutableMapping[str, str], *, retry_after: int = 0) -> None:
    payload = json.dumps(body, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(payload)).encode()),
    ]
    if retry_after:
        headers.append((b"retry-after", str(retry_after).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": payload})
