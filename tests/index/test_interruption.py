"""A build that is interrupted, however it is, leaves the old index, and goes on from where it was."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from evals.durability import flip_bits, kill_builds
from index import building, graph, store, vectors
from index.current import current_of
from index.generation import build, open_planned
from index.passage import Passage
from index.plan import Plan, plan_index
from index.testing import HashingEmbedder, passages_for


class Interrupted(Exception):
    """What stands for Ctrl-C."""


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_BLOCK", 20)
    monkeypatch.setattr(store, "GROUP", 30)
    monkeypatch.setattr(store, "_BATCH", 10)
    monkeypatch.setattr(graph, "_SAVE_AFTER", 0.0)


TEXTS = [
    f"第{number}条　应当在{number}日内登记，{'逾期退还押金' if number % 2 else '可以延长'}。"
    for number in range(200)
]


def planned(passages: Sequence[Passage], embedder: HashingEmbedder | None = None) -> Plan:
    return plan_index(passages, embedder or HashingEmbedder())


def interrupted_at(plan: Plan, root: Path, share: float) -> None:
    def progress(done: int, total: int) -> None:
        if done >= share * total:
            raise Interrupted

    with pytest.raises(Interrupted):
        build(plan, root, progress=progress)


def keys(plan: Plan, root: Path) -> list[str]:
    index = open_planned(plan, root)
    try:
        return [hit.passage.key for hit in index.search("逾期退还押金 登记", limit=20)]
    finally:
        index.close()


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9])
def test_an_interrupted_build_leaves_the_old_index_and_goes_on(
    root: Path, tmp_path: Path, share: float
) -> None:
    old = planned(passages_for(TEXTS[:150]))
    build(old, root)
    answers = keys(old, root)
    texts = [f"{text}（修改）" for text in TEXTS[:120]] + TEXTS[120:]
    interrupted_at(planned(passages_for(texts)), root, share)
    assert current_of(root) == old.fingerprint
    assert keys(old, root) == answers
    embedder = HashingEmbedder()
    new = planned(passages_for(texts), embedder)
    build(new, root)
    assert len(embedder.seen) < 170 or share < 0.1
    build(planned(passages_for(texts)), tmp_path / "afresh")
    assert keys(new, root) == keys(new, tmp_path / "afresh")


def test_a_journal_that_does_not_fit_the_vectors_is_not_believed(root: Path) -> None:
    plan = planned(passages_for(TEXTS))
    interrupted_at(plan, root, 0.7)
    part = root / f"{plan.fingerprint}.part"
    changed = np.lib.format.open_memmap(part / "vectors.npy", mode="r+")
    changed[5] = 7.0
    changed.flush()
    del changed
    embedder = HashingEmbedder()
    whole = planned(passages_for(TEXTS), embedder)
    build(whole, root)
    assert len(embedder.seen) == 200
    made = np.load(root / whole.fingerprint / "vectors.npy")
    assert np.abs(np.linalg.norm(made, axis=1) - 1).max() < 1e-5


def test_a_saved_graph_that_was_damaged_is_not_gone_on_from(root: Path) -> None:
    plan = planned(passages_for(TEXTS))
    interrupted_at(plan, root, 0.95)
    saved = root / f"{plan.fingerprint}.part" / "saved"
    (path,) = saved.rglob("data_level0.bin")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    build(plan, root)
    assert len(keys(plan, root)) == 20


def test_builds_killed_at_random_moments_leave_the_old_or_the_new_index() -> None:
    outcome = kill_builds(5, count=400, seed=1)
    assert outcome.wrong == []
    assert outcome.counts["old index after"] + outcome.counts["new index after"] == 5


def test_bits_flipped_at_random_places_are_detected() -> None:
    outcome = flip_bits(20, count=200, seed=1)
    assert outcome.wrong == []
    assert sum(outcome.counts.values()) == 20


def test_builds_killed_while_two_processes_are_at_work_leave_the_old_or_the_new_index() -> None:
    outcome = kill_builds(3, count=2 * building._APART, seed=2)
    assert outcome.wrong == []
    assert outcome.counts["old index after"] + outcome.counts["new index after"] == 3
