"""The shipped documents and others are cut into passages that lead to their provisions."""

import pytest

from corpus.document import FrontMatter
from corpus.library import Library, load_library
from corpus.structure import parse
from index.passage import Kind, Passage, passages_of


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def passages(library: Library) -> list[Passage]:
    return passages_of(library)


def of_kind(passages: list[Passage], kind: Kind) -> list[Passage]:
    return [passage for passage in passages if passage.kind is kind]


def test_keys_are_unique_and_stay_the_same(library: Library, passages: list[Passage]) -> None:
    keys = [passage.key for passage in passages]
    assert len(set(keys)) == len(keys)
    assert keys == [passage.key for passage in passages_of(library)]


def test_every_word_of_the_documents_is_searched(library: Library, passages: list[Passage]) -> None:
    for document in library.documents:
        texts = [p for p in of_kind(passages, Kind.TEXT) if p.document == document.slug]
        found = "".join(f"{passage.heading}{passage.text}" for passage in texts)
        for leaf in document.leaves:
            words = document.text_of(leaf).strip()
            assert words in found or (leaf.id.endswith("#0") and leaf.parent == document.slug)


def test_a_passage_of_text_is_the_words_of_its_leaves(library: Library, passages: list[Passage]) -> None:
    for passage in of_kind(passages, Kind.TEXT):
        assert passage.text == "".join(map(library.text_of, passage.provisions)).strip()


def test_an_article_is_one_passage_with_its_heading(passages: list[Passage]) -> None:
    (article,) = [
        passage for passage in passages if passage.provisions == ("guide/4#1",) and passage.kind is Kind.TEXT
    ]
    assert article.text.startswith("第四条")
    assert article.heading == "指引"
    assert article.tiers == ("street",)


def test_every_fact_and_question_is_a_passage(library: Library, passages: list[Passage]) -> None:
    facts = {
        passage.key.removeprefix("fact:").removesuffix("@en") for passage in of_kind(passages, Kind.FACT)
    }
    assert facts == {fact.id for fact in library.facts}
    assert {passage.text for passage in of_kind(passages, Kind.QUESTION)} == {
        asked.question for asked in (*library.questions, *library.note_questions)
    }


def test_provisions_of_every_passage_exist(library: Library, passages: list[Passage]) -> None:
    assert all(provision in library for passage in passages for provision in passage.provisions)


def regulation() -> Library:
    """A regulation with chapters, a long article of many items, and one that is a single endless sentence."""
    items = "\n".join(f"（{n}）{'示例内容' * 12}；" for n in "一二三四五六七八九")
    text = (
        "某市示例条例\n第一章　总则\n第一条　为了示例，制定本条例。\n"
        f"第二章　管理\n第二条　应当遵守下列规定：\n{items}\n第三条　{'很长的示例，' * 150}完。\n"
    )
    document = parse("sample", FrontMatter(title="某市示例条例"), text)
    from pathlib import Path

    return Library({"sample": document}, Path("/nowhere"))


def test_headings_are_those_above_and_long_articles_are_cut_at_their_items() -> None:
    passages = passages_of(regulation())
    assert {passage.heading for passage in passages} == {
        "某市示例条例 第一章　总则",
        "某市示例条例 第二章　管理",
    }
    assert max(len(passage.text) for passage in passages) <= 400
    second = [passage for passage in passages if any("article/2" in id for id in passage.provisions)]
    assert len(second) > 1
    third = [passage for passage in passages if any("article/3" in id for id in passage.provisions)]
    assert len(third) > 2
    assert len({passage.key for passage in passages}) == len(passages)
