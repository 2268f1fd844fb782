"""What belongs to a hit comes along, and no more hits than the scores warrant."""

import pytest

from corpus.library import load_library
from index.companions import Companions, enough
from index.passage import Kind, Passage, passages_of
from index.search import Hit


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    return passages_of(load_library())


def text_of(passages: list[Passage], provision: str) -> Passage:
    (found,) = [
        passage for passage in passages if passage.kind is Kind.TEXT and provision in passage.provisions
    ]
    return found


def nodes(passages: list[Passage]) -> set[str]:
    return {id.partition("#")[0] for passage in passages for id in passage.provisions}


def test_siblings_of_the_street_rooms_are_those_of_the_other_tiers(passages: list[Passage]) -> None:
    siblings = Companions(passages).siblings(text_of(passages, "guide/4#1"))
    assert {"guide/2", "guide/3"} <= nodes(siblings)
    assert all(sibling.kind is Kind.TEXT for sibling in siblings)


def test_neighbours_stay_within_the_document(passages: list[Passage]) -> None:
    companions = Companions(passages)
    assert nodes(companions.neighbours(text_of(passages, "guide/4#1"))) == {"guide/3", "guide/5"}
    assert nodes(companions.neighbours(text_of(passages, "guide/1#1"))) == {"guide/2"}
    assert companions.neighbours(text_of(passages, "notice")) == []


def test_questions_have_no_companions(passages: list[Passage]) -> None:
    companions = Companions(passages)
    question = next(passage for passage in passages if passage.kind is Kind.QUESTION)
    assert companions.neighbours(question) == companions.siblings(question) == []


@pytest.mark.parametrize(
    ("scores", "count"),
    [
        ([], 0),
        ([1.0], 1),
        ([1.0, 0.1, 0.1, 0.1], 3),
        ([1.0, 0.9, 0.8, 0.7, 0.6, 0.4], 5),
        ([1.0, 0.5, 0.5, 0.5], 4),
    ],
)
def test_hits_end_where_the_scores_fall_off(passages: list[Passage], scores: list[float], count: int) -> None:
    hits = [Hit(passage=passages[0], score=score, dense=0.0, lexical=0.0) for score in scores]
    assert len(enough(hits)) == count
