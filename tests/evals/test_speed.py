"""The speed benchmark measures both recipes in processes of their own and writes what it promises."""

import json
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.speed import _made_up, command, read_questions

PROMISED = {"build_per_s", "p50_ms", "p95_ms", "p99_ms", "rss_mb", "disk_mb", "start_s", "recall_at_10"}


def test_the_benchmark_writes_every_figure_for_both_recipes(tmp_path: Path) -> None:
    out, chart = tmp_path / "speed.json", tmp_path / "speed.png"
    done = CliRunner().invoke(command, ["--passages", "60", "--json", str(out), "--chart", str(chart)])
    assert done.exit_code == 0, done.output
    told = json.loads(out.read_text(encoding="utf-8"))
    for recipe in ("here", "plain"):
        assert set(told[recipe]["60"]) >= PROMISED
        assert all(value > 0 for value in told[recipe]["60"].values())
    assert told["here"]["60"]["recall_at_10"] >= 0.99
    assert "here/plain" in done.output
    assert chart.stat().st_size > 1000


@pytest.mark.parametrize("sizes", ["many", "10,", "1.5"])
def test_sizes_that_are_not_numbers_are_refused(sizes: str) -> None:
    assert CliRunner().invoke(command, ["--passages", sizes]).exit_code == 2


def test_texts_are_made_up_without_end_where_there_are_no_statutes() -> None:
    texts = list(islice(_made_up(), 300))
    assert len({words for _, _, words in texts}) == 300
    assert all("示例" in heading for _, heading, _ in texts)


def test_questions_are_those_that_people_ask() -> None:
    assert len(read_questions()) == 400
