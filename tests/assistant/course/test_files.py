"""The files of a course are opened and read line by line, and every line is traced to its provision."""

import io
import re
from zipfile import ZipFile

import docx
import pptx
import pytest
from pptx.oxml.ns import qn
from pptx.util import Pt

from assistant.course import words
from assistant.course.files import KINDS, name_of, write
from assistant.course.gap import GAP
from assistant.course.pack import Pack
from assistant.course.quiz import Form
from assistant.course.revision import Changes, revised
from assistant.course.slides import slides
from assistant.ground import check
from assistant.office.deck import HEIGHT, height_of, row_height
from assistant.office.label import GENERATED, MARK
from assistant.office.paper import Grid
from assistant.office.typeface import SANS, SERIF
from assistant.question import Language
from corpus.library import Library, load_library
from tests.assistant.course.making import setting, usual_pack, whole_pack
from tests.assistant.course.tracing import paragraphs, tables, trace_key, trace_slides, trace_teaching

LANGUAGES = [Language.CHINESE, Language.ENGLISH]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def pack(library: Library) -> Pack:
    return whole_pack(library)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["notes", "handout"])
def test_every_line_of_notes_and_handout_is_traced(
    kind: str, language: Language, pack: Pack, library: Library
) -> None:
    trace = trace_teaching(write(kind, setting(pack, library, language)), library)
    assert trace.lost == []
    quoted = [item.words.zh for item in pack.items if item.id.startswith("quote:")]
    points = [item.words.zh for item in pack.items if item.id.startswith("point:")]
    assert set(quoted + points) <= set(trace.traced)
    print(
        f"{kind}, {language.value}: {len(trace.traced)} statements traced, {len(trace.framed)} lines of the frame, none lost"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_the_slides_is_traced_and_nothing_is_left_out(
    language: Language, pack: Pack, library: Library
) -> None:
    content = write("slides", setting(pack, library, language))
    trace = trace_slides(content, library)
    assert trace.lost == []
    shown = re.sub(r"\s", "", "".join(trace.traced))
    for item in pack.items:
        if item.id.startswith("quote:"):
            assert re.sub(r"\s", "", item.words.zh) in shown
    print(
        f"slides, {language.value}: {len(trace.traced)} statements traced, {len(trace.framed)} lines of the frame, none lost"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_of_the_key_is_traced(language: Language, pack: Pack, library: Library) -> None:
    trace = trace_key(write("key", setting(pack, library, language)), library)
    assert trace.lost == []
    assert len(trace.traced) >= len(pack.questions)


def test_question_paper_and_key_fit_together_and_the_text_decides(pack: Pack, library: Library) -> None:
    setter = setting(pack, library)
    lines = [paragraph.text for paragraph in paragraphs(write("quiz", setter))]
    asked: dict[int, tuple[str, list[str]]] = {}
    for line in lines:
        stem = re.fullmatch(r"(\d+)\. ?(.+)", line)
        options = re.findall(r"[A-D]\. (.+?)(?=　　[A-D]\.|$)", line)
        if stem:
            asked[int(stem[1])] = (stem[2], [])
        else:
            asked.setdefault(max(asked, default=0), ("", []))[1].extend(options)
    asked.pop(0)
    [key] = tables(write("key", setter))
    answers = {int(row.cells[0].text): (row.cells[1].text, row.cells[3].text) for row in list(key.rows)[1:]}
    assert asked.keys() == answers.keys()
    assert len(asked) == 20
    every = [leaf.id for document in library.documents for leaf in document.leaves]
    for number, (stem, options) in asked.items():
        answer, _ = answers[number]
        provisions = dict(setter.numbered())[number].provisions
        if options:
            letter, _, right = answer.partition(". ")
            assert options["ABCD".index(letter)] == right
            for option in options:
                said = check(
                    stem.replace(GAP, option), provisions if option == right else every, library
                ).supported
                assert said is (option == right), (stem, option)
        elif answer in "对错":
            statement = stem.removeprefix("（　　）")
            assert check(statement, provisions, library).supported is (answer == "对"), statement
        else:
            assert check(stem.replace(GAP, answer), provisions, library).supported
    assert not any(answer in line for line in lines for answer in ("答案",))
    assert {form.value for form in Form} == {question.form.value for question in pack.questions}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_slide_holds_more_than_fits(language: Language, pack: Pack, library: Library) -> None:
    long = "（示例）讲师自己写的很长的话。" * 40
    own = dict.fromkeys(("point:plan-1-urban", "title:notice", "quote:plan/1#2"), long)
    for held in (pack, revised(pack, Changes(written=own), library)):
        for slide in slides(setting(held, library, language)).slides:
            if isinstance(slide.body, Grid):
                heights = [row_height(row, slide.body.widths) for row in (slide.body.head, *slide.body.rows)]
            else:
                heights = [height_of(text) for text in slide.body]
            assert sum(heights) <= HEIGHT, slide.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_slides_carry_the_label_chinese_typefaces_and_what_is_said(
    language: Language, library: Library
) -> None:
    pack = usual_pack(library)
    show = pptx.Presentation(io.BytesIO(write("slides", setting(pack, library, language))))
    assert show.core_properties.category == MARK.in_language(language)
    assert show.core_properties.comments == GENERATED.in_language(language)
    notes = ""
    for slide in show.slides:
        told = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert GENERATED.in_language(language) in told
        notes += slide.notes_slide.notes_text_frame.text.replace("\v", "\n") + "\n"
        for run in slide._element.iter(qn("a:r")):
            properties = run.find(qn("a:rPr"))
            assert properties.find(qn("a:ea")).get("typeface") in {SANS.chinese, SERIF.chinese}
            assert properties.find(qn("a:latin")).get("typeface") in {SANS.latin, SERIF.latin}
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= show.slide_width
            assert shape.top + shape.height <= show.slide_height
    for item in pack.items:
        if item.id.startswith(("quote:", "point:", "remark:")):
            assert (
                item.words.zh if not item.id.startswith("remark:") else item.words.in_language(language)
            ) in notes
    assert show.slide_width == Pt(960)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_choices_make_the_same_bytes(language: Language, library: Library) -> None:
    first, again = (write("pack", setting(usual_pack(library), library, language)) for _ in range(2))
    assert first == again


def test_the_whole_is_one_archive_of_files_that_open(library: Library) -> None:
    setter = setting(usual_pack(library), library)
    with ZipFile(io.BytesIO(write("pack", setter))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [name_of(kind, setter) for kind in KINDS if kind != "pack"]
        for name in archive.namelist():
            content = archive.read(name)
            opened = (
                pptx.Presentation(io.BytesIO(content))
                if name.endswith("pptx")
                else docx.Document(io.BytesIO(content))
            )
            assert opened.core_properties.keywords == MARK.zh


def test_what_is_struck_out_and_rewritten_reaches_every_file(library: Library) -> None:
    pack = usual_pack(library)
    own = "（示例）讲师自己的一句话。"
    struck = "农村社区平均拥有不少于8个社区社会组织。"
    changes = Changes(
        struck=frozenset({"point:plan-1-rural"}),
        written={"point:plan-1-urban": own, "title:plan/1": "（示例）标题"},
    )
    setter = setting(revised(pack, changes, library), library)
    marked = words.OWN_MARK.zh.format(words=own)
    for kind in ("notes", "handout"):
        said = [paragraph.text for paragraph in paragraphs(write(kind, setter))]
        assert marked in said
        assert any(words.OWN_MARK.zh.format(words="（示例）标题") in line for line in said)
        assert not any(line.endswith("（方案·第一部分）") and struck in line for line in said)
    show = pptx.Presentation(io.BytesIO(write("slides", setter)))
    shown = [
        p.text
        for s in show.slides
        for shape in s.shapes
        if shape.has_text_frame
        for p in shape.text_frame.paragraphs
    ]
    assert marked in shown
    assert not any(line.startswith("到2023年，农村") for line in shown)
    [added] = [
        slide
        for slide in show.slides
        if any(shape.has_text_frame and marked in shape.text_frame.text for shape in slide.shapes)
    ]
    assert added.shapes.title.text_frame.text == "方案·第一部分　讲师补充"
    assert "——" not in added.placeholders[1].text_frame.text


def test_the_handout_lets_no_answer_out(library: Library) -> None:
    said = "\n".join(
        paragraph.text for paragraph in paragraphs(write("handout", setting(usual_pack(library), library)))
    )
    assert words.QUIZ_SESSION.zh not in said
    assert "答案" not in said
