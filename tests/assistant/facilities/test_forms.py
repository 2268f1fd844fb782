"""The printed forms say what the text says, with its source, and nothing that cannot be traced."""

import csv
import io
from datetime import date

import docx
import pytest
from docx.table import Table

from assistant.facilities.forms import EMPTY, TICKED, Forms
from assistant.facilities.matrix import Matrix
from assistant.facilities.roster import Item, actors_in, of_actor
from assistant.facilities.selfcheck import check, requirements
from assistant.facilities.sign import check_sign
from assistant.office.label import GENERATED
from assistant.office.paper import Paper
from assistant.office.word import write_word
from assistant.question import Language
from corpus.citation import cite_full, resolve
from corpus.library import Library
from corpus.validity import notes_on
from tests.assistant.facilities.tracing import Tracer, borne_out

TODAY = date(2026, 11, 25)
SIGN = "海淀区社会组织发展服务中心"
LANGUAGES = pytest.mark.parametrize("language", [Language.CHINESE, Language.ENGLISH], ids=["zh", "en"])


@pytest.fixture
def forms(library: Library, language: Language) -> Forms:
    return Forms(library, language, today=TODAY)


def papers(forms: Forms, matrix: Matrix, roster: tuple[Item, ...], library: Library) -> list[Paper]:
    """Every form there is: the matrix, each tier's check empty, full and with a sign, each actor's duties and all."""
    made = [forms.matrix(matrix), forms.duties(roster, None)]
    made += [forms.duties(of_actor(roster, actor), actor) for actor in actors_in(roster)]
    for tier in matrix.tiers:
        every = [one.id for one in requirements(library, tier)]
        for held in ([], every[::2], every):
            for written in ("", SIGN):
                made.append(
                    forms.selfcheck(tier, check(library, tier, held), check_sign(library, tier, written))
                )
    return made


def lines_of(paper: Paper) -> list[str]:
    """The lines of a file made of the paper, read back from the file."""
    document = docx.Document(io.BytesIO(write_word(paper, made_on=TODAY)))
    lines = []
    for held in document.iter_inner_content():
        if isinstance(held, Table):
            for row in held.rows:
                seen = []
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.append(cell._tc)
                        lines += [paragraph.text for paragraph in cell.paragraphs]
        else:
            lines.append(held.text)
    return [line for line in lines if line.strip()]


@LANGUAGES
def test_every_line_of_every_file_is_traced(
    forms: Forms, matrix: Matrix, roster: tuple[Item, ...], library: Library
) -> None:
    tracer = Tracer(library, today=TODAY, typed=[SIGN, *(item.what for item in roster)])
    count = 0
    for paper in papers(forms, matrix, roster, library):
        lines = lines_of(paper)
        assert lines[0] == paper.title
        assert lines[1] == GENERATED.in_language(paper.language)
        assert tracer.untraced(lines[1:]) == []
        count += len(lines)
    assert count > 3000


def test_the_tracer_lets_nothing_else_through(library: Library, roster: tuple[Item, ...]) -> None:
    tracer = Tracer(library, today=TODAY, typed=[item.what for item in roster])
    made_up = [
        "街道应独立设置游泳池",
        "还缺 2 处游泳池",
        "《北京市社会组织培育孵化机构建设运营工作指引(试行)》第十一条",
        "2022年7月底前（期限已过）",
        "A swimming pool must be set up.",
        "其他级别的条文还列有：游泳池。本级条文未列出；“未列出”不等于“不需要”。",
        "游泳池　◆ 仅市级列出",
    ]
    assert tracer.untraced(made_up) == made_up


@LANGUAGES
def test_the_matrix_is_printed_cell_by_cell_with_its_source(
    forms: Forms, matrix: Matrix, library: Library
) -> None:
    document = docx.Document(io.BytesIO(write_word(forms.matrix(matrix), made_on=TODAY)))
    head, *rows = document.tables[0].rows
    assert [cell.text for cell in head.cells][1:] == [forms.heading(tier) for tier in matrix.tiers]
    for row, printed in zip(matrix.rows, rows, strict=True):
        for tier, cell in zip(matrix.tiers, printed.cells[1:], strict=True):
            said = [paragraph.text for paragraph in cell.paragraphs]
            held = row.cells[tier]
            quoted = [item for e in held.entries for item in (e.items or (e.quotation.text,))]
            for words in quoted:
                assert any(line.startswith(words) for line in said), (row.matter, tier, words)
            for id in held.provisions:
                label = forms.source(id)
                assert label in said
                assert list(resolve(library, label)) == [id.partition("#")[0]]
            assert bool(held.entries) != any(line == "未列出" or line == "not listed" for line in said)


@LANGUAGES
def test_boxes_are_ticked_for_what_is_there(forms: Forms, library: Library) -> None:
    held = {"room:会议培训室", "service:政策咨询"}
    paper = forms.selfcheck("street", check(library, "street", held), None)
    document = docx.Document(io.BytesIO(write_word(paper, made_on=TODAY)))
    boxes = {
        row.cells[1].text.split(" (")[0]: row.cells[0].text
        for table in document.tables
        for row in list(table.rows)[1:]
    }
    assert set(boxes) == {one.name.split(" (")[0] for one in requirements(library, "street")}
    assert {name for name, box in boxes.items() if box == TICKED} == {"会议培训室", "政策咨询"}
    assert set(boxes.values()) == {TICKED, EMPTY}


@LANGUAGES
def test_every_provision_cited_is_printed_in_full(forms: Forms, matrix: Matrix, library: Library) -> None:
    lines = lines_of(forms.matrix(matrix))
    for id in matrix.provisions:
        assert library.quote_of(id).text in lines


@LANGUAGES
@pytest.mark.parametrize("actor", [None, "district", ""], ids=["all", "district", "nobody"])
def test_the_table_of_duties_is_read_back_line_by_line(
    forms: Forms, actor: str | None, roster: tuple[Item, ...], library: Library
) -> None:
    items = roster if actor is None else of_actor(roster, actor)
    content = forms.duties_csv(items)
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head[-1] == GENERATED.in_language(forms.language)
    for number, (item, row) in enumerate(zip(items, rows, strict=True), start=1):
        cells = dict(zip(head[:-1], row[:-1], strict=True))
        order, who, word, what, quoted, dated, due, source, provision, standing = cells.values()
        assert order == str(number)
        assert who == forms.actors(item)
        assert quoted in library.text_of(provision)
        assert item.word in word
        assert source == cite_full(library, provision, "en" if forms.language is Language.ENGLISH else "zh")
        front = library.document_of(provision).front
        remarks = notes_on(front, today=TODAY)
        assert standing == " ".join(
            note.en if forms.language is Language.ENGLISH else note.zh for note in remarks
        )
        if forms.language is Language.CHINESE:
            assert borne_out(library, f"{item.word}{what}", provision) == ""
            assert (due == "期限已过") == (item.due is not None)
        if item.due:
            assert dated in library.text_of(item.due.quotation.provision)
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]


def test_a_date_still_to_come_is_not_called_past(library: Library, roster: tuple[Item, ...]) -> None:
    forms = Forms(library, Language.CHINESE, today=date(2022, 5, 31))
    item = next(one for one in roster if one.id == "plan-topical-training")
    assert forms.date(item) == "2022年6月前（未到期）"
    assert Forms(library, Language.CHINESE, today=date(2022, 6, 1)).date(item) == "2022年6月前（期限已过）"
