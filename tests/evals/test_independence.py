"""Prove that what teaches the index does not also judge it."""

from evals.independence import judging_questions, taught_questions, too_near


def test_no_question_that_judges_is_nearly_one_that_teaches() -> None:
    near = too_near(judging_questions(), taught_questions())
    assert [(found.id, found.question) for found in near] == []


def test_equal_and_nearly_equal_questions_are_found_and_others_are_not() -> None:
    judging = [
        ("equal", "街道，要设哪些房间？"),
        ("traditional", "街道要設哪些房間"),
        ("near", "街道孵化中心里面要设哪些房间呢"),
        ("far", "区里给不给钱"),
    ]
    taught = ["街道要设哪些房间", "街道孵化中心里面要设哪些房间", "谁来解释"]
    assert [(found.id, found.likeness >= 0.8) for found in too_near(judging, taught)] == [
        ("equal", True),
        ("traditional", True),
        ("near", True),
    ]
