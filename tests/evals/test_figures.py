"""Turn grades into figures, and compare them with what they were."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.baseline import Change, changes, read_baseline, write_baseline
from evals.grade import Outcome
from evals.metrics import bootstrap, mean, quantile


def test_a_mean_has_its_standard_error_and_leaves_out_what_was_not_judged() -> None:
    found = mean([1, 0, None, True, False])
    assert (found.value, found.n) == (0.5, 4)
    assert found.error == pytest.approx(math.sqrt(1 / 3 / 4))


def test_a_mean_of_nothing_is_no_number() -> None:
    assert math.isnan(mean([]).value)
    assert str(mean([])) == "— (n = 0)"


@pytest.mark.parametrize(("share", "value"), [(0, 1.0), (0.5, 2.5), (1, 4.0), (0.25, 1.75)])
def test_quantiles_are_interpolated(share: float, value: float) -> None:
    assert quantile([4.0, None, 1.0, 3.0, 2.0], share) == value


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_a_bootstrap_interval_is_ordered_and_the_same_each_time(values: list[float]) -> None:
    low, high = bootstrap(values, lambda drawn: sum(drawn) / len(drawn), rounds=50)
    assert low <= high
    assert (low, high) == bootstrap(values, lambda drawn: sum(drawn) / len(drawn), rounds=50)


def test_falls_and_climbs_are_told_apart_the_widest_first() -> None:
    before = {"a": "right", "b": "right", "c": "silent", "gone": "right", "same": "wrong"}
    now = {"a": "incomplete", "b": "error", "c": "right", "new": "wrong", "same": "wrong"}
    fell, climbed = changes(before, now)
    assert fell == [Change("b", Outcome.RIGHT, Outcome.ERROR), Change("a", Outcome.RIGHT, Outcome.INCOMPLETE)]
    assert climbed == [Change("c", Outcome.SILENT, Outcome.RIGHT)]


def test_a_wrong_answer_that_becomes_silence_has_climbed() -> None:
    _, climbed = changes({"a": "wrong"}, {"a": "silent"})
    assert [change.id for change in climbed] == ["a"]


def test_updating_one_part_of_the_baseline_keeps_the_others(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    assert read_baseline(path) == {}
    write_baseline({"tune": {"a": "right"}, "held": {"b": "wrong"}}, path)
    write_baseline({"tune": {"a": "silent"}}, path)
    assert read_baseline(path) == {"tune": {"a": "silent"}, "held": {"b": "wrong"}}
