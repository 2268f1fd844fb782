"""Find a Chromium that works, or install one: the only place that knows how.

`./run test` installs; the tests only look (see `chromium_path` in conftest.py).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Switches for a headless browser that asks nothing of the network by itself."""

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)


def find() -> Path | None:
    """The first Chromium that starts: $CHROMIUM, one on the PATH, or Playwright's own."""
    candidates = [
        os.environ.get("CHROMIUM", ""),
        *(shutil.which(name) or "" for name in NAMES),
        _playwrights_own(),
    ]
    return next((Path(path) for path in candidates if path and _starts(path)), None)


def find_or_install() -> Path | None:
    """A Chromium that starts, and a font with Chinese characters for it, installed if they are not there."""
    path = find()
    return path if path and has_chinese_font() else install() or path


def install() -> Path | None:
    """Install the system's Chromium where the user is root and there is apt-get, else Playwright's; None if neither came."""
    if _may_use_apt():
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk")
    if path := find():
        return path
    _run(sys.executable, "-m", "playwright", "install", "chromium", limit=300)
    return find()


def has_chinese_font() -> bool:
    """True unless fontconfig is here and says that no font has Chinese characters."""
    fc_list = shutil.which("fc-list")
    return not fc_list or bool(
        subprocess.run([fc_list, ":lang=zh"], capture_output=True, check=False).stdout.strip()
    )


def _may_use_apt() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _playwrights_own() -> str:
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return ""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else ""


def _starts(path: str) -> bool:
    command = [path, "--headless", *ARGUMENTS, "--dump-dom", "data:text/html,<p>ok</p>"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"<p>ok</p>" in done.stdout


def _run(*command: str, limit: float = 600) -> None:
    print("+", *command, file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(
            command, stdout=sys.stderr, stdin=subprocess.DEVNULL, env=environment, timeout=limit, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)
