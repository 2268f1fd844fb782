"""Put questions together that ask the same thing in nearly the same words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.feedback.opinion import LONGEST_UNANSWERED, UNANSWERED, Opinion, Unanswered
from corpus.shadow import shadow

ALIKE = 75.0
"""How like each other two questions are, of 100, to count as one."""
MOST_COMPARED = 3000
"""So many questions, the most asked, are compared; the others stand alone."""

_UNSAID = re.compile(
    r"请问|我想|想问(?:一?下)?|问一?下|麻烦|谢谢|您好|你好|到底|究竟|需要|应该|可以|[的了吗呢啊呀吧么嘛哦要得是有]|"
    r"\b(?:please|the|a|an|is|are|do|does|we|i|to|of)\b|[^\w]"
)
_SAME = (
    (re.compile("多少"), "几"),
    (re.compile("哪儿|哪里|何处"), "哪"),
    (re.compile("怎样|如何|咋"), "怎么"),
)
_TELLING = re.compile(r"市级|区级|街道|乡镇|居民|干部|\d+|[一二三四五六七八九十]+(?=条|项|款|章)")
"""What two questions must have in common, however alike the rest of them is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that ask the same, those asked most first."""

    questions: tuple[Unanswered, ...]

    def __post_init__(self) -> None:
        if not self.questions:
            raise ValueError("a group has a question")

    @property
    def first(self) -> Unanswered:
        """The question that stands for the others."""
        return self.questions[0]

    @property
    def asked(self) -> int:
        """How often any of them was asked."""
        return sum(question.asked for question in self.questions)


def grouped(questions: Sequence[Unanswered]) -> tuple[Group, ...]:
    """Return the questions in groups, the most asked group first."""
    from rapidfuzz import fuzz, process

    ordered = sorted(questions, key=lambda one: (-one.asked, len(one.question), one.question))
    heads: list[str] = []
    held: list[list[Unanswered]] = []
    for number, question in enumerate(ordered):
        core = core_of(question.question)
        near = (
            process.extract(core, heads, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=8)
            if number < MOST_COMPARED
            else ()
        )
        telling = _telling(question.question)
        home = next((at for _, _, at in near if _telling(held[at][0].question) == telling), None)
        if home is None:
            heads.append(core)
            held.append([question])
        else:
            held[home].append(question)
    groups = (Group(questions=tuple(members)) for members in held)
    return tuple(sorted(groups, key=lambda group: -group.asked))


def all_unanswered(counted: Sequence[Unanswered], opinions: Iterable[Opinion]) -> tuple[Unanswered, ...]:
    """Return the questions that were counted, and those that are only known because somebody gave an opinion on them."""
    known = {one.question for one in counted}
    found: dict[str, Unanswered] = {}
    for opinion in opinions:
        question = " ".join(opinion.question.split())
        if opinion.status not in UNANSWERED or question[:LONGEST_UNANSWERED] in known:
            continue
        before = found.get(question)
        found[question] = Unanswered(
            question=question,
            role=opinion.role,
            language=opinion.language,
            status=opinion.status,
            asked=before.asked + 1 if before else 1,
            last_on=max(before.last_on, opinion.given_on) if before else opinion.given_on,
        )
    return (*counted, *found.values())


def core_of(question: str) -> str:
    """Return a question without its courtesies, particles and marks, in one script and width."""
    plain = shadow(question).text
    for pattern, word in _SAME:
        plain = pattern.sub(word, plain)
    return _UNSAID.sub("", plain) or plain


def _telling(question: str) -> frozenset[str]:
    return frozenset(_TELLING.findall(shadow(question).text))
