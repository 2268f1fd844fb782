"""Read a provision once: its clauses, who they bind, how firmly, and every amount and date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assistant.grounding.bodies import OPENING, PLACES, Body, Group, find_groups
from assistant.grounding.dates import Moment, find_moments, years_of_numbers
from assistant.grounding.modality import ADJUNCT, Force, Marker, find_markers
from assistant.grounding.plain import bare, outside, spans_of
from assistant.grounding.quantities import Quantity, find_quantities
from assistant.grounding.wording import Wording

_CLAUSE = re.compile(r"[^,;:。]+")
_EITHER = re.compile(r"([\u4e00-\u9fff]{2})/([\u4e00-\u9fff]{2})")
_NUMBERED = re.compile(r"[一二三四五六七八九十\d]+")
_OPEN = re.compile(r"等(?!级|同|待|于)")
_SUFFIX = re.compile(r"(?<=[\u4e00-\u9fff]{2})[区室库厅](?=[、,。等和或及与并]|$)", re.MULTILINE)
NAMED = re.compile(r"名称为|命名为|名为|称为")


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two commas."""

    start: int
    end: int
    text: str
    markers: tuple[Marker, ...]
    inherited: Force
    """The force that governs the clause until its own first modal word."""
    groups: tuple[Group, ...]
    subject: tuple[Body, ...]
    """Who the clause is about: its own leading actors, or those of the clause before."""
    objects: tuple[Body, ...]
    """Whom the clause before ends with; a clause without a subject may go on about them."""

    def force_at(self, position: int) -> Force:
        """Return the force that governs the word at ``position`` of the source."""
        here = position - self.start
        before = [marker for marker in self.markers if marker.start <= here]
        if before:
            supports = self.inherited is Force.ENCOURAGED and before[-1].force is Force.SUPPORTED
            return Force.ENCOURAGED if supports else before[-1].force
        if self.inherited is Force.PLAIN and self.markers:
            return self.markers[0].force
        return self.inherited

    def nearest(self, position: int) -> tuple[Body, ...]:
        """Return the actors named last before ``position``, those after 对, 为, 向 and their like left out."""
        here = position - self.start
        named = [
            group for group in self.groups if group.end <= here and group.role in {"", "由", "下", "使", "让"}
        ]
        beside = [group for group in self.groups if group.role in {"将", "把"} and 0 <= here - group.end <= 1]
        return (named[-1].bodies if named else ()) + (beside[-1].bodies if beside else ())


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """One leaf of a document, read for comparison."""

    id: str
    text: str
    """Its words in plain form, commas and full stops kept."""
    context: str
    """What may be taken as said: the headings above it and the titles of its document."""
    headings: str
    quotes: frozenset[str]
    number: str
    """What its heading is numbered with, in Arabic digits; empty without one."""
    of: int
    """How many headings stand beside its own, its own included; 0 without one."""
    titles: tuple[str, ...]
    """The titles that it names."""
    wording: Wording = field(repr=False)
    found: dict[str, str | None] = field(default_factory=dict, repr=False)
    """Which of its words each synonym stands for, as far as looked up."""
    laid: dict[tuple[str, tuple[tuple[int, int], ...]], Any] = field(default_factory=dict, repr=False)
    """The clauses laid over it last (see ``cover``)."""

    @cached_property
    def bare(self) -> str:
        """The words alone."""
        return bare(self.text)

    @cached_property
    def masked(self) -> str:
        """The text with compound names blotted out, for finding words."""
        return self.wording.without_compounds(self.text)

    @cached_property
    def masked_context(self) -> str:
        """The context with compound names blotted out."""
        return self.wording.without_compounds(self.context)

    @cached_property
    def everything(self) -> str:
        """Text and context, and both readings of 「街道/乡镇」."""
        readings = "".join(
            "\n" + _EITHER.sub(lambda match, n=number: match[n], self.text)  # type: ignore[misc]
            for number in (1, 2)
            if _EITHER.search(self.text)
        )
        return f"{self.text}\n{self.context}{readings}".replace("。", "\n")

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Every two characters that stand side by side in text or context."""
        return frozenset(self.everything[at : at + 2] for at in range(len(self.everything) - 1))

    @cached_property
    def cuts(self) -> frozenset[int]:
        """The positions of ``everything`` inside a name that is not cut, or right before the 区 or 室 that ends one."""
        whole = (
            position
            for match in self.wording.whole.finditer(self.everything)
            for position in range(match.start() + 1, match.end())
        )
        return frozenset(whole) | frozenset(match.start() for match in _SUFFIX.finditer(self.everything))

    def says(self, words: str) -> bool:
        """Say whether text or context has ``words``, not ending inside a name that is not cut."""
        at = self.everything.find(words)
        while at >= 0:
            if at + len(words) not in self.cuts:
                return True
            at = self.everything.find(words, at + 1)
        return False

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every amount in the leaf."""
        return find_quantities(self.text)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Every date in the leaf and in the headings above it."""
        return find_moments(self.text) + find_moments(self.headings) + years_of_numbers(self.text)

    @cached_property
    def addressees(self) -> tuple[Body, ...]:
        """Whom a letter or notice is sent to: the line that ends in a colon."""
        line = re.search(r"(?:^|。)([^,;:。]+):", self.text)
        groups = find_groups(line[1]) if line else ()
        if line is None or sum(group.end - group.start for group in groups) < len(line[1]) - 2:
            return ()
        return tuple(body for group in groups for body in group.bodies)

    @cached_property
    def asked(self) -> tuple[Body, ...]:
        """Who is asked to act: the addressees, and the places they stand for."""
        places = {
            tier: Body(body.start, body.end, tier.value, frozenset({tier}))
            for body in self.addressees
            for tier in body.tiers
        }
        return (*self.addressees, *places.values())

    @cached_property
    def signatories(self) -> tuple[Body, ...]:
        """Who signs it: the actors of a line that holds nothing else, or only a date, at its end."""
        for clause in self.clauses[:-3:-1]:
            rest = clause.text
            for group in clause.groups:
                rest = rest.replace(clause.text[group.start : group.end], "", 1)
            for moment in find_moments(clause.text):
                rest = rest.replace(moment.words, "", 1)
            if clause.groups and not rest and self.addressees:
                return tuple(body for group in clause.groups for body in group.bodies)
        return ()

    @cached_property
    def open_lists(self) -> bool:
        """Whether a list in it ends in 等."""
        return _OPEN.search(self.text) is not None

    @cached_property
    def lists(self) -> tuple[tuple[int, int], ...]:
        """How many members each list has that is parted by 、, each with the number of its clause."""
        starts = (
            (
                number,
                clause,
                clause.groups[0].end if clause.groups and clause.groups[0].bodies == clause.subject else 0,
            )
            for number, clause in enumerate(self.clauses)
        )
        found = ((number, clause.text[start:].split("、")) for number, clause, start in starts)
        return tuple(
            (number, len(members) + _joined(members[-1]))
            for number, members in found
            if len(members) > 1 and not _NUMBERED.fullmatch(members[0])
        )

    @cached_property
    def names(self) -> tuple[tuple[str, str], ...]:
        """The names it gives, each with the words of its clause before it."""
        found: list[tuple[str, str]] = []
        for clause in self.clauses:
            match = NAMED.search(clause.text)
            if match:
                for reading in _readings(clause.text[match.end() :]):
                    found.append((bare(reading), clause.text[: match.end()]))
        return tuple(found)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """What stands between the commas, in order."""
        return tuple(self._read_clauses())

    def force_of(self, position: int) -> Force:
        """Return the force that governs the word at ``position``."""
        return self.clauses[self.clause_at(position)].force_at(position)

    def clause_at(self, position: int) -> int:
        """Return the number of the clause that holds ``position``."""
        for number, clause in enumerate(self.clauses):
            if position < clause.end:
                return number
        return len(self.clauses) - 1

    def _read_clauses(self) -> Iterator[Clause]:
        before: Clause | None = None
        for match in _CLAUSE.finditer(self.text):
            text = match.group()
            markers = find_markers(text)
            titles = spans_of(self.titles, text)
            groups = tuple(group for group in find_groups(text) if outside(titles, group.start, group.end))
            subject = leading(groups, text) or (self.asked if text.startswith("请") else ())
            if before and self.text[before.end] in ":。":
                before = None
            clause = Clause(
                match.start(),
                match.end(),
                text,
                markers,
                _inherited(before, text),
                groups,
                subject or (before.subject if before else ()),
                () if subject or not before else _objects(before),
            )
            yield clause
            before = clause


def leading(groups: tuple[Group, ...], clause: str) -> tuple[Body, ...]:
    """Return the actors that a clause begins with, or that it marks with 由."""
    for group in groups:
        if group.role == "由":
            return group.bodies
    if groups and not groups[0].role and OPENING.fullmatch(clause[: groups[0].start]):
        return groups[0].bodies
    return ()


_MAKES = re.compile(r"成立|建设|组建|设立|建立|委托|推动|引导|形成|使|让")


def _objects(clause: Clause) -> tuple[Body, ...]:
    """Return whom a clause brings in, so that the next may go on about them."""
    if not clause.groups:
        return clause.objects
    if not _MAKES.search(clause.text):
        return ()
    later = [group for group in clause.groups if group.role not in {"对", "为", "向", "给"}]
    named = later[-1].bodies if later else clause.objects
    return tuple(body for body in named if body.kind not in PLACES)


def _inherited(before: Clause | None, text: str) -> Force:
    if before is None:
        return Force.PLAIN
    force = before.force_at(before.end)
    if force is Force.MUST:
        return force
    if force in {Force.ENCOURAGED, Force.FORBIDDEN, Force.SUPPORTED} and not text.startswith("通过"):
        return force
    if force is Force.MAY and ADJUNCT.search(before.text):
        return force
    return Force.PLAIN


def _joined(last: str) -> int:
    """Return 1 when the last member of a list holds two: 「合作交流以及特色服务」."""
    return int(re.search(r"以及|及|和(?!谐|平)", last) is not None)


def _readings(name: str) -> list[str]:
    if not _EITHER.search(name):
        return [name]
    both = [_EITHER.sub(lambda match, n=number: match[n], name) for number in (1, 2)]  # type: ignore[misc]
    return [name, *both, *(both[1].replace("乡镇", word) for word in ("镇", "乡"))]
