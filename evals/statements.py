"""Judge ground() from outside, on statements that are true and statements that are not.

``statements/tune.jsonl`` is what the checks were tuned on; ``statements/held.jsonl`` is kept aside and looked at rarely.
The others were written unseen one after the other, in the words of a clerk, a trainer and a resident, judged once, and tuned on
afterwards; of their true statements 59, 60, 78, 69, 82 and 72 per cent were accepted the first time, of those merely ``retold`` 77
(quotations apart), of those as ``spoken`` at length, with idioms and asides, 52.
"""

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from assistant.ground import check
from corpus.errors import ExplainedError
from corpus.library import Library, load_library

FOLDER = Path(__file__).with_name("statements")
PARTS = ("tune", "held", "counter", "desk", "plain", "last", "again", "final", "retold", "spoken")
QUOTED = frozenset({"quotation"})
ALTERED = frozenset({"forgery", "number", "unit", "comparator", "date", "tier", "modal"})
AIMS = {
    "quotations accepted": 1.0,
    "other words accepted": 0.85,
    "alterations refused": 1.0,
    "other falsehoods refused": 0.95,
}


class StatementsUnreadable(ExplainedError):
    """A file of statements is missing, or a line of it is not as it should be."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path}: {why}.",
            fix="Each line is a JSON object with id, statement, provisions, supported and class.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A statement, what it cites, and whether that bears it out."""

    id: str
    statement: str
    provisions: tuple[str, ...]
    supported: bool
    kind: str

    @property
    def figure(self) -> str:
        """The figure that it counts towards."""
        kind = self.kind.removesuffix(" (English)")
        if self.supported:
            return "quotations accepted" if kind in QUOTED else "other words accepted"
        return "alterations refused" if kind in ALTERED else "other falsehoods refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """A sample and what ground() made of it."""

    sample: Sample
    supported: bool
    why: str

    @property
    def right(self) -> bool:
        """Whether it was accepted or refused as it should be."""
        return self.supported is self.sample.supported


def read_samples(path: Path) -> tuple[Sample, ...]:
    """Return the samples of a file; raises StatementsUnreadable."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise StatementsUnreadable(path, "it cannot be read") from error
    return tuple(_read(path, number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _read(path: Path, number: int, line: str) -> Sample:
    try:
        told = json.loads(line)
        return Sample(
            id=told["id"],
            statement=told["statement"],
            provisions=tuple(told["provisions"]),
            supported=bool(told["supported"]),
            kind=told["class"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StatementsUnreadable(path, f"line {number}: {error!r}") from error


def judge(samples: Iterable[Sample], library: Library) -> Iterator[Judged]:
    """Yield what ground() makes of each sample."""
    for sample in samples:
        verdict = check(sample.statement, sample.provisions, library)
        yield Judged(sample, verdict.supported, verdict.why)


def shares(judged: Sequence[Judged], by: str) -> dict[str, tuple[int, int]]:
    """Return right and all by ``figure`` or by ``kind``."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for one in judged:
        counts[getattr(one.sample, by)].append(one.right)
    return {key: (sum(rights), len(rights)) for key, rights in sorted(counts.items())}


def main(*, show: bool = False, held: bool = False) -> None:
    """Print acceptance and refusal, figure by figure and class by class."""
    library = load_library()
    for part in PARTS:
        samples = read_samples(FOLDER / f"{part}.jsonl")
        started = time.process_time()
        judged = list(judge(samples, library))
        took = (time.process_time() - started) / max(1, len(judged)) * 1000
        click.echo(f"{part}: {len(judged)} statements, {took:.1f} ms each")
        for figure, (right, of) in shares(judged, "figure").items():
            kept = "" if right >= AIMS[figure] * of else "  BELOW"
            click.echo(
                f"  {figure:<26} {right:>4} of {of:<4} {right / of:7.1%}  aim {AIMS[figure]:.0%}{kept}"
            )
        for kind, (right, of) in shares(judged, "kind").items():
            click.echo(f"      {kind:<22} {right:>4} of {of}")
        if show and (part != "held" or held):
            for one in judged:
                if not one.right:
                    verb = "accepted" if one.supported else "refused"
                    click.echo(
                        f"  {verb} {one.sample.id} {'+'.join(one.sample.provisions)}: {one.sample.statement} | {one.why}"
                    )


@click.command()
@click.option("--show-failures", is_flag=True, help="List the statements that are judged wrongly.")
@click.option("--held", is_flag=True, help="List those kept aside too. Never while tuning.")
def command(show_failures: bool, held: bool) -> None:
    """Judge ground() on true and false statements."""
    try:
        main(show=show_failures, held=held)
    except ExplainedError as error:
        raise click.ClickException(str(error)) from error
