"""Compute the figures that are judged, each with its aim, from grades and pairs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.case import Demand
from evals.grade import LONG_KINDS, Outcome
from evals.metrics import Mean, bootstrap, mean, quantile
from evals.run import Compared, Graded

MISSPELT = frozenset({"voice", "typo"})
CLEAN = frozenset({"plain", "colloquial", "terse"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One judged figure: what it is, what it came to, and what it should come to."""

    key: str
    what: str
    value: float
    shown: str
    aim: str
    kept: bool | None
    """Whether the aim is reached; None where nothing was measured."""


def demanding(results: Iterable[Graded], demand: Demand) -> list[Graded]:
    """Return the results whose cases ask for that."""
    return [result for result in results if result.case.demand is demand]


def right(results: Iterable[Graded]) -> Mean:
    """Return the share of right replies."""
    return mean(result.grade.outcome is Outcome.RIGHT for result in results)


def right_answers(results: Iterable[Graded]) -> Mean:
    """Return the share of the answerable that have the right facts and every relevant provision."""
    return right(demanding(results, Demand.ANSWER))


def figures_of(results: Sequence[Graded]) -> list[Figure]:
    """Return every figure that cases alone can give."""
    answerable, silent = demanding(results, Demand.ANSWER), demanding(results, Demand.SILENCE)
    grades = [result.grade for result in results]
    answers = right(answerable)
    precision = mean(grade.precision for grade in grades)
    kept_silent = right(silent)
    declined = mean(result.grade.outcome is Outcome.SILENT for result in answerable)
    lengths = [float(grade.quoted) for grade in grades if grade.quoted is not None]
    median = quantile(lengths, 0.5)
    low, high = bootstrap(lengths, lambda values: quantile(values, 0.5), rounds=400)
    first, deciding = (
        mean(grade.fact_first for grade in grades),
        mean(grade.deciding_first for grade in grades),
    )
    quotes, exact = sum(grade.quotes for grade in grades), sum(grade.quotes_exact for grade in grades)
    times = [result.took_ms for result in results]
    p50, p95 = quantile(times, 0.5), quantile(times, 0.95)
    failed = sum(grade.outcome is Outcome.ERROR for grade in grades)
    return [
        _at_least("right", "right facts and every relevant provision, answerable", answers, 0.90),
        _at_least("precision", "citation precision", precision, 0.95),
        *(_beside(name, results, styles) for name, styles in _STYLES.items()),
        _at_least("silence", "not answerable: declined, or partial with nothing invented", kept_silent, 0.95),
        _at_most("declined", "answerable but declined", declined, 0.03),
        _figure("quoted", f"median characters quoted (not of {', '.join(sorted(LONG_KINDS))})", median,
                f"{median:.0f} [{low:.0f}, {high:.0f}]", "≤ 120", median <= 120),
        _at_least("first", "a fact is in the first sentence", first, 0.95),
        _at_least("deciding", "the fact that decides is in the first sentence", deciding, 0.90),
        _at_least("named", "silence names what is not stated", mean(grade.named for grade in grades), 0.90),
        _at_least("nearest", "silence shows the nearest provision", mean(g.nearest for g in grades), 0.80),
        _figure("exact", "quotations that are the slice they say", exact / quotes if quotes else float("nan"),
                f"{exact} of {quotes}", "all", exact == quotes),
        _at_least("language", "the reply keeps the question's language", mean(g.language_kept for g in grades), 0.99),
        _figure("p50", "a reply once warm, median", p50, f"{p50:.1f} ms", "≤ 20 ms", p50 <= 20),
        _figure("p95", "a reply once warm, 95th percentile", p95, f"{p95:.1f} ms", "≤ 60 ms", p95 <= 60),
        _figure("errors", "replies that are errors", failed, str(failed), "0", failed == 0),
    ]  # fmt: skip


_STYLES = {
    "English": frozenset({"en"}),
    "misspelt": MISSPELT,
    "traditional": frozenset({"hant"}),
}


def pair_figures(compared: Sequence[Compared]) -> list[Figure]:
    """Return how many pairs were kept together, and how many near misses told apart."""
    same = mean(result.kept for result in compared if result.pair.same)
    apart = mean(result.kept for result in compared if not result.pair.same)
    return [
        _at_least("same", "one question in two ways: equal sets of provisions", same, 0.92),
        _at_least("apart", "near misses told apart", apart, 0.95),
    ]


def _beside(name: str, results: Sequence[Graded], styles: frozenset[str]) -> Figure:
    answerable = demanding(results, Demand.ANSWER)
    these = right(result for result in answerable if result.case.style in styles)
    clean = right(result for result in answerable if result.case.style in CLEAN)
    gap = clean.value - these.value
    kept = gap <= 0.08 if these.n and clean.n else None
    what = f"{name}: right, against clean Chinese {clean.value:.3f}"
    return _figure(name, what, these.value, str(these), "within 0.08", kept)


def _at_least(key: str, what: str, value: Mean, aim: float) -> Figure:
    return _figure(key, what, value.value, str(value), f"≥ {aim:g}", value.value >= aim if value.n else None)


def _at_most(key: str, what: str, value: Mean, aim: float) -> Figure:
    return _figure(key, what, value.value, str(value), f"≤ {aim:g}", value.value <= aim if value.n else None)


def _figure(key: str, what: str, value: float, shown: str, aim: str, kept: bool | None) -> Figure:
    measured = value == value
    return Figure(key=key, what=what, value=value, shown=shown, aim=aim, kept=kept if measured else None)
