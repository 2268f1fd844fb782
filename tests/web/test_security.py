"""The guards around the page: what a browser may do, what is shut, and how much one visitor may ask."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from assistant.web.security import MAX_BODY, Guarded, Paced, TokenBucket
from assistant.web.strings import CHINESE


@pytest.fixture(scope="session")
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site, trust_env=False, timeout=10) as opened:
        yield opened


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/read/guide?p=guide/4", "/api/ask", "/own/page.js", "/gone", "/gradio_api/upload"]
)
def test_every_response_carries_the_policy(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    script = next(part for part in policy.split("; ") if part.startswith("script-src "))
    assert "'unsafe-inline'" not in script
    assert "http:" not in policy
    assert "https:" not in policy
    for wanted in (
        "default-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'self'",
        "frame-ancestors 'self'",
    ):
        assert wanted in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


def test_no_two_pages_share_a_nonce_and_every_script_has_it(client: httpx.Client) -> None:
    first, second = client.get("/"), client.get("/")
    nonces = [
        page.headers["content-security-policy"].split("'nonce-")[1].split("'")[0] for page in (first, second)
    ]
    assert nonces[0] != nonces[1]
    for page, nonce in zip((first, second), nonces, strict=True):
        assert page.text.count("<script") == page.text.count(f'<script nonce="{nonce}"')
    assert first.headers["cache-control"] == "no-store"


def test_the_page_names_no_other_address(client: httpx.Client) -> None:
    for path in ("/", "/en/"):
        page = client.get(path).text
        outside = page.replace("https://www.beijing.gov.cn", "").replace("http://www.w3.org", "")
        head = outside.split("window.gradio_config")[0]
        assert "https://" not in head
        assert "http://" not in head
        assert "<gradio-app" in page
        assert "og:" not in head


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/en/gradio_api/upload",
        "/gradio_api/runs",
        "/monitoring",
        "/monitoring/",
        "/gradio_api/proxy=http://x",
        "/docs",
        "/openapi.json",
    ],
)
def test_doors_that_are_not_used_are_shut(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code in (401, 403, 404)
    assert client.post(path, content=b"{}").status_code in (401, 403, 404, 405)


@pytest.mark.parametrize("path", ["/etc/passwd", "app.py", "assistant/settings.py", "../../app.py", ".env"])
def test_no_file_is_handed_out(client: httpx.Client, path: str) -> None:
    assert client.get(f"/gradio_api/file={path}").status_code in (403, 404)
    assert client.get(f"/own/{path}").status_code == 404


def test_a_body_that_is_too_long_is_refused_with_and_without_its_length(client: httpx.Client) -> None:
    assert client.post("/api/ask", content=b" " * (MAX_BODY + 1)).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(30):
            yield b" " * 100_000

    with contextlib.suppress(httpx.TransportError):
        assert client.post("/api/ask", content=endless()).status_code >= 400


@dataclass
class _Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_lets_a_burst_through_and_then_its_rate() -> None:
    clock = _Clock()
    bucket = TokenBucket(rate=2.0, burst=3.0, clock=clock)
    assert [bucket.take() for _ in range(3)] == [0.0, 0.0, 0.0]
    assert bucket.take() == pytest.approx(0.5)
    clock.now = 0.5
    assert bucket.take() == 0.0
    clock.now = 100.0
    assert [bucket.take() for _ in range(4)][:3] == [0.0, 0.0, 0.0]


def test_one_who_asks_too_fast_is_told_when_to_come_back_and_others_are_not_held_up() -> None:
    async def plain(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    async def run() -> None:
        app = Guarded(Paced(plain, rate=0.1, burst=2, addresses=2))

        async def ask(address: str, path: str = "/api/ask") -> httpx.Response:
            transport = httpx.ASGITransport(app=app, client=(address, 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://page") as client:
                return await client.post(path)

        assert [(await ask("10.0.0.1")).status_code for _ in range(3)] == [200, 200, 429]
        refused = await ask("10.0.0.1", "/gradio_api/queue/join")
        assert refused.status_code == 429
        assert refused.json()["error"] == CHINESE.too_many
        assert int(refused.headers["retry-after"]) >= 1
        assert "content-security-policy" in refused.headers
        assert (await ask("10.0.0.2")).status_code == 200
        assert (await ask("10.0.0.1", "/api/feedback")).status_code == 429
        assert (await ask("10.0.0.1", "/own/style.css")).status_code == 200

    asyncio.run(run())
