"""Hold what an incubator has against what the provisions for its tier list."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from assistant.draft import quote_words
from assistant.facilities.matrix import is_open
from corpus.library import Library, Quotation, slug_of

KINDS = ("room", "service", "rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing that the provision for a tier lists."""

    kind: str
    """``room``, ``service`` or ``rule``."""
    name: str
    optional: bool = False
    """True for what is set up as needed."""
    quotation: Quotation
    open_list: bool
    """Whether the list that names it ends in 等."""

    @property
    def id(self) -> str:
        """Kind and name, as in the address of a printed form."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The result for one kind of thing."""

    kind: str
    held: tuple[Requirement, ...]
    missing: tuple[Requirement, ...]
    optional: tuple[Requirement, ...]
    """What is set up as needed, and is not there."""
    unlisted: tuple[str, ...]
    """What other tiers' provisions list and this tier's does not."""

    @property
    def all(self) -> tuple[Requirement, ...]:
        """Everything that the provision lists, there or not."""
        return (*self.held, *self.missing, *self.optional)

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """The words that list it, each once."""
        return tuple(dict.fromkeys(one.quotation for one in self.all))

    @property
    def open_list(self) -> bool:
        """Whether a list that it was held against goes on after its last item."""
        return any(one.open_list for one in self.all)


def requirements(library: Library, tier: str) -> tuple[Requirement, ...]:
    """Return what the provisions list for a tier: rooms, services, rules to draw up, in the order of the text."""
    return tuple(_requirements(library, tier))


def check(library: Library, tier: str, held: Collection[str]) -> tuple[Checked, ...]:
    """Hold the ids in ``held`` against a tier's requirements, kind by kind; ids that it does not have count for nothing."""
    known = requirements(library, tier)
    everywhere = [
        one
        for other in dict.fromkeys(room.tier for room in library.rooms)
        for one in requirements(library, other)
    ]
    return tuple(
        Checked(
            kind=kind,
            held=tuple(one for one in known if one.kind == kind and one.id in held),
            missing=tuple(
                one for one in known if one.kind == kind and one.id not in held and not one.optional
            ),
            optional=tuple(one for one in known if one.kind == kind and one.id not in held and one.optional),
            unlisted=tuple(
                dict.fromkeys(
                    one.name
                    for one in everywhere
                    if one.kind == kind and all(one.id != mine.id for mine in known)
                )
            ),
        )
        for kind in KINDS
        if any(one.kind == kind for one in known)
    )


def _requirements(library: Library, tier: str) -> Iterator[Requirement]:
    if not any(room.tier == tier for room in library.rooms):
        return
    for need in ("separate", "as_needed"):
        rooms = [room for room in library.rooms if room.tier == tier and room.need == need]
        for room in rooms:
            listed = [other.name for other in rooms if other.words == room.words]
            yield Requirement(
                kind="room",
                name=room.name,
                optional=need == "as_needed",
                quotation=quote_words(library, room.provision, room.words),
                open_list=is_open(room.words, listed),
            )
    services = [service for service in library.services if service.tier == tier]
    for service in services:
        listed = [other.name for other in services if other.words == service.words]
        yield Requirement(
            kind="service",
            name=service.name,
            quotation=quote_words(library, service.provision, service.words),
            open_list=is_open(service.words, listed),
        )
    homes = {slug_of(room.provision) for room in library.rooms}
    for fact in library.facts:
        if (
            fact.about == "rules-to-make"
            and slug_of(fact.provision) in homes
            and (not fact.tier or tier in fact.tier)
        ):
            for item in fact.items:
                yield Requirement(
                    kind="rule",
                    name=item,
                    quotation=quote_words(library, fact.provision, fact.words),
                    open_list=fact.open_list,
                )
