"""python app.py: on the port at once, on the page soon, and clear about what stands in its way."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(port: int, index: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run app.py on ``port`` over an index folder, and stop it afterwards."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("POLICY_")}
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)],
        cwd=ROOT,
        env={**known, "POLICY_INDEX": str(index), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=10)
        process.kill()
        process.communicate()


def until_open(port: int, path: str = "/", limit: float = 40) -> tuple[float, float, httpx.Response]:
    """Return the seconds to the first response of any kind, to the page itself, and the page."""
    began = time.monotonic()
    first = 0.0
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=10) as client:
        while time.monotonic() - began < limit:
            try:
                page = client.get(path)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            first = first or time.monotonic() - began
            if page.status_code == 200:
                return first, time.monotonic() - began, page
            assert page.headers["retry-after"] == "1"
            assert "正在打开" in page.text
            time.sleep(0.1)
    raise AssertionError("the page did not open")


def test_the_port_answers_before_the_page_is_ready_and_a_proxy_does_not_matter(tmp_path: Path) -> None:
    port = free_port()
    proxy = "http://10.9.9.9:3128"
    with running(
        port, tmp_path, HTTP_PROXY=proxy, HTTPS_PROXY=proxy, ALL_PROXY=proxy, NO_PROXY=""
    ) as process:
        first, ready, page = until_open(port)
        assert "<gradio-app" in page.text
        # Quiet, it is 1 s and 4 s; beside other work, more.
        assert first < 8
        assert ready < 30
        config = httpx.get(f"http://127.0.0.1:{port}/config", trust_env=False)
        assert config.status_code == 200
        process.terminate()
        told, complained = process.communicate(timeout=10)
    assert f"http://127.0.0.1:{port}/" in told
    assert "Traceback" not in complained


def test_without_an_index_the_terminal_and_the_page_say_what_to_type(tmp_path: Path) -> None:
    port = free_port()
    with running(port, tmp_path / "none") as process:
        until_open(port)
        health = httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False, timeout=30)
        assert health.status_code == 503
        assert "python -m assistant index" in health.text
        page = httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).text
        assert "python -m assistant index" in page
        process.terminate()
        _, complained = process.communicate(timeout=10)
    assert "python -m assistant index" in complained
    assert "Traceback" not in complained


def test_a_port_that_is_taken_is_told_so_with_another_to_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "app.py", "--port", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert f"--port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("given", [["--help"], ["--port", "x"], ["--port", "70000"]])
def test_the_command_line_explains_itself_quickly(given: list[str]) -> None:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "app.py", *given], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert time.monotonic() - began < 10
    assert "--host" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
