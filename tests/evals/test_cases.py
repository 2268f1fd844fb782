"""Hold the cases to what they promise: a basis in the text, real provisions, a fair mixture."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus.library import Library, load_library
from evals.case import Case, CasesError, Demand, Part, belongs_aside, load_cases, load_pairs
from evals.others import lay_out

SHIPPED = [*load_cases(Part.TUNE), *load_cases(Part.HELD)]
PAIRS = [*load_pairs(Part.TUNE), *load_pairs(Part.HELD)]
QUOTED = re.compile("「([^」]+)」")
COLLOQUIAL = {"colloquial", "voice", "typo", "terse", "dialect"}


def test_there_are_enough_cases_and_pairs() -> None:
    assert len(SHIPPED) >= 420
    assert len(PAIRS) >= 80


def test_ids_are_used_once_over_all_parts() -> None:
    ids = Counter([case.id for part in Part for case in load_cases(part)] + [pair.id for pair in PAIRS])
    assert [id for id, n in ids.items() if n > 1] == []


def test_no_question_is_asked_twice_in_the_same_conversation() -> None:
    assert [words for words, n in Counter(case.words for case in SHIPPED).items() if n > 1] == []


@pytest.mark.parametrize("part", [Part.TUNE, Part.HELD])
def test_a_third_is_kept_aside_by_a_hash_of_its_words(part: Part) -> None:
    strays = [
        row.id
        for row in [*load_cases(part), *load_pairs(part)]
        if belongs_aside(row.words) != (part is Part.HELD)
    ]
    assert strays == []
    assert 0.28 < len(load_cases(Part.HELD)) / len(SHIPPED) < 0.40


def test_one_in_five_is_not_answerable_and_most_are_as_people_talk() -> None:
    demands = Counter(case.demand for case in SHIPPED)
    assert 0.18 <= demands[Demand.SILENCE] / len(SHIPPED) <= 0.30
    chinese = [case for case in SHIPPED if case.lang == "zh"]
    assert sum(case.style in COLLOQUIAL for case in chinese) / len(chinese) >= 0.75
    assert {case.role for case in SHIPPED} == {"resident", "staff", "trainer"}


def test_every_provision_named_is_in_the_library() -> None:
    library = load_library()
    named = {
        (case.id, id)
        for case in SHIPPED
        for id in (*case.expect.provisions, *case.expect.may, *case.expect.nearest)
    }
    assert [pair for pair in sorted(named) if pair[1] not in library] == []


def test_every_answerable_case_names_its_provisions() -> None:
    bare = [case for case in SHIPPED if case.demand is Demand.ANSWER and not case.expect.provisions]
    assert {case.kind for case in bare} <= {"validity"}


def test_every_quotation_of_a_basis_is_in_the_text() -> None:
    text = "".join(document.text for document in load_library().documents)
    assert [
        (case.id, words) for case in SHIPPED for words in QUOTED.findall(case.basis) if words not in text
    ] == []


def test_every_relevant_provision_of_an_answerable_case_is_quoted_in_its_basis() -> None:
    assert unfounded(load_library(), [case for case in SHIPPED if case.demand is Demand.ANSWER]) == []


def test_the_other_cases_rest_on_articles_of_their_texts(shared: Path, tmp_path: Path) -> None:
    lay_out(tmp_path / "documents", texts=shared / "policy_texts")
    library = load_library(tmp_path / "documents")
    others = load_cases(Part.OTHER)
    assert [
        id for case in others for id in (*case.expect.provisions, *case.expect.may) if id not in library
    ] == []
    assert unfounded(library, others) == []


def unfounded(library: Library, cases: Iterable[Case]) -> list[tuple[str, str]]:
    """Return each case with each relevant provision of which its basis has no words."""
    return [
        (case.id, id)
        for case in cases
        for id in case.expect.provisions
        if not any(words in library.text_of(id) for words in QUOTED.findall(case.basis))
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [("{", "Expecting"), ('{"id": "x"}', "question"), ("[]", "valid dictionary")],
    ids=["not JSON", "a field missing", "not an object"],
)
def test_a_faulty_line_is_named(tmp_path: Path, line: str, why: str) -> None:
    (tmp_path / "tune").mkdir()
    (tmp_path / "tune" / "a.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(CasesError, match="line 1") as caught:
        load_cases(Part.TUNE, tmp_path)
    assert why in str(caught.value)
