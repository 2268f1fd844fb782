"""Read ``questions.jsonl``: how people ask for what a document says."""

import json
from collections.abc import Callable, Container
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from corpus.rules import RulesError

_CHOICES = MappingProxyType(
    {
        "lang": ("zh", "zh-Hant", "en"),
        "role": ("resident", "staff", "trainer"),
        "style": ("plain", "colloquial", "voice", "typo", "terse", "dialect", "premise", "compare", "yesno"),
        "status": ("answered", "partial", "not_in_corpus", "out_of_scope", "declined"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question in somebody's words, with what answers it."""

    question: str
    lang: str = "zh"
    role: str = "resident"
    style: str = "plain"
    facts: tuple[str, ...] = ()
    """Ids of the facts that together answer it; empty when it cannot be answered."""
    provisions: tuple[str, ...] = ()
    """Every relevant provision."""
    status: str = "answered"
    missing: str = ""
    """What the documents do not state, in Chinese; for ``partial`` and ``not_in_corpus``."""
    missing_en: str = ""
    nearest: tuple[str, ...] = ()


def read_questions(
    path: Path, *, facts: Container[str], is_provision: Callable[[str], bool]
) -> tuple[AskedQuestion, ...]:
    """Return the questions of one document's file; none when there is no such file.

    Raises RulesError when a line is not a JSON object, has a field that is unknown or of the wrong kind, or names a
    fact or provision that does not exist.
    """
    if not path.exists():
        return ()
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise RulesError(path, f"byte {error.start}", "not UTF-8.", fix="Save the file as UTF-8.") from error
    read: list[AskedQuestion] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        asked = _read_line(path, f"line {number}", line)
        strangers = [fact for fact in asked.facts if fact not in facts]
        if strangers:
            raise RulesError(path, f"line {number}", f"no such fact: {', '.join(strangers)}.")
        lost = [id for id in (*asked.provisions, *asked.nearest) if not is_provision(id)]
        if lost:
            raise RulesError(path, f"line {number}", f"no such provision: {', '.join(lost)}.")
        read.append(asked)
    return tuple(read)


_FIELDS = MappingProxyType({field.name: field for field in fields(AskedQuestion)})


def _read_line(path: Path, name: str, line: str) -> AskedQuestion:
    try:
        row: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise RulesError(path, name, f"not valid JSON: {error.msg}.") from error
    if not isinstance(row, dict):
        raise RulesError(path, name, "not a JSON object.")
    unknown = [key for key in row if key not in _FIELDS]
    if unknown:
        raise RulesError(
            path, name, f"unknown: {', '.join(unknown)}.", fix=f"Known are: {', '.join(_FIELDS)}."
        )
    missing = [key for key, field in _FIELDS.items() if field.default is MISSING and key not in row]
    if missing or not str(row.get("question")).strip():
        raise RulesError(path, name, "there is no question.")
    values: dict[str, Any] = {}
    for key, value in row.items():
        wanted = list if _FIELDS[key].type == tuple[str, ...] else str
        if not isinstance(value, wanted) or (
            wanted is list and not all(isinstance(item, str) for item in value)
        ):
            raise RulesError(
                path, name, f"{key} is {value!r}, not {'a list of texts' if wanted is list else 'a text'}."
            )
        if key in _CHOICES and value not in _CHOICES[key]:
            raise RulesError(
                path, name, f"{key} is {value!r}.", fix=f"It may be: {', '.join(_CHOICES[key])}."
            )
        values[key] = tuple(value) if wanted is list else value
    return AskedQuestion(**values)
