"""The lexicon and the questions written for training are in order."""

import json

import pytest

from index.expansion import Expansion, read_lexicon
from index.training.check_lexicon import faults_of
from index.training.labelled import QUESTIONS

LEXICON = read_lexicon()


def lines_of_lexicon() -> list[str]:
    return [f"{legal}\t{','.join(everyday)}" for legal, everyday in LEXICON.items()]


def test_every_entry_of_the_lexicon_is_well_formed_and_stands_once():
    assert list(faults_of(lines_of_lexicon())) == []


def test_the_lexicon_covers_a_thousand_legal_terms():
    assert len(LEXICON) >= 1000


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("没有制表符", "is not"),
        ("押金\t", "is not"),
        ("押金\t保证金,保证金", "repeats a word"),
        ("押金\t押金", "explains"),
    ],
    ids=["no tab", "nothing explained", "a word twice", "a word by itself"],
)
def test_a_fault_in_the_lexicon_is_named(line, fault):
    assert any(fault in found for found in faults_of([line]))


def test_a_term_that_no_statute_says_is_named():
    assert any("no statute" in found for found in faults_of(["炒鱿鱼\t辞退"], "用人单位解除劳动合同"))


def test_everyday_words_lead_to_legal_terms_that_the_question_does_not_say():
    expansion = Expansion({"解除劳动合同": ["炒鱿鱼", "开除"], "劳动报酬": ["工资"]})
    assert expansion.terms("老板把我炒鱿鱼还欠工资") == ["解除劳动合同", "劳动报酬"]
    assert expansion.terms("因为工资低开除，要解除劳动合同") == ["劳动报酬"]


def test_an_empty_lexicon_adds_nothing():
    assert Expansion({}).terms("老板把我炒鱿鱼") == []


def test_written_questions_have_every_field_and_stand_once():
    seen = set()
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            row = json.loads(line)
            assert set(row) == {"question", "article", "law", "article_no"}, f"{path.name}:{number}"
            assert (row["question"], row["article"]) not in seen, f"{path.name}:{number} {row['question']}"
            seen.add((row["question"], row["article"]))
    assert seen
