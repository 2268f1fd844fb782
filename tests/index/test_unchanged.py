"""That nothing has changed is found out from the files alone, and never believed when something has."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.library import load_library
from index.embedder import BundledEmbedder
from index.errors import IndexDamaged
from index.generation import build_index, open_index
from index.unchanged import Inputs, find_unchanged

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = "---\ntitle: 某市养犬办法（示例）\n---\n第一条　养犬人应当登记。\n第二条　登记不收费。\n"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with one document."""
    (tmp_path / "documents" / "dogs").mkdir(parents=True)
    (tmp_path / "documents" / "dogs" / "text.md").write_text(TEXT, encoding="utf-8")
    return tmp_path / "documents"


def built(documents: Path, root: Path, inputs: Inputs | None = None) -> bool:
    """Build, and say whether anything was done."""
    inputs = inputs or Inputs.take(documents)
    return not build_index(load_library(documents), BundledEmbedder(), root, inputs=inputs).unchanged


def test_what_was_built_is_found_unchanged_until_a_document_changes(documents: Path, root: Path) -> None:
    assert find_unchanged(root, Inputs.take(documents)) is None
    assert built(documents, root)
    found = find_unchanged(root, Inputs.take(documents))
    assert found is not None
    assert found.unchanged
    assert "最新" in found.summary()
    path = documents / "dogs" / "text.md"
    path.write_text(TEXT.replace("登记不收费", "登记收费二百元"), encoding="utf-8")
    assert find_unchanged(root, Inputs.take(documents)) is None
    path.write_text(TEXT, encoding="utf-8")
    assert find_unchanged(root, Inputs.take(documents)) is not None


@pytest.mark.parametrize("change", ["another file", "another name", "a file less"])
def test_files_that_come_and_go_count(documents: Path, root: Path, change: str) -> None:
    (documents / "dogs" / "questions.jsonl").touch()
    built(documents, root)
    if change == "another file":
        (documents / "dogs" / "rules.toml").touch()
    elif change == "another name":
        (documents / "dogs").rename(documents / "cats")
    else:
        (documents / "dogs" / "questions.jsonl").unlink()
    assert find_unchanged(root, Inputs.take(documents)) is None


def test_a_document_that_is_a_link_is_followed_and_a_circle_is_not(
    documents: Path, root: Path, tmp_path: Path
) -> None:
    (documents / "dogs").rename(tmp_path / "elsewhere")
    (documents / "dogs").symlink_to(tmp_path / "elsewhere")
    built(documents, root)
    (tmp_path / "elsewhere" / "circle").symlink_to(documents)
    before = Inputs.take(documents)
    (tmp_path / "elsewhere" / "text.md").write_text(f"{TEXT}第三条　自公布之日起施行。\n", encoding="utf-8")
    assert Inputs.take(documents) != before
    assert find_unchanged(root, Inputs.take(documents)) is None


def test_a_damaged_index_is_not_taken_for_unchanged(documents: Path, root: Path) -> None:
    built(documents, root)
    (path,) = root.glob("*/vectors.npy")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert find_unchanged(root, Inputs.take(documents)) is None
    assert built(documents, root)


def test_what_changed_while_it_was_read_is_looked_at_again(documents: Path, root: Path) -> None:
    before = Inputs.take(documents)
    path = documents / "dogs" / "text.md"
    path.write_text(TEXT.replace("登记不收费", "登记收费二百元"), encoding="utf-8")
    built(documents, root, before)
    path.write_text(TEXT, encoding="utf-8")
    assert find_unchanged(root, Inputs.take(documents)) is None


def test_other_files_that_make_the_same_index_are_remembered(documents: Path, root: Path) -> None:
    built(documents, root)
    (documents / "README.md").write_text("不是文件。", encoding="utf-8")
    assert find_unchanged(root, Inputs.take(documents)) is None
    assert not built(documents, root)
    assert find_unchanged(root, Inputs.take(documents)) is not None
    open_index(load_library(documents), BundledEmbedder(), root).close()


def test_every_bit_of_what_is_remembered_is_checked(documents: Path, root: Path) -> None:
    built(documents, root)
    (path,) = root.glob("*/manifest.json")
    path.write_bytes(path.read_bytes().replace(b'"inputs": "', b'"inputs": "0'))
    with pytest.raises(IndexDamaged):
        open_index(load_library(documents), BundledEmbedder(), root)


def test_the_command_finds_out_without_importing_what_a_build_needs(documents: Path, root: Path) -> None:
    environment = {**os.environ, "POLICY_DOCUMENTS": str(documents), "POLICY_INDEX": str(root)}

    def call(*options: str) -> str:
        command = [sys.executable, *options, "-m", "assistant", "index"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return done.stderr

    assert "已建好" in call()
    told = call("-X", "importtime")
    assert "已是最新" in told
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in told.splitlines()}
    assert imported.isdisjoint(
        {"numpy", "tokenizers", "chromadb", "chromadb_rust_bindings", "langchain_core", "gradio"}
    )
