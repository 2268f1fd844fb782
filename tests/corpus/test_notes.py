"""The project's own notes stand apart from the official documents, and every statement in them names its source."""

import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.citation import cite, cite_short
from corpus.document import Level, Provision
from corpus.frontmatter import read_text_file
from corpus.library import CorpusEmpty, Library, load_library
from corpus.reference import resolve
from corpus.rules import RulesError
from corpus.show import show_rows

SLUG = "registration-notes"
WHOSE = "编者整理，非官方原文"
SOURCE = re.compile(
    r"依据：.+；核对日期：\d{4}年\d{1,2}月\d{1,2}日；把握：(读过全文|只读到开头|据报道|只见到标题|未查到|编者归纳)。"
)
UNKNOWN = re.compile(r"没有查到|未查到|没有核实|没有读到|不清楚")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def entries(library: Library) -> list[Provision]:
    return [node for node in library.document(SLUG).root.walk() if node.level is Level.SUBHEADING]


def sentences(library: Library, entry: Provision) -> list[str]:
    return [library.quote_of(leaf.id).text for leaf in entry.leaves() if leaf.level is not Level.TITLE]


def test_the_official_documents_come_first_and_the_notes_are_not_among_them(library: Library) -> None:
    assert [document.slug for document in library.documents] == ["notice", "plan", "guide"]
    assert [document.slug for document in library.notes] == [SLUG]
    assert [document.slug for document in library.texts] == ["notice", "plan", "guide", SLUG]
    assert list(dict.fromkeys(row["document"] for row in show_rows(library))) == [
        "notice", "plan", "guide", SLUG,
    ]  # fmt: skip


def test_what_people_ask_of_the_notes_does_not_teach_the_official_answers(library: Library) -> None:
    assert {id.partition("/")[0] for asked in library.note_questions for id in asked.provisions} == {SLUG}
    assert not any(id.startswith(SLUG) for asked in library.questions for id in asked.provisions)


def test_every_place_that_shows_a_note_says_whose_words_they_are(library: Library) -> None:
    front = library.document(SLUG).front
    assert not front.official
    assert WHOSE in front.status
    for row in show_rows(library):
        assert (WHOSE in str(row["label"])) == (row["document"] == SLUG)


def test_a_note_is_found_by_its_own_citations(library: Library) -> None:
    for node in library.document(SLUG).root.walk():
        if not node.is_leaf:
            for language in ("zh", "en"):
                assert resolve(library, cite(library, node.id, language=language)) == [node.id]
    assert cite_short(library, f"{SLUG}/2/2") == "登记备案说明·二、（二）"


def test_a_bare_reference_still_means_the_official_documents(library: Library) -> None:
    assert resolve(library, "二（三）") == ["plan/2/3"]


def test_every_statement_is_followed_by_its_source_its_date_and_its_certainty(library: Library) -> None:
    for entry in entries(library):
        said = sentences(library, entry)
        assert SOURCE.fullmatch(said[-1]), entry.id
        assert not said[0].startswith("依据："), entry.id
        for sentence in said:
            assert not sentence.startswith("依据：") or SOURCE.fullmatch(sentence), entry.id


def test_what_was_not_found_is_said_to_be_unknown(library: Library) -> None:
    for entry in entries(library):
        held: list[str] = []
        for sentence in sentences(library, entry):
            match = SOURCE.fullmatch(sentence)
            if match is None:
                held.append(sentence)
                continue
            if match[1] == "未查到":
                assert any(UNKNOWN.search(said) for said in held), entry.id
            held = []


def test_every_figure_of_the_regulation_of_2016_carries_its_warning(library: Library) -> None:
    for entry in entries(library):
        held: list[str] = []
        for sentence in sentences(library, entry):
            if not sentence.startswith("依据："):
                held.append(sentence)
                continue
            if "社会团体登记管理条例》（2016年修订本）" in sentence:
                for said in held:
                    assert "2016年修订本；2026年3月已有修改决定，新文本未读到，请以现行文本为准" in said, (
                        entry.id
                    )
            held = []


def test_no_entry_on_filing_in_beijing_gives_a_figure(library: Library) -> None:
    for number in (2, 3, 4, 5, 9, 10):
        for said in sentences(library, library.provision(f"{SLUG}/2/{number}")):
            if not said.startswith("依据："):
                assert not re.search(r"[0-9]+|[一二三四五六七八九十百]+(个?人|天|日|元)", said), said


def test_every_sentence_is_translated(library: Library) -> None:
    for leaf in library.document(SLUG).leaves:
        assert library.translation(leaf.id), leaf.id


def test_every_entry_has_ten_questions_and_more_in_the_words_of_people(library: Library) -> None:
    counts = Counter(id for asked in library.note_questions for id in asked.provisions)
    assert set(counts) == {entry.id for entry in entries(library)}
    assert min(counts.values()) >= 10
    assert {asked.lang for asked in library.note_questions} == {"zh", "zh-Hant", "en"}


def test_a_corpus_of_notes_alone_has_nothing_to_answer_from(tmp_path: Path) -> None:
    home = tmp_path / "aside"
    home.mkdir()
    (home / "text.md").write_text(
        "---\ntitle: 说明（示例）\nofficial: false\n---\n一、说明\n", encoding="utf-8"
    )
    assert not read_text_file(home / "text.md")[0].official
    with pytest.raises(CorpusEmpty):
        load_library(tmp_path)


# Cues


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for slug, official in (("rules", "true"), ("aside", "false")):
        home = tmp_path / slug
        home.mkdir()
        text = "第一条　街道应设会议室。\n第二条　本办法自发布之日起施行。\n"
        head = f"---\ntitle: {slug}（示例）\nofficial: {official}\n---\n"
        (home / "text.md").write_text(head + text, encoding="utf-8")
    return tmp_path


def cues(folder: Path, text: str) -> Library:
    (folder / "aside" / "cues.toml").write_text(text, encoding="utf-8")
    return load_library(folder)


def test_a_cue_fits_when_every_pattern_of_a_line_is_found_and_none_that_rules_it_out(folder: Path) -> None:
    library = cues(
        folder,
        '[subjects]\nfiling = "备案"\n[[entry]]\nprovision = "aside/article/1"\nunless = "孵化"\n'
        'asks = [["{filing}", "几个?人"], ["凑多少人"]]\n',
    )
    (cue,) = library.cues
    assert cue.fits("备案要几个人", question="备案要几个人")
    assert cue.fits("凑多少人", question="凑多少人")
    assert not cue.fits("备案去哪", question="备案去哪")
    assert not cue.fits("备案要几个人", question="孵化中心备案要几个人")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[[entry]]\nprovision = "aside/article/9"\nasks = [["x"]]', "no such provision or fact: aside/article/9"),
        ('[[entry]]\nprovision = "aside/article/1"\nasks = [["x"]]\nfacts = ["rules-9"]', "no such provision or fact: rules-9"),
        ('[[entry]]\nprovision = "aside/article/1"\nasks = [["{nobody}"]]', "not an entry of cues"),
        ('[[entry]]\nprovision = "aside/article/1"\nasks = [["("]]', "not an entry of cues"),
        ('[[entry]]\nprovision = "aside/article/1"\nasks = [[]]', "would fit every question"),
        ('[[entry]]\nprovision = "aside/article/1"\nasks = []', "would fit every question"),
        ('[[entry]]\nasks = [["x"]]', "not an entry of cues"),
        ("[[entry]", "not valid TOML"),
    ],
)  # fmt: skip
def test_a_cue_that_does_not_fit_its_document_is_named(folder: Path, text: str, what: str) -> None:
    with pytest.raises(RulesError, match=r"cues\.toml") as told:
        _ = cues(folder, text).cues
    assert what in str(told.value)


def test_every_entry_can_be_asked_for(library: Library) -> None:
    assert {cue.provision for cue in library.cues} == {entry.id for entry in entries(library)}
