"""The parser against 467 official texts that it was not made for (extra: they lie beside the checkout, not in it)."""

import gzip
import json
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.document import Document, FrontMatter, Level
from corpus.structure import parse

SHARED = Path(__file__).parents[3] / "shared"
LAWS = SHARED / "laws"
POLICIES = sorted((SHARED / "policy_texts").glob("*.md"))

pytestmark = pytest.mark.skipif(
    not LAWS.exists(), reason="the collection of laws is not beside this checkout"
)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\ufeff*]", "", text)


def articles(document: Document) -> list[tuple[str, str]]:
    """Each article's printed number and its text after it."""
    found = []
    for provision in document.provisions.values():
        if provision.level is Level.ARTICLE:
            text = squeezed(document.text_of(provision))
            name = re.match("第[^条]+条(?:之[一二三四五六七八九十]+(?!条))?", text).group()
            found.append((name, text[len(name) :]))
    return found


@pytest.fixture(scope="module")
def laws() -> list[tuple[dict, Document]]:
    entries = [json.loads(line) for line in (LAWS / "selected_index.jsonl").read_text("utf-8").splitlines()]
    return [
        (
            entry,
            parse(
                "law", FrontMatter(title=entry["title"]), (LAWS / entry["selected_file"]).read_text("utf-8")
            ),
        )
        for entry in entries
    ]


@pytest.fixture(scope="module")
def policies() -> list[tuple[str, Document]]:
    read = []
    for path in POLICIES:
        text = re.sub(r"^<!--.*?-->\s*", "", path.read_text("utf-8"), flags=re.DOTALL)
        title = re.search("^# (.+)$", text, flags=re.MULTILINE)
        read.append(
            (path.stem, parse("text", FrontMatter(title=title.group(1) if title else path.stem), text))
        )
    return read


def test_every_law_has_the_number_of_articles_that_the_index_says(laws):
    assert len(laws) == 434
    wrong = [entry["title"] for entry, law in laws if len(articles(law)) != entry["n_articles"]]
    assert wrong == []


def test_every_article_has_the_text_of_the_collection_or_less_by_a_heading_that_the_collection_glued_on(laws):
    collection = defaultdict(set)
    with gzip.open(LAWS / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            collection[row["law"], row["publish"], row["article"]].add(squeezed(row["text"]))
    same, shorter, other = 0, [], []
    for entry, law in laws:
        for name, text in articles(law):
            known = collection[entry["title"], entry["publish"], name]
            if text in known:
                same += 1
            elif glued := [k[len(text) :] for k in known if k.startswith(text)]:
                shorter.append((entry["title"], name, glued[0]))
            else:
                other.append((entry["title"], name))
    assert other == []
    assert same / (same + len(shorter)) >= 0.995
    for _, _, glued in shorter:
        assert len(glued) <= 12 or glued.startswith("附"), glued


def test_no_article_ends_in_anything_but_a_sentence(laws, policies):
    endings = {
        text[-1]
        for law in [law for _, law in laws] + [text for _, text in policies]
        for _, text in articles(law)
    }
    # 「(2011年1月8日删除)」, and one text whose last article lacks its full stop.
    assert endings <= {"。", ")", "行"}


def test_articles_are_counted_without_a_gap(laws, policies):
    for name, law in [(entry["title"], law) for entry, law in laws] + policies:
        numbers = [int(p.number.split("-")[0]) for p in law.provisions.values() if p.level is Level.ARTICLE]
        assert all(after - before in (0, 1) for before, after in pairwise(numbers)), name


@pytest.mark.parametrize(
    ("start", "count"),
    [("01", 37), ("02", 32), ("03", 29), ("04", 16), ("05", 48), ("06", 44), ("07", 125), ("08_", 50), ("08b", 23), ("09", 50),
     ("10", 144), ("11", 50), ("12", 50), ("13", 31), ("19", 37), ("20", 27), ("21", 13), ("22", 28), ("23", 53), ("24", 204),
     ("25", 32), ("27", 83), ("28", 74), ("29", 36), ("31", 104), ("32", 38), ("14", 0), ("15", 0), ("16", 0), ("17", 0), ("18", 0),
     ("26", 0), ("30", 0)],
)  # fmt: skip
def test_every_policy_text_has_its_articles(policies, start, count):
    (document,) = [document for stem, document in policies if stem.startswith(start)]
    assert len(articles(document)) == count


@pytest.mark.parametrize(
    ("start", "headings", "points"),
    [("14", 4, 7), ("15", 7, 27), ("16", 5, 22), ("17", 5, 0), ("18", 9, 24), ("26", 27, 0), ("30", 15, 0)],
)
def test_every_outline_has_its_headings(policies, start, headings, points):
    (document,) = [document for stem, document in policies if stem.startswith(start)]
    tops = [p.id for p in document.provisions.values() if p.level is Level.HEADING]
    assert tops == [f"text/{n}" for n in range(1, headings + 1)]
    below = [p for p in document.provisions.values() if p.level in (Level.SUBHEADING, Level.POINT)]
    assert len([p for p in below if p.parent in tops]) >= points


def test_the_leaves_of_every_text_tile_it(laws, policies):
    for document in [law for _, law in laws] + [text for _, text in policies]:
        assert "".join(leaf.span.of(document.text) for leaf in document.leaves) == document.text
