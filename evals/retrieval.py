"""Measure retrieval on a public set of questions and documents, every system in one run."""

import gzip
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from corpus.errors import ExplainedError
from evals.ranking import DEPTHS, FIGURES, Values, difference, judge
from index.embedder import BUNDLED, Embedder, open_embedder
from index.exact import Articles, write_articles
from index.expansion import WEIGHT, Expansion, read_lexicon
from index.familiarity import Familiarity
from index.fusion import fuse, trust
from index.lexical import Lexical, write_lexical
from index.passage import Kind, Passage
from index.search import EXACT
from index.split import windows
from index.tokens import count_tokens

DEPTH = max(DEPTHS)
CANDIDATES = 200
"""Documents taken from words and from vectors before they are ranked together."""
BASE = "bm25"
Ranking = list[list[int]]


class SetUnreadable(ExplainedError):
    """A benchmark folder lacks a file, or a file is not as it should be."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"There is no benchmark to read in {folder}: {why}.",
            fix="The folder must hold corpus.jsonl (or .gz) with id, title and text, queries.jsonl with id and text, "
            "and qrels.tsv with query, document and 1.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Questions, documents and which answer which."""

    documents: tuple[str, ...]
    """Title, line break, text."""
    questions: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]
    """Places of the documents that answer each question."""


def read_collection(folder: Path) -> Collection:
    """Read a benchmark folder; a question without a relevant document is left out.

    Raises SetUnreadable.
    """
    try:
        packed = folder / "corpus.jsonl.gz"
        rows = list(_json_lines(packed if packed.exists() else folder / "corpus.jsonl"))
        places = {str(row["id"]): place for place, row in enumerate(rows)}
        documents = tuple(f"{row.get('title') or ''}\n{row['text']}".strip() for row in rows)
        answers: dict[str, set[int]] = {}
        for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
            query, document, grade = line.split("\t")[:3]
            if int(grade) > 0 and document in places:
                answers.setdefault(query, set()).add(places[document])
        asked = [(row["text"], answers.get(str(row["id"]))) for row in _json_lines(folder / "queries.jsonl")]
    except (OSError, ValueError, KeyError) as error:
        raise SetUnreadable(folder, str(error) or type(error).__name__) from error
    kept = [(text, frozenset(right)) for text, right in asked if right]
    if not kept:
        raise SetUnreadable(folder, "no question has a relevant document")
    return Collection(
        documents=documents,
        questions=tuple(text for text, _ in kept),
        relevant=tuple(right for _, right in kept),
    )


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The passages of a collection: windows of its documents, each with its document's title."""

    texts: list[str]
    owners: NDArray[np.int64]


def cut_into_pieces(documents: Sequence[str]) -> Pieces:
    """Cut documents into passages as the index does."""
    texts: list[str] = []
    owners: list[int] = []
    for place, document in enumerate(documents):
        for start, end in windows(document):
            texts.append(document[start:end])
            owners.append(place)
    return Pieces(texts=texts, owners=np.array(owners, dtype=np.int64))


def search_words(collection: Collection) -> Ranking:
    """Rank by BM25 over the words that jieba cuts, as a tutorial would."""
    import bm25s
    import jieba

    jieba.setLogLevel(60)
    found = bm25s.BM25(k1=1.5, b=0.75)
    found.index([jieba.lcut(text) for text in collection.documents], show_progress=False)
    ranking = []
    for question in collection.questions:
        known = [word for word in jieba.lcut(question) if word in found.vocab_dict]
        scores = found.get_scores(known) if known else np.zeros(len(collection.documents), dtype=np.float32)
        ranking.append(_best(scores))
    return ranking


def _best(scores: NDArray[np.float32]) -> list[int]:
    depth = min(DEPTH, len(scores))
    first = np.argpartition(-scores, depth - 1)[:depth]
    order: list[int] = first[np.argsort(-scores[first], kind="stable")].tolist()
    return order


def search_here(collection: Collection, embedder: Embedder) -> Iterator[tuple[str, Ranking]]:
    """Rank by our BM25, by the embedding, and by both, with look-ups; exact search over the same passages as the index has."""
    pieces = cut_into_pieces(collection.documents)
    depth = min(CANDIDATES, len(collection.documents))
    vectors = embedder.encode_documents(pieces.texts)
    asked = embedder.encode_queries(collection.questions)
    familiarity = Familiarity.read(BUNDLED).of(collection.documents)
    expansion = Expansion(read_lexicon())
    words: Ranking = []
    dense: Ranking = []
    fused: Ranking = []
    with tempfile.TemporaryDirectory() as folder:
        places = np.arange(len(collection.documents))
        write_lexical(Path(folder), collection.documents, places, size=len(collection.documents))
        lexical = Lexical(Path(folder))
        write_articles(Path(folder) / "articles.npy", _labelled(collection.documents), places.tolist())
        articles = Articles(Path(folder) / "articles.npy")
        for question, vector in zip(collection.questions, asked, strict=True):
            counts = count_tokens(question)
            words.append(_best(lexical.score(counts)))
            cosines = np.maximum.reduceat(vectors @ vector, _starts(pieces.owners))
            dense.append(_best(cosines))
            near = _first(cosines, depth)
            sure = trust(familiarity[near])
            more = {token: float(count) for token, count in counts.items()}
            for term in expansion.terms(question):
                for token in count_tokens(term):
                    more.setdefault(token, WEIGHT * sure)
            scores = lexical.score(more)
            named = articles.find(question)
            near = np.unique(np.concatenate((near, _first(scores, depth), named)))
            total = fuse(scores[near], bound=lexical.ceiling(counts), cosines=cosines[near], trust=sure)
            total[np.isin(near, named)] += EXACT
            fused.append([int(near[place]) for place in _best(total)])
    yield "bm25", words
    yield "dense", dense
    yield "fused", fused


def _labelled(documents: Sequence[str]) -> list[Passage]:
    """Return documents as passages that stand under their titles, which may name an article."""
    parts = [document.partition("\n") for document in documents]
    return [
        Passage(key=str(place), kind=Kind.TEXT, document="", provisions=(), text=text, heading=title)
        for place, (title, _, text) in enumerate(parts)
    ]


def _starts(owners: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each document's passages begin."""
    return np.concatenate((np.zeros(1, dtype=np.int64), np.flatnonzero(np.diff(owners)) + 1))


def _first(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    return np.argpartition(-scores, count - 1)[:count]


def rankings(collection: Collection, embedder: Embedder) -> Iterator[tuple[str, Ranking]]:
    """Yield each system's name and what it ranks first for every question."""
    yield "bm25_words", search_words(collection)
    yield from search_here(collection, embedder)
    try:
        from evals.plain import search_plainly
    except ImportError:
        click.echo("  plain is left out: its packages are not installed", err=True)
        return
    yield "plain", search_plainly(collection.documents, collection.questions, embedder, depth=DEPTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one run: every figure of every system, and how each system differs from BM25."""

    systems: dict[str, dict[str, Values]]

    def means(self) -> dict[str, dict[str, float]]:
        """Return each system's figures, averaged over the questions."""
        return {
            name: {figure: float(values.mean()) for figure, values in found.items()}
            for name, found in self.systems.items()
        }

    def against_bm25(self) -> dict[str, dict[str, list[float]]]:
        """Return for each other system and figure the mean difference and its 95 % interval."""
        base = self.systems[BASE]
        return {
            name: {figure: list(difference(values, base[figure])) for figure, values in found.items()}
            for name, found in self.systems.items()
            if name != BASE
        }


def lines_of(outcome: Outcome) -> Iterator[str]:
    """Yield the table that is printed."""
    yield (
        "system      "
        + "  ".join(f"{figure:>7}" for figure in FIGURES)
        + "   R@10 and nDCG@10 against bm25 [95 %]"
    )
    apart = outcome.against_bm25()
    for name, figures in outcome.means().items():
        shown = "  ".join(f"{figures[figure]:7.3f}" for figure in FIGURES)
        if name in apart:
            gains = (apart[name][figure] for figure in ("R@10", "nDCG@10"))
            shown += "   " + "  ".join(f"{mean:+.3f} [{low:+.3f}, {high:+.3f}]" for mean, low, high in gains)
        yield f"{name:<12}{shown}"


def main(data: Path, json_out: Path | None = None) -> None:
    """Measure every system on the folder, print the table and write the JSON.

    Raises SetUnreadable.
    """
    collection = read_collection(data)
    click.echo(f"{len(collection.questions)} questions, {len(collection.documents)} documents")
    systems = {}
    for name, ranking in rankings(collection, open_embedder()):
        systems[name] = judge(ranking, collection.relevant)
        click.echo(f"  {name} done", err=True)
    outcome = Outcome(systems=systems)
    for line in lines_of(outcome):
        click.echo(line)
    if json_out is not None:
        told = {"systems": outcome.means(), "delta_vs_bm25": outcome.against_bm25()}
        json_out.parent.mkdir(parents=True, exist_ok=True)
        json_out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@click.command()
@click.option(
    "--data", type=click.Path(path_type=Path), required=True, help="Folder of corpus, queries and qrels."
)
@click.option(
    "--json", "json_out", type=click.Path(path_type=Path), help="Write the figures to this file as well."
)
def command(data: Path, json_out: Path | None) -> None:
    """Measure retrieval on a public set of questions and documents."""
    try:
        main(data, json_out)
    except ExplainedError as error:
        raise click.ClickException(str(error)) from error
