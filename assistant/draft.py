"""Hold an answer before it is grounded: points, each with the words it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Mode, Status
from assistant.phrases import Line
from corpus.library import Library, Quotation, node_of
from corpus.rules import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing said, and the quotations it rests on."""

    say: Line
    quotations: tuple[Quotation, ...]
    items: tuple[str, ...] = ()
    """Members of the list that the point names, for setting them out."""
    under: tuple[Line, ...] = ()
    """Said under it on lines of their own: what a note rests on, and when that was checked."""
    derived: bool = False
    """Worked out from the quotation (a product, a name filled in), so not checked word by word."""

    def __post_init__(self) -> None:
        if not self.quotations:
            raise ValueError("a point rests on at least one quotation")

    @property
    def provisions(self) -> tuple[str, ...]:
        """The leaves it rests on, each once."""
        return tuple(dict.fromkeys(quotation.provision for quotation in self.quotations))


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison: a head and rows of cells, already worded."""

    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be said, before it is checked against the text."""

    status: Status
    mode: Mode
    lead: Line | None = None
    """Said before the points: yes, no, a correction, what is not stated."""
    points: tuple[Point, ...] = ()
    table: Table | None = None
    heads: tuple[Line, ...] = ()
    """A heading for each point when several matters are brought together; empty or as many as points."""
    nearest: tuple[str, ...] = ()
    """Provisions to look at when the question is not answered."""
    notes: tuple[Line, ...] = ()
    next_step: Line | None = None
    missing: Line | None = None
    """What the documents do not state, as words to go into a sentence."""
    editorial: tuple[Point, ...] = ()
    """What the project's own notes say, kept apart from what the documents say."""

    @property
    def nodes(self) -> tuple[str, ...]:
        """The provisions that its points rest on, without suffix, each once."""
        return tuple(dict.fromkeys(node_of(leaf) for point in self.points for leaf in point.provisions))

    def __post_init__(self) -> None:
        if self.heads and len(self.heads) != len(self.points):
            raise ValueError("a heading for each point, or none")


def point_of(fact: Fact, library: Library) -> Point:
    """Return what a fact says, resting on its words."""
    return Point(
        say=Line(fact.say, fact.say_en),
        quotations=(quote_words(library, fact.provision, fact.words),),
        items=tuple(fact.items),
    )


def quote_words(library: Library, provision: str, words: str) -> Quotation:
    """Return the place of ``words`` in a leaf. Raises ValueError when the leaf does not say them."""
    document = library.document_of(provision)
    span = library.provision(provision).span
    start = document.text.find(words, span.start, span.end)
    if start < 0:
        raise ValueError(f"{provision} does not say: {words}")
    return Quotation(provision=provision, start=start, end=start + len(words), text=words)


def merged(quotations: Iterable[Quotation], library: Library) -> tuple[Quotation, ...]:
    """Return quotations in the order of the text, those that touch or overlap in one leaf made one."""
    order = {document.slug: number for number, document in enumerate(library.texts)}
    waiting = sorted(
        set(quotations), key=lambda q: (order[library.document_of(q.provision).slug], q.start, -q.end)
    )
    result: list[Quotation] = []
    for quotation in waiting:
        last = result[-1] if result else None
        if last and last.provision == quotation.provision and quotation.start <= last.end + 1:
            end = max(last.end, quotation.end)
            text = library.document_of(last.provision).text[last.start : end]
            result[-1] = Quotation(provision=last.provision, start=last.start, end=end, text=text)
        else:
            result.append(quotation)
    return tuple(result)
