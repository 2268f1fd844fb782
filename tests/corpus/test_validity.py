from datetime import date

import pytest

from corpus.document import FrontMatter
from corpus.library import load_library
from corpus.validity import Standing, in_force, notes_on, standing, statement_on

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("slug", "on", "expected"),
    [
        ("guide", date(2021, 10, 13), Standing.NOT_YET),
        ("guide", date(2021, 10, 14), Standing.TRIAL),
        ("guide", TODAY, Standing.TRIAL),
        ("plan", date(2023, 12, 31), Standing.IN_FORCE),
        ("plan", date(2024, 1, 1), Standing.PERIOD_OVER),
        ("notice", TODAY, Standing.IN_FORCE),
    ],
)
def test_the_shipped_documents_stand_as_their_front_matter_says(slug, on, expected):
    assert standing(load_library().document(slug).front, on) is expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        (FrontMatter(title="条例（示例）"), Standing.IN_FORCE),
        (FrontMatter(title="条例（示例）", effective_on=date(2027, 1, 1)), Standing.NOT_YET),
        (FrontMatter(title="条例（示例）", repealed_on=date(2026, 1, 1)), Standing.REPEALED),
        (FrontMatter(title="条例（示例）", repealed_on=date(2027, 1, 1)), Standing.IN_FORCE),
        (FrontMatter(title="条例（示例）", status="已被2025年修订本取代"), Standing.REPEALED),
        (FrontMatter(title="条例（示例）", status="未见接续或废止"), Standing.IN_FORCE),
        (FrontMatter(title="办法（示例）(暂行)"), Standing.TRIAL),
    ],
)
def test_a_document_stands_by_its_dates_and_its_status(front, expected):
    assert standing(front, TODAY) is expected
    assert in_force(front, TODAY) is (expected in (Standing.IN_FORCE, Standing.TRIAL))


def test_notes_tell_of_the_trial_of_the_period_and_of_the_official_page():
    library = load_library()
    guide = notes_on(library.document("guide").front, today=TODAY)
    plan = notes_on(library.document("plan").front, today=TODAY)
    assert "试行" in guide[0].zh
    assert "trial" in guide[0].en
    assert "2021年9月至2023年12月" in plan[0].zh
    assert "September 2021 to December 2023" in plan[0].en
    for notes in (guide, plan):
        assert "2026年11月23日" in notes[1].zh
        assert "https://www.beijing.gov.cn/" in notes[1].en


def test_a_period_that_still_runs_is_not_called_over():
    notes = notes_on(load_library().document("plan").front, today=date(2022, 5, 1))
    assert not any("已经结束" in note.zh for note in notes)


def test_a_document_in_force_without_a_page_needs_no_note():
    assert notes_on(FrontMatter(title="条例（示例）", status="现行有效"), today=TODAY) == ()


@pytest.mark.parametrize(
    ("front", "zh", "en"),
    [
        (FrontMatter(title="条例（示例）"), "未查到本文件失效或废止的消息", "No repeal"),
        (FrontMatter(title="条例（示例）", status="现行有效", status_en="In force"), "现行有效", "In force"),
        (FrontMatter(title="条例（示例）", repealed_on=date(2026, 1, 1)), "已不再有效", "no longer in force"),
        (
            FrontMatter(title="条例（示例）", effective_on=date(2027, 1, 1)),
            "自2027年1月1日起施行",
            "takes effect",
        ),
        (FrontMatter(title="办法（示例）(暂行)"), "试行文件", "trial"),
        (FrontMatter(title="方案（示例）", period_end=date(2027, 12, 31)), "还没有结束", "December 2027"),
        (
            FrontMatter(title="方案（示例）", period_end=date(2023, 12, 31), repealed_on=date(2024, 1, 1)),
            "已不再有效",
            "no longer in force",
        ),
        (FrontMatter(title="说明（示例）", official=False), "以各自的官方页面为准", "official pages"),
    ],
)
def test_whoever_opens_a_document_is_always_told_how_it_stands(front, zh, en):
    said = statement_on(front, today=TODAY)
    assert zh in said.zh
    assert en in said.en
    assert said.zh.endswith("。")
    assert said.en.endswith(".")


@pytest.mark.parametrize("slug", ["notice", "plan", "guide"])
def test_no_shipped_document_is_ever_called_repealed(slug):
    front = load_library().document(slug).front
    for year in range(2021, 2040):
        said = statement_on(front, today=date(year, 6, 1)).zh
        assert "不再有效" not in said
        assert "已废止" not in said
