"""Ask for articles by title and number, as people write that, and count how often the right one comes first."""

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from corpus.numerals import read_number
from evals.speed import read_passages
from index.embedder import open_embedder
from index.generation import build, open_planned
from index.passage import Passage
from index.plan import plan_index

PASSAGES = 20_000
QUESTIONS = 1000
_STATE = "中华人民共和国"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """A question that names one article, and the heading that the article stands under."""

    way: str
    question: str
    heading: str


def look_ups(passages: Sequence[Passage], count: int = QUESTIONS) -> Iterator[LookUp]:
    """Yield up to ``count`` articles, evenly from all, each asked for in one of four ways by turns."""
    headings = list(dict.fromkeys(passage.heading for passage in passages))
    for turn, place in enumerate(np.linspace(0, len(headings) - 1, min(count, len(headings))).astype(int)):
        heading = headings[place]
        title, _, number = heading.rpartition("第")
        short = title.removeprefix(_STATE)
        digits = read_number(number.partition("条")[0])
        way, question = (
            ("in full", f"《{title}》第{number}"),
            ("short title, digits", f"《{short}》第{digits}{number[number.index('条') :]}"),
            ("without 《》", f"{short}第{number}是怎么规定的"),
            ("in a sentence", f"请问《{short}》的第{number}说了什么？"),
        )[turn % 4]
        yield LookUp(way=way, question=question, heading=heading)


def main(passages: int = PASSAGES, json_out: Path | None = None) -> None:
    """Build an index of statute articles, ask for a thousand of them, and print how often the right one came first."""
    texts = read_passages(passages)
    right: dict[str, list[bool]] = {}
    seconds = []
    with tempfile.TemporaryDirectory(prefix="lookups-") as folder:
        plan = plan_index(texts, open_embedder())
        build(plan, Path(folder))
        index = open_planned(plan, Path(folder))
        try:
            for asked in look_ups(texts):
                began = time.perf_counter()
                hits = index.search(asked.question, limit=1)
                seconds.append(time.perf_counter() - began)
                right.setdefault(asked.way, []).append(
                    bool(hits) and hits[0].passage.heading == asked.heading
                )
        finally:
            index.close()
    every = [found for each in right.values() for found in each]
    told: dict[str, Any] = {
        "passages": len(texts),
        "questions": len(every),
        "first": float(np.mean(every)),
        "by_way": {way: float(np.mean(found)) for way, found in right.items()},
        "p50_ms": float(np.median(seconds)) * 1000,
    }
    click.echo(
        f"{told['questions']} look-ups among {told['passages']:,} passages: {told['first']:.4f} right at first place"
    )
    for way, share in told["by_way"].items():
        click.echo(f"  {way:<20} {share:.4f}")
    if json_out is not None:
        json_out.parent.mkdir(parents=True, exist_ok=True)
        json_out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@click.command()
@click.option("--passages", default=PASSAGES, show_default=True, help="How many passages to search among.")
@click.option(
    "--json", "json_out", type=click.Path(path_type=Path), help="Write the figures to this file as well."
)
def command(passages: int, json_out: Path | None) -> None:
    """Ask for articles by title and number."""
    main(passages, json_out)
