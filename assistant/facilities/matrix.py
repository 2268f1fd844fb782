"""Set the three tiers side by side: every cell is words of its provision, or says where they are not to be found."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assistant.draft import quote_words
from corpus.library import Library, Quotation, slug_of
from corpus.rules import TIERS, Fact, NameTemplate, Room, Service

_ABOUT = (
    "facilities",
    "premises-sharing",
    "funding-budget",
    "funding-transfer",
    "funding-other",
    "model",
    "operation",
    "rules-to-make",
    "assessment",
)
"""The aspects of facts that make a row each, in this order, below names, rooms and services."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a provision says on one matter for one tier."""

    quotation: Quotation
    items: tuple[str, ...] = ()
    """The members of the list that the words are, in the order of the text; empty where a sentence is quoted."""
    open_list: bool = False
    """True when the words or the list end in 等, so that what they leave out is not ruled out."""
    translation: str = ""
    """The reference translation of what the words say; empty where there is none."""

    def __post_init__(self) -> None:
        absent = [item for item in self.items if item not in self.quotation.text]
        if absent:
            raise ValueError(f"{self.quotation.provision} does not list {absent}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """All that is said on one matter for one tier."""

    entries: tuple[Entry, ...] = ()
    """Empty when the matter is not listed for the tier."""
    looked: tuple[str, ...] = ()
    """The provisions that would list it, and do not."""
    unlisted: tuple[str, ...] = ()
    """What another tier's list has and this one's has not."""

    @property
    def provisions(self) -> tuple[str, ...]:
        """The leaves it rests on, each once."""
        return tuple(dict.fromkeys(entry.quotation.provision for entry in self.entries)) or self.looked

    @property
    def key(self) -> tuple[tuple[str, int, int], ...]:
        """The same for cells that quote the same words."""
        return tuple((e.quotation.provision, e.quotation.start, e.quotation.end) for e in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One matter for every tier."""

    matter: str
    """A key of ``words.MATTERS``."""
    cells: Mapping[str, Cell]

    @property
    def same(self) -> bool:
        """Whether all tiers are told the same in the same words."""
        return len({cell.key for cell in self.cells.values()}) == 1

    def tiers_of(self, item: str) -> tuple[str, ...]:
        """Return the tiers whose lists have the item."""
        return tuple(
            tier for tier, cell in self.cells.items() if any(item in entry.items for entry in cell.entries)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The tiers, and what the text says of each."""

    tiers: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def provisions(self) -> tuple[str, ...]:
        """Every leaf that a cell rests on, each once."""
        return tuple(
            dict.fromkeys(id for row in self.rows for cell in row.cells.values() for id in cell.provisions)
        )


def build_matrix(library: Library) -> Matrix:
    """Return the matrix of a library; without a row when its documents say nothing of any tier."""
    tiers = tuple(tier for tier in TIERS if any(room.tier == tier for room in library.rooms))
    if not tiers:
        return Matrix(tiers=(), rows=())
    makers = _Maker(library, tiers)
    rows = [makers.names(), makers.rooms("separate"), makers.rooms("as_needed"), makers.services()]
    rows += [makers.facts(about) for about in _ABOUT]
    return Matrix(
        tiers=tiers, rows=tuple(row for row in rows if any(cell.entries for cell in row.cells.values()))
    )


def is_open(words: str, items: Sequence[str]) -> bool:
    """Say whether a list goes on after its last item: 交流展示区等."""
    return bool(items) and words[words.rindex(items[-1]) + len(items[-1]) :].startswith("等")


_ARTICLE_NUMBER = 5
"""Characters of a leaf that are not its words: 第八条, the space after it, 。"""


class _Maker:
    """Makes the rows of one library."""

    def __init__(self, library: Library, tiers: tuple[str, ...]) -> None:
        self.library = library
        self.tiers = tiers
        self.homes = {slug_of(room.provision) for room in library.rooms}
        self.own = {
            tier: next(room.provision for room in library.rooms if room.tier == tier) for tier in tiers
        }
        """The provision that is about a tier and no other."""

    def names(self) -> Row:
        return self._row(
            "name", {tier: [n for n in self.library.names if n.tier == tier] for tier in self.tiers}
        )

    def rooms(self, need: str) -> Row:
        held = {t: [r for r in self.library.rooms if r.tier == t and r.need == need] for t in self.tiers}
        return self._row(need, held)

    def services(self) -> Row:
        held = {tier: [s for s in self.library.services if s.tier == tier] for tier in self.tiers}
        return self._row("services", held)

    def facts(self, about: str) -> Row:
        facts = [f for f in self.library.facts if f.about == about and slug_of(f.provision) in self.homes]
        return self._row(
            about, {tier: [f for f in facts if not f.tier or tier in f.tier] for tier in self.tiers}
        )

    def _row(self, matter: str, held: Mapping[str, Sequence[NameTemplate | Room | Service | Fact]]) -> Row:
        entries = {tier: self._entries(found) for tier, found in held.items()}
        every = list(dict.fromkeys(item for made in entries.values() for e in made for item in e.items))
        others = list(dict.fromkeys(e.quotation.provision for made in entries.values() for e in made))
        return Row(
            matter=matter,
            cells=MappingProxyType(
                {
                    tier: Cell(
                        entries=made,
                        looked=() if made else self._looked(tier, others),
                        unlisted=tuple(
                            item for item in every if made and all(item not in e.items for e in made)
                        ),
                    )
                    for tier, made in entries.items()
                }
            ),
        )

    def _looked(self, tier: str, others: Sequence[str]) -> tuple[str, ...]:
        """Where another tier's own article says it, this tier's own does not; else the provision that is for all."""
        own = set(self.own.values())
        return tuple(dict.fromkeys(self.own[tier] if other in own else other for other in others))

    def _entries(self, found: Iterable[NameTemplate | Room | Service | Fact]) -> tuple[Entry, ...]:
        grouped: dict[tuple[str, str], list[NameTemplate | Room | Service | Fact]] = {}
        for one in found:
            grouped.setdefault((one.provision, one.words), []).append(one)
        return tuple(self._entry(provision, words, held) for (provision, words), held in grouped.items())

    def _entry(
        self, provision: str, words: str, held: Sequence[NameTemplate | Room | Service | Fact]
    ) -> Entry:
        items = tuple(one.name for one in held if isinstance(one, Room | Service))
        return Entry(
            quotation=quote_words(self.library, provision, words),
            items=items,
            open_list=is_open(words, items) or self._has_open_list(provision, words),
            translation=self._translation(provision, words),
        )

    def _has_open_list(self, provision: str, words: str) -> bool:
        """Say whether the words hold a list that ends in 等, by any fact that rests on some of them."""
        facts = (f for f in self.library.facts if f.provision == provision and f.words in words)
        return any(fact.open_list for fact in facts)

    def _translation(self, provision: str, words: str) -> str:
        """Return the words in English: the provision's where they are all of it, else those of the facts they rest on."""
        whole = self.library.quote_of(provision).text
        if whole.rstrip("。").endswith(words) and len(whole) - len(words) <= _ARTICLE_NUMBER:
            return re.sub(r"^Article \S+\. ", "", self.library.translation(provision) or "")
        facts = [f for f in self.library.facts if f.provision == provision and f.words in words]
        exact = [f for f in facts if f.words == words and f.kind != "duty"]
        manner = [f for f in facts if f.words != words and f.kind == "means"]
        return " ".join(f.say_en for f in (*manner, *exact) if f.say_en)


def quoted_names(words: str) -> tuple[str, ...]:
    """Return what stands between “ and ” in words of a text."""
    return tuple(re.findall(r"“([^”]+)”", words))
