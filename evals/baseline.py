"""Remember how every case did, and say which fell and which climbed since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.grade import Outcome
from evals.run import Compared, Graded

BASELINE = Path(__file__).parent / "baseline.json"

Outcomes = Mapping[str, str]
"""Outcome by id of the case or pair, in words."""


@dataclass(frozen=True, slots=True)
class Change:
    """A case whose outcome is no longer what it was."""

    id: str
    before: Outcome
    now: Outcome


def outcomes_of(results: Sequence[Graded], compared: Sequence[Compared]) -> dict[str, str]:
    """Return the outcome of every case and pair by id, in words."""
    of_cases = {result.case.id: result.grade.outcome.name.lower() for result in results}
    of_pairs = {r.pair.id: (Outcome.RIGHT if r.kept else Outcome.WRONG).name.lower() for r in compared}
    return of_cases | of_pairs


def changes(before: Outcomes, now: Outcomes) -> tuple[list[Change], list[Change]]:
    """Return the cases that fell and those that climbed, the widest moves first; new and dropped cases do not count."""
    moved = [
        Change(id, Outcome[before[id].upper()], Outcome[now[id].upper()])
        for id in now
        if id in before and before[id] != now[id]
    ]
    moved.sort(key=lambda change: -abs(change.now - change.before))
    return [c for c in moved if c.now < c.before], [c for c in moved if c.now > c.before]


def read_baseline(path: Path = BASELINE) -> dict[str, dict[str, str]]:
    """Return the remembered outcomes by part; nothing when there is no baseline yet."""
    if not path.exists():
        return {}
    stored: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return stored


def write_baseline(parts: Mapping[str, Outcomes], path: Path = BASELINE) -> None:
    """Remember the outcomes of these parts; those of other parts stay."""
    kept = read_baseline(path) | {part: dict(sorted(outcomes.items())) for part, outcomes in parts.items()}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
