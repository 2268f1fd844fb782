"""Chroma's folder is filled in another process as in this one, and that process ends with this one."""

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock, Timeout

from index import building
from index.apart import LOCK, GraphApart
from index.generation import build, open_planned
from index.passage import Passage
from index.plan import Plan, plan_index
from index.testing import HashingEmbedder

ROOT = Path(__file__).resolve().parent.parent.parent


def keys(plan: Plan, root: Path) -> list[str]:
    index = open_planned(plan, root)
    try:
        return [hit.passage.key for hit in index.search("逾期退还押金 登记", limit=20)]
    finally:
        index.close()


@pytest.fixture
def part(root: Path) -> Path:
    """A generation of which the entries are known and no vector is there yet."""
    folder = root / "a.part"
    folder.mkdir(parents=True)
    np.save(folder / "entries.npy", np.arange(20, dtype=np.uint64).reshape(-1, 2))
    np.save(folder / "vectors.npy", np.eye(10, dtype=np.float32))
    return folder


def test_an_index_filled_apart_grows_and_answers_like_one_filled_here(
    passages: list[Passage], root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = [plan_index(passages[:count], HashingEmbedder()) for count in (25, 40)]
    here = [build(plan, tmp_path / "here") for plan in plans]
    monkeypatch.setattr(building, "_APART", 1)
    told: list[int] = []
    apart = [build(plan, root, progress=lambda done, _: told.append(done)) for plan in plans]
    assert [each.manifest.holes for each in apart] == [each.manifest.holes for each in here]
    assert keys(plans[1], root) == keys(plans[1], tmp_path / "here")
    assert told[-1] == 40


def test_vectors_are_waited_for(part: Path) -> None:
    apart = GraphApart(part, None, ready=0)
    stored: list[int] = []
    apart.tell(10)
    assert apart.fill(stored.append) == 0
    assert stored[-1] == 10
    apart.close()


def test_a_process_that_is_stopped_says_so(part: Path) -> None:
    apart = GraphApart(part, None, ready=5)
    apart.close()
    apart.tell(10)
    with pytest.raises((RuntimeError, ValueError)):
        apart.fill(lambda _: None)


def test_what_stops_the_build_here_stops_the_other_process(
    passages: list[Passage], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(HashingEmbedder):
        def encode_documents(self, texts: object) -> np.ndarray:
            raise OSError("the model is gone")

    monkeypatch.setattr(building, "_APART", 1)
    with pytest.raises(OSError, match="the model is gone"):
        build(plan_index(passages, Failing()), root)
    with FileLock(root / LOCK, timeout=5):
        pass
    assert not build(plan_index(passages, HashingEmbedder()), root).unchanged


def test_the_other_process_ends_when_this_one_is_killed(part: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from index.apart import GraphApart\n"
        "apart = GraphApart(Path(sys.argv[1]), None, ready=5); print('started', flush=True); time.sleep(60)"
    )
    lock = FileLock(part.parent / LOCK)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(part)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        first.stdout.readline()
        while True:
            try:
                lock.acquire(timeout=0)
                lock.release()
            except Timeout:
                break
        first.send_signal(signal.SIGKILL)
    lock.acquire(timeout=5)
    lock.release()
