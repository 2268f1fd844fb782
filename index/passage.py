"""Say what is searched: the provisions, how people ask for them, their translation, and what they fix."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from itertools import chain, groupby

from corpus.document import Document, Level, Provision
from corpus.library import Library, node_of, slug_of
from corpus.questions import AskedQuestion
from corpus.rules import Fact
from index.split import LONGEST, WINDOW, windows


class Kind(StrEnum):
    """What a passage's words are."""

    TEXT = "text"
    """Words of a document."""
    QUESTION = "question"
    """How somebody asked."""
    TRANSLATION = "translation"
    """The reference translation of a provision."""
    FACT = "fact"
    """What a provision fixes, in a sentence of this project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that are found as one, and the provisions that they lead to."""

    key: str
    """Unique, and the same in every build while the passage stays what it is."""
    kind: Kind
    document: str
    provisions: tuple[str, ...]
    """Leaves for text and translations; nodes or leaves, as they were written down, for questions and facts."""
    text: str
    heading: str = ""
    """Title and headings that the words stand under; searched with them."""
    tiers: tuple[str, ...] = ()
    """``city``, ``district``, ``street``: whom it speaks of, as far as the facts say; empty when they do not."""

    labels: tuple[str, ...] = ()
    """What the words are after, for a reader of questions to learn from (:mod:`index.intent`)."""

    @property
    def words(self) -> str:
        """What is embedded and counted."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text


def passages_of(library: Library) -> list[Passage]:
    """Return everything to be searched, in the order of the documents: text, translations, facts, questions.

    The notes come along with theirs; what people ask of them carries no labels, so that reading a question goes by the
    official documents alone.
    """
    tiers = _tiers_by_leaf(library)
    found: list[Passage] = []
    for document in library.texts:
        units = list(_units(document, document.root, document.front.short_title or document.front.title))
        for leaves, heading in units:
            found.extend(_text(document, leaves, heading, tiers))
        found.extend(_translations(library, document, [leaves for leaves, _ in units]))
    found.extend(_facts(library))
    found.extend(_questions(library))
    return found


def _units(document: Document, node: Provision, heading: str) -> Iterator[tuple[tuple[Provision, ...], str]]:
    """Yield the leaves that are read as one, with their headings: an article, a subheading, a run between these."""
    if _is_unit(node):
        yield tuple(node.leaves()), heading
        return
    below = heading
    if node.level is not Level.DOCUMENT and node.children[0].level is Level.TITLE:
        below = f"{heading} {document.text_of(node.children[0]).strip()[:_LONGEST_HEADING]}"
    for is_leaf, group in groupby(node.children, key=lambda child: child.is_leaf):
        children = tuple(group)
        if not is_leaf:
            for child in children:
                yield from _units(document, child, below)
        elif any(child.level is not Level.TITLE for child in children):
            yield children, heading


_LONGEST_HEADING = 60
_CONTAINERS = frozenset({Level.DOCUMENT, Level.PART, Level.CHAPTER, Level.SECTION, Level.HEADING})


def _is_unit(node: Provision) -> bool:
    if node.is_leaf or node.level is Level.ARTICLE or all(child.is_leaf for child in node.children):
        return True
    return node.level not in _CONTAINERS and len(node.span) <= LONGEST


def _text(
    document: Document, leaves: tuple[Provision, ...], heading: str, tiers: dict[str, tuple[str, ...]]
) -> Iterator[Passage]:
    for run in _runs(leaves):
        start, end = run[0].span.start, run[-1].span.end
        for first, last in windows(document.text[start:end]) if len(run) == 1 else ((0, end - start),):
            text = document.text[start + first : start + last].strip()
            if not text:
                continue
            ids = tuple(leaf.id for leaf in run)
            key = (
                f"text:{ids[0]}" if len(ids) == 1 else f"text:{ids[0]}..{ids[-1].removeprefix(document.slug)}"
            )
            yield Passage(
                key=key if first == 0 else f"{key}@{first}",
                kind=Kind.TEXT,
                document=document.slug,
                provisions=ids,
                text=text,
                heading=heading,
                tiers=_union(tiers.get(id, ()) for id in ids),
            )


def _runs(leaves: tuple[Provision, ...]) -> Iterator[tuple[Provision, ...]]:
    """Yield all leaves together when they are short, else neighbours that together stay within a window."""
    if leaves[-1].span.end - leaves[0].span.start <= LONGEST:
        yield leaves
        return
    run: list[Provision] = []
    for leaf in leaves:
        if run and leaf.span.end - run[0].span.start > WINDOW:
            yield tuple(run)
            run = []
        run.append(leaf)
    yield tuple(run)


def _translations(
    library: Library, document: Document, units: list[tuple[Provision, ...]]
) -> Iterator[Passage]:
    for leaf in (leaf for leaves in units for leaf in leaves if leaf.level is not Level.TITLE):
        text = library.translation(leaf.id)
        if text:
            yield Passage(
                key=f"translation:{leaf.id}",
                kind=Kind.TRANSLATION,
                document=document.slug,
                provisions=(leaf.id,),
                text=text,
                heading=document.front.short_title_en or document.front.title_en,
            )


def _facts(library: Library) -> Iterator[Passage]:
    for fact in library.facts:
        yield Passage(
            key=f"fact:{fact.id}",
            kind=Kind.FACT,
            document=slug_of(fact.provision),
            provisions=(fact.provision,),
            text=fact.say,
            tiers=fact.tier,
            labels=labels_of_fact(fact),
        )
        if fact.say_en:
            yield Passage(
                key=f"fact:{fact.id}@en",
                kind=Kind.FACT,
                document=slug_of(fact.provision),
                provisions=(fact.provision,),
                text=fact.say_en,
                tiers=fact.tier,
                labels=labels_of_fact(fact),
            )


def _questions(library: Library) -> Iterator[Passage]:
    seen: set[str] = set()
    taught = ((asked, labels_of_question(asked, library)) for asked in library.questions)
    for asked, labels in chain(taught, ((asked, ()) for asked in library.note_questions)):
        if asked.question in seen:
            continue
        seen.add(asked.question)
        leads_to = asked.provisions or asked.nearest
        yield Passage(
            key=f"question:{blake2b(asked.question.encode(), digest_size=8).hexdigest()}",
            kind=Kind.QUESTION,
            document=slug_of(leads_to[0]) if leads_to else "",
            provisions=asked.provisions,
            text=asked.question,
            labels=labels,
        )


def labels_of_fact(fact: Fact) -> tuple[str, ...]:
    """Return the labels that a fact teaches by what it says."""
    return ("status:answered", f"fact:{fact.id}", f"about:{fact.about}", f"node:{node_of(fact.provision)}")


def labels_of_question(asked: AskedQuestion, library: Library) -> tuple[str, ...]:
    """Return the labels that a shipped question teaches: its facts, their aspects and provisions, its status."""
    labels = [f"status:{asked.status}", *(f"node:{node_of(id)}" for id in asked.provisions)]
    for id in asked.facts:
        labels += [f"fact:{id}", f"about:{library.fact(id).about}"]
    if asked.missing:
        labels.append(f"missing:{asked.missing}")
    labels += [f"near:{node_of(id)}" for id in asked.nearest]
    return tuple(dict.fromkeys(labels))


def _tiers_by_leaf(library: Library) -> dict[str, tuple[str, ...]]:
    tiers: dict[str, tuple[str, ...]] = {}
    for fact in library.facts:
        tiers[fact.provision] = _union((tiers.get(fact.provision, ()), fact.tier))
    return tiers


def _union(each: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tier for tiers in each for tier in tiers))
