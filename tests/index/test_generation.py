"""A generation is built once, switched to in one step, grows by what is new, and is checked before it serves."""

import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.current import CURRENT, current_of
from index.errors import IndexBusy, IndexDamaged, IndexMissing, IndexStale
from index.generation import build, open_planned
from index.passage import Passage
from index.plan import Plan, plan_index
from index.testing import HashingEmbedder, passages_for

ROOT = Path(__file__).resolve().parent.parent.parent


def planned(passages: Sequence[Passage], embedder: HashingEmbedder | None = None) -> Plan:
    return plan_index(passages, embedder or HashingEmbedder())


def keys(plan: Plan, root: Path, query: str = "街道、乡镇要有办公室、会议室和档案室") -> list[str]:
    index = open_planned(plan, root)
    try:
        return [hit.passage.key for hit in index.search(query, limit=5)]
    finally:
        index.close()


def test_nothing_built_is_said_to_be_missing(passages: list[Passage], root: Path) -> None:
    with pytest.raises(IndexMissing, match="no index"):
        open_planned(planned(passages), root)


def test_what_was_built_is_found(passages: list[Passage], root: Path) -> None:
    plan = planned(passages)
    assert not build(plan, root).unchanged
    assert current_of(root) == plan.fingerprint
    assert set(keys(plan, root)) == {f"text:sample/{number}" for number in (8, 16, 24, 32, 40)}


def test_an_unchanged_corpus_is_left_alone(passages: list[Passage], root: Path) -> None:
    build(planned(passages), root)
    embedder = HashingEmbedder()
    assert build(planned(passages, embedder), root).unchanged
    assert embedder.seen == []


def test_only_what_is_new_is_embedded(passages: list[Passage], root: Path) -> None:
    build(planned(passages), root)
    embedder = HashingEmbedder()
    changed = [*passages[:-1], *passages_for(["第一条　新增的条文谈电动自行车充电。"], document="another")]
    plan = planned(changed, embedder)
    build(plan, root)
    assert embedder.seen == ["第一条　新增的条文谈电动自行车充电。"]
    assert keys(plan, root, "电动自行车充电")[0] == "text:another/1"


def test_an_index_that_grew_answers_like_one_made_at_once(
    passages: list[Passage], root: Path, tmp_path: Path
) -> None:
    for count in (25, 40, 32):
        plan = planned(passages[:count])
        build(plan, root)
    build(plan, tmp_path / "afresh")
    for query in ("退还押金", "养犬登记 编号13", "志愿者 拒绝"):
        assert keys(plan, root, query) == keys(plan, tmp_path / "afresh", query)
    vectors = [np.load(folder / plan.fingerprint / "vectors.npy") for folder in (root, tmp_path / "afresh")]
    assert np.array_equal(*vectors)


def test_passages_with_the_same_words_are_all_found(root: Path) -> None:
    twice = [*passages_for(["退还押金。"], document="one"), *passages_for(["退还押金。"], document="two")]
    plan = planned([*twice, *passages_for(["养犬登记。"], document="three")])
    assert len(plan) == 2
    build(plan, root)
    assert keys(plan, root, "押金")[:2] == ["text:one/1", "text:two/1"]


def test_an_empty_corpus_has_an_empty_index(root: Path) -> None:
    plan = planned([])
    build(plan, root)
    assert keys(plan, root) == []


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_smallest_indexes_work(root: Path, passages: list[Passage], count: int) -> None:
    plan = planned(passages[:count])
    build(plan, root)
    assert len(keys(plan, root, "第条")) == count


def test_other_texts_and_other_models_make_the_index_stale(passages: list[Passage], root: Path) -> None:
    build(planned(passages), root)
    with pytest.raises(IndexStale, match="documents"):
        open_planned(planned(passages[:-1]), root)
    with pytest.raises(IndexStale, match="another model"):
        open_planned(planned(passages, HashingEmbedder(salt="other")), root)


@pytest.mark.parametrize(
    "change",
    [
        lambda passage: Passage(**{**shown(passage), "text": f"{passage.text}改"}),
        lambda passage: Passage(**{**shown(passage), "heading": "标题"}),
        lambda passage: Passage(**{**shown(passage), "tiers": ("city",)}),
        lambda passage: Passage(**{**shown(passage), "provisions": ("sample/99",)}),
        lambda passage: Passage(**{**shown(passage), "labels": ("status:answered",)}),
    ],
    ids=["text", "heading", "tiers", "provisions", "labels"],
)
def test_the_fingerprint_follows_everything_that_is_searched(passages: list[Passage], change: object) -> None:
    assert callable(change)
    assert planned([*passages[:-1], change(passages[-1])]).fingerprint != planned(passages).fingerprint


def shown(passage: Passage) -> dict[str, object]:
    return {name: getattr(passage, name) for name in Passage.__slots__}


def test_a_reader_keeps_its_generation_while_another_is_built(passages: list[Passage], root: Path) -> None:
    plan = planned(passages)
    build(plan, root)
    reader = open_planned(plan, root)
    before = reader.search("退还押金", limit=5)
    for count in (30, 20, 10):
        build(planned(passages[:count]), root)
    assert reader.search("退还押金", limit=5) == before
    reader.close()


def test_old_generations_are_removed_and_the_last_one_stays_a_while(
    passages: list[Passage], root: Path
) -> None:
    plans = [planned(passages[:count]) for count in (10, 20, 30, 40)]
    for plan in plans:
        build(plan, root)
    assert {path.name for path in root.iterdir() if path.is_dir()} == {
        plan.fingerprint for plan in plans[-2:]
    }


def test_what_was_built_before_is_switched_to_at_once(passages: list[Passage], root: Path) -> None:
    build(planned(passages[:10]), root)
    build(planned(passages), root)
    embedder = HashingEmbedder()
    assert not build(planned(passages[:10], embedder), root).unchanged
    assert embedder.seen == []
    assert current_of(root) == planned(passages[:10]).fingerprint


def test_a_second_writer_is_refused_within_a_second(passages: list[Passage], root: Path) -> None:
    root.mkdir()
    code = (
        "import sys, time; from filelock import FileLock\n"
        "with FileLock(sys.argv[1]): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(root / ".lock")], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        began = time.perf_counter()
        with pytest.raises(IndexBusy, match="Another process"):
            build(planned(passages), root)
        assert time.perf_counter() - began < 1
        other.kill()
    assert not build(planned(passages), root).unchanged


def damage(folder: Path, name: str, how: str) -> None:
    path = folder / name
    if how == "missing":
        path.unlink()
        return
    content = bytearray(path.read_bytes())
    if how == "cut short":
        content = content[:-1]
    elif how == "longer":
        content.append(0)
    else:
        content[len(content) // 2] ^= 4
    path.write_bytes(content)


@pytest.mark.parametrize("how", ["missing", "cut short", "longer", "flipped bit"])
def test_damage_to_any_file_is_detected_before_it_serves(
    passages: list[Passage], root: Path, how: str
) -> None:
    plan = planned(passages)
    build(plan, root)
    folder = root / plan.fingerprint
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert len(files) >= 15
    kept = shutil.copytree(folder, root.parent / "kept")
    for name in files:
        if how in ("cut short", "flipped bit") and not (folder / name).stat().st_size:
            continue
        damage(folder, name, how)
        with pytest.raises(IndexDamaged):
            open_planned(plan, root)
        shutil.copyfile(kept / name, folder / name)
    open_planned(plan, root).close()


def test_a_damaged_index_is_made_again_when_that_is_asked_for(passages: list[Passage], root: Path) -> None:
    plan = planned(passages)
    build(plan, root)
    expected = keys(plan, root)
    damage(root / plan.fingerprint, "vectors.npy", "flipped bit")
    assert not build(plan, root).unchanged
    assert keys(plan, root) == expected


def test_a_foreign_generation_is_detected(passages: list[Passage], root: Path) -> None:
    plan, other = planned(passages), planned(passages[:20])
    build(plan, root)
    build(other, root)
    shutil.rmtree(root / plan.fingerprint)
    shutil.copytree(root / other.fingerprint, root / plan.fingerprint)
    with pytest.raises(IndexDamaged, match="another generation"):
        open_planned(plan, root)


@pytest.mark.parametrize("content", [b"", b"nonsense\n", b"0" * 64 + b"\n", b"\xff\xfe"])
def test_a_damaged_pointer_is_detected_and_repaired_by_building(
    passages: list[Passage], root: Path, content: bytes
) -> None:
    plan = planned(passages)
    build(plan, root)
    (root / CURRENT).write_bytes(content)
    with pytest.raises(IndexDamaged, match=CURRENT):
        open_planned(plan, root)
    build(plan, root)
    open_planned(plan, root).close()


def test_serving_does_not_change_a_single_byte(passages: list[Passage], root: Path) -> None:
    plan = planned(passages)
    build(plan, root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    keys(plan, root)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_progress_goes_to_the_end_and_never_back(passages: list[Passage], root: Path) -> None:
    told: list[tuple[int, int]] = []
    build(planned(passages), root, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (40, 40)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
