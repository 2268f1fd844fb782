"""Make every check: lint, format, types, architecture, tests. What `./run test` does once the environment is there."""

import os
import subprocess
import sys
import time
from pathlib import Path

import chromium

PYTHON = Path(sys.executable)


_SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile")
"""Two workers, each with whole files, so that what a file sets up is set up once."""


def checks(pytest_arguments: list[str]) -> dict[str, list[str | Path]]:
    """The commands, by name, in order of how soon they tell something."""
    return {
        "lint": [PYTHON, "-m", "ruff", "check", "--quiet"],
        "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet"],
        "architecture": [PYTHON.parent / "lint-imports"],
        "types": [PYTHON, "-m", "mypy"],
        "tests": [PYTHON, "-m", "pytest", *_SIDE_BY_SIDE, *pytest_arguments],
    }


def main(pytest_arguments: list[str]) -> int:
    """Make all checks, also when one fails; 0 if all passed."""
    if path := chromium.find_or_install():
        os.environ["CHROMIUM"] = str(path)
    else:
        print(
            "没有能用的 Chromium，浏览器测试不做。NO CHROMIUM THAT WORKS: the browser tests are left out.",
            flush=True,
        )
    failed = []
    for name, command in checks(pytest_arguments).items():
        print(f"\n== {name}", flush=True)
        began = time.monotonic()
        status = subprocess.call(command)
        print(f"== {name}: {'failed' if status else 'passed'}, {time.monotonic() - began:.0f} s", flush=True)
        failed += [name] if status else []
    print(f"没有通过 Failed: {', '.join(failed)}" if failed else "全部通过。All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
