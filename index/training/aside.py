"""Keep labelled questions aside to choose settings by, and write them as benchmark folders.

    python -m index.training.aside --laws DIR --stard DIR --out DIR

writes `DIR/stard-seen` and `DIR/stard-unseen` (STARD training questions: some relevant article occurs in what is left
for training, or none does) and `DIR/written` (questions of this project about laws of which no question is left).
"""

import argparse
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.training.articles import law_name, newest_versions, read_articles, read_json_lines
from index.training.labelled import Labelled, read_relevant, read_stard, read_written

NATIONAL = ("法律", "行政法规", "司法解释", "部门规章")
SEEN, UNSEEN = 40, 110
LARGEST_GROUP = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Places of STARD questions: left for training, and kept aside with and without an article seen in training."""

    training: tuple[int, ...]
    seen: tuple[int, ...]
    unseen: tuple[int, ...]


def draw(key: str) -> float:
    """A number in [0, 1) that depends on the key alone, so that a split never moves when questions are added."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:12], 16) / 16**12


def is_kept_aside(law: str) -> bool:
    """Whether the written questions about a law are kept aside: one law in ten."""
    return draw(law_name(law)) < 0.1


def split_stard(asked: list[Labelled]) -> Split:
    """Keep whole groups of questions that share articles aside, then single questions out of the rest."""
    home: dict[str, int] = {}
    group = list(range(len(asked)))
    for place, one in enumerate(asked):
        for text in one.relevant:
            first = group[home.setdefault(text, place)]
            old = group[place]
            group = [first if number == old else number for number in group]
    members: dict[int, list[int]] = {}
    for place, number in enumerate(group):
        members.setdefault(number, []).append(place)
    unseen: list[int] = []
    for number in sorted(members, key=lambda number: draw(f"group {asked[number].question}")):
        if len(unseen) < UNSEEN and len(members[number]) <= LARGEST_GROUP:
            unseen += members[number]
    rest = [place for place in range(len(asked)) if place not in set(unseen)]
    drawn = set(sorted(rest, key=lambda place: draw(asked[place].question))[:SEEN])
    training = [place for place in rest if place not in drawn]
    known = {text for place in training for text in asked[place].relevant}
    seen = [place for place in sorted(drawn) if any(text in known for text in asked[place].relevant)]
    unseen += [place for place in sorted(drawn) if place not in set(seen)]
    return Split(training=tuple(training), seen=tuple(seen), unseen=tuple(sorted(unseen)))


def write_lines(path: Path, rows: Iterable[dict[str, str]]) -> None:
    """Write objects as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_stard_part(stard: Path, places: tuple[int, ...], folder: Path) -> None:
    """Write the questions at these places as a benchmark over STARD's whole corpus."""
    relevant = read_relevant(stard)
    rows = [row for row in read_json_lines(stard / "queries.jsonl") if relevant.get(row["id"])]
    chosen = [rows[place] for place in places]
    write_lines(folder / "queries.jsonl", ({"id": row["id"], "text": row["text"]} for row in chosen))
    lines = [f"{row['id']}\t{document}\t1\n" for row in chosen for document in relevant[row["id"]]]
    (folder / "qrels.tsv").write_text("".join(lines), encoding="utf-8")
    (folder / "corpus.jsonl.gz").write_bytes((stard / "corpus.jsonl.gz").read_bytes())


def write_written_part(laws: Path, folder: Path) -> None:
    """Write the project's own questions about kept-aside national laws as a benchmark over all national laws."""
    articles = read_articles(laws)
    corpus = [article for article in newest_versions(articles) if article.kind in NATIONAL]
    ids = {f"{article.title}\n{article.text}": article.id for article in corpus}
    asked = [one for one in read_written(articles) if is_kept_aside(one.law) and one.relevant[0] in ids]
    write_lines(
        folder / "corpus.jsonl", ({"id": one.id, "title": one.title, "text": one.text} for one in corpus)
    )
    write_lines(
        folder / "queries.jsonl",
        ({"id": f"w{place}", "text": one.question} for place, one in enumerate(asked)),
    )
    lines = [f"w{place}\t{ids[one.relevant[0]]}\t1\n" for place, one in enumerate(asked)]
    (folder / "qrels.tsv").write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Write the three benchmark folders."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--laws", type=Path, required=True)
    parser.add_argument("--stard", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    split = split_stard(read_stard(options.stard))
    write_stard_part(options.stard, split.seen, options.out / "stard-seen")
    write_stard_part(options.stard, split.unseen, options.out / "stard-unseen")
    write_written_part(options.laws, options.out / "written")


if __name__ == "__main__":
    main()
