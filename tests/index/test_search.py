"""Searching adds words and vectors, looks provisions up exactly, and filters so that no match means nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from corpus.document import FrontMatter
from corpus.library import Library, load_library
from index.embedder import BundledEmbedder
from index.generation import build, build_index, open_index, open_planned
from index.passage import Kind, Passage
from index.plan import plan_index
from index.search import Index
from index.testing import HashingEmbedder, index_of, passages_for


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def shipped(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of the shipped documents, with the bundled model."""
    root = tmp_path_factory.mktemp("shipped")
    build_index(library, BundledEmbedder(), root)
    index = open_index(library, BundledEmbedder(), root)
    yield index
    index.close()


@pytest.mark.parametrize(
    ("query", "provision"),
    [
        ("街道、乡镇级社会组织培育孵化机构要有哪些房间", "guide/4"),
        ("区级机构统一叫什么名字", "guide/3"),
        ("谁负责解释这个指引", "guide/10"),
        ("总结阶段是什么时候", "plan/3/4"),
        ("安家工程", "plan/2/1"),
    ],
)
def test_the_shipped_documents_answer(shipped: Index, query: str, provision: str) -> None:
    hits = shipped.search(query, limit=3, kinds=frozenset({Kind.TEXT}))
    assert provision in {id.partition("#")[0] for hit in hits for id in hit.passage.provisions}


def test_hits_come_best_first_and_no_more_than_asked_for(shipped: Index) -> None:
    hits = shipped.search("社会组织培育孵化机构", limit=7)
    assert len(hits) == 7
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.key for hit in hits}) == 7


@pytest.mark.parametrize("query", ["", "　", "？！", "㊙", "x" * 5000, "社" * 5000, "\0", "\ud800"], ids=repr)
def test_whatever_is_asked_is_survived(shipped: Index, query: str) -> None:
    assert len(shipped.search(query, limit=5)) <= 5


def test_kinds_are_kept_apart(shipped: Index) -> None:
    for kind in Kind:
        hits = shipped.search("街道 rooms 房间", limit=50, kinds=frozenset({kind}))
        assert hits
        assert {hit.passage.kind for hit in hits} == {kind}


def test_documents_are_kept_apart(shipped: Index) -> None:
    hits = shipped.search("社会组织", limit=50, documents=frozenset({"guide"}))
    assert hits
    assert {hit.passage.document for hit in hits} == {"guide"}


def test_a_tier_leaves_out_what_does_not_speak_of_it(shipped: Index) -> None:
    hits = shipped.search("机构名称", limit=100, tier="street")
    assert hits
    assert all("street" in hit.passage.tiers for hit in hits)


@pytest.mark.parametrize(
    "filters",
    [
        {"kinds": frozenset()},
        {"documents": frozenset()},
        {"documents": frozenset({"no-such-document"})},
        {"tier": "planet"},
        {"tier": ""},
        {"valid_on": date(1949, 10, 1)},
        {"documents": frozenset({"guide"}), "tier": "planet"},
    ],
    ids=repr,
)
def test_a_filter_that_nothing_passes_finds_nothing(shipped: Index, filters: dict[str, object]) -> None:
    assert shipped.search("社会组织培育孵化机构", limit=10, **filters) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "documents"),
    [
        (date(2021, 10, 13), []),
        (date(2022, 6, 1), ["guide", "notice", "plan"]),
        (date(2030, 1, 1), ["guide", "notice"]),
    ],
    ids=str,
)
def test_documents_that_do_not_count_on_a_day_are_left_out(
    shipped: Index, day: date, documents: list[str]
) -> None:
    hits = shipped.search("社会组织", limit=5000, kinds=frozenset({Kind.TEXT}), valid_on=day)
    assert sorted({hit.passage.document for hit in hits}) == documents


def test_a_document_of_unknown_date_counts_on_no_day(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("undated")
    plan = plan_index(passages_for(["退还押金。"], document="undated"), HashingEmbedder())
    build(plan, root)
    index = open_planned(plan, root, fronts={"undated": FrontMatter(title="无日期（示例）")})
    assert index.search("押金", limit=1)
    assert index.search("押金", limit=1, valid_on=date(2026, 1, 1)) == []
    index.close()


def test_a_provision_named_by_title_and_number_comes_first(passages: list[Passage], root: object) -> None:
    from pathlib import Path

    assert isinstance(root, Path)
    titled = [replace(passage, heading="某市示例条例（示例）") for passage in passages]
    with index_of(titled, root) as index:
        for number in ("7", "十二", "三十九"):
            (hit,) = index.search(f"《某市示例条例》第{number}条怎么规定的", limit=1)
            assert hit.score > 1
            assert hit.passage.text.startswith({"7": "第7条", "十二": "第12条", "三十九": "第39条"}[number])


@pytest.mark.parametrize("share", [0.05, 0.4, 0.6, 0.95])
def test_a_filter_finds_what_comparing_everything_would(
    tmp_path_factory: pytest.TempPathFactory, share: float
) -> None:
    draw = np.random.default_rng(1)
    texts = ["".join(draw.choice(list("社会组织街道乡镇应当登记押金报酬养犬志愿"), 40)) for _ in range(600)]
    allowed = draw.random(600) < share
    passages = [
        replace(passage, document="in" if inside else "out")
        for passage, inside in zip(passages_for(texts), allowed, strict=True)
    ]
    with index_of(passages, tmp_path_factory.mktemp("filtered")) as index:
        only = frozenset({"in"})
        found = index.search("押金 登记 街道", limit=5, documents=only)
        everything = index.search("押金 登记 街道", limit=600)
        expected = [hit for hit in everything if hit.passage.document == "in"][:5]
        assert [hit.passage.key for hit in found] == [hit.passage.key for hit in expected]


def test_several_threads_get_the_answers_of_one(shipped: Index) -> None:
    queries = ["街道的房间", "区级名称", "总结阶段", "安家工程", "rooms"] * 8
    alone = [[hit.passage.key for hit in shipped.search(query, limit=5)] for query in queries]
    with ThreadPoolExecutor(8) as pool:
        together = list(
            pool.map(lambda query: [hit.passage.key for hit in shipped.search(query, limit=5)], queries)
        )
    assert together == alone


def test_what_questions_are_after_is_read_from_the_generation(shipped: Index) -> None:
    support = shipped.read_intent("街道的孵化中心要有哪些房间？")
    assert (
        max((label for label in support if label.startswith("node:")), key=support.__getitem__)
        == "node:guide/4"
    )
