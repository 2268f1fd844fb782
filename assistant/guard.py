"""Decline what must not be answered, before anything is searched."""

import re
import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path

GUARD = Path(__file__).with_name("guard.toml")


class Refusal(StrEnum):
    """Why a question is declined outright."""

    OVERRIDE = "override"
    HARMFUL = "harmful"


@cache
def _patterns() -> dict[Refusal, re.Pattern[str]]:
    data = tomllib.loads(GUARD.read_text(encoding="utf-8"))
    return {
        refusal: re.compile("|".join(f"(?:{p})" for p in data[refusal.value]["patterns"]), re.IGNORECASE)
        for refusal in Refusal
    }


def refusal(text: str) -> Refusal | None:
    """Say why ``text`` (normalised, simplified) must be declined, or ``None`` when it may be answered."""
    for reason, pattern in _patterns().items():
        if pattern.search(text):
            return reason
    return None
