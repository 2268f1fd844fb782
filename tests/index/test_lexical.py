"""BM25 gives what its formula says, however the index came about."""

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from index import lexical
from index.lexical import K1, B, Lexical, write_lexical
from index.tokens import count_tokens

TEXTS = [
    "街道、乡镇级社会组织培育孵化机构应独立设置办公室和会议室。",
    "区级社会组织培育孵化机构统一命名为社会组织发展服务中心。",
    "市级机构按照“中心+基地”的模式建设，2023 年底前完成。",
    "",
    "租户的押金 deposit 应当退还。",
]
QUESTIONS = ["街道的孵化中心要有哪些房间", "押金", "市", "2023年", "deposit不退怎么办", "完全无关㊙", ""]


def by_the_formula(question: str, texts: list[str]) -> list[float]:
    counted = [count_tokens(text) for text in texts]
    mean = sum(map(Counter.total, counted)) / len(texts)
    scores = []
    for counts in counted:
        shape = K1 * (1 - B + B * counts.total() / mean)
        score = 0.0
        for token, asked in count_tokens(question).items():
            holders = sum(token in each for each in counted)
            idf = math.log(1 + (len(texts) - holders + 0.5) / (holders + 0.5))
            score += asked * idf * counts[token] * (K1 + 1) / (counts[token] + shape)
        scores.append(score)
    return scores


def written(folder: Path, texts: list[str]) -> Lexical:
    write_lexical(folder, texts, np.arange(len(texts)), size=len(texts))
    return Lexical(folder)


@pytest.mark.parametrize("few", [0, 1_000_000], ids=["scipy", "numpy"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_scores_are_those_of_the_formula(
    tmp_path: Path, question: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexical, "_FEW", few)
    scores = written(tmp_path, TEXTS).score(count_tokens(question))
    assert scores.tolist() == pytest.approx(by_the_formula(question, TEXTS), abs=1e-4)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_text_reaches_the_ceiling(tmp_path: Path, question: str) -> None:
    index = written(tmp_path, [*TEXTS, question * 50])
    counts = count_tokens(question)
    assert index.score(counts).max() <= index.ceiling(counts) + 1e-4


def test_words_of_one_and_two_characters_are_found(tmp_path: Path) -> None:
    index = written(tmp_path, TEXTS)
    assert index.score(count_tokens("押金")).argmax() == 4
    assert index.score(count_tokens("押")).argmax() == 4


def test_an_index_that_grew_is_the_one_that_was_made_at_once(tmp_path: Path) -> None:
    before = written(tmp_path / "before", [*TEXTS, "将要删去的条文"])
    places = np.array([4, 3, 2, 1, 0, -1])  # the texts change places, and one goes
    write_lexical(
        tmp_path / "after", ["新增的一条：退还押金。"], np.array([5]), size=6, kept=(before, places)
    )
    grown = Lexical(tmp_path / "after")
    afresh = written(tmp_path / "afresh", [*TEXTS[::-1], "新增的一条：退还押金。"])
    for question in [*QUESTIONS, "将要删去"]:
        counts = count_tokens(question)
        assert grown.score(counts).tolist() == pytest.approx(afresh.score(counts).tolist(), abs=1e-5)
        assert grown.ceiling(counts) == pytest.approx(afresh.ceiling(counts))


def test_an_index_of_nothing_scores_nothing(tmp_path: Path) -> None:
    index = written(tmp_path, [])
    assert len(index.score(count_tokens("押金"))) == 0
    assert index.ceiling(count_tokens("押金")) >= 0


def test_many_chunks_are_merged_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "_CHUNK", 2)
    scores = written(tmp_path, TEXTS).score(count_tokens("社会组织"))
    assert scores.tolist() == pytest.approx(by_the_formula("社会组织", TEXTS), abs=1e-4)
