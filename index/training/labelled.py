"""Read the questions whose relevant articles a person has named: STARD and those written in this project."""

from dataclasses import dataclass
from pathlib import Path

from index.training.articles import Article, read_json_lines

QUESTIONS = Path(__file__).parent / "questions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A question with the texts that answer it, and other wordings that ask for the same texts."""

    question: str
    relevant: tuple[str, ...]
    wordings: tuple[str, ...] = ()
    law: str
    """The law by which a question is kept aside or not."""


def read_collection(folder: Path) -> dict[str, str]:
    """Read `corpus.jsonl[.gz]` of a benchmark folder into the text of each document, title first."""
    packed = folder / "corpus.jsonl.gz"
    path = packed if packed.exists() else folder / "corpus.jsonl"
    return {row["id"]: f"{row.get('title') or ''}\n{row['text']}".strip() for row in read_json_lines(path)}


def read_relevant(folder: Path) -> dict[str, list[str]]:
    """Read `qrels.tsv` into the documents relevant to each question."""
    relevant: dict[str, list[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        if grade.strip() != "0":
            relevant.setdefault(query, []).append(document)
    return relevant


def read_stard(folder: Path) -> list[Labelled]:
    """Read STARD's training questions with their keywords and answers."""
    texts, relevant = read_collection(folder), read_relevant(folder)
    found = []
    for row in read_json_lines(folder / "queries.jsonl"):
        documents = relevant.get(row["id"], [])
        wordings = tuple(
            said for said in (row.get("keywords"), row.get("answer")) if isinstance(said, str) and said
        )
        if documents and row.get("split", "train") == "train":
            homes = tuple(texts[document] for document in documents)
            found.append(Labelled(question=row["text"], relevant=homes, wordings=wordings, law=documents[0]))
    return found


def read_written(articles: list[Article], folder: Path = QUESTIONS) -> list[Labelled]:
    """Read the questions written in this project; one whose article is not in the collection is left out."""
    known = {article.id: article for article in articles}
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for row in read_json_lines(path):
            article = known.get(row["article"])
            if article is not None:
                text = f"{article.title}\n{article.text}"
                found.append(Labelled(question=row["question"], relevant=(text,), law=article.law))
    return found
