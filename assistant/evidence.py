"""Lay out what a model may point at: sentences of the text under opaque keys, within a number of tokens."""

from dataclasses import dataclass

from assistant.draft import Draft
from assistant.framing import Prompt, data, filled, is_order, keys, parts, said, tokens_of
from assistant.question import Language
from corpus.library import Library

_NEIGHBOURS = 4
"""Sentences beside those of the draft that are shown too."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of the text, as a model sees it."""

    key: str
    leaf: str
    """The provision it is."""
    text: str
    points: tuple[str, ...] = ()
    """What the answer must tell of it."""


def gather(draft: Draft, question: str, language: Language, library: Library) -> tuple[Evidence, ...]:
    """Return the sentences that a draft rests on, the leading ones first, then their neighbours.

    What reads like an order to the program is never evidence. The keys depend on nothing but the question.
    """
    points: dict[str, list[str]] = {}
    for point in draft.points:
        for leaf in point.provisions:
            points.setdefault(leaf, []).append("" if point.derived else point.say.in_language(language))
    unused = keys(question)
    room = build_prompt(draft, question, (), language, structured=True).room
    found: list[Evidence] = []
    for leaf in [*points, *_neighbours(list(points), library)]:
        text = shown(leaf, language, library)
        if not text or is_order(library.quote_of(leaf).text) or is_order(text):
            continue
        evidence = Evidence(
            next(unused), leaf, text, tuple(dict.fromkeys(filter(None, points.get(leaf, ()))))
        )
        cost = tokens_of(_told(evidence, language))
        if cost > room:
            if found:
                continue
            evidence = Evidence(evidence.key, leaf, text[: max(0, room)])
            cost = room
        room -= cost
        found.append(evidence)
    return tuple(found)


def build_prompt(
    draft: Draft, question: str, evidence: tuple[Evidence, ...], language: Language, *, structured: bool
) -> Prompt:
    """Return the prompt for a draft; personal numbers in the question are masked, and nothing in it can end its frame."""
    sections = parts("write", language)
    system = [sections["rules"], sections["json" if structured else "lines"]]
    if draft.lead:
        system.append(filled(sections["opening"], opening=draft.lead.in_language(language)))
    told = "\n".join(_told(each, language) for each in evidence)
    return Prompt(
        "\n".join(system), filled(sections["question"], question=said(question, limit=600), evidence=told)
    )


def _told(evidence: Evidence, language: Language) -> str:
    points = [filled(parts("write", language)["point"], point=data(point)) for point in evidence.points]
    return "\n".join([f"[{evidence.key}] {data(evidence.text)}", *points])


def shown(leaf: str, language: Language, library: Library) -> str:
    """Return the words of a leaf as a model is shown them: translated for a question in English."""
    translation = library.translation(leaf) if language is Language.ENGLISH else None
    return (translation or library.quote_of(leaf).text).strip()


def _neighbours(leaves: list[str], library: Library) -> list[str]:
    found: dict[str, None] = {}
    for leaf in leaves:
        parent = library.provision(leaf).parent
        if parent is None:
            continue
        siblings = [child.id for child in library.provision(parent).children if child.is_leaf]
        place = siblings.index(leaf)
        found |= dict.fromkeys(siblings[max(0, place - 1) : place] + siblings[place + 1 : place + 2])
    return [leaf for leaf in found if leaf not in leaves and not leaf.endswith("#0")][:_NEIGHBOURS]
