"""The benchmark reads a public set, ranks it with every system, and judges the ranks rightly."""

import json

import numpy as np
import pytest

from evals.ranking import best_first, difference, judge
from evals.retrieval import SetUnreadable, main, read_collection

DOCUMENTS = {
    "a": ("劳动合同法（示例）", "用人单位应当按照劳动合同约定，及时足额支付劳动报酬。"),
    "b": ("租赁办法（示例）", "租赁期限届满，出租人应当返还保证金。"),
    "c": ("道路规定（示例）", "饮酒后驾驶机动车的，处暂扣机动车驾驶证。"),
}


def write_set(folder, queries, qrels):
    corpus = [{"id": key, "title": title, "text": text} for key, (title, text) in DOCUMENTS.items()]
    for name, rows in (("corpus.jsonl", corpus), ("queries.jsonl", queries)):
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")


def test_recall_is_the_share_of_relevant_documents_among_the_first():
    figures = judge([[3, 1, 2]], [frozenset({1, 9})])
    assert figures["R@5"].tolist() == [0.5]
    assert figures["MRR@10"].tolist() == [0.5]
    ideal = 1 + 1 / np.log2(3)
    assert figures["nDCG@10"].tolist() == pytest.approx([1 / np.log2(3) / ideal])


def test_what_is_found_late_counts_only_at_its_depth():
    ranked = [list(range(100, 120))]
    figures = judge(ranked, [frozenset({111})])
    assert (figures["R@10"][0], figures["R@50"][0], figures["MRR@10"][0]) == (0, 1, 0)


def test_a_document_counts_once_by_its_best_passage():
    scores = np.array([0.1, 0.9, 0.5, 0.4], dtype=np.float32)
    assert best_first(scores, np.array([0, 0, 1, 2]), depth=2) == [0, 1]


def test_a_difference_has_an_interval_around_it_and_is_the_same_each_time():
    here, there = np.array([1.0, 0.5, 1.0, 0.0]), np.array([0.5, 0.5, 0.0, 0.0])
    mean, low, high = difference(here, there)
    assert low <= mean <= high
    assert mean == pytest.approx(0.375)
    assert difference(here, there) == (mean, low, high)


def test_a_set_is_read_with_its_title_and_without_questions_that_nothing_answers(tmp_path):
    queries = [{"id": "1", "text": "拖欠工资"}, {"id": "2", "text": "没有答案"}]
    write_set(tmp_path, queries, "1\ta\t1\n2\ta\t0\n2\tzz\t1\n")
    collection = read_collection(tmp_path)
    assert collection.questions == ("拖欠工资",)
    assert collection.relevant == (frozenset({0}),)
    assert collection.documents[0].startswith("劳动合同法（示例）\n用人单位")


def test_a_folder_that_is_no_set_is_named_with_the_remedy(tmp_path):
    with pytest.raises(SetUnreadable, match=r"corpus\.jsonl"):
        read_collection(tmp_path)


def test_every_system_is_measured_in_one_run_and_written_as_json(tmp_path):
    queries = [
        {"id": "1", "text": "老板拖欠工资怎么办"},
        {"id": "2", "text": "房东不退押金"},
        {"id": "3", "text": "酒驾会怎样"},
    ]
    write_set(tmp_path, queries, "1\ta\t1\n2\tb\t1\n3\tc\t1\n")
    out = tmp_path / "out" / "figures.json"
    main(tmp_path, out)
    told = json.loads(out.read_text(encoding="utf-8"))
    assert {"bm25_words", "bm25", "dense", "fused"} <= set(told["systems"])
    assert told["systems"]["fused"]["R@10"] == 1
    assert told["systems"]["fused"]["MRR@10"] == 1
    assert len(told["delta_vs_bm25"]["fused"]["nDCG@10"]) == 3
    assert "bm25" not in told["delta_vs_bm25"]


def test_an_article_named_by_title_and_number_comes_first(tmp_path):
    numbers = ["第一条", "第二条", "第十二条"]
    corpus = [
        {"id": number, "title": f"养犬办法（示例）{number}", "text": f"养犬办法第二条{number * 3}"}
        for number in numbers
    ]
    write_set(tmp_path, [{"id": "1", "text": "《养犬办法》第12条"}], "1\t第十二条\t1\n")
    (tmp_path / "corpus.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in corpus), encoding="utf-8"
    )
    main(tmp_path, tmp_path / "figures.json")
    told = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert told["systems"]["fused"]["MRR@10"] == 1
