"""Read ``cues.toml``: what a question must say for an entry of the project's own notes to be turned to."""

import re
import tomllib
from collections.abc import Callable, Container
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.rules import RulesError

_SUBJECT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The ways in which a question asks for one entry."""

    provision: str
    asks: tuple[tuple[re.Pattern[str], ...], ...]
    """Alternatives, of each of which every pattern must be found."""
    unless: re.Pattern[str] | None = None
    facts: tuple[str, ...] = ()
    """What the official documents say of the same matter."""

    def fits(self, text: str, *, question: str) -> bool:
        """Say whether ``text``, a question or a part of one, asks for the entry; both normalised and simplified."""
        if self.unless is not None and self.unless.search(question):
            return False
        return any(all(pattern.search(text) for pattern in every) for every in self.asks)


def read_cues(path: Path, *, facts: Container[str], is_provision: Callable[[str], bool]) -> tuple[Cue, ...]:
    """Return the cues of one document's file, narrow ones first; none when there is no such file.

    Raises RulesError when the file is not valid TOML, an entry lacks its provision or its patterns, names a provision,
    fact or subject that does not exist, or has a pattern that is not a regular expression.
    """
    if not path.exists():
        return ()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(path, "the file", f"not valid TOML: {error}.") from error
    subjects, read = data.get("subjects", {}), []
    for number, entry in enumerate(data.get("entry", []), start=1):
        cue = _cue(path, f"entry {number}", entry, subjects)
        lost = [fact for fact in cue.facts if fact not in facts]
        if lost or not is_provision(cue.provision):
            raise RulesError(
                path, f"entry {number}", f"no such provision or fact: {', '.join(lost) or cue.provision}."
            )
        read.append(cue)
    return tuple(read)


def _cue(path: Path, name: str, entry: Any, subjects: dict[str, str]) -> Cue:
    try:
        provision, asks, unless = entry["provision"], entry["asks"], entry.get("unless", "")
        compiled = tuple(tuple(_pattern(each, subjects) for each in every) for every in asks)
        excepted = _pattern(unless, subjects) if unless else None
        facts = tuple(map(str, entry.get("facts", ())))
    except (KeyError, TypeError, re.error) as error:
        raise RulesError(path, name, f"not an entry of cues: {error}.") from error
    if not all(compiled) or not compiled:
        raise RulesError(path, name, "a line without patterns would fit every question.")
    return Cue(provision=provision, asks=compiled, unless=excepted, facts=facts)


def _pattern(text: str, subjects: dict[str, str]) -> re.Pattern[str]:
    """Compile a pattern in which a subject's name, in braces, stands for the subject's own pattern."""
    return re.compile(_SUBJECT.sub(lambda match: f"(?:{subjects[match[1]]})", text))
