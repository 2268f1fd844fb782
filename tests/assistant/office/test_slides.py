"""Slides as plain data: nothing is lost when it is divided, and the file says what it was given."""

import io
from datetime import date

import pptx
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.office.deck import HEIGHT, Deck, Slide, evenly, height_of, paged, pieces
from assistant.office.label import GENERATED
from assistant.office.paper import Grid, Kind, Text, printable
from assistant.office.slides import write_slides

DAY = date(2026, 11, 25)


@given(st.text(), st.integers(1, 200))
def test_pieces_join_to_the_text_and_none_is_too_long(text: str, longest: int) -> None:
    made = pieces(text, longest)
    assert "".join(made) == text
    assert all(len(piece) <= longest for piece in made)


def test_a_quotation_is_divided_where_it_pauses() -> None:
    assert pieces("（示例）第一句话在这里。第二句话在那里，还没有完。", 16) == [
        "（示例）第一句话在这里。",
        "第二句话在那里，还没有完。",
    ]


@given(st.lists(st.text(min_size=1, max_size=300), max_size=12))
def test_pages_hold_every_paragraph_and_no_more_than_fits(lines: list[str]) -> None:
    texts = [Text(line, Kind.ITEM) for line in lines]
    pages = paged(texts)
    assert [text for page in pages for text in page] == texts
    assert all(len(page) == 1 or sum(map(height_of, page)) <= HEIGHT for page in pages)


@given(st.lists(st.integers()), st.integers(1, 9))
def test_parts_are_even(row: list[int], most: int) -> None:
    parts = evenly(row, most)
    assert [one for part in parts for one in part] == row
    assert all(0 < len(part) <= most for part in parts)
    assert not parts or max(map(len, parts)) - min(map(len, parts)) <= 1


@settings(deadline=None, max_examples=30)
@given(st.text(min_size=1))
def test_any_text_can_be_shown(text: str) -> None:
    content = write_slides(
        Deck(title=text, subtitle=[text], slides=[Slide(title=text, body=[Text(text)], notes=[text])]),
        made_on=DAY,
    )
    slide = pptx.Presentation(io.BytesIO(content)).slides[1]
    shown = slide.placeholders[1].text_frame.text
    kept = printable(text).replace("\r\n", "\n").replace("\r", "\n")
    assert "".join(shown.split()) == "".join(kept.split())


def test_a_table_an_opening_and_the_label_are_shown() -> None:
    grid = Grid(head=("讲次", "时间"), rows=(("第1讲", "45分钟"),))
    deck = Deck(
        title="（示例）",
        subtitle=[],
        slides=[Slide(title="安排", body=grid), Slide(title="第1讲", body=[Text("甲")], opens=True)],
    )
    first, table, opening = pptx.Presentation(io.BytesIO(write_slides(deck, made_on=DAY))).slides
    assert GENERATED.zh in first.placeholders[1].text_frame.text
    held = next(shape.table for shape in table.shapes if shape.has_table)
    assert [[cell.text for cell in row.cells] for row in held.rows] == [["讲次", "时间"], ["第1讲", "45分钟"]]
    assert opening.slide_layout.name == "Section Header"
    assert [shape.text_frame.text for shape in opening.shapes if shape.name == "Label"] == [
        f"{GENERATED.zh}　3"
    ]
