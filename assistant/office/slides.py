"""Write a deck as a PowerPoint file (PPTX), 16 to 9."""

import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, cast

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.presentation import Presentation
from pptx.util import Emu, Pt

from assistant.office.deck import GAP, GRID_SIZE, HEIGHT, LEADING, SIZES, WIDTH, Deck, Slide, title_size
from assistant.office.label import GENERATED, Properties, stamp
from assistant.office.paper import Grid, Kind, Text, printable
from assistant.office.typeface import SANS, SERIF, Typeface
from assistant.question import Language

# python-pptx has no types for its colours.
_colour: Callable[[int, int, int], RGBColor] = RGBColor

_INK = _colour(0x1C, 0x1E, 0x20)
_QUIET = _colour(0x56, 0x59, 0x5D)
_ACCENT = _colour(0x1D, 0x4F, 0x6E)
_GROUND = _colour(0xF1, 0xEF, 0xE9)
_RULE = "8A877F"
_SHEET = _colour(0xFF, 0xFF, 0xFF)

_PAGE = (960, 540)
_MARGIN = 72
_TITLE_TOP, _TITLE_HEIGHT = 34, 76
_BODY_TOP = 124
_FOOT_TOP = 500
_TITLE_SLIDE, _TITLE_AND_BODY, _OPENING, _TITLE_ONLY = 0, 1, 2, 5

_COLOURS = {Kind.SOURCE: _QUIET, Kind.NOTE: _QUIET}


def write_slides(deck: Deck, *, made_on: date) -> bytes:
    """Return the file, with the label on every slide and in its properties, and what is said in the notes."""
    show = pptx.Presentation()
    show.slide_width, show.slide_height = Pt(_PAGE[0]), Pt(_PAGE[1])
    _set_theme(show)
    _set_layouts(show)
    _add_first(show, deck)
    for slide in deck.slides:
        _add_slide(show, slide, deck.language)
    stamp(
        cast(Properties, show.core_properties),
        title=printable(deck.title),
        language=deck.language,
        made_on=made_on,
    )
    written = io.BytesIO()
    show.save(written)
    return written.getvalue()


def _set_theme(show: Presentation) -> None:
    """Name the typefaces in the theme too, for whoever writes on."""
    theme: Any = show.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = theme.blob.decode("utf-8")
    for tag, name in (("latin", SANS.latin), ("ea", SANS.chinese)):
        xml = re.sub(rf'<a:{tag} typeface="[^"]*"', f'<a:{tag} typeface="{name}"', xml)
    theme._blob = xml.encode("utf-8")


def _set_layouts(show: Presentation) -> None:
    """Move the places of titles and bodies to where a wide slide has them, and keep only the layouts that are used."""
    used = [show.slide_layouts[number] for number in (_TITLE_SLIDE, _TITLE_AND_BODY, _OPENING, _TITLE_ONLY)]
    for layout in [layout for layout in show.slide_layouts if layout not in used]:
        show.slide_layouts.remove(layout)
    for holder in (show.slide_master, *used):
        for shape in list(holder.placeholders):
            kind = shape.placeholder_format.type
            if kind is not None and kind.name in {"DATE", "FOOTER", "SLIDE_NUMBER"}:
                shape._element.getparent().remove(shape._element)
            elif holder is show.slide_master or holder is used[1] or holder is used[3]:
                title = shape.placeholder_format.idx == 0
                _place(shape, _TITLE_TOP if title else _BODY_TOP, _TITLE_HEIGHT if title else HEIGHT)
            else:
                title = shape.placeholder_format.idx == 0
                _place(shape, 150 if title else 276, 110 if title else 200)
    for layout in (used[1], used[3]):
        _draw_rule(layout)


def _draw_rule(layout: Any) -> None:
    """Draw a thin line under the title."""
    x, y, width = int(Pt(_MARGIN)), int(Pt(_TITLE_TOP + _TITLE_HEIGHT + 2)), int(Pt(WIDTH))
    layout.shapes._spTree.append(
        parse_xml(
            f'<p:cxnSp {nsdecls("p", "a")}><p:nvCxnSpPr><p:cNvPr id="90" name="Rule"/><p:cNvCxnSpPr/><p:nvPr userDrawn="1"/>'
            f'</p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="0"/></a:xfrm>'
            f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="{_RULE}"/>'
            "</a:solidFill></a:ln></p:spPr></p:cxnSp>"
        )
    )


def _place(shape: Any, top: float, height: float) -> None:
    shape.left, shape.top = Pt(_MARGIN), Pt(top)
    shape.width, shape.height = Pt(WIDTH), Pt(height)


def _layout(show: Presentation, name: str) -> Any:
    return next(layout for layout in show.slide_layouts if layout.name == name)


def _add_first(show: Presentation, deck: Deck) -> None:
    slide = show.slides.add_slide(_layout(show, "Title Slide"))
    title, under = slide.shapes.title, slide.placeholders[1]
    _fill_title(title, deck.title, size=36, centred=True)
    frame = under.text_frame
    _settle(frame, MSO_ANCHOR.TOP)
    lines = [*deck.subtitle, GENERATED.in_language(deck.language)]
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _set(paragraph, line, SANS, 18, _QUIET, language=deck.language)
        paragraph.alignment = PP_ALIGN.CENTER
    _say(slide, lines, deck.language)


def _add_slide(show: Presentation, slide: Slide, language: Language) -> None:
    if slide.opens:
        made = show.slides.add_slide(_layout(show, "Section Header"))
        _fill_title(made.shapes.title, slide.title, size=32)
        body = made.placeholders[1]
        _settle(body.text_frame, MSO_ANCHOR.TOP)
        _fill(body.text_frame, slide.body, language)
    elif isinstance(slide.body, Grid):
        made = show.slides.add_slide(_layout(show, "Title Only"))
        _fill_title(made.shapes.title, slide.title, size=26)
        _add_table(made, slide.body, language)
    else:
        made = show.slides.add_slide(_layout(show, "Title and Content"))
        _fill_title(made.shapes.title, slide.title, size=26)
        body = made.placeholders[1]
        _settle(body.text_frame, MSO_ANCHOR.TOP)
        _fill(body.text_frame, slide.body, language)
    _set_foot(made, len(show.slides), language)
    _say(made, slide.notes, language)


def _fill_title(shape: Any, words: str, *, size: int, centred: bool = False) -> None:
    frame = shape.text_frame
    _settle(frame, MSO_ANCHOR.BOTTOM if centred else MSO_ANCHOR.MIDDLE)
    paragraph = frame.paragraphs[0]
    fitting = title_size(words, size, shape.height / Pt(1))
    _set(paragraph, words, SANS, fitting, _ACCENT, bold=True)
    paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT


def _settle(frame: Any, anchor: MSO_ANCHOR) -> None:
    frame.word_wrap = True
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    properties = frame._txBody.bodyPr
    for name in ("a:normAutofit", "a:spAutoFit", "a:noAutofit"):
        for found in properties.findall(qn(name)):
            properties.remove(found)
    properties.append(OxmlElement("a:noAutofit"))


def _fill(frame: Any, body: Sequence[Text] | Grid, language: Language) -> None:
    if isinstance(body, Grid):
        raise TypeError("a table is no text")
    for number, text in enumerate(body):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        typeface = SERIF if text.kind is Kind.QUOTE else SANS
        colour = _COLOURS.get(text.kind, _INK)
        bold = text.kind is Kind.STRONG
        _set(paragraph, text.words, typeface, SIZES[text.kind], colour, bold=bold, language=language)
        paragraph.line_spacing = Pt(SIZES[text.kind] * LEADING)
        paragraph.space_before, paragraph.space_after = Pt(0), Pt(GAP)
        paragraph.alignment = PP_ALIGN.RIGHT if text.kind is Kind.SOURCE else PP_ALIGN.LEFT
        _indent(paragraph, SIZES[text.kind] if text.kind is Kind.ITEM else 0)


def _indent(paragraph: Any, size: float) -> None:
    """Set a bullet and hang the paragraph on it, or take the bullet away that the layout gives."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(int(Pt(size))))
    properties.set("indent", str(-int(Pt(size))))
    mark = OxmlElement("a:buChar" if size else "a:buNone")
    if size:
        mark.set("char", "•")
    properties.append(mark)


def _set(
    paragraph: Any,
    words: str,
    typeface: Typeface,
    size: float,
    colour: RGBColor,
    *,
    bold: bool = False,
    language: Language = Language.CHINESE,
) -> None:
    for number, line in enumerate(printable(words).replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if number:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = line
        font = run.font
        font.size, font.bold, font.italic = Pt(size), bold, False
        font.color.rgb = colour
        properties = run._r.get_or_add_rPr()
        properties.set("cap", "none")
        properties.set("lang", "en-GB" if language is Language.ENGLISH else "zh-CN")
        properties.set("altLang", "zh-CN" if language is Language.ENGLISH else "en-GB")
        for tag, name in (("a:latin", typeface.latin), ("a:ea", typeface.chinese), ("a:cs", typeface.latin)):
            named = OxmlElement(tag)
            named.set("typeface", name)
            properties.append(named)


def _add_table(slide: Any, grid: Grid, language: Language) -> None:
    shape = slide.shapes.add_table(
        len(grid.rows) + 1, len(grid.head), Pt(_MARGIN), Pt(_BODY_TOP), Pt(WIDTH), Pt(20 * (len(grid.rows) + 1))
    )  # fmt: skip
    table = shape.table
    table.first_row, table.horz_banding = True, False
    shares = grid.widths or [1.0] * len(grid.head)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Pt(WIDTH * share / sum(shares))
    for number, row in enumerate((tuple(grid.head), *grid.rows)):
        for cell, held in zip(table.rows[number].cells, row, strict=True):
            cell.fill.solid()
            cell.fill.fore_color.rgb = _GROUND if number == 0 else _SHEET
            cell.margin_top = cell.margin_bottom = Pt(2)
            cell.margin_left = cell.margin_right = Pt(5)
            texts = [Text(held)] if isinstance(held, str) else list(held)
            for place, text in enumerate(texts):
                frame = cell.text_frame
                paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
                _set(paragraph, text.words, SANS, GRID_SIZE, _INK, bold=number == 0, language=language)


def _set_foot(slide: Any, number: int, language: Language) -> None:
    box = slide.shapes.add_textbox(Pt(_MARGIN), Pt(_FOOT_TOP), Pt(WIDTH), Pt(22))
    box.name = "Label"
    _settle(box.text_frame, MSO_ANCHOR.MIDDLE)
    paragraph = box.text_frame.paragraphs[0]
    _set(paragraph, f"{GENERATED.in_language(language)}　{number}", SANS, 11, _QUIET, language=language)


def _say(slide: Any, lines: Sequence[str], language: Language) -> None:
    frame = slide.notes_slide.notes_text_frame
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _set(paragraph, line, SERIF, 12, _INK, language=language)
