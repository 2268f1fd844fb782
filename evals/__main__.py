"""The command line of the evals: run the cases, the pairs, the benchmarks."""

# ruff: noqa: E402  (the switches must be set before anything else is imported)
from assistant.settings import prepare

prepare()

import importlib
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import click
from tqdm import tqdm

from assistant.settings import load_settings
from assistant.wiring import open_assistant
from corpus.errors import ExplainedError
from corpus.library import load_library
from evals import baseline, report
from evals.case import Part, load_cases, load_pairs
from evals.cold import time_batch
from evals.figures import Figure, figures_of, pair_figures
from evals.independence import judging_questions, taught_questions, too_near
from evals.others import TEXTS, TextsError, open_with_others
from evals.run import Asked, Compared, Graded, compare, run

ELSEWHERE = {
    "statements": ("evals.statements", "Judge ground() on true and false statements."),
    "robustness": ("evals.durability", "Kill builds and damage files: right answers or none."),
    "model": ("evals.model", "Play a language model's bad days, and injected orders."),
    "retrieval": ("evals.retrieval", "Measure retrieval on a public set."),
    "lookups": ("evals.lookups", "Ask for articles by title and number."),
    "speed": ("evals.speed", "Measure building and searching against the plain recipe."),
}
"""Commands whose code lives in a module of its own, imported when asked for; each offers ``command``."""

Result = TypeVar("Result")


def _elsewhere(name: str) -> click.Command:
    module, summary = ELSEWHERE[name]

    @click.command(
        name,
        help=summary,
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )
    @click.pass_context
    def call(context: click.Context) -> None:
        try:
            command = importlib.import_module(module).command
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            raise click.ClickException(f"{name} is not part of this checkout ({module}).") from error
        assert isinstance(command, click.Command)
        _explained(lambda: command.main(context.args, prog_name=context.command_path, standalone_mode=False))

    return call


@click.group(invoke_without_command=True)
@click.option("--only", type=click.Choice([part.value for part in Part]), help="One part of the cases.")
@click.option("--json", "out", type=click.Path(path_type=Path), help="Write everything to this file as well.")
@click.option("--update-baseline", is_flag=True, help="Remember these outcomes for later comparisons.")
@click.option("--show-failures", is_flag=True, help="List the cases that are not right.")
@click.option("--held", is_flag=True, help="List failures of the cases kept aside too. Never while tuning.")
@click.option("--cold", is_flag=True, help="Also time a cold batch of 200 questions, with its memory.")
@click.option(
    "--texts", type=click.Path(path_type=Path), default=TEXTS, help="Folder of texts for the other cases."
)
@click.pass_context
def main(
    context: click.Context,
    only: str | None,
    out: Path | None,
    update_baseline: bool,
    show_failures: bool,
    held: bool,
    cold: bool,
    texts: Path,
) -> None:
    """Run the cases through the assistant and print what came of them."""
    if context.invoked_subcommand is not None:
        return
    if show_failures and only == Part.HELD and not held:
        raise click.UsageError(
            "The cases kept aside are not looked at while tuning; to list them, add --held."
        )
    told: dict[str, Any] = {}
    outcomes: dict[str, dict[str, str]] = {}
    known = baseline.read_baseline()
    for part in [Part(only)] if only else list(Part):
        done = _run_part(part, texts)
        if done is None:
            continue
        results, compared, figures = done
        _print(report.part_lines(part, results, figures))
        outcomes[part] = baseline.outcomes_of(results, compared)
        fell, climbed = baseline.changes(known.get(part, {}), outcomes[part])
        visible = part is not Part.HELD or held
        _print(report.change_lines(fell, climbed, name_them=visible))
        if show_failures and visible:
            click.echo("")
            _print(report.failure_lines(results, compared))
        elif show_failures:
            click.echo("  failures of the cases kept aside are not listed; to see them, add --held")
        click.echo("")
        told[part] = report.as_json(results, compared, figures, tell_all=visible)
    _explained(lambda: _print(report.figure_lines(_of_the_data())))
    if cold:
        taken = _explained(lambda: time_batch(load_cases(Part.TUNE)))
        _print(report.figure_lines(_of_the_batch(taken.questions, taken.seconds, taken.peak_mb)))
        told["cold"] = {"questions": taken.questions, "seconds": taken.seconds, "peak_mb": taken.peak_mb}
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if update_baseline:
        baseline.write_baseline(outcomes)
        click.echo(f"Remembered in {baseline.BASELINE}.")


@main.command()
@click.option("--only", type=click.Choice([Part.TUNE.value, Part.HELD.value]), help="One part of the pairs.")
@click.option(
    "--show-failures", is_flag=True, help="List the pairs that were not kept (not those kept aside)."
)
def pairs(only: str | None, show_failures: bool) -> None:
    """Put only the pairs of questions."""
    assistant = _explained(lambda: open_assistant(load_settings()))
    for part in [Part(only)] if only else [Part.TUNE, Part.HELD]:
        compared = compare(load_pairs(part), assistant)
        click.echo(f"== {part}: {len(compared)} pairs")
        _print(report.figure_lines(pair_figures(compared)))
        if show_failures and part is not Part.HELD:
            _print(report.failure_lines([], compared))


@main.group()
def benchmark() -> None:
    """Measure retrieval on public sets, and speed against the plain recipe."""


for _name in ("model", "robustness", "statements"):
    main.add_command(_elsewhere(_name))
for _name in ("lookups", "retrieval", "speed"):
    benchmark.add_command(_elsewhere(_name))


def _run_part(part: Part, texts: Path) -> tuple[list[Graded], list[Compared], list[Figure]] | None:
    try:
        assistant = _explained(lambda: _open(part, texts))
    except TextsError as error:
        click.echo(f"== {part}: left out. {error}", err=True)
        return None
    cases, asked = _explained(lambda: (load_cases(part), load_pairs(part)))
    with tqdm(total=len(cases) + len(asked), desc=part, file=sys.stderr, disable=None, leave=False) as bar:
        results = run(cases, assistant, progress=lambda _: bar.update())
        compared = compare(asked, assistant, progress=lambda _: bar.update())
    figures = figures_of(results) + (pair_figures(compared) if compared else [])
    return results, compared, figures


def _open(part: Part, texts: Path) -> Asked:
    settings = load_settings()
    return open_with_others(settings, texts=texts) if part is Part.OTHER else open_assistant(settings)


def _of_the_data() -> list[Figure]:
    rules = load_library(load_settings().documents).rules
    stated = sum(len(getattr(rules, field.name)) for field in fields(rules))
    near = too_near(judging_questions(), taught_questions())
    what = "questions here that are (nearly) among those that teach the index"
    return [
        Figure(key="rules", what="entries of rules.toml whose words are in their provision", value=stated, shown=f"all {stated}", aim="all", kept=True),
        Figure(key="independence", what=what, value=len(near), shown=str(len(near)), aim="0", kept=not near),
    ]  # fmt: skip


def _of_the_batch(questions: int, seconds: float, peak_mb: float) -> list[Figure]:
    return [
        Figure(key="batch_s", what=f"{questions} questions by ask --batch, cold", value=seconds, shown=f"{seconds:.1f} s", aim="≤ 25 s", kept=seconds <= 25),
        Figure(key="batch_mb", what="its memory at most", value=peak_mb, shown=f"{peak_mb:.0f} MB", aim="≤ 1024 MB", kept=peak_mb <= 1024),
    ]  # fmt: skip


def _explained(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except TextsError:
        raise
    except ExplainedError as error:
        raise click.ClickException(str(error)) from error


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


if __name__ == "__main__":
    main()
