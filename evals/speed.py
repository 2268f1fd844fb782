"""Measure building and searching at several sizes, here and by the plain recipe, each in processes of its own."""

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from assistant.settings import ROOT
from corpus.errors import ExplainedError
from corpus.library import load_library

if TYPE_CHECKING:
    from index.passage import Passage

ARTICLES = ROOT.parent / "shared" / "laws" / "articles.jsonl.gz"
"""167,830 statute articles, where they are at hand; else texts are made up from the shipped documents."""
SIZES = (1000, 10_000, 100_000)
QUESTIONS = 400
WARM_UP = 50
RECALL_AT = 10
CHART = ROOT / "evals" / "out" / "speed.png"
SYSTEMS = ("here", "plain", "chroma_alone")
_RATIOS = {
    "build_per_s": "built per second",
    "p50_ms": "query p50",
    "p95_ms": "query p95",
    "p99_ms": "query p99",
    "rss_mb": "memory",
    "disk_mb": "disk",
    "start_s": "start to first answer",
}
Figures = dict[str, float]


class BenchmarkFailed(ExplainedError):
    """A measuring process ended with an error."""


def main(
    passages: Sequence[int] = SIZES, json_out: Path | None = None, *, chart: Path | None = CHART
) -> None:
    """Measure every system at each size, print the figures and their ratios, and write JSON and a chart.

    Raises BenchmarkFailed.
    """
    figures: dict[str, dict[str, Figures]] = {system: {} for system in SYSTEMS}
    for size in passages:
        with tempfile.TemporaryDirectory(prefix="speed-") as folder:
            for system in SYSTEMS:
                found = _run("build", system, size, Path(folder) / system)
                if system != "chroma_alone":
                    found |= _run("serve", system, size, Path(folder) / system)
                figures[system][str(size)] = found
                click.echo(f"{size:>7} {system:<13}" + _shown(found))
        for line in _compared(figures, str(size)):
            click.echo(line)
    if json_out is not None:
        json_out.parent.mkdir(parents=True, exist_ok=True)
        json_out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if chart is not None:
        _draw(figures, chart)


def _shown(figures: Figures) -> str:
    return "  ".join(
        f"{name} {value:,.3f}" if value < 10 else f"{name} {value:,.0f}" for name, value in figures.items()
    )


def _compared(figures: dict[str, dict[str, Figures]], size: str) -> Iterator[str]:
    here, plain = figures["here"][size], figures["plain"][size]
    shown = "  ".join(f"{label} {here[name] / max(plain[name], 1e-9):.2f}" for name, label in _RATIOS.items())
    yield f"{size:>7} here/plain    {shown}"
    ratio = here["build_s"] / figures["chroma_alone"][size]["build_s"]
    yield f"{size:>7} building here takes {ratio:.2f} × what Chroma alone takes for ready-made vectors"


def _run(task: str, system: str, size: int, folder: Path) -> Figures:
    command = [sys.executable, "-m", "evals.speed", task, system, str(size), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise BenchmarkFailed(f"Measuring {system} at {size} failed: {done.stderr.strip()[-800:]}")
    told: Figures = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def _draw(figures: dict[str, dict[str, Figures]], path: Path) -> None:
    """Draw build rate, latency, memory and start against size, for both recipes."""
    try:
        import matplotlib
    except ImportError:
        click.echo("The chart is left out: matplotlib is not installed.", err=True)
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot

    shown = {
        "build_per_s": "built / s",
        "p95_ms": "query p95, ms",
        "rss_mb": "memory, MB",
        "start_s": "start, s",
    }
    figure, axes = pyplot.subplots(1, len(shown), figsize=(4 * len(shown), 3.2), layout="constrained")
    for axis, (name, label) in zip(axes, shown.items(), strict=True):
        for system, marker in (("here", "o-"), ("plain", "s--")):
            sizes = [int(size) for size in figures[system]]
            axis.plot(sizes, [figures[system][str(size)][name] for size in sizes], marker, label=system)
        axis.set(xscale="log", title=label, xlabel="passages")
        axis.set_ylim(bottom=0)
        axis.grid(alpha=0.3)
    axes[0].legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=150)
    pyplot.close(figure)
    click.echo(f"Chart: {path}")


# What follows runs in the processes that are measured.


def read_texts(count: int) -> Iterator[tuple[str, str, str]]:
    """Yield document, heading and words of ``count`` passages: statute articles, or made up where there are none."""
    yield from islice(_articles() if ARTICLES.exists() else _made_up(), count)


def _articles() -> Iterator[tuple[str, str, str]]:
    from index.split import windows

    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            for start, end in windows(row["text"]):
                yield row["law_id"], f"{row['law']}{row['article']}", row["text"][start:end]
    yield from _made_up()


def _made_up() -> Iterator[tuple[str, str, str]]:
    """Yield texts put together from sentences of the shipped documents, without end."""
    library = load_library()
    sentences = [
        library.text_of(leaf.id).strip() for document in library.documents for leaf in document.leaves
    ]
    draw = np.random.default_rng(0)
    number = 0
    while True:
        number += 1
        picked = draw.choice(len(sentences), size=2)
        characters = list("".join(sentences[place] for place in picked)[:160])
        for place in draw.choice(len(characters), size=len(characters) // 4):
            characters[place] = chr(0x4E00 + int(draw.integers(0, 3000)))
        yield f"made-up-{number // 50}", f"示例文件{number // 50}第{number % 50 + 1}条", "".join(characters)


def read_questions() -> list[str]:
    """Return the questions that people ask about the shipped documents."""
    asked = [question.question for question in load_library().questions if question.lang == "zh"]
    return asked[:: max(1, len(asked) // QUESTIONS)][:QUESTIONS]


def read_passages(size: int) -> list["Passage"]:
    """Return the texts as passages, each with its heading."""
    from index.passage import Kind, Passage

    return [
        Passage(
            key=f"text:{number}",
            kind=Kind.TEXT,
            document=document,
            provisions=(f"{document}/{number}",),
            text=text,
            heading=heading,
        )
        for number, (document, heading, text) in enumerate(read_texts(size))
    ]


def _build_here(size: int, folder: Path) -> Figures:
    from index.embedder import open_embedder
    from index.generation import build
    from index.plan import plan_index

    began = time.perf_counter()
    build(plan_index(read_passages(size), open_embedder()), folder)
    return _built(size, time.perf_counter() - began, folder)


def _build_plain(size: int, folder: Path) -> Figures:
    from evals.plain import build_plainly
    from index.embedder import open_embedder

    began = time.perf_counter()
    documents = [f"{heading}\n{text}" for _, heading, text in read_texts(size)]
    build_plainly(folder, documents, open_embedder())
    return _built(size, time.perf_counter() - began, folder)


def _build_chroma_alone(size: int, folder: Path) -> Figures:
    """Time Chroma alone: ready-made vectors, the same settings, nothing else."""
    from index.embedder import open_embedder
    from index.store import FolderWriter

    vectors = open_embedder().encode_documents(
        [f"{heading}\n{text}" for _, heading, text in read_texts(size)]
    )
    rows = np.random.default_rng(0).permutation(
        size
    )  # as here: Chroma's graph is worse, and slower, in the texts' order
    began = time.perf_counter()
    writer = FolderWriter(folder, size)
    writer.add(
        np.arange(size),
        start=0,
        source=lambda some: ([str(row) for row in some], vectors[rows[some]]),
        saved=lambda _: None,
    )
    return _built(size, time.perf_counter() - began, folder)


def _built(size: int, seconds: float, folder: Path) -> Figures:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        "build_s": seconds,
        "build_per_s": size / seconds,
        "disk_mb": sum(path.stat().st_size for path in files) / 1e6,
        "build_rss_mb": _peak_mb(),
    }


def _serve_here(size: int, folder: Path) -> Figures:
    began = time.perf_counter()
    passages = read_passages(size)
    read = time.perf_counter()
    from index.embedder import open_embedder
    from index.generation import open_planned
    from index.plan import plan_index

    questions = read_questions()
    embedder = open_embedder()
    plan = plan_index(passages, embedder)
    index = open_planned(plan, folder)
    index.search(questions[0], limit=RECALL_AT)
    start = time.perf_counter() - read
    told = _timed(lambda question: index.search(question, limit=RECALL_AT), questions)
    vectors = np.load(folder / plan.fingerprint / "vectors.npy", mmap_mode="r")
    recall = []
    for question in questions:
        near = index.nearest(question, limit=RECALL_AT)
        vector = embedder.encode_queries([question])[0]
        recall.append(
            _recall(vectors @ vector, embedder.encode_documents([passage.words for passage in near]) @ vector)
        )
    return {"start_s": start, "read_s": read - began, **told, "recall_at_10": float(np.mean(recall))}


def _serve_plain(size: int, folder: Path) -> Figures:
    began = time.perf_counter()
    from evals.plain import Plain
    from index.embedder import open_embedder

    questions = read_questions()
    embedder = open_embedder()
    plain = Plain(folder, embedder)
    plain.search(questions[0], limit=RECALL_AT)
    start = time.perf_counter() - began
    told = _timed(lambda question: plain.search(question, limit=RECALL_AT), questions)
    documents = [f"{heading}\n{text}" for _, heading, text in read_texts(size)]
    vectors = embedder.encode_documents(documents)
    recall = []
    for question in questions:
        vector = embedder.encode_queries([question])[0]
        near = plain.search(question, limit=RECALL_AT)
        recall.append(_recall(vectors @ vector, vectors[near] @ vector))
    return {"start_s": start, **told, "recall_at_10": float(np.mean(recall))}


def _timed(search: Callable[[str], object], questions: Sequence[str]) -> Figures:
    for question in questions[:WARM_UP]:
        search(question)
    seconds = []
    for question in questions:
        began = time.perf_counter()
        search(question)
        seconds.append(time.perf_counter() - began)
    p50, p95, p99 = np.percentile(np.array(seconds) * 1000, [50, 95, 99]).tolist()
    return {"p50_ms": p50, "p95_ms": p95, "p99_ms": p99, "rss_mb": _resident_mb()}


def _recall(every: Any, found: Any) -> float:
    """Return the share of the ten most like vectors that were found; equally like ones stand for each other."""
    count = min(RECALL_AT, len(every))
    least = np.partition(every, len(every) - count)[len(every) - count]
    return float((np.asarray(found) >= least - 1e-5).sum()) / count


def _resident_mb() -> float:
    """Return the memory that this process holds now."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return _peak_mb()
    import resource

    return pages * resource.getpagesize() / 1e6


def _peak_mb() -> float:
    """Return the most memory that this process has held, and the largest of those that it started."""
    import resource

    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(peaks) / 1e6 if sys.platform == "darwin" else sum(peaks) * 1024 / 1e6


_TASKS: dict[tuple[str, str], Callable[[int, Path], Figures]] = {
    ("build", "here"): _build_here,
    ("build", "plain"): _build_plain,
    ("build", "chroma_alone"): _build_chroma_alone,
    ("serve", "here"): _serve_here,
    ("serve", "plain"): _serve_plain,
}


@click.command()
@click.option(
    "--passages", default=",".join(map(str, SIZES)), show_default=True, help="Sizes, with commas between."
)
@click.option(
    "--json", "json_out", type=click.Path(path_type=Path), help="Write the figures to this file as well."
)
@click.option(
    "--chart",
    type=click.Path(path_type=Path),
    default=CHART,
    show_default=True,
    help="Draw them to this PNG.",
)
def command(passages: str, json_out: Path | None, chart: Path) -> None:
    """Measure building and searching against the plain recipe."""
    try:
        sizes = [int(size) for size in passages.replace("_", "").split(",")]
    except ValueError as error:
        raise click.BadParameter(
            "sizes are whole numbers with commas between", param_hint="--passages"
        ) from error
    try:
        main(sizes, json_out, chart=chart)
    except ExplainedError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    task, system, size, folder = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True) if task == "build" else None
    print(json.dumps(_TASKS[task, system](int(size), Path(folder))))
