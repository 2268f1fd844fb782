"""What is served is what Chroma's own client would find, and every vector is in the graph on disk."""

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import chromadb
import numpy as np
import pytest

from index import store
from index.store import FolderStore, FolderWriter, Rows, Vectors, _even

ROOT = Path(__file__).resolve().parent.parent.parent


def vectors_of(count: int) -> Vectors:
    rows = np.random.default_rng(0).standard_normal((count, 32)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def filled(folder: Path, vectors: Vectors, *, start: int = 0) -> None:
    def source(rows: Rows) -> tuple[list[str], Vectors]:
        return [f"{row:032x}" for row in rows], vectors[rows]

    writer = FolderWriter(folder, len(vectors))
    writer.add(np.arange(len(vectors)), start=start, source=source, saved=lambda _: None)
    writer.finish()


@pytest.mark.parametrize("count", [1, 2, 7, 199, 1001])
def test_every_vector_is_on_disk_when_a_group_is_done(
    tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "GROUP", 150)
    monkeypatch.setattr(store, "_BATCH", 40)
    filled(tmp_path, vectors_of(count))
    with closing(sqlite3.connect(tmp_path / "chroma.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM embeddings").fetchone() == (count,)
        assert database.execute("SELECT count(*) FROM embeddings_queue").fetchone()[0] <= 1


def test_the_engine_finds_what_the_public_client_finds(tmp_path: Path) -> None:
    vectors = vectors_of(500)
    filled(tmp_path / "chroma", vectors)
    engine = FolderStore(tmp_path / "chroma")
    found = [engine.nearest(vector, 20) for vector in vectors[:20]]
    engine.close()
    client = chromadb.PersistentClient(str(tmp_path / "chroma"))
    collection = client.get_collection("passages", embedding_function=None)
    theirs = collection.query(query_embeddings=vectors[:20], n_results=20, include=[])["ids"]
    client.close()
    assert found == theirs


def test_recall_against_exact_search_is_nearly_whole(tmp_path: Path) -> None:
    vectors = vectors_of(2000)
    filled(tmp_path, vectors)
    engine = FolderStore(tmp_path)
    queries = vectors_of(2100)[2000:]
    shares = []
    for query in queries:
        best = set(np.argsort(-(vectors @ query))[:10].tolist())
        shares.append(len(best & {int(id, 16) for id in engine.nearest(query, 10)}) / 10)
    engine.close()
    assert np.mean(shares) >= 0.99


def test_deleted_vectors_are_not_found(tmp_path: Path) -> None:
    vectors = vectors_of(300)
    filled(tmp_path, vectors)
    writer = FolderWriter(tmp_path, 200)
    writer.delete([f"{row:032x}" for row in range(100)])
    writer.finish()
    engine = FolderStore(tmp_path)
    assert all(int(id, 16) >= 100 for vector in vectors[:50] for id in engine.nearest(vector, 50))
    engine.close()


def test_a_closed_store_leaves_nothing_behind_and_says_so(tmp_path: Path) -> None:
    filled(tmp_path, vectors_of(10))
    engine = FolderStore(tmp_path)
    scratch = Path(engine._scratch)
    assert scratch.exists()
    engine.close()
    assert not scratch.exists()
    with pytest.raises(RuntimeError, match="closed"):
        engine.nearest(vectors_of(1)[0], 1)


def test_what_a_killed_process_left_is_swept_and_what_is_in_use_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    filled(tmp_path / "chroma", vectors_of(10))
    code = (
        "import os, sys, tempfile; from pathlib import Path; from index.store import FolderStore;"
        "tempfile.tempdir = sys.argv[2]; store = FolderStore(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    subprocess.run(
        [sys.executable, "-c", code, tmp_path / "chroma", tmp_path / "scratch"], cwd=ROOT, check=False
    )
    (left,) = (tmp_path / "scratch").iterdir()
    first, second = FolderStore(tmp_path / "chroma"), FolderStore(tmp_path / "chroma")
    assert not left.exists()
    assert len(list((tmp_path / "scratch").iterdir())) == 2
    assert first.nearest(vectors_of(1)[0], 3) == second.nearest(vectors_of(1)[0], 3)
    first.close()
    second.close()


@pytest.mark.parametrize(("count", "most"), [(0, 5), (1, 5), (5, 5), (6, 5), (11, 5), (24_001, 24_000)])
def test_ranges_tile_and_are_all_but_equal(count: int, most: int) -> None:
    ranges = list(_even(count, most))
    assert [number for each in ranges for number in each] == list(range(count))
    sizes = {len(each) for each in ranges}
    assert not sizes or max(sizes) - min(sizes) <= 1
    assert all(size <= most for size in sizes)
