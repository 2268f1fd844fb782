"""The files open, say what they were given in the right typefaces, and carry the label."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.office.label import GENERATED, MARK
from assistant.office.paper import Grid, Heading, Kind, PageBreak, Paper, Text, printable
from assistant.office.spreadsheet import harmless, write_csv
from assistant.office.typeface import SANS, SERIF
from assistant.office.word import write_word
from assistant.question import Language
from corpus.citation import cite
from corpus.library import Library, load_library

DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def guide(library: Library) -> Paper:
    """The whole guideline: every provision quoted, and again as a table with its citation."""
    leaves = library.document("guide").leaves
    quotes = [(library.quote_of(leaf.id).text, cite(library, leaf.id)) for leaf in leaves]
    blocks = [
        block
        for words, label in quotes
        for block in (Text(words, Kind.QUOTE), Text(f"——{label}", Kind.SOURCE))
    ]
    rows = [(label, (Text(words, Kind.QUOTE), Text(label, Kind.SOURCE))) for words, label in quotes]
    return Paper(
        title="指引全文",
        blocks=(Heading("逐条"), *blocks, PageBreak(), Grid(head=("出处", "原文"), rows=rows, widths=(1, 3))),
    )


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """Every paragraph of the body in reading order, those in tables too."""
    for held in document.iter_inner_content():
        if isinstance(held, Table):
            for row in held.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
        else:
            yield held


def test_a_paper_is_read_back_line_by_line(guide: Paper) -> None:
    document = opened(write_word(guide, made_on=DAY))
    said = [paragraph.text for paragraph in paragraphs(document) if paragraph.text.strip()]
    title, *lines = guide.lines()
    assert said == [title, GENERATED.zh, *lines]


def test_every_paragraph_is_set_in_a_chinese_typeface_that_names_its_alternates(guide: Paper) -> None:
    content = write_word(guide, made_on=DAY)
    document = opened(content)
    for paragraph in paragraphs(document):
        fonts = paragraph.style.element.find(qn("w:rPr")).find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) in {SERIF.chinese, SANS.chinese}, paragraph.style.name
        assert fonts.get(qn("w:ascii")) in {SERIF.latin, SANS.latin}
        assert not [name for name in fonts.attrib if name.endswith("Theme")]
        assert all(run._r.find(qn("w:rPr")) is None for run in paragraph.runs)
    table = ZipFile(io.BytesIO(content)).read("word/fontTable.xml").decode()
    for name in (*SERIF.alternates, *SANS.alternates):
        assert name in table
    for part in ("styles", "settings"):
        assert (
            'w:val="en-US" w:eastAsia="zh-CN"'
            in ZipFile(io.BytesIO(content)).read(f"word/{part}.xml").decode()
        )


@pytest.mark.parametrize("language", [Language.CHINESE, Language.ENGLISH])
def test_the_label_stands_at_the_head_at_the_foot_and_in_the_properties(language: Language) -> None:
    document = opened(write_word(Paper(title="（示例）", blocks=(), language=language), made_on=DAY))
    assert document.paragraphs[1].text == GENERATED.in_language(language)
    assert GENERATED.in_language(language) in document.sections[0].footer.paragraphs[0].text
    properties = document.core_properties
    assert properties.title == "（示例）"
    assert properties.category == properties.keywords == MARK.in_language(language)
    assert properties.comments == GENERATED.in_language(language)
    assert "python" not in f"{properties.author}{properties.last_modified_by}{properties.comments}"
    assert (properties.created.year, properties.created.month, properties.created.day) == (2026, 11, 25)


def test_the_head_of_a_table_is_repeated_and_no_row_is_torn_apart(guide: Paper) -> None:
    table = opened(write_word(guide, made_on=DAY)).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in list(table.rows)[1:])
    first, second = (column.width for column in table.columns)
    assert second == pytest.approx(3 * first, rel=0.01)


ORDER = {
    "w:tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "w:rPr": "rStyle rFonts b bCs i iCs color spacing kern sz szCs lang",
    "w:pPr": "pStyle keepNext keepLines numPr pBdr spacing ind contextualSpacing jc outlineLvl",
}
"""Children in the order of the standard (ISO/IEC 29500-1), as far as they occur: Word calls another order damage."""


@pytest.mark.parametrize("tag", ORDER)
def test_properties_stand_in_the_order_of_the_standard(tag: str, guide: Paper) -> None:
    joined = Grid(head=("一", "二", "三"), rows=((("甲"), (Text("乙"),), (Text("乙"),)),), joined=True)
    document = opened(write_word(Paper(title="（示例）", blocks=(*guide.blocks, joined)), made_on=DAY))
    ranks = {qn(f"w:{name}"): rank for rank, name in enumerate(ORDER[tag].split())}
    own = ("Normal", "Title", "Heading 1", "Quote", "Source", "Note", "Label", "Strong line")
    roots = [document.element.body, *(document.styles[name].element for name in own)]
    found = [node for root in roots for node in root.iter(qn(tag))]
    assert found
    for node in found:
        order = [ranks[child.tag] for child in node]
        assert order == sorted(order)


def test_cells_that_say_the_same_are_joined_where_that_is_asked_for() -> None:
    same = (Text("三级同文"),)
    grid = Grid(head=("事项", "市级", "区级", "街道乡镇级"), rows=(("经费", same, same, same),), joined=True)
    row = opened(write_word(Paper(title="（示例）", blocks=(grid,)), made_on=DAY)).tables[0].rows[1]
    assert [cell.text for cell in row.cells] == ["经费", "三级同文", "三级同文", "三级同文"]
    assert len({id(cell._tc) for cell in row.cells}) == 2


def test_no_picture_of_another_page_comes_along(guide: Paper) -> None:
    assert not [
        name for name in ZipFile(io.BytesIO(write_word(guide, made_on=DAY))).namelist() if "thumbnail" in name
    ]


def test_a_table_with_a_row_of_another_length_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="2 columns"):
        Grid(head=("事项", "市级"), rows=(("名称",),))


@settings(deadline=None, max_examples=50)
@given(st.text())
def test_any_text_can_be_printed(text: str) -> None:
    document = opened(write_word(Paper(title=text, blocks=(Text(text),)), made_on=DAY))
    assert document.paragraphs[2].text == printable(text).replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", " =1+1", "　=1+1", "\t=1", "|calc", "=HYPERLINK(“示例”)"],
)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "指引·第四条", "2022年6月底前", "—", "○ 根据需要设立", "中心+基地"])
def test_ordinary_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_spreadsheet_reads_the_table_back() -> None:
    rows = [["应", "独立设置，“党建活动室”", "甲\n乙"], ["可", '"引号"', "=1"]]
    content = write_csv(["方式", "事项", "备注"], rows)
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read == [["方式", "事项", "备注"], rows[0], ["可", '"引号"', "'=1"]]
