"""What is installed is pinned, and torch stays apart."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GROUPS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
PINS = [
    line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line and line[0] != "#"
]


def canonical(requirement: str) -> str:
    """The normalised name of a package."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


@pytest.mark.parametrize("requirement", [name for group in GROUPS.values() for name in group])
def test_every_package_that_is_asked_for_is_pinned(requirement):
    assert canonical(requirement) in {canonical(pin) for pin in PINS}


def test_every_pin_is_exact():
    assert all(re.match(r"[\w.-]+==[\w.]+( ; .+)?$", pin) for pin in PINS)


def test_no_pin_could_bring_a_cuda_build():
    assert not [pin for pin in PINS if re.match(r"torch|nvidia|cuda|triton", pin)]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the list of tracked files")
def test_no_file_names_a_package_registry():
    pattern = r"(pypi|pythonhosted|npmjs|registry|mirrors?)\.[a-z]+[./]|index-url *= *http"
    command = [
        "git",
        "grep",
        "-nIE",
        pattern,
        "--",
        ".",
        ":!tests/setup/test_pins.py",
        ":!corpus",
        ":!evals/cases",
    ]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout == ""
