"""Run a few cases through a stand-in and read what is printed of them."""

import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.answer import Cited, Mode, Reply, Status
from assistant.question import Language, Question
from evals.baseline import changes, outcomes_of
from evals.case import Case, Pair, Part
from evals.figures import Figure, figures_of, pair_figures
from evals.report import as_json, change_lines, failure_lines, figure_lines, part_lines, table
from evals.run import compare, run

TEXT = "第一条 设会议室。第二条 比例不低于30%。"


def cited(provision: str, quote: str) -> Cited:
    start = TEXT.index(quote)
    return Cited(
        provision=provision, label=f"《规定》{provision}", quote=quote, start=start, end=start + len(quote)
    )


class StandIn:
    """Answers from a table, and says that the text is silent on everything else."""

    library = SimpleNamespace(texts=(SimpleNamespace(slug="rule", text=TEXT),))

    def __init__(self, known: Mapping[str, Reply]) -> None:
        self.known = known
        self.asked: list[Question] = []

    def ask(self, question: Question) -> Reply:
        self.asked.append(question)
        silent = Reply(
            status=Status.NOT_IN_CORPUS, mode=Mode.NONE, language=Language.CHINESE, answer="没有写。"
        )
        return self.known.get(question.text, silent)


def answered(answer: str, *citations: Cited) -> Reply:
    return Reply(
        status=Status.ANSWERED, mode=Mode.QUOTE, language=Language.CHINESE, answer=answer, citations=citations
    )


def case(id: str, question: str, kind: str = "number", **expect: Any) -> Case:
    expected = {"status": ["answered"], "facts": [["30%"]], "provisions": ["rule/2"]} | expect
    fields = {"role": "staff", "lang": "zh", "kind": kind, "style": "plain", "expect": expected, "basis": "—"}
    return Case.model_validate({"id": id, "question": question, **fields})


SHARE = answered("不低于30%。", cited("rule/2#1", "比例不低于30%。"))
ROOM = answered("会议室。", cited("rule/1#1", "设会议室。"))
ASSISTANT = StandIn({"比例": SHARE, "几成": SHARE, "房间": ROOM, "错": ROOM})
CASES = [
    case("good", "比例"),
    case("wrong", "错"),
    case("silent", "别的"),
    case("area", "面积", kind="unanswerable-area", status=["not_in_corpus"], provisions=[], facts=[["面积"]]),
]


def figure(figures: list[Figure], key: str) -> Figure:
    return next(figure for figure in figures if figure.key == key)


def test_the_judged_figures_follow_from_the_grades() -> None:
    figures = figures_of(run(CASES, ASSISTANT))
    assert figure(figures, "right").value == pytest.approx(1 / 3)
    assert figure(figures, "declined").value == pytest.approx(1 / 3)
    assert figure(figures, "silence").kept is True
    assert figure(figures, "exact").shown == "2 of 2"
    assert figure(figures, "English").kept is None


def test_history_role_and_words_reach_the_assistant() -> None:
    stand_in = StandIn({})
    asked = case("c", "那呢").model_copy(update={"history": (("user", "先"), ("assistant", "好"))})
    run([asked], stand_in)
    question = stand_in.asked[-1]
    assert (question.text, question.role, question.language) == ("那呢", "staff", None)
    assert [(turn.speaker, turn.text) for turn in question.history] == [("user", "先"), ("assistant", "好")]


def test_pairs_are_kept_when_alike_cite_alike_and_near_misses_do_not() -> None:
    pairs = [
        Pair(id="p1", a="比例", b="几成", same=True),
        Pair(id="p2", a="比例", b="房间", same=True),
        Pair(id="p3", a="比例", b="房间", same=False),
        Pair(id="p4", a="比例", b="几成", same=False),
        Pair(id="p5", a="天气", b="股票", same=True),
    ]
    compared = compare(pairs, ASSISTANT)
    assert [result.kept for result in compared] == [True, False, True, False, True]
    assert [figure.value for figure in pair_figures(compared)] == [pytest.approx(2 / 3), 0.5]


def test_failures_are_listed_worst_first_with_the_reason() -> None:
    lines = list(failure_lines(run(CASES, ASSISTANT), []))
    heads = [line.split()[0] for line in lines if not line.startswith(" ")]
    assert heads == ["wrong", "silent"]
    assert "cites none of rule/2" in "\n".join(lines)


def test_falls_come_before_climbs_and_are_only_counted_for_cases_kept_aside() -> None:
    results = run(CASES, ASSISTANT)
    fell, climbed = changes({"wrong": "right", "good": "error"}, outcomes_of(results, []))
    named = list(change_lines(fell, climbed, name_them=True))
    assert [line.split()[0] for line in named[1:]] == ["fell", "climbed"]
    assert list(change_lines(fell, climbed, name_them=False)) == named[:1]


def test_tables_count_every_case_once() -> None:
    rows = list(table(run(CASES, ASSISTANT), "kind", lambda result: result.case.kind))
    assert sum(int(row.split()[1]) for row in rows[1:]) == len(CASES)


def test_a_part_prints_its_figures_and_its_tables() -> None:
    results = run(CASES, ASSISTANT)
    printed = "\n".join(part_lines(Part.TUNE, results, figures_of(results)))
    assert "4 cases (3 to be answered, 1 not answerable, 0 either way)" in printed
    assert "staff" in printed


def test_the_json_of_a_part_holds_every_case_and_figure() -> None:
    results = run(CASES, ASSISTANT)
    told = as_json(results, [], figures_of(results), tell_all=True)
    assert [row["outcome"] for row in told["cases"]] == ["right", "wrong", "silent", "right"]
    assert told["figures"]["right"]["kept"] is False
    assert json.loads(json.dumps(told, allow_nan=False))["cases"][0]["reply"]["answer"] == "不低于30%。"


def test_the_json_of_cases_kept_aside_holds_no_reply_and_no_reason() -> None:
    told = as_json(run(CASES, ASSISTANT), [], [], tell_all=False)
    assert told["cases"][1] == {"id": "wrong", "outcome": "wrong"}


def test_a_figure_that_was_not_measured_is_neither_kept_nor_missed() -> None:
    lines = list(
        figure_lines([Figure(key="k", what="w", value=float("nan"), shown="—", aim="≥ 1", kept=None)])
    )
    assert lines == ["  · w  —  (aim ≥ 1)"]
