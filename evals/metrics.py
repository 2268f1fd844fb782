"""Turn many grades into figures, each with how sure it is."""

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mean:
    """An average, its standard error, and over how many."""

    value: float
    error: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:.3f} ± {self.error:.3f} (n = {self.n})" if self.n else "— (n = 0)"


def mean(values: Iterable[float | bool | None]) -> Mean:
    """Return the average of the values that were judged (``None`` was not); NaN of none."""
    kept = [float(value) for value in values if value is not None]
    if not kept:
        return Mean(math.nan, math.nan, 0)
    average = sum(kept) / len(kept)
    if len(kept) == 1:
        return Mean(average, math.nan, 1)
    variance = sum((value - average) ** 2 for value in kept) / (len(kept) - 1)
    return Mean(average, math.sqrt(variance / len(kept)), len(kept))


def quantile(values: Iterable[float | None], share: float) -> float:
    """Return the value below which ``share`` of the values lie, interpolated; NaN of none."""
    kept = sorted(value for value in values if value is not None)
    if not kept:
        return math.nan
    place = share * (len(kept) - 1)
    low = math.floor(place)
    high = min(low + 1, len(kept) - 1)
    return kept[low] + (kept[high] - kept[low]) * (place - low)


def bootstrap(
    values: Sequence[float],
    statistic: Callable[[Sequence[float]], float],
    *,
    rounds: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
) -> tuple[float, float]:
    """Return the interval in which ``statistic`` lies when the values are drawn anew; NaN of none."""
    if not values:
        return math.nan, math.nan
    source = random.Random(seed)
    drawn = [statistic(source.choices(values, k=len(values))) for _ in range(rounds)]
    tail = (1 - confidence) / 2
    return quantile(drawn, tail), quantile(drawn, 1 - tail)
