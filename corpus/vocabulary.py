"""Read the words people use for what the documents call otherwise (``vocabulary.toml``)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.errors import ExplainedError

VOCABULARY = Path(__file__).with_name("vocabulary.toml")


@dataclass(frozen=True, slots=True)
class Tier:
    """One level of administration and the patterns that name it."""

    key: str
    """``city`` · ``district`` · ``street``, as in ``rules.toml``."""
    label: str
    label_en: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the documents and the everyday words for it."""

    legal: str
    everyday: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of answer that a question can expect: a floor area, a fee, a number of days …"""

    kind: str
    label: str
    label_en: str
    cues: re.Pattern[str]
    evidence: re.Pattern[str]
    firm: bool = False
    """The cues leave no doubt: a question that has them is not answered by anything without the evidence."""

    def expected_by(self, question: str) -> bool:
        """Say whether the question asks for this."""
        return self.cues.search(question) is not None

    def stated_in(self, text: str) -> bool:
        """Say whether the text contains anything of the kind."""
        return self.evidence.search(text) is not None


@dataclass(frozen=True, slots=True)
class Shape:
    """How a legal text words what a question is after."""

    cues: re.Pattern[str]
    evidence: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Tiers, everyday words, kinds of answers, and places that the documents do not reach."""

    tiers: Mapping[str, Tier]
    terms: tuple[Term, ...]
    distinct: tuple[tuple[str, ...], ...]
    asked: tuple[Asked, ...]
    shapes: tuple[Shape, ...]
    elsewhere: re.Pattern[str]
    heard: tuple[str, ...]
    """Words that a question may have meant by others that sound the same."""
    districts: Mapping[str, str]
    """Chinese name of each district by its Latin spelling, both without 区."""

    def legal_words(self, question: str) -> tuple[str, ...]:
        """Return the documents' words for the everyday words in a question, in the order of the file."""
        lowered = question.lower()
        return tuple(term.legal for term in self.terms if any(word in lowered for word in term.everyday))


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def load_vocabulary(path: Path = VOCABULARY) -> Vocabulary:
    """Read the vocabulary.

    Raises:
        ExplainedError: the file is not TOML, lacks a table, or has a pattern that is no regular expression.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return Vocabulary(
            tiers={
                key: Tier(key, tier["label"], tier["label_en"], _any_of(tier["names"]))
                for key, tier in data["tier"].items()
            },
            terms=tuple(Term(term["legal"], tuple(term["everyday"])) for term in data["term"]),
            distinct=tuple(tuple(entry["words"]) for entry in data["distinct"]),
            asked=tuple(
                Asked(
                    entry["kind"],
                    entry["label"],
                    entry["label_en"],
                    _any_of(entry["cues"]),
                    _any_of(entry["evidence"]),
                    entry.get("firm", False),
                )
                for entry in data["asked"]
            ),
            shapes=tuple(
                Shape(_any_of(entry["cues"]), _any_of(entry["evidence"])) for entry in data["shape"]
            ),
            elsewhere=_any_of(data["elsewhere"]["names"]),
            heard=tuple(data["heard"]["words"]),
            districts=data["districts"],
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, re.error) as error:
        raise ExplainedError(
            f"The vocabulary {path.name} cannot be read: {error}.",
            fix="Correct the file, or restore it from version control.",
        ) from error
