"""Ask about what provisions say. Wrong answers are altered provisions that nothing in the library bears out."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.course.choice import Choice, heading_of, leaves_of
from assistant.course.gap import GAP, blank, weight
from assistant.course.item import Mark
from assistant.ground import check
from assistant.grounding.alterations import Alteration, alterations
from assistant.phrases import Line
from corpus.library import Library, node_of
from corpus.rules import Fact

WRONG_ANSWERS = (2, 3)
"""A single choice has at least and at most so many wrong answers beside the right one."""

LONGEST = 140
"""Characters of a sentence that is asked about."""

_ARTICLE = re.compile(r"^第[一二三四五六七八九十百零]+条\s*")
_WEAK = frozenset({"topic", "title", "validity", "part", "project", "requirement", "attachment"})
_BEST_FIRST = ("number", "item", "date", "tier", "comparator", "modal")


class Form(StrEnum):
    """How a question is put."""

    SINGLE = "single"
    TRUE_FALSE = "true_false"
    FILL = "fill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, its answer, and the provision that decides it."""

    id: str
    form: Form
    stem: str
    """What is printed: a sentence with a gap, or one that is true or false."""
    options: tuple[str, ...] = ()
    """What may fill the gap of a single choice."""
    answer: str
    """What fills the gap; ``对`` or ``错`` for a sentence that is true or false."""
    says: Line
    """What the provision says, as a sentence."""
    quote: str
    """The words that it rests on, as they stand in the provision."""
    provisions: tuple[str, ...]
    mark: Mark = Mark.BORNE_OUT
    edited: bool = False

    @property
    def letter(self) -> str:
        """The letter of the right option."""
        return "ABCDEFG"[self.options.index(self.answer)]

    @property
    def wrong(self) -> tuple[str, ...]:
        """Every sentence that a wrong answer makes; the provisions say none of them."""
        if self.form is Form.SINGLE:
            return tuple(self.stem.replace(GAP, option) for option in self.options if option != self.answer)
        return (self.stem,) if self.form is Form.TRUE_FALSE and self.answer == FALSE else ()

    @property
    def right(self) -> str:
        """The sentence that the right answer makes; its provisions say it."""
        if self.form is Form.TRUE_FALSE:
            return self.stem if self.answer == TRUE else self.says.zh
        return self.stem.replace(GAP, self.answer)

    def holds(self, library: Library) -> bool:
        """Say whether its provisions bear out the right answer, and nothing in the library a wrong one."""
        if self.form is not Form.TRUE_FALSE and self.stem.count(GAP) != 1:
            return False
        return check(self.right, self.provisions, library).supported and not any(
            _is_said(wrong, self.provisions, library) for wrong in self.wrong
        )


TRUE, FALSE = "对", "错"


def make_questions(choice: Choice, library: Library) -> tuple[Question, ...]:
    """Return as many questions as were chosen, or as the provisions yield, in the order of the texts.

    They go round the provisions, and take each form in turn where a provision has a sentence that yields it.
    """
    luck = random.Random(choice.seed)
    facts = _matter(choice, library)
    maker = _Maker(library, luck)
    waiting: dict[str, list[Fact]] = {}
    for fact in facts:
        waiting.setdefault(node_of(fact.provision), []).append(fact)
    rounds = list(waiting.values())
    luck.shuffle(rounds)
    for held in rounds:
        luck.shuffle(held)
        held.sort(key=weight)
    asked: list[Question] = []
    used = dict.fromkeys(Form, 0)
    while len(asked) < choice.questions and any(rounds):
        for held in rounds:
            if held and len(asked) < choice.questions:
                wanted = sorted(Form, key=lambda form: (used[form], list(Form).index(form)))
                made = next((one for form in wanted for one in maker.first(held, form)), None)
                if made is None:
                    held.clear()
                else:
                    used[made.form] += 1
                    asked.append(made)
    order = {f"quiz:{fact.id}": number for number, fact in enumerate(facts)}
    return tuple(sorted(asked, key=lambda question: order[question.id]))


def _matter(choice: Choice, library: Library) -> list[Fact]:
    leaves: dict[str, None] = {}
    for unit in choice.units:
        heading = heading_of(library, unit)
        leaves |= dict.fromkeys(
            leaf.id for leaf in (*([heading] if heading else []), *leaves_of(library, unit))
        )
    kept: dict[str, Fact] = {}
    told = {fact.provision for fact in library.facts}
    for fact in (*library.facts, *(_sentence(library, leaf) for leaf in leaves if leaf not in told)):
        if fact.provision in leaves and fact.about not in _WEAK and len(fact.say) <= LONGEST:
            kept.setdefault(fact.say, fact)
    return [fact for fact in kept.values() if check(fact.say, [fact.provision], library).supported]


def _sentence(library: Library, leaf: str) -> Fact:
    """Return a sentence of a text as a fact: all there is to ask about where a document has no rules of its own."""
    said = _ARTICLE.sub("", library.quote_of(leaf).text)
    return Fact(id=leaf, provision=leaf, words=said, say=said, about=leaf, kind="duty", modality="plain")


class _Maker:
    """Makes questions of facts."""

    def __init__(self, library: Library, luck: random.Random) -> None:
        self.library = library
        self.luck = luck
        self.made: dict[str, list[Alteration]] = {}
        self.members: dict[str, list[str]] = {}
        for fact in library.facts:
            self.members.setdefault(fact.about, []).extend(fact.items)

    def first(self, facts: list[Fact], form: Form) -> Iterator[Question]:
        """Yield a question of that form from the first fact that has one, and take that fact out."""
        for fact in facts:
            if self._has(fact, form):
                facts.remove(fact)
                yield self.question(fact, form)
                return

    def _has(self, fact: Fact, form: Form) -> bool:
        if form is Form.SINGLE:
            return bool(self._choices(fact))
        if form is Form.TRUE_FALSE:
            return bool(self._altered(fact))
        gap = blank(fact)
        return gap is not None and gap[0].count(GAP) == 1

    def question(self, fact: Fact, form: Form) -> Question:
        stem, options, answer = fact.say, tuple[str, ...](), TRUE
        if form is Form.SINGLE:
            start, end, wrong = self._choices(fact)[0]
            answer = fact.say[start:end]
            stem = fact.say[:start] + GAP + fact.say[end:]
            mixed = [answer, *wrong]
            self.luck.shuffle(mixed)
            # Figures are looked through in their order.
            options = tuple(sorted(mixed, key=int) if all(one.isdecimal() for one in mixed) else mixed)
        elif form is Form.FILL:
            stem, answer = blank(fact) or (stem, answer)
        elif self.luck.random() < 0.6:
            chosen = self._altered(fact)
            best = min(_BEST_FIRST.index(one.kind) for one in chosen)
            stem = self.luck.choice([one for one in chosen if _BEST_FIRST.index(one.kind) == best]).text
            answer = FALSE
        return Question(
            id=f"quiz:{fact.id}",
            form=form,
            stem=stem,
            options=options,
            answer=answer,
            says=Line(fact.say, fact.say_en),
            quote=fact.words,
            provisions=(fact.provision,),
        )

    def _altered(self, fact: Fact) -> list[Alteration]:
        """Return the alterations of a fact that are wrong wherever one looks."""
        if fact.id not in self.made:
            foreign = [
                item for item in dict.fromkeys(self.members.get(fact.about, [])) if item not in fact.items
            ]
            made = alterations(fact.say, [fact.provision], self.library, items=foreign)
            self.made[fact.id] = [
                one
                for one in made
                # Only words of the text itself are asked about.
                if fact.say[one.start : one.end]
                in (fact.words if one.kind == "modal" else self.library.text_of(fact.provision))
                and not _is_doubled(one)
                and not _is_said(one.text, (fact.provision,), self.library)
            ]
        return self.made[fact.id]

    def _choices(self, fact: Fact) -> list[tuple[int, int, list[str]]]:
        """Return the places of a sentence that have wrong answers enough, the best first."""
        places: dict[tuple[str, int, int], list[str]] = {}
        for one in self._altered(fact):
            places.setdefault((one.kind, one.start, one.end), []).append(one.put)
        found = [
            (len(wrong) < WRONG_ANSWERS[1], _BEST_FIRST.index(kind), start, end, wrong[: WRONG_ANSWERS[1]])
            for (kind, start, end), wrong in places.items()
            if len(wrong) >= WRONG_ANSWERS[0]
        ]
        return [(start, end, wrong) for _, _, start, end, wrong in sorted(found, key=lambda one: one[:4])]


def _is_doubled(one: Alteration) -> bool:
    """Say whether the words put in stand beside the same again, as in 市、市级: no one would fall for that."""
    end = one.start + len(one.put)
    around = one.text[max(0, one.start - 3) : one.start] + one.text[end : end + 3]
    return one.kind == "tier" and one.put.removesuffix("级") in around


def _is_said(statement: str, provisions: Sequence[str], library: Library) -> bool:
    """Say whether these provisions, any other one or all of them together bear a statement out."""
    if check(statement, provisions, library).supported:
        return True
    every = [leaf.id for document in library.documents for leaf in document.leaves]
    return check(statement, every, library).supported or any(
        check(statement, [id], library).supported for id in _alike(provisions, library)
    )


def _alike(provisions: Sequence[str], library: Library) -> Iterator[str]:
    """Yield the leaves that have a fact on the same matter: where a sentence that is wrong here may be right."""
    about = {fact.about for fact in library.facts if fact.provision in provisions}
    yield from dict.fromkeys(fact.provision for fact in library.facts if fact.about in about)
