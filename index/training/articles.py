"""Read the statute articles and tidy them: one version of a law, one copy of a text."""

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of a statute, as the collection gives it."""

    id: str
    law: str
    law_id: str
    kind: str
    published: str
    number: str
    chapter: str
    text: str

    @property
    def title(self) -> str:
        """The name under which it is cited, without brackets: 物业管理条例第七条."""
        return f"{self.law}{self.number}"


def read_articles(folder: Path) -> list[Article]:
    """Read `articles.jsonl.gz` from the folder of laws, in its order.

    Raises FileNotFoundError when the folder does not hold the file.
    """
    return [
        Article(
            id=row["id"],
            law=row["law"],
            law_id=row["law_id"],
            kind=row["kind"],
            published=row["publish"] or "",
            number=row["article"],
            chapter=re.sub(r"\s+", " ", row["chapter"] or ""),
            text=row["text"].strip(),
        )
        for row in read_json_lines(folder / "articles.jsonl.gz")
    ]


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-lines file, packed or not."""
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def law_name(law: str) -> str:
    """Return the name by which versions of a law are told to be the same law."""
    name = re.sub(r"（[^（）]*(试行|修正|修订|年)[^（）]*）", "", law)
    return name.replace("中华人民共和国", "").replace(" ", "")


def newest_versions(articles: Iterable[Article]) -> list[Article]:
    """Keep of every law the version published last, and of equal texts within a law the first."""
    articles = list(articles)
    newest: dict[str, tuple[str, str]] = {}
    for article in articles:
        name = law_name(article.law)
        newest[name] = max(newest.get(name, ("", "")), (article.published, article.law_id))
    kept, seen = [], set()
    for article in articles:
        name = law_name(article.law)
        key = (name, article.number, article.text)
        if newest[name][1] == article.law_id and key not in seen:
            seen.add(key)
            kept.append(article)
    return kept
