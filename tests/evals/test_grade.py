"""Grade replies made by hand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.case import Case
from evals.grade import Grade, Outcome, grade, is_exact, node_of

TEXT = "第一条 街道应设会议室、展示区等。\n第二条 购买比例不低于30%。\n第三条 本规定（示例）由示例局解释。"
TEXTS = {"rule": TEXT}


def cite(provision: str, quote: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {
        "provision": provision,
        "label": f"《规定》{provision}",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "official": True,
    }


SHARE = cite("rule/2#1", "购买比例不低于30%")
ROOMS = cite("rule/1#1", "街道应设会议室、展示区等。")


def reply(answer: str, *citations: dict[str, Any], status: str = "answered", **more: Any) -> dict[str, Any]:
    return {
        "id": "c",
        "status": status,
        "mode": "quote",
        "language": "zh",
        "answer": answer,
        "citations": list(citations),
        "nearest": [],
        "notes": [],
        "next_step": None,
        "rejected": [],
        "took_ms": 1,
    } | more


def case(*, kind: str = "number", **expect: Any) -> Case:
    expected = {
        "status": ["answered"],
        "facts": [["30%", "三成"], ["不低于"]],
        "provisions": ["rule/2"],
    } | expect
    return Case.model_validate(
        {
            "id": "c",
            "question": "比例是多少",
            "role": "resident",
            "lang": "zh",
            "kind": kind,
            "style": "plain",
            "expect": expected,
            "basis": "「购买比例不低于30%」",
        }
    )


SILENCE = {"status": ["not_in_corpus"], "facts": [["面积"]], "provisions": [], "nearest": ["rule/1"]}


def graded(case: Case, given: dict[str, Any]) -> Grade:
    return grade(case, given, TEXTS)


def test_all_facts_with_every_provision_are_right() -> None:
    result = graded(case(), reply("不低于30%。《规定》第二条", SHARE))
    assert result.outcome is Outcome.RIGHT
    assert (result.facts, result.recall, result.precision, result.fact_first, result.quoted) == (
        1,
        1,
        1,
        True,
        10,
    )
    assert result.explanation == ""


def test_answer_and_notes_are_read_together() -> None:
    assert graded(case(), reply("三成。", SHARE, notes=["原文是不低于。"])).outcome is Outcome.RIGHT


def test_a_missing_fact_is_incomplete_and_named() -> None:
    result = graded(case(), reply("30%。", SHARE))
    assert result.outcome is Outcome.INCOMPLETE
    assert result.facts == 0.5
    assert "不低于" in result.explanation


def test_a_missing_provision_is_incomplete() -> None:
    result = graded(case(provisions=["rule/2", "rule/3"]), reply("不低于30%。", SHARE))
    assert result.outcome is Outcome.INCOMPLETE
    assert result.recall == 0.5


def test_an_answer_that_cites_no_relevant_provision_is_wrong() -> None:
    assert graded(case(), reply("不低于30%。", ROOMS)).outcome is Outcome.WRONG


def test_a_provision_that_may_be_cited_costs_no_precision() -> None:
    assert graded(case(may=["rule/1"]), reply("不低于30%。", SHARE, ROOMS)).precision == 1
    assert graded(case(), reply("不低于30%。", SHARE, ROOMS)).precision == 0.5


def test_a_forbidden_string_is_wrong() -> None:
    assert graded(case(forbid=["不高于"]), reply("不低于30%，不高于50%。", SHARE)).outcome is Outcome.WRONG


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("是的，不低于30%。", Outcome.WRONG), ("不低于30%，是的。", Outcome.RIGHT)],
    ids=["at the head", "elsewhere"],
)
def test_a_string_forbidden_at_the_head_is_only_wrong_there(answer: str, outcome: Outcome) -> None:
    assert graded(case(forbid=["^是的"]), reply(answer, SHARE)).outcome is outcome


def test_a_quotation_that_is_not_the_slice_it_says_is_wrong() -> None:
    moved = SHARE | {"start": SHARE["start"] + 1, "end": SHARE["end"] + 1}
    result = graded(case(), reply("不低于30%。", moved))
    assert result.outcome is Outcome.WRONG
    assert (result.quotes, result.quotes_exact) == (1, 0)


def test_silence_on_what_the_text_answers_ranks_above_wrong_and_below_incomplete() -> None:
    result = graded(case(), reply("文件没有写。", status="not_in_corpus"))
    assert Outcome.WRONG < result.outcome is Outcome.SILENT < Outcome.INCOMPLETE


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "answered"},
        reply("不低于30%。", status="answered"),
        reply("没有写。", SHARE, status="declined"),
        reply(" ", SHARE),
        reply("出错了。", status="error"),
    ],
    ids=["keys missing", "answered without citations", "declined with citations", "no words", "error"],
)
def test_a_reply_that_breaks_the_contract_is_an_error(broken: dict[str, Any]) -> None:
    result = graded(case(), broken)
    assert result.outcome is Outcome.ERROR
    assert result.explanation


def test_silence_is_right_where_the_text_is_silent() -> None:
    result = graded(case(**SILENCE), reply("文件没有写面积。", status="not_in_corpus", nearest=[ROOMS]))
    assert result.outcome is Outcome.RIGHT
    assert (result.named, result.nearest, result.recall, result.facts) == (True, True, None, None)


def test_silence_that_does_not_say_about_what_is_right_but_reported() -> None:
    result = graded(case(**SILENCE), reply("没有写。", status="out_of_scope"))
    assert (result.outcome, result.named, result.nearest) == (Outcome.RIGHT, False, False)
    assert not result.status_expected


def test_an_answer_where_the_text_is_silent_is_wrong() -> None:
    assert graded(case(**SILENCE), reply("面积是30%。", SHARE)).outcome is Outcome.WRONG


def test_a_partial_answer_where_the_text_is_silent_is_right_when_it_invents_nothing() -> None:
    assert graded(case(**SILENCE), reply("没有写面积。", ROOMS, status="partial")).outcome is Outcome.RIGHT


def test_a_partial_answer_that_invents_a_size_is_wrong() -> None:
    result = graded(case(**SILENCE), reply("面积约200平方米。", ROOMS, status="partial"))
    assert result.outcome is Outcome.WRONG
    assert result.invented == ("200平方米",)


def test_a_number_that_was_asked_about_is_not_invented() -> None:
    asked = case(**SILENCE).model_copy(update={"question": "200平方米够不够"})
    assert graded(asked, reply("没有写200平方米够不够。", ROOMS, status="partial")).outcome is Outcome.RIGHT


def test_where_both_are_right_silence_and_a_full_answer_are_right() -> None:
    either = case(status=["answered", "not_in_corpus"])
    assert graded(either, reply("没有写。", status="not_in_corpus")).outcome is Outcome.RIGHT
    assert graded(either, reply("不低于30%。", SHARE)).outcome is Outcome.RIGHT
    assert graded(either, reply("30%。", SHARE)).outcome is Outcome.INCOMPLETE


def test_an_answer_where_only_a_partial_one_is_right_is_incomplete() -> None:
    partial = case(status=["partial"])
    assert graded(partial, reply("不低于30%。", SHARE)).outcome is Outcome.INCOMPLETE
    assert graded(partial, reply("不低于30%。", SHARE, status="partial")).outcome is Outcome.RIGHT


def test_long_kinds_are_not_judged_by_length_and_first_sentence() -> None:
    result = graded(case(kind="list"), reply("不低于30%。", SHARE))
    assert (result.quoted, result.fact_first) == (None, None)


def test_a_fact_after_the_first_sentence_is_reported() -> None:
    assert graded(case(), reply("原文如下。不低于30%。", SHARE)).fact_first is False


def test_the_deciding_fact_is_the_first_of_the_case() -> None:
    result = graded(case(), reply("原文写的是不低于。比例30%。", SHARE))
    assert (result.fact_first, result.deciding_first) == (True, False)


def test_the_same_quotation_twice_is_counted_once() -> None:
    assert graded(case(), reply("不低于30%。", SHARE, SHARE)).quoted == 10


def test_another_language_than_the_questions_is_noticed() -> None:
    assert not graded(case(), reply("不低于30%。", SHARE, language="en")).language_kept


@pytest.mark.parametrize(
    ("provision", "node"),
    [
        ("guide/3#1", "guide/3"),
        ("plan/2/1#0", "plan/2/1"),
        ("plan#end", "plan"),
        ("notice", "notice"),
        ("slug/article/12-1/paragraph/2/item/3", "slug/article/12-1"),
        ("slug/article/12#2", "slug/article/12"),
        ("slug/chapter/2", "slug/chapter/2"),
    ],
)
def test_a_provision_is_compared_by_its_node(provision: str, node: str) -> None:
    assert node_of(provision) == node


@given(st.text(), st.integers(-5, 80), st.integers(-5, 80))
def test_a_quotation_is_exact_only_when_it_is_the_slice(quote: str, start: int, end: int) -> None:
    citation = {"provision": "rule/1", "quote": quote, "start": start, "end": end}
    inside = 0 <= start < end <= len(TEXT)
    assert is_exact(citation, TEXTS) == (inside and TEXT[start:end] == quote)
