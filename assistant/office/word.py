"""Write a paper as a Word file (DOCX)."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from assistant.office.label import GENERATED, Properties, stamp
from assistant.office.paper import Cell, Grid, Heading, Kind, PageBreak, Paper, Text, printable
from assistant.office.typeface import SANS, SERIF, Typeface
from assistant.phrases import Line
from assistant.question import Language

_INK = RGBColor(0x1C, 0x1E, 0x20)
_QUIET = RGBColor(0x56, 0x59, 0x5D)
_RULE = "8A877F"
_GROUND = "F1EFE9"
_PAGE = Line("第 {page} 页，共 {pages} 页", "Page {page} of {pages}")

_STYLES = {
    Kind.BODY: "Normal",
    Kind.STRONG: "Strong line",
    Kind.ITEM: "List Bullet",
    Kind.QUOTE: "Quote",
    Kind.SOURCE: "Source",
    Kind.NOTE: "Note",
}


def write_word(paper: Paper, *, made_on: date) -> bytes:
    """Return the file, with the label at its head and at the foot of every page, and in its properties."""
    document = docx.Document()
    _drop_thumbnail(document)
    _set_page(document, landscape=paper.landscape)
    _set_styles(document, paper.language)
    document.add_paragraph(printable(paper.title), style="Title")
    document.add_paragraph(GENERATED.in_language(paper.language), style="Label")
    ids = {kind: document.styles[name].style_id for kind, name in _STYLES.items()}
    for block in paper.blocks:
        match block:
            case Heading(words, level):
                document.add_heading(printable(words), level)
            case Text():
                _styled(document.add_paragraph(printable(block.words)), ids[block.kind])
            case Grid():
                _add_table(document, block, ids)
            case PageBreak():
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _set_foot(document, paper.language)
    # python-docx calls some of its properties optional; a file just made has them all.
    stamp(
        cast(Properties, document.core_properties),
        title=printable(paper.title),
        language=paper.language,
        made_on=made_on,
    )
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _drop_thumbnail(document: Document) -> None:
    """Leave out the picture of another page, which python-docx's own blank file brings along."""
    rels = document.part.package.rels
    for id in [id for id, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[id]


def _set_page(document: Document, *, landscape: bool) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)


def _set_styles(document: Document, language: Language) -> None:
    styles = document.styles
    # Latin letters and digits are English in either file: as Chinese they could be broken off anywhere at the end of a line.
    for mark in (*styles.element.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))):
        mark.set(qn("w:val"), "en-GB" if language is Language.ENGLISH else "en-US")
        mark.set(qn("w:eastAsia"), "zh-CN")
    for name in ("Strong line", "Source", "Note", "Label"):
        styles.add_style(name, 1).base_style = styles["Normal"]
    _style(document, "Normal", SERIF, 10.5, before=0, after=4)
    _style(document, "Title", SANS, 18, before=0, after=4, bold=True, centred=True)
    _style(document, "Heading 1", SANS, 13, before=14, after=4, bold=True)
    _style(document, "Heading 2", SANS, 11.5, before=10, after=3, bold=True)
    _style(document, "Heading 3", SANS, 10.5, before=8, after=2, bold=True)
    _style(document, "List Bullet", SERIF, 10.5, before=0, after=2)
    _style(document, "Strong line", SERIF, 10.5, before=4, after=2, bold=True)
    _style(document, "Quote", SERIF, 10.5, before=2, after=2, indent=6)
    _style(document, "Source", SERIF, 9, before=0, after=4, colour=_QUIET)
    _style(document, "Note", SERIF, 9, before=2, after=4, colour=_QUIET)
    _style(document, "Label", SERIF, 9, before=0, after=8, colour=_QUIET, centred=True)
    _style(document, "Footer", SERIF, 8.5, before=0, after=0, colour=_QUIET, centred=True)
    for border in list(styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    _name_alternates(document)


def _style(
    document: Document,
    name: str,
    typeface: Typeface,
    size: float,
    *,
    before: float,
    after: float,
    bold: bool = False,
    centred: bool = False,
    indent: float = 0,
    colour: RGBColor = _INK,
) -> None:
    style = cast(ParagraphStyle, document.styles[name])
    font, spacing = style.font, style.paragraph_format
    _set_typeface(style.element, typeface)
    font.size, font.bold, font.italic = Pt(size), bold, False
    font.color.rgb = colour
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.2
    if centred:
        spacing.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        spacing.left_indent = Mm(indent)


def _set_typeface(style: BaseOxmlElement, typeface: Typeface) -> None:
    """Name the typefaces outright: a style that follows a theme would print Chinese in whatever the theme has."""
    properties = style.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(
        0,
        parse_xml(
            f'<w:rFonts {nsdecls("w")} w:ascii="{typeface.latin}" w:hAnsi="{typeface.latin}"'
            f' w:eastAsia="{typeface.chinese}" w:cs="{typeface.latin}"/>'
        ),
    )


def _name_alternates(document: Document) -> None:
    """Say in the table of fonts what stands in for a Chinese typeface that a system does not have."""
    table = next(
        part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml"
    )
    fonts = parse_xml(table.blob)
    for typeface in (SERIF, SANS):
        fonts.append(
            parse_xml(
                f'<w:font {nsdecls("w")} w:name="{typeface.chinese}"><w:altName w:val="{",".join(typeface.alternates)}"/>'
                '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
            )
        )
    table._blob = serialize_part_xml(fonts)


def _styled(paragraph: Paragraph, style_id: str) -> None:
    """Give a paragraph its style by id: python-docx looks through all styles for a name, every time."""
    paragraph._p.style = style_id


def _add_table(document: Document, grid: Grid, ids: Mapping[Kind, str]) -> None:
    table = document.add_table(rows=1, cols=len(grid.head))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _set_borders(table)
    section = document.sections[0]
    room = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    shares = grid.widths or [1.0] * len(grid.head)
    widths = [Emu(int(room * share / sum(shares))) for share in shares]
    for cell, words in zip(table.rows[0].cells, grid.head, strict=True):
        _fill(cell, words, ids, strong=True)
        _shade(cell)
    _mark_row(table, 0, "w:tblHeader")
    for number, row in enumerate(grid.rows, start=1):
        cells = table.add_row().cells
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
        for first, last in _runs(row) if grid.joined else ((n, n) for n in range(len(row))):
            cell = cells[first].merge(cells[last]) if last > first else cells[first]
            _fill(cell, row[first], ids, strong=grid.row_heads and first == 0)
        _mark_row(table, number, "w:cantSplit")
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = width
    _styled(document.add_paragraph(), ids[Kind.NOTE])


def _runs(row: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last column of each run of cells that say the same."""
    first = 0
    for column in range(1, len(row) + 1):
        if column == len(row) or row[column] != row[first]:
            yield first, column - 1
            first = column


def _fill(cell: _Cell, held: Cell, ids: Mapping[Kind, str], *, strong: bool) -> None:
    texts = [Text(held, Kind.STRONG if strong else Kind.BODY)] if isinstance(held, str) else list(held)
    for number, text in enumerate(texts):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _styled(paragraph, ids[text.kind])
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
        if text.kind is Kind.QUOTE:
            paragraph.paragraph_format.left_indent = 0
        paragraph.add_run(printable(text.words))


def _shade(cell: _Cell) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{_GROUND}"/>')
    )


def _mark_row(table: Table, number: int, mark: str) -> None:
    table.rows[number]._tr.get_or_add_trPr().append(parse_xml(f"<{mark} {nsdecls('w')}/>"))


def _set_borders(table: Table) -> None:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    # Word refuses a file in which these stand in another order.
    table._tbl.tblPr.insert_element_before(
        parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"),
        *("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"),
    )


def _set_foot(document: Document, language: Language) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{GENERATED.in_language(language)}　")
    before, between, after = _PAGE.in_language(language).replace("{pages}", "{page}").split("{page}")
    for words, field in ((before, "PAGE"), (between, "NUMPAGES")):
        paragraph.add_run(words)
        _add_field(paragraph, field)
    paragraph.add_run(after)


def _add_field(paragraph: Paragraph, name: str) -> None:
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
