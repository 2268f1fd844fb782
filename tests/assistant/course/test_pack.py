"""A course adds up, says only what its provisions say, and asks only what they decide."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.course.audience import AUDIENCES
from assistant.course.choice import Choice, ChoiceWrong, hours_named, leaves_of, units, usual
from assistant.course.files import write
from assistant.course.gap import GAP, blank
from assistant.course.item import Kind, Mark
from assistant.course.pack import make_pack
from assistant.course.quiz import FALSE, Form
from assistant.course.revision import Changes, ask, revised, weigh
from assistant.course.sources import sources_of
from assistant.course.timetable import divided, minutes, shared
from assistant.draft import quote_words
from assistant.ground import check
from corpus.citation import owner
from corpus.library import Library, load_library
from tests.assistant.course.making import DAY, setting, usual_pack, whole_pack
from tests.assistant.course.tracing import trace_teaching

NAMES = [audience.name for audience in AUDIENCES]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def test_the_hours_are_those_of_the_plan_and_the_minutes_the_editors(library: Library) -> None:
    assert hours_named(library) == (8, "plan/4/2#2")
    assert usual(library, AUDIENCES[0]).hours == 8
    assert "45分钟" not in "".join(document.text for document in library.documents)


@pytest.mark.parametrize("audience", AUDIENCES, ids=NAMES)
def test_what_is_said_of_an_audience_is_in_the_text_and_its_provisions_exist(
    audience, library: Library
) -> None:  # type: ignore[no-untyped-def]
    assert set(audience.units) <= set(units(library))
    if audience.basis:
        assert quote_words(library, audience.basis, audience.basis_words).text == audience.basis_words
    else:
        assert audience.title.zh not in "".join(document.text for document in library.documents)


def test_every_sentence_of_the_texts_can_be_chosen(library: Library) -> None:
    chosen = {leaf.id for unit in units(library) for leaf in leaves_of(library, unit)}
    every = {leaf.id for d in library.documents for leaf in d.leaves if not leaf.id.endswith(("#0", "#end"))}
    assert chosen == every


@pytest.mark.parametrize("name", NAMES)
def test_the_usual_course_adds_up_to_the_hours(name: str, library: Library) -> None:
    pack = usual_pack(library, name)
    assert pack.minutes == pack.choice.hours * pack.choice.minutes == 360
    assert sum(session.hours for session in pack.sessions) + pack.quiz_hours == 8
    assert len(pack.questions) == 10
    taught = [part.unit for session in pack.sessions for part in session.parts]
    assert taught == list(pack.choice.units)


@settings(deadline=None, max_examples=12)
@given(st.data())
def test_any_choice_adds_up(data: st.DataObject) -> None:
    library = load_library()
    chosen = data.draw(st.lists(st.sampled_from(units(library)), min_size=1, unique=True))
    choice = Choice(
        audience=data.draw(st.sampled_from(NAMES)),
        hours=data.draw(st.integers(1, 24)),
        minutes=data.draw(st.integers(30, 60)),
        units=tuple(chosen),
        questions=data.draw(st.sampled_from([5, 10, 15, 20])),
    )
    try:
        pack = make_pack(choice, library, today=DAY)
    except ChoiceWrong:
        assert len(chosen) > choice.hours * choice.minutes // 2
        return
    assert pack.minutes == choice.hours * choice.minutes
    parts = [part for session in pack.sessions for part in session.parts]
    assert all(part.minutes > 0 for part in parts)
    assert sorted(part.unit for part in parts) == sorted(chosen)


@given(st.lists(st.integers(1, 300), min_size=1, max_size=20), st.data())
def test_runs_join_to_the_row_and_shares_to_the_whole(weights: list[int], data: st.DataObject) -> None:
    count = data.draw(st.integers(1, len(weights)))
    runs = divided(weights, [0.0] * (len(weights) - 1), count)
    assert len(runs) == count
    assert [n for start, end in runs for n in range(start, end)] == list(range(len(weights)))
    total = data.draw(st.integers(len(weights), 500))
    for given_out in (shared(total, weights), minutes(total, weights)):
        assert sum(given_out) == total
        assert min(given_out) >= 1


def test_the_same_choices_make_the_same_course_and_others_another(library: Library) -> None:
    first, again = usual_pack(library), usual_pack(library)
    assert first == again
    other = make_pack(replace(first.choice, minutes=50), library, today=DAY)
    assert [q.stem for q in other.questions] != [q.stem for q in first.questions]


def test_every_line_of_a_course_of_everything_is_borne_out(library: Library) -> None:
    pack = whole_pack(library)
    for item in pack.items:
        match item.kind:
            case Kind.QUOTE:
                assert item.quotation is not None
                document = library.document_of(item.provisions[0])
                assert document.text[item.quotation.start : item.quotation.end] == item.words.zh
            case Kind.POINT:
                assert check(item.words.zh, item.provisions, library).supported
                assert check(item.words.en, item.provisions, library).supported
    quoted = {item.provisions[0] for item in pack.items if item.kind is Kind.QUOTE}
    assert quoted >= {leaf.id for unit in units(library) for leaf in leaves_of(library, unit)}


def test_a_quotation_comes_before_what_is_said_about_it(library: Library) -> None:
    for session in whole_pack(library).sessions:
        for part in session.parts:
            quoted: set[str] = set()
            for item in part.items:
                if item.kind is Kind.QUOTE:
                    quoted |= set(item.provisions)
                else:
                    assert set(item.provisions) <= quoted


def test_a_past_date_is_called_past_only_when_it_is(library: Library) -> None:
    choice = usual(library, AUDIENCES[0])
    remarks = [item.id for item in usual_pack(library).items if item.id.startswith("remark:past")]
    assert remarks == ["remark:past:plan/2/2#1", "remark:past:plan/4/2#2"]
    before = make_pack(choice, library, today=date(2022, 5, 31))
    assert [item.id for item in before.items if item.id.startswith("remark:past")] == []
    between = make_pack(choice, library, today=date(2022, 6, 15))
    assert [i.id for i in between.items if i.id.startswith("remark:past")] == ["remark:past:plan/4/2#2"]


@pytest.mark.parametrize("name", NAMES)
def test_right_answers_are_borne_out_and_wrong_ones_refused(name: str, library: Library) -> None:
    every = [leaf.id for document in library.documents for leaf in document.leaves]
    for minutes_of_an_hour in (40, 45, 55):  # other choices, other questions
        choice = replace(
            usual(library, next(a for a in AUDIENCES if a.name == name)),
            questions=20,
            minutes=minutes_of_an_hour,
        )
        for question in make_pack(choice, library, today=DAY).questions:
            assert check(question.right, question.provisions, library).supported, question
            assert question.quote in library.text_of(question.provisions[0])
            for wrong in question.wrong:
                assert not check(wrong, question.provisions, library).supported, wrong
                assert not check(wrong, every, library).supported, wrong
                assert not any(check(wrong, [id], library).supported for id in every), wrong
            if question.form is Form.SINGLE:
                assert question.options.count(question.answer) == 1
                assert 3 <= len(set(question.options)) == len(question.options) <= 4


def test_a_quiz_has_every_form_and_both_kinds_of_statements(library: Library) -> None:
    questions = whole_pack(library).questions
    assert len(questions) == 20
    assert {question.form for question in questions} == set(Form)
    assert {q.answer for q in questions if q.form is Form.TRUE_FALSE} == {"对", "错"}
    assert len({question.id for question in questions}) == 20


def test_a_gap_takes_out_what_the_text_says(library: Library) -> None:
    for fact in library.facts:
        gap = blank(fact)
        if gap:
            assert gap[0].replace(GAP, gap[1], 1) == fact.say
    assert blank(library.fact("plan-1-rural")) == (
        "到2023年，农村社区平均拥有不少于（　　）社区社会组织。",
        "8个",
    )
    assert blank(library.fact("notice-date")) == (
        "市委社会工委市民政局印发通知的日期是（　　）。",
        "2021年10月14日",
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"hours": 0}, "课时"),
        ({"hours": 25}, "课时"),
        ({"minutes": 10}, "分钟"),
        ({"units": ()}, "至少"),
        ({"units": ("plan/99",)}, "没有"),
        ({"audience": "nobody"}, "对象"),
        ({"questions": 7}, "题数"),
        ({"hours": 1, "minutes": 30, "units": "all"}, "排不下"),
    ],
)
def test_a_choice_that_makes_no_course_is_explained(change, why: str, library: Library) -> None:  # type: ignore[no-untyped-def]
    if change.get("units") == "all":
        change = {**change, "units": units(library)}
    with pytest.raises(ChoiceWrong, match=why) as told:
        make_pack(replace(usual(library, AUDIENCES[0]), **change), library, today=DAY)
    assert told.value.english.isascii()


def test_what_is_struck_out_is_gone_and_the_time_is_shared_out_again(library: Library) -> None:
    pack = usual_pack(library)
    gone = {item.id for item in pack.items if item.provisions[0].startswith("plan/1#")}
    first = pack.questions[0].id
    left = revised(pack, Changes(struck=frozenset({*gone, first})), library)
    assert left.minutes == 360
    assert left.sessions[0].parts[0].unit == "plan/2/1"
    assert [session.number for session in left.sessions] == list(range(1, len(left.sessions) + 1))
    assert first not in {question.id for question in left.questions}
    bare = revised(pack, Changes(struck=frozenset(question.id for question in pack.questions)), library)
    assert (bare.quiz_minutes, bare.minutes) == (0, 360)
    with pytest.raises(ChoiceWrong, match="划掉"):
        revised(pack, Changes(struck=frozenset(item.id for item in pack.items)), library)


@pytest.mark.parametrize(
    ("id", "text", "mark"),
    [
        ("point:plan-1-urban", "城市社区平均拥有不少于15个社区社会组织。", Mark.BORNE_OUT),
        ("point:plan-1-urban", "城市社区平均拥有不少于20个社区社会组织。", Mark.OWN),
        ("point:plan-1-urban", "这一条很重要，请大家记住。", Mark.OWN),
        ("quote:plan/1#1", "城市社区平均拥有不少于15个社区社会组织", Mark.TEXT),
        ("quote:plan/1#1", "城市社区平均拥有不少于50个社区社会组织", Mark.OWN),
        ("title:plan/1", "社区要有多少社会组织", Mark.OWN),
    ],
)
def test_what_a_trainer_writes_is_checked_and_kept(id: str, text: str, mark: Mark, library: Library) -> None:
    item = next(item for item in usual_pack(library).items if item.id == id)
    written = weigh(item, text, library)
    assert (written.words.zh, written.mark, written.edited) == (text, mark, True)
    assert weigh(item, "  ", library) == weigh(item, item.words.zh, library) == item


def test_a_question_that_is_rewritten_is_the_trainers_own_unless_the_text_decides_it(
    library: Library,
) -> None:
    questions = whole_pack(library).questions
    false = next(question for question in questions if question.answer == FALSE)
    assert (
        ask(false, false.says.zh, library).mark is Mark.OWN
    )  # it is true now, and the key says that it is not
    gap = next(question for question in questions if question.form is Form.FILL)
    assert ask(gap, "没有空的句子", library).mark is Mark.OWN
    assert ask(gap, gap.stem.rstrip("。"), library).mark is Mark.BORNE_OUT
    assert ask(gap, gap.stem, library) is gap


def test_the_sources_name_every_provision_that_is_used(library: Library) -> None:
    pack = whole_pack(library)
    setter = setting(pack, library)
    found = sources_of(pack, setter.numbered(), library, today=DAY)
    named = {used.provision for source in found for used in source.used}
    assert named == {owner(library, id).id for id in pack.provisions}
    for source in found:
        assert source.document.front.official_page
        assert source.document.front.checked_on
        for used in source.used:
            assert "京社委社组发〔2021〕56号" in used.citation.zh
    told = "".join(remark.zh for source in found for remark in source.remarks)
    assert "试行" in told
    assert "2023年12月" in told


def test_a_document_without_any_data_makes_a_course_too(shared: Path, tmp_path: Path) -> None:
    (path,) = sorted((shared / "policy_texts").glob("06_志愿服务条例*.md"))
    text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).strip()
    (tmp_path / "volunteers").mkdir()
    (tmp_path / "volunteers" / "text.md").write_text(
        f"---\ntitle: 志愿服务条例\n---\n{text}", encoding="utf-8"
    )
    other = load_library(tmp_path)
    chosen = usual(other, AUDIENCES[0])
    assert (hours_named(other), chosen.hours, len(chosen.units)) == (None, 8, 16)
    pack = make_pack(replace(chosen, units=units(other)[:30]), other, today=DAY)
    assert pack.minutes == 360
    assert len(pack.questions) == 10
    assert all(question.holds(other) for question in pack.questions)
    assert not any(re.match(r"第.+?条\s", question.stem) for question in pack.questions)
    setter = setting(pack, other)
    trace = trace_teaching(write("notes", setter), other)
    assert trace.lost == []
    assert write("slides", setter)
