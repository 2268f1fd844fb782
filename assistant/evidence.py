"""Lay out what a model may point at: sentences of the text under opaque keys, within a number of tokens."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.draft import Draft
from assistant.guard import Refusal, refusal
from assistant.mask import masked
from assistant.question import Language
from corpus.library import Library
from corpus.shadow import shadow

PROMPTS = Path(__file__).with_name("prompts")
MOST_TOKENS = 3000
"""Of one prompt."""
_KEPT_FREE = 100
_NEIGHBOURS = 4
"""Sentences beside those of the draft that are shown too."""
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\uffef\u3000-\u303f“”‘’—…·]")


_FRAME: dict[int, int] = {ord(mark): ord(wide) for mark, wide in zip("<>[]", "＜＞［］", strict=True)}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of the text, as a model sees it."""

    key: str
    leaf: str
    """The provision it is."""
    text: str
    points: tuple[str, ...] = ()
    """What the answer must tell of it."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent."""

    system: str
    user: str

    @property
    def tokens(self) -> int:
        """About how many tokens it has."""
        return tokens_of(self.system) + tokens_of(self.user)


def tokens_of(text: str) -> int:
    """Return about how many tokens ``text`` has, rather too many than too few; no tokenizer is asked."""
    chinese = len(_CJK.findall(text))
    return chinese + -(-(len(text) - chinese) // 3)


def gather(draft: Draft, question: str, language: Language, library: Library) -> tuple[Evidence, ...]:
    """Return the sentences that a draft rests on, the leading ones first, then their neighbours.

    What reads like an order to the program is never evidence. The keys depend on nothing but the question.
    """
    points: dict[str, list[str]] = {}
    for point in draft.points:
        for leaf in point.provisions:
            points.setdefault(leaf, []).append("" if point.derived else point.say.in_language(language))
    keys = _keys(question)
    room = MOST_TOKENS - _KEPT_FREE - build_prompt(draft, question, (), language, structured=True).tokens
    found: list[Evidence] = []
    for leaf in [*points, *_neighbours(list(points), library)]:
        text = _shown(leaf, language, library)
        if not text or _is_order(library.quote_of(leaf).text) or _is_order(text):
            continue
        evidence = Evidence(next(keys), leaf, text, tuple(dict.fromkeys(filter(None, points.get(leaf, ())))))
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
    parts = _parts(language)
    system = [parts["rules"], parts["json" if structured else "lines"]]
    if draft.lead:
        system.append(_filled(parts["opening"], opening=draft.lead.in_language(language)))
    told = "\n".join(_told(each, language) for each in evidence)
    return Prompt(
        "\n".join(system), _filled(parts["question"], question=_data(masked(question))[:600], evidence=told)
    )


def _told(evidence: Evidence, language: Language) -> str:
    points = [_filled(_parts(language)["point"], point=_data(point)) for point in evidence.points]
    return "\n".join([f"[{evidence.key}] {_data(evidence.text)}", *points])


def _shown(leaf: str, language: Language, library: Library) -> str:
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


def _is_order(text: str) -> bool:
    return refusal(shadow(text).text) is Refusal.OVERRIDE


def _keys(question: str) -> Iterator[str]:
    numbers = list(range(10, 100))
    random.Random(question).shuffle(numbers)
    return (f"K{number}" for number in numbers)


def _data(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_FRAME)).strip()


def _filled(template: str, **values: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), template)


@cache
def _parts(language: Language) -> dict[str, str]:
    name = "write.en.txt" if language is Language.ENGLISH else "write.zh.txt"
    sections = re.split(r"^## (\w+)\n", (PROMPTS / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(sections[::2], (text.rstrip("\n") for text in sections[1::2]), strict=True))
