"""Check the lexicon: its form, no word twice in an entry, no term twice, and every legal term is in some statute.

python -m index.training.check_lexicon --laws DIR
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from index.expansion import LEXICON
from index.training.articles import read_articles


def faults_of(lines: list[str], statutes: str | None = None) -> Iterator[str]:
    """Yield a sentence for each fault; terms are looked up in `statutes` only if these are given."""
    known: set[str] = set()
    for number, line in enumerate(lines, start=1):
        legal, tab, everyday = line.partition("\t")
        words = everyday.split(",")
        if not tab or not legal or not all(words) or line != line.strip():
            yield f"Line {number} is not “legal ⇥ everyday,everyday”: {line!r}"
        if legal in known:
            yield f"Line {number} repeats the term {legal}."
        if len(set(words)) < len(words):
            yield f"Line {number} repeats a word: {everyday}"
        if legal in words:
            yield f"Line {number} explains {legal} by itself."
        if statutes is not None and legal not in statutes:
            yield f"Line {number}: no statute says {legal}."
        known.add(legal)


def main() -> None:
    """Print every fault; exit 1 if there is any."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--laws", type=Path, required=True)
    articles = read_articles(parser.parse_args().laws)
    statutes = "\n".join(f"{article.law} {article.chapter} {article.text}" for article in articles)
    faults = list(faults_of(LEXICON.read_text(encoding="utf-8").splitlines(), statutes))
    print("\n".join(faults) or "The lexicon is in order.")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
