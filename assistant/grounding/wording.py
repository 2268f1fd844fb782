"""Read ``wording.toml``: which words may stand for which, and which say nothing by themselves."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.grounding.plain import bare
from corpus.errors import ExplainedError

WORDING = Path(__file__).with_name("wording.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The synonyms and the empty words of official Chinese."""

    partners: Mapping[str, tuple[str, ...]]
    """For each word that a statement may use, the words of a provision that license it."""
    frame: frozenset[str]
    characters: frozenset[str]
    compounds: re.Pattern[str]
    compound_words: frozenset[str]
    whole: re.Pattern[str]
    """Names that a word may not end inside."""
    opposed: tuple[tuple[str, str], ...]
    """Pairs of words of which a statement may not have the first where the provision has the second."""
    solid: re.Pattern[str]
    """Words that empty words may not make up."""
    districts: re.Pattern[str]
    subdistricts: re.Pattern[str]
    hard: re.Pattern[str]
    """Those of them that no piece may end inside."""
    apart: tuple[tuple[str, str], ...]
    longest: int

    def stands_alone(self, word: str) -> bool:
        """Say whether ``word`` counts wherever it occurs; a short one does not inside a compound name."""
        return len(word) > 3 or word in self.compound_words

    def localised(self, text: str) -> str:
        """Return a plain text with the names of districts, streets and towns made the placeholder 「xx」."""
        text = self.districts.sub("xx", text)
        return self.subdistricts.sub("xx", text)

    def without_compounds(self, text: str) -> str:
        """Return ``text`` of the same length with its compound names blotted out."""
        return self.compounds.sub(lambda match: "\0" * len(match.group()), text)


@cache
def load_wording(path: Path = WORDING) -> Wording:
    """Read the file.

    Raises:
        ExplainedError: it is not TOML or lacks a table.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        partners: dict[str, dict[str, None]] = {}
        for line in data["same"]:
            members = [bare(word) for word in line.split()]
            for word in members:
                partners.setdefault(word, {}).update(
                    (other, None) for other in members if other != word and len(other) > 1
                )
        for told, said in data["says"].items():
            for word in said.split():
                partners.setdefault(bare(word), {})[bare(told)] = None
        frame = frozenset(word for line in data["frame"]["words"] for word in line.split())
        return Wording(
            partners={word: tuple(others) for word, others in partners.items()},
            frame=frame,
            characters=frozenset(data["frame"]["characters"]),
            compounds=_any_of(f"{data['compounds']['words']} {data['compounds']['whole']}"),
            compound_words=frozenset(data["compounds"]["words"].split()),
            whole=_any_of(data["compounds"]["whole"]),
            opposed=_pairs(data["opposed"]["pairs"]),
            solid=_any_of(f"{data['solid']['words']} {data['solid']['hard']}"),
            hard=_any_of(data["solid"]["hard"]),
            districts=_any_of(data["tiers"]["districts"], r"(?=区(?!域)|基地)"),
            subdistricts=_any_of(data["tiers"]["subdistricts"], r"(?=街道|镇|乡(?!镇)|地区)"),
            apart=_pairs(data["apart"]["pairs"]),
            longest=max(map(len, (*partners, *frame))),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise ExplainedError(
            f"The wording table {path.name} cannot be read: {error}.",
            fix="Correct the file, or restore it from version control.",
        ) from error


def _pairs(lines: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in map(str.split, lines))


def _any_of(words: str, before: str = "") -> re.Pattern[str]:
    return re.compile(
        "(?:" + "|".join(map(re.escape, sorted(words.split(), key=len, reverse=True))) + ")" + before
    )
