"""Trace every line of a page or a file to the text, to a label kept in one place, or to what somebody typed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import cached_property

from assistant.facilities import forms, words
from assistant.ground import check
from assistant.office.label import GENERATED
from assistant.phrases import ITEMS, Line
from assistant.web.strings import LANGUAGES
from corpus.citation import cite, cite_full, cite_short
from corpus.library import Library
from corpus.validity import notes_on
from corpus.vocabulary import load_vocabulary


def borne_out(library: Library, statement: str, provision: str) -> str:
    """Return why a provision does not support a statement; empty when it does."""
    verdict = check(statement, [provision.partition("#")[0]], library)
    return "" if verdict.supported else verdict.why


def _lines_of(module: object) -> Iterable[Line]:
    for value in vars(module).values():
        if isinstance(value, Line):
            yield value
        elif isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, Line))
        elif isinstance(value, Mapping):
            yield from (one for one in value.values() if isinstance(one, Line))


class Tracer:
    """Knows everything that a page or file of this room may say."""

    def __init__(self, library: Library, *, today: date, typed: Iterable[str] = ()) -> None:
        self.library = library
        self.today = today
        self.typed = frozenset(typed)
        self._seen: dict[str, bool] = {}

    def untraced(self, lines: Iterable[str]) -> list[str]:
        """Return the lines that come from nowhere."""
        told = dict.fromkeys(line.strip() for line in lines if line.strip())
        for line in told:
            if line not in self._seen:
                self._seen[line] = self.traced(line)
        return [line for line in told if not self._seen[line]]

    def traced(self, line: str) -> bool:
        """Say whether a line, or each part of one that is put together from several, is accounted for."""
        if line in self._fixed or line in self.typed or re.fullmatch(r"\d+|\d{4}-\d{2}-\d{2}", line):
            return True
        if len(line) >= 2 and line in self._official:
            return True
        if self._translated(line) or self._listed(line):
            return True
        return any(
            match and all(self._filled(part) for part in match.groups())
            for pattern in self._templates
            for match in [pattern.fullmatch(line)]
        )

    def _filled(self, part: str) -> bool:
        return self.traced(part) or self._listed(part)

    def _listed(self, line: str) -> bool:
        """Say whether a line is a list whose every member is a label, or words of the text."""
        pieces = [piece for piece in re.split(r"、|; ", line) if piece]
        return len(pieces) > 1 and all(piece in self._fixed or piece in self._official for piece in pieces)

    def _translated(self, line: str) -> bool:
        rest = line
        for known in self._translations:
            rest = rest.replace(known, " ")
        return (
            not re.search(r"[A-Za-z]{2}", rest)
            and not re.search(r"[\u4e00-\u9fff]{2}", rest)
            and rest != line
        )

    @cached_property
    def _official(self) -> str:
        return "\n".join(document.text for document in self.library.documents)

    @cached_property
    def _all_lines(self) -> list[str]:
        lines = [one for module in (words, forms) for one in _lines_of(module)]
        said = [text for line in (*lines, GENERATED) for text in (line.zh, line.en)]
        for strings in LANGUAGES:
            own = strings.facilities
            said += [getattr(own, field.name) for field in fields(own)]
        return [text for text in said if text]

    @cached_property
    def _fixed(self) -> set[str]:
        fixed = {text for text in self._all_lines if "{" not in text}
        fixed |= {forms.TICKED, forms.EMPTY, "应", "要", "可", "鼓励", "支持", "提倡"}
        fixed |= {text for one in load_vocabulary().tiers.values() for text in (one.label, one.label_en)}
        fixed |= {text[:1].upper() + text[1:] for text in fixed}
        fixed |= {f"{name} ({english})" for name, english in ITEMS.items()}
        for document in self.library.documents:
            fixed |= {document.front.title, document.front.title_en}
            fixed |= {
                text for note in notes_on(document.front, today=self.today) for text in (note.zh, note.en)
            }
            for provision in document.root.walk():
                for made in (cite, cite_full, cite_short):
                    for language in ("zh", "en"):
                        label = made(self.library, provision.id, language)
                        fixed |= {label, f"——{label}", label.replace("·", "")}
        return fixed

    @cached_property
    def _templates(self) -> list[re.Pattern[str]]:
        return [
            re.compile(re.sub(r"\\\{\w+\\\}", "(.+?)", re.escape(text)))
            for text in self._all_lines
            if "{" in text and text != "{word}"
        ] + [re.compile(r"(.+?)（(.+?)）"), re.compile(r"(.+?)　(.+)"), re.compile(r"(.+?)：(.+)")]

    @cached_property
    def _translations(self) -> list[str]:
        found = {fact.say_en for fact in self.library.facts} | {duty.what_en for duty in self.library.duties}
        found |= {fact.say_en.rstrip(".") for fact in self.library.facts} | set(ITEMS.values())
        for document in self.library.documents:
            for leaf in document.leaves:
                english = self.library.translation(leaf.id) or ""
                found |= {english, re.sub(r"^Article \S+\. ", "", english)}
        return sorted((text for text in found if text), key=len, reverse=True)
