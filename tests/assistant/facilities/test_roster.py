"""Every duty is in its provision as stated: what, how binding, and by when."""

import re
from datetime import date

import pytest

from assistant.facilities.roster import Item, actors_in, build_roster, of_actor
from assistant.facilities.words import ACTORS
from corpus.library import Library, load_library
from tests.assistant.facilities.tracing import borne_out

ROSTER = build_roster(load_library())
each = pytest.mark.parametrize("item", ROSTER, ids=lambda item: item.id)


@each
def test_a_duty_is_borne_out_by_its_provision_with_the_word_that_binds(item: Item, library: Library) -> None:
    assert borne_out(library, f"{item.word}{item.what}", item.quotation.provision) == ""
    document = library.document_of(item.quotation.provision)
    assert document.text[item.quotation.start : item.quotation.end] == item.quotation.text


@each
def test_the_word_that_binds_stands_in_the_provision_before_the_duty_ends(
    item: Item, library: Library
) -> None:
    text = library.text_of(item.quotation.provision)
    until = text[: text.index(item.quotation.text) + len(item.quotation.text)]
    words = {
        "must": {"应", "要"},
        "may": {"可"},
        "encouraged": {"鼓励", "支持"},
        "advocated": {"提倡"},
        "plain": {""},
        "target": {""},
    }[item.modality]
    assert item.word in words
    assert item.word in until


def test_dates_are_the_texts_own_and_past_when_they_are_past(roster: tuple[Item, ...]) -> None:
    dated = {item.id: item.due for item in roster if item.due}
    training, teachers, target, report = (
        dated[id] for id in ("plan-topical-training", "plan-teacher-list", "target-urban", "plan-report")
    )
    assert training.quotation.text == "2022年6月前"
    assert [training.is_past(day) for day in (date(2022, 5, 31), date(2022, 6, 1))] == [False, True]
    assert teachers.quotation.text == "2022年6月底前"
    assert [teachers.is_past(day) for day in (date(2022, 6, 30), date(2022, 7, 1))] == [False, True]
    assert target.quotation.text == "到2023年"
    assert [target.is_past(day) for day in (date(2023, 12, 31), date(2024, 1, 1))] == [False, True]
    assert report.quotation.text == "总结阶段(2023年10月-2023年12月)"
    assert report.phase
    assert all(due.is_past(date(2026, 11, 25)) for due in dated.values())


def test_nothing_that_the_text_dates_is_left_undated(roster: tuple[Item, ...], library: Library) -> None:
    for item in roster:
        named = re.search(r"于\d+年\d+月", item.quotation.text)
        assert not named or (item.due and item.due.quotation.provision == item.quotation.provision)
        if item.quotation.provision.startswith("plan/3/"):
            assert item.due is not None


def test_everything_falls_on_somebody_known_or_on_nobody_by_name(roster: tuple[Item, ...]) -> None:
    actors = actors_in(roster)
    assert actors == tuple(ACTORS)
    assert {item for actor in actors for item in of_actor(roster, actor)} == set(roster)
    counted = {actor: len(of_actor(roster, actor)) for actor in actors}
    assert counted == {
        "city": 14, "district": 27, "street": 24, "operator": 16, "federation": 1, "bureau": 1, "departments": 3, "units": 1, "": 28,
    }  # fmt: skip


def test_an_actor_that_is_not_known_here_is_listed_too(roster: tuple[Item, ...]) -> None:
    strange = Item(
        id="x",
        actors=("village",),
        modality="plain",
        word="",
        what="办事",
        what_en="",
        quotation=roster[0].quotation,
    )
    assert actors_in((strange,)) == ("village",)
    assert actors_in((*roster, strange))[-2:] == ("village", "")
