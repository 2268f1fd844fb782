"""Hold the cases to what they promise: a basis in the text, real provisions, a fair mixture."""

import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.library import load_library
from evals.case import Case, CasesError, Demand, Part, belongs_aside, load_cases, load_pairs
from evals.others import BEGINNINGS, TEXTS

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
    strays = [row.id for row in [*load_cases(part), *load_pairs(part)] if belongs_aside(row.words) != (part is Part.HELD)]
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
    named = {(case.id, id) for case in SHIPPED for id in (*case.expect.provisions, *case.expect.may, *case.expect.nearest)}
    assert [pair for pair in sorted(named) if pair[1] not in library] == []


def test_every_answerable_case_names_its_provisions() -> None:
    bare = [case for case in SHIPPED if case.demand is Demand.ANSWER and not case.expect.provisions]
    assert {case.kind for case in bare} <= {"validity"}


@pytest.mark.parametrize("case", [case for case in SHIPPED if QUOTED.search(case.basis)], ids=lambda case: case.id)
def test_every_quotation_of_a_basis_is_in_the_text(case: Case) -> None:
    text = "".join(document.text for document in load_library().documents)
    assert [words for words in QUOTED.findall(case.basis) if words not in text] == []


def test_every_answerable_case_rests_on_words_of_the_text() -> None:
    bare = [case.id for case in SHIPPED if case.expect.provisions and not QUOTED.search(case.basis)]
    assert bare == []


def test_the_bases_of_the_other_cases_are_in_their_texts(shared: Path) -> None:
    texts = "".join(path.read_text(encoding="utf-8") for name in BEGINNINGS.values() for path in TEXTS.glob(f"{name}*"))
    strays = [
        (case.id, words)
        for case in load_cases(Part.OTHER)
        for words in QUOTED.findall(case.basis)
        if words not in texts
    ]
    assert strays == []


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
