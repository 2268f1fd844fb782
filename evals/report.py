"""Print what a run found: judged figures, tables by role and kind, falls before climbs, failures."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from evals.baseline import Change
from evals.case import Demand, Part
from evals.figures import Figure, right
from evals.grade import Outcome
from evals.metrics import mean
from evals.run import Compared, Graded

MARKS = {True: "✓", False: "✗", None: "·"}
SHOWN = 160
"""Characters of an answer shown with a failure."""


def figure_lines(figures: Sequence[Figure]) -> Iterator[str]:
    """Yield a line for each judged figure: kept or not, what, value, aim."""
    wide = max((_width(figure.what) for figure in figures), default=0)
    for figure in figures:
        yield f"  {MARKS[figure.kept]} {_pad(figure.what, wide)}  {figure.shown}  (aim {figure.aim})"


def table(results: Sequence[Graded], name: str, key: Callable[[Graded], str]) -> Iterator[str]:
    """Yield a table of the results grouped by ``key``, largest group first."""
    groups = Counter(key(result) for result in results)
    wide = max([_width(name), *(_width(group) for group in groups)])
    yield f"  {_pad(name, wide)}     n  right          facts  recall  precision  wrong  silent  error"
    for group, n in sorted(groups.items(), key=lambda item: (-item[1], item[0])):
        these = [result for result in results if key(result) == group]
        share = right(these)
        grades = [result.grade for result in these]
        outcomes = Counter(grade.outcome for grade in grades)
        facts, recall, precision = (
            _cell(mean(values).value)
            for values in (
                [grade.facts for grade in grades],
                [grade.recall for grade in grades],
                [grade.precision for grade in grades],
            )
        )
        yield (
            f"  {_pad(group, wide)}  {n:4d}  {share.value:.2f} ± {_cell(share.error)}  {facts:>6}  {recall:>6}  {precision:>9}"
            f"  {outcomes[Outcome.WRONG]:5d}  {outcomes[Outcome.SILENT]:6d}  {outcomes[Outcome.ERROR]:5d}"
        )


def kind_of(result: Graded) -> str:
    """Return the kind under which a case is counted; the rare kinds of the unanswerable go together."""
    return result.case.kind.partition("-")[0]


def part_lines(part: Part, results: Sequence[Graded], figures: Sequence[Figure]) -> Iterator[str]:
    """Yield all that is told of one part."""
    demands = Counter(result.case.demand for result in results)
    counted = ", ".join(f"{demands[demand]} {word}" for demand, word in _DEMANDS.items())
    yield f"== {part}: {len(results)} cases ({counted})"
    yield from figure_lines([figure for figure in figures if figure.kept is not None])
    for name, key in (("role", lambda r: r.case.role), ("kind", kind_of), ("style", lambda r: r.case.style)):
        yield ""
        yield from table(results, name, key)


_DEMANDS = {
    Demand.ANSWER: "to be answered",
    Demand.SILENCE: "not answerable",
    Demand.EITHER: "either way",
}


def change_lines(fell: Sequence[Change], climbed: Sequence[Change], *, name_them: bool) -> Iterator[str]:
    """Yield the falls, then the climbs, since the baseline; only their numbers unless ``name_them``."""
    yield f"  since the baseline: {len(fell)} fell, {len(climbed)} climbed"
    if name_them:
        for word, moved in (("fell", fell), ("climbed", climbed)):
            for change in moved:
                yield f"    {word:8} {change.id}: {change.before.name.lower()} → {change.now.name.lower()}"


def failure_lines(results: Sequence[Graded], compared: Sequence[Compared]) -> Iterator[str]:
    """Yield every case that is not right, worst first, with the question, the reason and the head of the answer."""
    for result in sorted(results, key=lambda result: result.grade.outcome):
        if result.grade.outcome is Outcome.RIGHT and result.grade.language_kept:
            continue
        case, reply = result.case, result.reply
        earlier = "".join(f"({text}) " for speaker, text in case.history if speaker == "user")
        answer = " / ".join(str(reply.get("answer", "")).split("\n"))
        yield f"{result.grade.outcome.name.lower():10} {case.id} [{case.kind}, {case.style}] {earlier}{case.question}"
        language = "" if result.grade.language_kept else f" (in {reply.get('language')}, not {case.lang})"
        yield f"           {result.grade.status}{language}: {result.grade.explanation}"
        yield f"           cites {', '.join(sorted(result.grade.cited)) or '—'} · {answer[:SHOWN]}"
    for pair in compared:
        if not pair.kept:
            wish = "same" if pair.pair.same else "apart"
            yield f"{wish:10} {pair.pair.id} {pair.pair.a} | {pair.pair.b}"
            yield f"           {' | '.join(', '.join(sorted(c)) or s for c, s in zip(pair.cited, pair.status, strict=True))}"


def as_json(
    results: Sequence[Graded], compared: Sequence[Compared], figures: Sequence[Figure], *, tell_all: bool
) -> dict[str, Any]:
    """Return one part of a run for other programs; replies and reasons only when all may be told."""
    return {
        "figures": {
            figure.key: {"what": figure.what, "value": None if figure.value != figure.value else figure.value, "shown": figure.shown, "aim": figure.aim, "kept": figure.kept}
            for figure in figures
        },
        "cases": [_case_as_json(result) if tell_all else _outcome_as_json(result) for result in results],
        "pairs": [{"id": pair.pair.id, "kept": pair.kept, "cited": [sorted(c) for c in pair.cited]} for pair in compared]
        if tell_all
        else [{"id": pair.pair.id, "kept": pair.kept} for pair in compared],
    }  # fmt: skip


def _outcome_as_json(result: Graded) -> dict[str, Any]:
    return {"id": result.case.id, "outcome": result.grade.outcome.name.lower()}


def _case_as_json(result: Graded) -> dict[str, Any]:
    told = asdict(result.grade) | _outcome_as_json(result) | {"cited": sorted(result.grade.cited)}
    return told | {
        "question": result.case.question,
        "took_ms": round(result.took_ms, 2),
        "reply": dict(result.reply),
    }


def _cell(value: float) -> str:
    return f"{value:.2f}" if value == value else "—"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
