"""The bundled model is read without torch and gives the vectors of sentence-transformers; others work by name or folder."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from index.embedder import BUNDLED, BundledEmbedder, open_embedder
from index.errors import ModelDamaged, ModelMissing
from index.familiarity import Familiarity

TEXTS = [
    "街道的孵化中心要有哪些房间？",
    "第四条　街道、乡镇级社会组织培育孵化机构统一命名为“XX街道（乡镇）社会组织发展服务中心”。",
    "What rooms does a centre need? ABC 123",
    "",
    "　\n",
    "①②③ ＡＢＣ",
    "𠮷" * 3,
    "押金不退怎么办" * 40,
]


@pytest.fixture(scope="module")
def bundled() -> BundledEmbedder:
    return BundledEmbedder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUNDLED, tmp_path / "model"))


def test_vectors_are_those_of_sentence_transformers(bundled: BundledEmbedder) -> None:
    library = pytest.importorskip("sentence_transformers")
    theirs = library.SentenceTransformer(str(BUNDLED), device="cpu").encode(TEXTS)
    assert np.abs(bundled.encode_documents(TEXTS) - theirs).max() < 1e-6


def test_a_text_alone_has_the_vector_that_it_has_among_others(bundled: BundledEmbedder) -> None:
    alone = np.concatenate([bundled.encode_queries([text]) for text in TEXTS])
    assert np.abs(alone - bundled.encode_queries(TEXTS)).max() < 1e-6


def test_vectors_have_unit_length_and_empty_texts_are_zero(bundled: BundledEmbedder) -> None:
    lengths = np.linalg.norm(bundled.encode_documents(TEXTS), axis=1)
    assert lengths.tolist() == pytest.approx([1, 1, 1, 0, 0, 1, 0, 1], abs=1e-5)
    assert bundled.encode_documents([]).shape == (0, bundled.dimension)


def test_familiarity_comes_with_the_vectors(bundled: BundledEmbedder) -> None:
    vectors, familiarity = bundled.encode_with_familiarity(TEXTS[:2])
    assert np.array_equal(vectors, bundled.encode_documents(TEXTS[:2]))
    assert familiarity.tolist() == pytest.approx(Familiarity.read(BUNDLED).of(TEXTS[:2]).tolist(), abs=0.05)


def test_a_question_is_encoded_within_a_millisecond(bundled: BundledEmbedder) -> None:
    seconds = []
    for number in range(50):
        began = time.perf_counter()
        bundled.encode_queries([f"街道的孵化中心要有哪些房间？{number}"])
        seconds.append(time.perf_counter() - began)
    assert sorted(seconds)[25] < 0.001


def test_the_bundled_model_needs_neither_torch_nor_sentence_transformers() -> None:
    code = (
        "import sys; from index.embedder import open_embedder; open_embedder().encode_queries(['押金']);"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=BUNDLED.parent.parent
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["modules.json", "tokenizer.json", "model.safetensors"])
def test_a_model_without_one_of_its_files_is_missing(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelMissing, match=name):
        BundledEmbedder(folder)


@pytest.mark.parametrize("name", ["modules.json", "tokenizer.json", "model.safetensors"])
def test_a_file_that_was_cut_short_is_named(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(ModelDamaged):
        BundledEmbedder(folder)


def test_rows_without_their_weights_are_noticed(folder: Path) -> None:
    from safetensors.numpy import load_file, save_file

    arrays = load_file(folder / "model.safetensors")
    shuffled = np.random.default_rng(0).permutation(arrays["embeddings"])
    save_file({**arrays, "embeddings": shuffled}, folder / "model.safetensors")
    with pytest.raises(ModelDamaged, match="alike"):
        BundledEmbedder(folder)


def test_another_kind_of_model_is_not_taken_for_the_bundled_one(folder: Path) -> None:
    modules = json.loads((folder / "modules.json").read_text())
    modules[0]["type"] = "sentence_transformers.models.Transformer"
    (folder / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(ModelDamaged, match="Transformer"):
        BundledEmbedder(folder)


def test_the_fingerprint_follows_the_files(bundled: BundledEmbedder, folder: Path) -> None:
    assert BundledEmbedder(folder).fingerprint == bundled.fingerprint
    with (folder / "modules.json").open("a") as file:
        file.write(" ")
    assert BundledEmbedder(folder).fingerprint != bundled.fingerprint


def test_a_model_in_a_folder_is_used_with_its_prompts_and_dimension(folder: Path) -> None:
    pytest.importorskip("sentence_transformers")
    other = open_embedder(str(folder), query_prompt="查询：", document_prompt="条文：", dimension=64)
    assert other.dimension == 64
    expected = BundledEmbedder(folder).encode_queries(["查询：押金不退"])[:, :64]
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    assert np.abs(other.encode_queries(["押金不退"]) - expected).max() < 1e-5
    assert np.abs(other.encode_documents(["押金不退"]) - expected).max() > 1e-3


def test_the_fingerprint_of_another_model_follows_prompts_and_dimension(folder: Path) -> None:
    settings = [{}, {"query_prompt": "问："}, {"document_prompt": "问："}, {"dimension": 64}]
    fingerprints = {open_embedder(str(folder), **each).fingerprint for each in settings}  # type: ignore[arg-type]
    assert len(fingerprints) == len(settings)


@pytest.mark.parametrize(
    "name",
    ["/nowhere/model", "./nowhere", "no-such-organisation/no-such-model"],
    ids=["absolute", "relative", "hub"],
)
def test_a_model_that_is_not_there_is_one_clear_sentence(name: str) -> None:
    with pytest.raises(ModelMissing) as caught:
        open_embedder(name)
    assert name in str(caught.value)
    assert "bundled model" in caught.value.fix
