"""The residents' path leads every set of answers somewhere, and shows nothing that is not in a document."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.guidance import is_source
from assistant.pathway import Kind, PathError, Pathway, Route, Said, read_pathway
from corpus.document import Level
from corpus.library import Library, load_library

SLUG = "registration-notes"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def pathway(library: Library) -> Pathway:
    found = read_pathway(library)
    assert found is not None
    return found


def everything(pathway: Pathway) -> Iterator[tuple[dict[str, str], Route]]:
    options = [[option.id for option in asked.options] for asked in pathway.questions]
    for chosen in itertools.product(*options):
        answers = dict(zip((asked.id for asked in pathway.questions), chosen, strict=True))
        yield answers, pathway.lead(answers)


def lines(route: Route) -> list[tuple[Kind | None, Said]]:
    return [(None, route.basis), *((part.kind, said) for part in route.parts for said in part.lines)]


def test_every_set_of_answers_leads_to_a_route_with_all_that_a_resident_needs(pathway: Pathway) -> None:
    led = list(everything(pathway))
    assert len(led) == 4 * 3 * 3 * 2
    assert {route.id for _, route in led} == {route.id for route in pathway.routes}
    for _, route in led:
        assert {part.kind for part in route.parts} == set(Kind)
        order = [list(Kind).index(part.kind) for part in route.parts]
        assert order == sorted(order)


def test_every_line_is_a_sentence_of_the_notes_with_its_source_or_a_fact_of_the_documents(
    library: Library, pathway: Pathway
) -> None:
    facts = {(fact.say, fact.provision) for fact in library.facts}
    seen = 0
    for _, route in everything(pathway):
        for kind, said in lines(route):
            seen += 1
            cited = said.source
            document = library.document_of(cited.provision)
            assert document.text[cited.start : cited.end] == cited.quote
            assert cited.official == document.front.official == (kind is Kind.OFFICIAL)
            if kind is Kind.OFFICIAL:
                assert (said.say.zh, cited.provision) in facts
                assert said.under is None
                continue
            assert said.say.zh == cited.quote == library.quote_of(cited.provision).text
            assert said.say.en == library.translation(cited.provision)
            assert library.provision(cited.provision).level is Level.SENTENCE
            assert said.under is not None
            assert is_source(said.under.zh)
            entry = library.text_of(cited.provision.partition("#")[0])
            assert entry.index(cited.quote) < entry.index(said.under.zh)
    assert seen > 1000


def test_what_is_not_known_for_beijing_is_what_the_notes_say_is_not_known(pathway: Pathway) -> None:
    for _, route in everything(pathway):
        for kind, said in lines(route):
            assert said.under is not None or kind is Kind.OFFICIAL
            if kind is Kind.UNKNOWN:
                unknown = ("没有查到", "没有核实", "不清楚", "未读到", "只读到")
                assert any(word in said.say.zh for word in unknown), said.say.zh


@pytest.mark.parametrize(
    ("aim", "people", "needs", "route"),
    [
        ("together", "few", "no", "guided"), ("neighbours", "few", "unsure", "guided"), ("together", "many", "no", "managed"),
        ("together", "members", "yes", "registered"), ("service", "few", "no", "service"), ("service", "many", "yes", "registered"),
        ("foundation", "few", "no", "foundation"), ("foundation", "members", "yes", "foundation"),
    ],
)  # fmt: skip
def test_answers_lead_where_they_should(
    pathway: Pathway, aim: str, people: str, needs: str, route: str
) -> None:
    answers = {"aim": aim, "people": people, "needs": needs}
    assert pathway.lead({**answers, "volunteering": "no"}).id == route
    volunteering = pathway.lead({**answers, "volunteering": "yes"})
    assert volunteering.id == route
    shown = {said.source.provision for _, said in lines(volunteering)}
    assert {f"{SLUG}/7/1#1", f"{SLUG}/7/2#3", f"{SLUG}/7/3#1", f"{SLUG}/7/4#1"} <= shown


def test_no_line_is_said_twice_in_a_part(pathway: Pathway) -> None:
    for _, route in everything(pathway):
        for part in route.parts:
            assert len(set(part.lines)) == len(part.lines)


def test_a_question_without_an_answer_is_asked_for(pathway: Pathway) -> None:
    answers = {"aim": "together", "people": "few", "needs": "perhaps"}
    assert [asked.id for asked in pathway.missing(answers)] == ["needs", "volunteering"]
    with pytest.raises(ValueError, match="not answered: needs, volunteering"):
        pathway.lead(answers)


PATH = """
[[question]]
id = "aim"
zh = "做什么（示例）"
en = "What"
option = [{ id = "sing", zh = "唱歌", en = "Sing" }]
[[route]]
id = "home"
zh = "在家（示例）"
en = "At home"
when = {}
basis = "1/1#1"
part = [{ kind = "known", lines = ["1/1#1"] }]
"""
NOTE = "---\ntitle: 说明（示例）\nofficial: false\n---\n一、甲\n（一）唱歌\n在家唱歌。\n依据：某书第一条。\n（二）没有出处\n随便说。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for slug, text in (
        ("rules", "---\ntitle: 办法（示例）\n---\n第一条　街道应设会议室。\n"),
        ("aside", NOTE),
    ):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "text.md").write_text(text, encoding="utf-8")
    return tmp_path


def read(folder: Path, path: str) -> Pathway | None:
    (folder / "aside" / "path.toml").write_text(path, encoding="utf-8")
    return read_pathway(load_library(folder))


def test_a_library_without_a_path_has_none(folder: Path) -> None:
    assert read_pathway(load_library(folder)) is None


def test_a_path_is_read_from_its_file(folder: Path) -> None:
    pathway = read(folder, PATH)
    assert pathway is not None
    route = pathway.lead({"aim": "sing"})
    assert route.basis.say.zh == "在家唱歌。"
    assert route.basis.under is not None
    assert route.basis.under.zh == "依据：某书第一条。"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"1/1#1"', '"1/9#1"', "aside/1/9#1"), ('"1/1#1"', '"1/2#1"', "no line of sources"), ("when = {}", 'when = { aim = ["dance"] }', "no such option of aim: dance"),
        ("when = {}", 'when = { time = ["now"] }', "time"), ("when = {}", 'when = { aim = ["sing"] }', "no route is left"), ('kind = "known"', 'kind = "guess"', "guess"),
        ('lines = ["1/1#1"]', "lines = []", "a part without lines"), ('lines = ["1/1#1"]', 'facts = ["rules-9"]', "rules-9"), ("[[route]]", "[[route", "path.toml"),
        ('en = "At home"', "", "en"),
    ],
)  # fmt: skip
def test_a_path_that_does_not_fit_its_document_is_told(folder: Path, old: str, new: str, what: str) -> None:
    assert old in PATH
    with pytest.raises(PathError, match=r"path\.toml") as told:
        read(folder, PATH.replace(old, new))
    assert what in str(told.value)
