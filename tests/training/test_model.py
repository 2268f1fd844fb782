"""The bundled model loads as sentence-transformers saves it, and finds what it was trained to find."""

from pathlib import Path

import numpy as np
import pytest

from index.embedder import BundledEmbedder

MODEL = Path(__file__).parents[2] / "index" / "model"
STARD = Path(__file__).parents[3] / "shared" / "benchmarks" / "stard"
PAIRS = [
    ("老板拖欠工资怎么办", "用人单位应当及时足额支付劳动报酬"),
    ("房东不退押金", "租赁期限届满，出租人应当返还保证金"),
    ("老公家暴我能离婚吗", "实施家庭暴力，调解无效的，应当准予离婚"),
    ("网购七天无理由退货", "消费者有权自收到商品之日起七日内退货，且无需说明理由"),
]


def test_sentence_transformers_reads_the_files_and_gives_the_same_vectors():
    library = pytest.importorskip("sentence_transformers")
    texts = [text for pair in PAIRS for text in pair] + [""]
    theirs = library.SentenceTransformer(str(MODEL), device="cpu").encode(texts)
    ours = BundledEmbedder(MODEL).encode_documents(texts)
    assert theirs.dtype == np.float32
    assert np.abs(theirs - ours).max() < 1e-5


def test_an_everyday_question_is_nearest_to_the_provision_that_answers_it():
    embedder = BundledEmbedder(MODEL)
    asked = embedder.encode_queries([question for question, _ in PAIRS])
    said = embedder.encode_documents([provision for _, provision in PAIRS])
    assert (asked @ said.T).argmax(axis=1).tolist() == list(range(len(PAIRS)))


def test_the_model_is_small_and_has_no_pickle():
    files = [path for path in MODEL.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 20_000_000
    assert {path.suffix for path in files} <= {".json", ".md", ".safetensors"}


@pytest.mark.skipif(not STARD.is_dir(), reason="the folder shared/ is not here")
def test_fused_retrieval_on_stard_keeps_its_level(tmp_path):
    from evals.ranking import judge
    from evals.retrieval import read_collection, search_here
    from index.training.aside import split_stard, write_stard_part
    from index.training.labelled import read_stard

    write_stard_part(STARD, split_stard(read_stard(STARD)).unseen, tmp_path)
    collection = read_collection(tmp_path)
    found = {
        name: judge(ranked, collection.relevant)
        for name, ranked in search_here(collection, BundledEmbedder(MODEL))
    }
    assert found["fused"]["R@10"].mean() >= 0.60
    assert found["fused"]["R@10"].mean() >= found["bm25"]["R@10"].mean() + 0.05
