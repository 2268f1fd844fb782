"""Find questions of the evals that are, or nearly are, among those that teach the index."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.library import DOCUMENTS
from evals.case import CASES, Part, load_cases, load_pairs
from evals.wording import bare_of, bigrams

TOO_NEAR = 0.8
"""From this share of common character pairs (Jaccard) on, two questions are one."""


@dataclass(frozen=True, slots=True)
class Near:
    """An eval question that is too near to one that teaches."""

    id: str
    question: str
    likeness: float
    taught: str


def taught_questions(documents: Path = DOCUMENTS) -> list[str]:
    """Return every question of the ``questions.jsonl`` files."""
    lines = (
        line
        for path in sorted(documents.glob("*/questions.jsonl"))
        for line in path.read_text(encoding="utf-8-sig").split("\n")
    )
    return [str(json.loads(line)["question"]) for line in lines if line.strip()]


def judging_questions(folder: Path = CASES) -> Iterator[tuple[str, str]]:
    """Yield the id and the words of every question that judges, those of the pairs too."""
    for part in Part:
        for case in load_cases(part, folder):
            yield case.id, case.question
        for pair in load_pairs(part, folder):
            yield f"{pair.id} a", pair.a
            yield f"{pair.id} b", pair.b


def too_near(judging: Iterable[tuple[str, str]], taught: Iterable[str]) -> list[Near]:
    """Return the judging questions that equal a taught one or share too many of its character pairs."""
    taught = list(taught)
    exact = {bare_of(question): question for question in taught}
    profiles = [bigrams(question) for question in taught]
    having: defaultdict[str, list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        for pair in profile:
            having[pair].append(number)
    found = []
    for id, question in judging:
        if bare_of(question) in exact:
            found.append(Near(id, question, 1.0, exact[bare_of(question)]))
            continue
        profile = bigrams(question)
        common = Counter(number for pair in profile for number in having.get(pair, ()))
        likeness, nearest = max(
            (
                (shared / (len(profile) + len(profiles[number]) - shared), number)
                for number, shared in common.items()
            ),
            default=(0.0, -1),
        )
        if likeness >= TOO_NEAR:
            found.append(Near(id, question, likeness, taught[nearest]))
    return found
