"""Kill builds at random moments, and damage files at random places: the index must answer rightly or not at all.

python -m evals robustness kill --times 50
python -m evals robustness flip --times 100
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from assistant.settings import ROOT
from index.current import current_of
from index.embedder import BundledEmbedder
from index.errors import IndexDamaged, IndexMissing, IndexStale
from index.generation import build, open_planned
from index.passage import Kind, Passage
from index.plan import Plan, plan_index

QUERIES = ("退还押金", "社会组织 孵化", "养犬登记", "劳动报酬", "编号 7")
_WORDS = "社会组织街道乡镇应当登记办理押金劳动报酬养犬志愿服务食品经营出租房屋安全生产消防检查"


@dataclass(slots=True)
class Outcome:
    """What came of many tries."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    """What should never happen, told so that it can be done again."""

    def __str__(self) -> str:
        shown = ", ".join(f"{count} {what}" for what, count in sorted(self.counts.items()))
        return f"{shown}; wrong: {len(self.wrong)}" + "".join(f"\n  {each}" for each in self.wrong)


def sample_passages(count: int, *, version: int) -> list[Passage]:
    """Return made-up passages; versions share four fifths of them."""
    found = []
    for number in range(count):
        draw = random.Random(number * 10 + (version if number % 5 == 0 else 0))
        text = "".join(draw.choice(_WORDS) for _ in range(60))
        key = f"text:sample/{number}"
        found.append(
            Passage(
                key=key,
                kind=Kind.TEXT,
                document="sample",
                provisions=(f"sample/{number}",),
                text=f"{text}编号{number}",
            )
        )
    return found


def sample_plan(count: int, *, version: int) -> Plan:
    """Return the plan of one version of the made-up passages."""
    return plan_index(sample_passages(count, version=version), BundledEmbedder())


def answers(plan: Plan, root: Path) -> list[list[str]]:
    """Open the index and return what each query finds; raises what opening raises."""
    index = open_planned(plan, root)
    try:
        return [[hit.passage.key for hit in index.search(query, limit=10)] for query in QUERIES]
    finally:
        index.close()


def kill_builds(times: int, *, count: int = 3000, seed: int = 0) -> Outcome:
    """Kill ``times`` builds at random moments; after each, the old or the new index must answer as it should."""
    draw = random.Random(seed)
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="durability-") as folder:
        root = Path(folder) / "built"
        plans = [sample_plan(count, version=version) for version in (1, 2)]
        expected = []
        for place, plan in enumerate(plans):
            apart = Path(folder) / f"apart-{place}"
            build(plan, apart)
            expected.append(answers(plan, apart))
        shutil.copytree(Path(folder) / "apart-0", root)
        seconds = _time_a_build(Path(folder) / "apart-0", count)
        old = 0
        for number in range(times):
            new = 1 - old
            shutil.rmtree(root / plans[new].fingerprint, ignore_errors=True)
            moment = draw.uniform(0, 1.2 * seconds)
            took = _kill_after(moment, root, new + 1, count)
            outcome.counts["killed" if took is None else "finished before"] += 1
            seconds = seconds if took is None else (seconds + took) / 2
            told = _check_after_kill(root, plans, expected, old, new)
            if told in ("old", "new"):
                outcome.counts[f"{told} index after"] += 1
            else:
                outcome.wrong.append(f"try {number}, killed after {moment:.3f} s: {told}")
            if draw.random() < 0.5 or told == "new":  # otherwise the next try goes on from what this one left
                build(plans[new], root)
                if answers(plans[new], root) != expected[new]:
                    outcome.wrong.append(f"try {number}: the build that went on gives other answers")
                old = new
    return outcome


def _time_a_build(root: Path, count: int) -> float:
    with _started(root, 2, count) as process:
        began = time.monotonic()
        process.wait()
    return time.monotonic() - began


def _kill_after(seconds: float, root: Path, version: int, count: int) -> float | None:
    """Start a build and kill it so many seconds after it began; return what it took when it was done before."""
    with _started(root, version, count) as process:
        began = time.monotonic()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return None
    return time.monotonic() - began


@contextmanager
def _started(root: Path, version: int, count: int) -> Iterator[subprocess.Popen[str]]:
    """Run a build in a process of its own, from the moment that it begins to write."""
    command = [sys.executable, "-m", "evals.durability", "build", str(root), str(version), str(count)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process


def _check_after_kill(
    root: Path, plans: list[Plan], expected: list[list[list[str]]], old: int, new: int
) -> str:
    current = current_of(root)
    which = next((place for place, plan in enumerate(plans) if plan.fingerprint == current), None)
    if which is None:
        return f"the pointer names {current}"
    if answers(plans[which], root) != expected[which]:
        return "the current index gives wrong answers"
    try:
        other = 1 - which
        if answers(plans[other], root) != expected[other]:
            return "the other index gives wrong answers"
    except IndexStale:
        pass
    return "old" if which == old else "new"


def flip_bits(times: int, *, count: int = 3000, seed: int = 0) -> Outcome:
    """Flip a bit, cut short or remove a file of a generation ``times`` times; each must be detected before it serves."""
    draw = random.Random(seed)
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="durability-") as folder:
        root = Path(folder) / "built"
        plan = sample_plan(count, version=1)
        build(plan, root)
        right = answers(plan, root)
        files = sorted(path for path in root.rglob("*") if path.is_file() and path.stat().st_size)
        for number in range(times):
            path = draw.choice(files)
            how = draw.choices(("flipped", "cut short", "removed"), (8, 1, 1))[0]
            content = path.read_bytes()
            place = _damage(path, content, how, draw)
            told = f"{how}: {path.relative_to(root)} at {place}"
            try:
                found = answers(plan, root)
                outcome.wrong.append(
                    f"try {number}, {told}: opened, answers {'right' if found == right else 'WRONG'}"
                )
            except (IndexDamaged, IndexMissing):
                outcome.counts[f"{how}, detected"] += 1
            path.write_bytes(content)
        if answers(plan, root) != right:
            outcome.wrong.append("the restored index gives other answers")
    return outcome


def _damage(path: Path, content: bytes, how: str, draw: random.Random) -> int:
    place = draw.randrange(len(content))
    if how == "removed":
        path.unlink()
    elif how == "cut short":
        path.write_bytes(content[:place])
    else:
        changed = bytearray(content)
        changed[place] ^= 1 << draw.randrange(8)
        path.write_bytes(changed)
    return place


@click.group()
def command() -> None:
    """Kill builds and damage files: the index must answer rightly or not at all."""


@command.command("kill")
@click.option("--times", default=50, show_default=True)
@click.option("--count", default=3000, show_default=True, help="Passages.")
@click.option("--seed", default=0, show_default=True)
def kill_command(times: int, count: int, seed: int) -> None:
    """Kill builds at random moments."""
    _report(kill_builds(times, count=count, seed=seed))


@command.command("flip")
@click.option("--times", default=100, show_default=True)
@click.option("--count", default=3000, show_default=True, help="Passages.")
@click.option("--seed", default=0, show_default=True)
def flip_command(times: int, count: int, seed: int) -> None:
    """Flip bits, cut files short, remove them."""
    _report(flip_bits(times, count=count, seed=seed))


@command.command("build", hidden=True)
@click.argument("root", type=click.Path(path_type=Path))
@click.argument("version", type=int)
@click.argument("count", type=int)
def build_command(root: Path, version: int, count: int) -> None:
    """Build one version: what is killed."""
    plan = sample_plan(count, version=version)
    print("begins", flush=True)
    build(plan, root)


def _report(outcome: Outcome) -> None:
    click.echo(str(outcome))
    sys.exit(1 if outcome.wrong else 0)


if __name__ == "__main__":
    command()
