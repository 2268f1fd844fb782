"""Call the command line of the evals."""

import pytest
from click.testing import CliRunner

from evals.__main__ import main


def test_failures_of_the_cases_kept_aside_are_refused_without_the_flag() -> None:
    result = CliRunner().invoke(main, ["--only", "held", "--show-failures"])
    assert result.exit_code == 2
    assert "--held" in result.output


def test_help_names_every_command_without_importing_them() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for name in ("pairs", "benchmark", "statements", "robustness"):
        assert name in result.output


@pytest.mark.parametrize("name", ["lookups", "retrieval", "speed"])
def test_the_benchmarks_are_named(name: str) -> None:
    assert name in CliRunner().invoke(main, ["benchmark", "--help"]).output
