"""Lead a resident from a few answers to the route that fits: rules and sentences from ``path.toml``, nothing else.

What a route shows are sentences of the project's own notes, each with the line of its source, and facts of the official
documents; the file only says which, so every line can be traced.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.answer import Cited
from assistant.draft import quote_words
from assistant.guidance import is_source
from assistant.phrases import Line
from assistant.render import cited
from corpus.document import Document
from corpus.errors import ExplainedError
from corpus.library import Library

PATH = "path.toml"

Answers = Mapping[str, str]
"""The option chosen of each question."""


class Kind(StrEnum):
    """What the lines of a part are about, in the order in which they are read."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    ASK = "ask"
    BRING = "bring"
    AVOID = "avoid"
    OFFICIAL = "official"


class PathError(ExplainedError):
    """The path's file does not fit the documents; names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be chosen."""

    id: str
    label: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of the path."""

    id: str
    label: Line
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line of a route, and the words that it rests on."""

    say: Line
    source: Cited
    under: Line | None = None
    """For a sentence of the notes: what it rests on, when that was checked, and how sure it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Lines of one kind."""

    kind: Kind
    lines: tuple[Said, ...]
    heading: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where the answers lead."""

    id: str
    title: Line
    basis: Said
    """The sentence that says why."""
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    when: Mapping[str, tuple[str, ...]]
    parts: tuple[Part, ...]

    def holds(self, answers: Answers) -> bool:
        return all(answers[question] in allowed for question, allowed in self.when.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Destination:
    rule: _Rule
    route: Route


class Pathway:
    """The questions, and what follows from the answers."""

    def __init__(
        self, questions: Sequence[Asked], destinations: Sequence[_Destination], additions: Sequence[_Rule]
    ) -> None:
        self.questions = tuple(questions)
        self._destinations = tuple(destinations)
        self._additions = tuple(additions)

    @property
    def routes(self) -> tuple[Route, ...]:
        """Every route, before anything is added to it."""
        return tuple(destination.route for destination in self._destinations)

    def missing(self, answers: Answers) -> tuple[Asked, ...]:
        """Return the questions that have not been answered with one of their options."""
        return tuple(
            asked
            for asked in self.questions
            if answers.get(asked.id) not in {option.id for option in asked.options}
        )

    def lead(self, answers: Answers) -> Route:
        """Return the route that fits. Raises ValueError when a question is not answered."""
        missing = self.missing(answers)
        if missing:
            raise ValueError(f"not answered: {', '.join(asked.id for asked in missing)}")
        found = next(one.route for one in self._destinations if one.rule.holds(answers))
        more = [part for rule in self._additions if rule.holds(answers) for part in rule.parts]
        order = list(Kind)
        parts = _joined([*found.parts, *more])
        return Route(
            id=found.id,
            title=found.title,
            basis=found.basis,
            parts=tuple(sorted(parts, key=lambda part: order.index(part.kind))),
        )


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Put the lines of parts without a heading together by kind, each line once."""
    joined: list[Part] = []
    for part in parts:
        same = next(
            (
                n
                for n, one in enumerate(joined)
                if not part.heading and not one.heading and one.kind is part.kind
            ),
            None,
        )
        if same is None:
            joined.append(part)
        else:
            lines = dict.fromkeys([*joined[same].lines, *part.lines])
            joined[same] = Part(kind=part.kind, lines=tuple(lines))
    return joined


def read_pathway(library: Library) -> Pathway | None:
    """Return the path of the first notes that have one; ``None`` when none has.

    Raises PathError when the file is not valid TOML, lacks something, or names a sentence, fact, question or option
    that does not exist.
    """
    for document in library.notes:
        path = library.folder / document.slug / PATH
        if path.exists():
            return _Reader(library, document, path).pathway()
    return None


class _Reader:
    """Reads one file against its document."""

    def __init__(self, library: Library, document: Document, path: Path) -> None:
        self.library = library
        self.document = document
        self.path = path

    def pathway(self) -> Pathway:
        try:
            data = tomllib.loads(self.path.read_text(encoding="utf-8-sig"))
            questions = tuple(map(_asked, data["question"]))
            destinations = [self._destination(row, questions) for row in data["route"]]
            additions = [self._rule(row, questions) for row in data.get("also", ())]
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
            raise PathError(f"{self.path}: {error}", fix="Correct the file.") from error
        if not destinations or destinations[-1].rule.when:
            raise PathError(
                f"{self.path}: no route is left for all other answers.", fix="End with `when = {}`."
            )
        return Pathway(questions, destinations, additions)

    def _destination(self, row: Any, questions: Sequence[Asked]) -> _Destination:
        rule = self._rule(row, questions)
        route = Route(
            id=row["id"],
            title=Line(row["zh"], row["en"]),
            basis=self._sentence(row["basis"]),
            parts=rule.parts,
        )
        return _Destination(rule=rule, route=route)

    def _rule(self, row: Any, questions: Sequence[Asked]) -> _Rule:
        known = {asked.id: {option.id for option in asked.options} for asked in questions}
        when = {question: tuple(options) for question, options in row["when"].items()}
        for question, options in when.items():
            strangers = set(options) - known[question]
            if strangers:
                raise ValueError(f"no such option of {question}: {', '.join(sorted(strangers))}")
        return _Rule(when=when, parts=tuple(map(self._part, row["part"])))

    def _part(self, row: Any) -> Part:
        lines = [self._sentence(id) for id in row.get("lines", ())]
        lines += [self._fact(id) for id in row.get("facts", ())]
        if not lines:
            raise ValueError("a part without lines")
        heading = Line(row["zh"], row["en"]) if "zh" in row else None
        return Part(kind=Kind(row["kind"]), lines=tuple(lines), heading=heading)

    def _sentence(self, leaf: str) -> Said:
        """Return a sentence of the notes with the line of sources that follows it."""
        id = f"{self.document.slug}/{leaf}"
        provision = self.library.provision(id)
        siblings = [child.id for child in self.library.provision(provision.parent or id).leaves()]
        after = (self.library.quote_of(other) for other in siblings[siblings.index(id) + 1 :])
        under = next((quotation for quotation in after if is_source(quotation.text)), None)
        if under is None:
            raise ValueError(f"{id} has no line of sources")
        return Said(
            say=self._line(id),
            source=cited(self.library.quote_of(id), self.library),
            under=self._line(under.provision),
        )

    def _line(self, id: str) -> Line:
        words = self.library.quote_of(id).text
        return Line(words, self.library.translation(id) or words)

    def _fact(self, id: str) -> Said:
        fact = self.library.fact(id)
        source = cited(quote_words(self.library, fact.provision, fact.words), self.library)
        return Said(say=Line(fact.say, fact.say_en), source=source)


def _asked(row: Any) -> Asked:
    options = tuple(Option(option["id"], Line(option["zh"], option["en"])) for option in row["option"])
    return Asked(id=row["id"], label=Line(row["zh"], row["en"]), options=options)
