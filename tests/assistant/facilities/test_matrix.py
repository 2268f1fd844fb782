"""The three columns are exactly the text's: read here from the articles themselves, not from the rules."""

import re

import pytest

from assistant.facilities.matrix import Cell, Matrix, Row, is_open
from assistant.facilities.words import MATTERS
from assistant.phrases import ITEMS
from corpus.library import Library

ARTICLES = {"city": "guide/2", "district": "guide/3", "street": "guide/4"}
SERVICES = {"city": "guide/5#1", "district": "guide/5#2", "street": "guide/5#2"}
NOT_LISTED = {
    ("as_needed", "city"),
    ("funding-transfer", "city"),
    ("funding-transfer", "street"),
    ("funding-other", "city"),
    ("model", "district"),
    ("model", "street"),
}
SAME = {"facilities", "premises-sharing", "funding-budget", "operation", "rules-to-make", "assessment"}


def row(matrix: Matrix, matter: str) -> Row:
    return next(row for row in matrix.rows if row.matter == matter)


def items(cell: Cell) -> list[str]:
    return [item for entry in cell.entries for item in entry.items]


def test_every_matter_has_a_row_and_every_tier_a_column(matrix: Matrix) -> None:
    assert [row.matter for row in matrix.rows] == list(MATTERS)
    assert matrix.tiers == ("city", "district", "street")
    assert all(tuple(row.cells) == matrix.tiers for row in matrix.rows)


def test_every_cell_says_words_of_its_provision_and_nothing_else(matrix: Matrix, library: Library) -> None:
    for line in matrix.rows:
        for tier, cell in line.cells.items():
            assert cell.provisions, (line.matter, tier)
            for entry in cell.entries:
                quotation = entry.quotation
                document = library.document_of(quotation.provision)
                assert document.text[quotation.start : quotation.end] == quotation.text
                assert quotation.text in library.text_of(quotation.provision)
                if entry.items:
                    assert set(entry.items) <= set(
                        re.split(r"[、]|以及|应独立设置|设立|应提供|等", quotation.text)
                    )


@pytest.mark.parametrize("tier", ARTICLES)
def test_the_rooms_of_a_tier_are_those_that_its_article_lists(
    tier: str, matrix: Matrix, library: Library
) -> None:
    article = library.text_of(ARTICLES[tier])
    listed = re.search(r"应独立设置(.+?)等", article)
    assert listed is not None
    cell = row(matrix, "separate").cells[tier]
    assert items(cell) == listed[1].split("、")
    assert [entry.open_list for entry in cell.entries] == [True]
    needed = re.search(r"根据需要设立(.+?)。", article)
    assert items(row(matrix, "as_needed").cells[tier]) == ([needed[1]] if needed else [])


@pytest.mark.parametrize("tier", SERVICES)
def test_the_services_of_a_tier_are_those_that_its_sentence_lists(
    tier: str, matrix: Matrix, library: Library
) -> None:
    listed = re.search(r"应提供(.+?)等(?:服务内容)?。", library.text_of(SERVICES[tier]))
    assert listed is not None
    cell = row(matrix, "services").cells[tier]
    assert items(cell) == re.split("、|以及", listed[1])
    assert cell.entries[0].open_list
    assert cell.provisions == (SERVICES[tier],)


@pytest.mark.parametrize("tier", ARTICLES)
def test_the_names_of_a_tier_are_those_in_quotation_marks(
    tier: str, matrix: Matrix, library: Library
) -> None:
    named = [
        name
        for name in re.findall("“(.+?)”", library.text_of(ARTICLES[tier]))
        if "中心" in name and "+" not in name
    ]
    said = [
        name
        for entry in row(matrix, "name").cells[tier].entries
        for name in re.findall("“(.+?)”", entry.quotation.text)
    ]
    assert said == named


def test_what_is_not_listed_is_just_what_the_articles_do_not_have(matrix: Matrix, library: Library) -> None:
    empty = {
        (line.matter, tier) for line in matrix.rows for tier, cell in line.cells.items() if not cell.entries
    }
    assert empty == NOT_LISTED
    told = {"as_needed": "根据需要设立", "model": "的模式"}
    for matter, tier in NOT_LISTED:
        looked = "".join(library.text_of(id) for id in row(matrix, matter).cells[tier].looked)
        assert told.get(matter, "！") not in looked
        if matter.startswith("funding"):
            assert "第八条" in library.text_of("guide/8")
            assert row(matrix, matter).cells[tier].looked == ("guide/8#2",)
    transfer, other = re.split("，有条件的", library.text_of("guide/8#2"))
    assert "街道" not in transfer
    assert "市级社会建设资金对各区" in transfer
    assert other.startswith("区和街道、乡镇也可")


def test_an_item_said_to_be_listed_at_some_tiers_only_is_in_no_other_article(
    matrix: Matrix, library: Library
) -> None:
    for line in matrix.rows:
        for tier, cell in line.cells.items():
            for entry in cell.entries:
                assert not [item for item in entry.items if tier not in line.tiers_of(item)]
                # A service may be called as a room is (资源配置区): only the words of the list itself count.
                listed = re.split(r"[、]|以及|应独立设置|设立|应提供|等", entry.quotation.text)
                assert not set(cell.unlisted) & set(listed)


def test_tiers_that_are_told_the_same_are_told_it_by_the_same_words(matrix: Matrix) -> None:
    assert {line.matter for line in matrix.rows if line.same} == SAME


def test_sentences_that_hold_an_open_list_are_marked(matrix: Matrix) -> None:
    for line in matrix.rows:
        for cell in line.cells.values():
            for entry in cell.entries:
                assert entry.open_list == bool(re.search("等(?!级)", entry.quotation.text)), (
                    entry.quotation.text
                )


def test_a_list_is_open_when_it_goes_on_after_its_last_item() -> None:
    assert is_open("应独立设置会议室、活动室等", ("会议室", "活动室"))
    assert not is_open("应独立设置会议室、活动室", ("会议室", "活动室"))


def test_translations_of_items_are_those_of_their_provisions(matrix: Matrix, library: Library) -> None:
    seen = set()
    for line in matrix.rows:
        for cell in line.cells.values():
            for entry in cell.entries:
                english = (library.translation(entry.quotation.provision) or "").lower()
                assert entry.translation
                for item in entry.items:
                    assert ITEMS[item].lower() in english, item
                    seen.add(item)
    for fact in library.facts:
        if fact.about == "rules-to-make":
            english = (library.translation(fact.provision) or "").lower()
            assert all(ITEMS[item].lower() in english for item in fact.items)
            seen.update(fact.items)
    assert seen == set(ITEMS)
