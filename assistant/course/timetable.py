"""Divide provisions into sessions, and minutes among them, so that everything adds up."""

from collections.abc import Sequence


def divided(weights: Sequence[int], joints: Sequence[float], count: int) -> list[tuple[int, int]]:
    """Divide a row into ``count`` runs of about the same weight; return where each begins and ends.

    ``joints[n]`` says how well the ``n``-th and the following one hold together: a run that contains the joint costs so
    much, so that runs end where the text does. Raises ValueError unless ``1 <= count <= len(weights)``.
    """
    if not 1 <= count <= len(weights):
        raise ValueError(f"{len(weights)} cannot be divided into {count}")
    fair = sum(weights) / count

    def cost(start: int, end: int) -> float:
        return ((sum(weights[start:end]) - fair) / fair) ** 2 + sum(joints[start : end - 1])

    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        reached: dict[int, tuple[float, int]] = {}
        for start, (spent, _) in best[-1].items():
            for end in range(start + 1, len(weights) + 1):
                total = spent + cost(start, end)
                if end not in reached or total < reached[end][0]:
                    reached[end] = (total, start)
        best.append(reached)
    runs, end = [], len(weights)
    for reached in reversed(best[1:]):
        start = reached[end][1]
        runs.append((start, end))
        end = start
    return runs[::-1]


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """Share whole numbers out by weight so that they add up to ``total``, none less than one.

    Raises ValueError when there is less than one for each.
    """
    if total < len(weights):
        raise ValueError(f"{total} cannot be shared among {len(weights)}")
    spare = total - len(weights)
    exact = [spare * weight / sum(weights) for weight in weights]
    given = [int(share) for share in exact]
    left = spare - sum(given)
    for number in sorted(range(len(weights)), key=lambda n: (given[n] - exact[n], n))[:left]:
        given[number] += 1
    return [share + 1 for share in given]


def minutes(total: int, weights: Sequence[int]) -> list[int]:
    """Share minutes out by weight, in fives where there is room for that. Raises ValueError as ``shared`` does."""
    for step in (5, 1):
        if total % step == 0 and total // step >= len(weights):
            return [share * step for share in shared(total // step, weights)]
    return shared(total, weights)
