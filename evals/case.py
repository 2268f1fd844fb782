"""Hold what is asked of the assistant and what a right reply has, as read from ``cases/``."""

import hashlib
import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from corpus.errors import ExplainedError

CASES = Path(__file__).parent / "cases"
PAIRS_FILE = "pairs.jsonl"

StatusName = Literal[
    "answered", "partial", "not_in_corpus", "out_of_scope", "needs_clarification", "declined"
]
ANSWERING: frozenset[str] = frozenset({"answered", "partial"})
"""The statuses that carry an answer; the others are silence."""


class Part(StrEnum):
    """Which cases: those looked at while tuning, those kept aside, those on documents without data files."""

    TUNE = "tune"
    HELD = "held"
    OTHER = "other"


class Demand(StrEnum):
    """What a case asks of the assistant."""

    ANSWER = "answer"
    SILENCE = "silence"
    EITHER = "either"
    """The text says a little or nothing, and both a careful answer and silence are right."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Expect(_Strict):
    """What a right reply has."""

    status: tuple[StatusName, ...]
    """Any of these."""
    facts: tuple[tuple[str, ...], ...] = ()
    """Every group must be met by one of its strings, in the answer or its notes; the first group decides.

    Where silence is right, the group is what the reply should name as not stated, and only reported.
    """
    forbid: tuple[str, ...] = ()
    """Strings that make the reply wrong; one that begins with ``^`` only at the head of the answer."""
    provisions: tuple[str, ...] = ()
    """Every relevant provision, without suffix."""
    may: tuple[str, ...] = ()
    """Provisions that may be cited besides."""
    nearest: tuple[str, ...] = ()
    """Where silence is right: provisions of which one should be shown as the nearest."""

    @model_validator(mode="after")
    def _is_complete(self) -> "Expect":
        if not self.status:
            raise ValueError("a case needs a status")
        if any(not group or not all(group) for group in self.facts):
            raise ValueError("an empty fact")
        if any(not string.strip("^") for string in self.forbid):
            raise ValueError("an empty string would forbid everything")
        return self


class Case(_Strict):
    """One question with its conversation, and what a right reply to it has."""

    id: str
    question: str
    history: tuple[tuple[Literal["user", "assistant"], str], ...] = ()
    role: Literal["resident", "staff", "trainer"]
    lang: Literal["zh", "zh-Hant", "en"]
    kind: str
    style: Literal["plain", "colloquial", "terse", "typo", "voice", "dialect", "hant", "en"]
    expect: Expect
    basis: str
    """Why, with the exact words of the text."""

    @property
    def words(self) -> str:
        """The words by which it is decided whether the case is kept aside."""
        return self.question + "".join(text for _, text in self.history)

    @property
    def demand(self) -> Demand:
        """What is asked: an answer, silence, or either."""
        allowed = set(self.expect.status)
        if allowed <= ANSWERING:
            return Demand.ANSWER
        return Demand.EITHER if "answered" in allowed else Demand.SILENCE


def belongs_aside(words: str) -> bool:
    """Say whether a case with these words (question and history, or both questions) is one of the third kept aside."""
    return int(hashlib.sha256(words.encode()).hexdigest(), 16) % 3 == 0


class Pair(_Strict):
    """Two questions: one thing asked in two ways, or a near miss."""

    id: str
    a: str
    b: str
    same: bool

    @property
    def words(self) -> str:
        """The words by which it is decided whether the pair is kept aside."""
        return f"{self.a}|{self.b}"


class CasesError(ExplainedError):
    """A file of cases is faulty; names the file and the line."""


Row = TypeVar("Row", Case, Pair)


def load_cases(part: Part, folder: Path = CASES) -> list[Case]:
    """Return the cases of one part, in the order of the files.

    Raises:
        CasesError: a line is not a case, or an id occurs twice.
    """
    paths = sorted(path for path in (folder / part).glob("*.jsonl") if path.name != PAIRS_FILE)
    cases = [case for path in paths for case in _read(path, Case)]
    _refuse_twins(part, [case.id for case in cases])
    return cases


def load_pairs(part: Part, folder: Path = CASES) -> list[Pair]:
    """Return the pairs of one part; raises CasesError."""
    path = folder / part / PAIRS_FILE
    pairs = list(_read(path, Pair)) if path.exists() else []
    _refuse_twins(part, [pair.id for pair in pairs])
    return pairs


def _read(path: Path, row: type[Row]) -> Iterator[Row]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield row.model_validate(json.loads(line))
        except (ValueError, ValidationError) as error:
            raise CasesError(f"{path}, line {number}: {error}", fix="Correct that line.") from error


def _refuse_twins(part: Part, ids: list[str]) -> None:
    twins = sorted({id for id in ids if ids.count(id) > 1})
    if twins:
        raise CasesError(f"cases/{part}: ids used twice: {', '.join(twins)}.", fix="Give each its own.")
