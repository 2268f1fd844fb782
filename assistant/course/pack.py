"""Make a course of the provisions chosen: sessions with their time, each provision quoted, then put in plain sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from assistant.course import words
from assistant.course.choice import Choice, heading_of, leaves_of
from assistant.course.item import Item, Kind, Mark
from assistant.course.quiz import Question, make_questions
from assistant.course.timetable import divided, minutes, shared
from assistant.ground import Statement, check, ground
from assistant.phrases import Line
from corpus.citation import cite_short
from corpus.library import Library, Quotation, slug_of
from corpus.rules import Duty, Fact

HOURS_FOR_A_QUIZ_OF_ITS_OWN = 4
"""From so many class hours on, the last one is for the quiz; below, a third of one."""

_DROPPED = frozenset({"title", "validity", "part", "project", "requirement", "attachment"})
_NUMBERED = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、)\s*")
_FORCE = re.compile(
    r"不得|应当|应(?![用急考])|鼓励|提倡|支持(?=把|其|工作人员)|(?<![认许])可(?![复推持能])|根据需要|(?<![重主需必首])要(?![求点素么])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One provision within a session."""

    unit: str
    items: tuple[Item, ...]
    minutes: int

    @property
    def weight(self) -> int:
        """How much there is to say: characters."""
        return sum(len(item.words.zh) for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is taught in one go."""

    number: int
    title: Item
    parts: tuple[Part, ...]
    hours: int
    """Whole class hours, of which the quiz takes some minutes when it has no hour of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A whole course."""

    choice: Choice
    title: Line
    sessions: tuple[Session, ...]
    questions: tuple[Question, ...]
    quiz_hours: int
    quiz_minutes: int
    """How long the quiz takes; within the last session when ``quiz_hours`` is 0."""

    @property
    def minutes(self) -> int:
        """How long everything takes."""
        return sum(part.minutes for session in self.sessions for part in session.parts) + self.quiz_minutes

    @property
    def items(self) -> Iterator[Item]:
        """Every line of the sessions, in order."""
        for session in self.sessions:
            yield session.title
            for part in session.parts:
                yield from part.items

    @property
    def provisions(self) -> tuple[str, ...]:
        """The leaves that it all rests on, each once, in order of use."""
        found = [id for item in self.items for id in item.provisions]
        return tuple(dict.fromkeys([*found, *(id for asked in self.questions for id in asked.provisions)]))


def make_pack(choice: Choice, library: Library, *, today: date) -> Pack:
    """Return the course; raises ChoiceWrong when there is none in what was chosen."""
    choice = choice.checked(library)
    parts = [
        Part(unit=unit, items=tuple(items_of(library, unit, today=today)), minutes=0) for unit in choice.units
    ]
    quiz_hours = 1 if choice.hours >= HOURS_FOR_A_QUIZ_OF_ITS_OWN else 0
    runs = divided(
        [part.weight for part in parts], _joints(choice.units, library), min(choice.hours - quiz_hours, len(parts))
    )  # fmt: skip
    sessions = [
        Session(number=number, title=_title(held, library), parts=tuple(held), hours=0)
        for number, held in enumerate((parts[start:end] for start, end in runs), start=1)
    ]
    return timed(
        Pack(
            choice=choice,
            title=words.TITLE.filled(audience=(choice.whom.title.zh, choice.whom.title.en)),
            sessions=tuple(sessions),
            questions=make_questions(choice, library),
            quiz_hours=quiz_hours,
            quiz_minutes=0,
        )
    )


def timed(pack: Pack) -> Pack:
    """Give every session its hours and every part its minutes, so that they add up to what was chosen."""
    choice = pack.choice
    quiz_hours = pack.quiz_hours if pack.questions else 0
    quiz = quiz_hours * choice.minutes
    if pack.questions and not quiz_hours:
        quiz = max(5, choice.minutes // 3 // 5 * 5)
    weights = [sum(part.weight for part in session.parts) for session in pack.sessions]
    hours = shared(choice.hours - quiz_hours, weights)
    sessions = []
    for session, given in zip(pack.sessions, hours, strict=True):
        last = session is pack.sessions[-1]
        room = given * choice.minutes - (quiz if last and not quiz_hours else 0)
        allotted = minutes(room, [part.weight for part in session.parts])
        parts = tuple(
            replace(part, minutes=share) for part, share in zip(session.parts, allotted, strict=True)
        )
        sessions.append(replace(session, parts=parts, hours=given))
    return replace(pack, sessions=tuple(sessions), quiz_hours=quiz_hours, quiz_minutes=quiz)


def items_of(library: Library, unit: str, *, today: date) -> Iterator[Item]:
    """Yield what is said of one provision: each sentence of it quoted, then explained by what it says."""
    heading = heading_of(library, unit)
    leaves = leaves_of(library, unit)
    if heading is not None and any(
        fact.provision == heading.id and fact.kind == "date" for fact in library.facts
    ):
        leaves = (heading, *leaves)
    for leaf in leaves:
        quotation = library.quote_of(leaf.id)
        yield Item(
            id=f"quote:{leaf.id}",
            kind=Kind.QUOTE,
            words=Line(quotation.text, library.translation(leaf.id) or ""),
            provisions=(leaf.id,),
            mark=Mark.TEXT,
            quotation=quotation,
        )
        facts = telling(library, leaf.id)
        for fact in facts:
            yield Item(
                id=f"point:{fact.id}",
                kind=Kind.POINT,
                words=Line(fact.say, translated(fact, library)),
                provisions=(fact.provision,),
                mark=Mark.BORNE_OUT,
            )
        yield from _remarks(library, quotation, today)


def telling(library: Library, leaf: str) -> list[Fact]:
    """Return the facts that explain a leaf: none that only repeats it, or that another one says and more."""
    quoted = _bare(library.quote_of(leaf).text)
    facts = [fact for fact in library.facts if fact.provision == leaf and fact.about not in _DROPPED]
    kept: list[Fact] = []
    for fact in facts:
        said = _bare(fact.say)
        others = [_bare(other.say) for other in facts if other is not fact]
        if said == quoted or any(_within(said, other) and said != other for other in others):
            continue
        if any(said == _bare(before.say) for before in kept):
            continue
        kept.append(fact)
    statements = {fact.id: Statement(text=fact.say, provisions=(fact.provision,)) for fact in kept}
    passed = set(map(id, ground(statements.values(), library).kept))
    return [fact for fact in kept if id(statements[fact.id]) in passed]


def translated(fact: Fact, library: Library) -> str:
    """Return how a fact is put in English, when its provision's translation bears that out."""
    return fact.say_en if fact.say_en and check(fact.say_en, [fact.provision], library).supported else ""


def _remarks(library: Library, quotation: Quotation, today: date) -> Iterator[Item]:
    leaf = quotation.provision
    binding = list(dict.fromkeys(match[0] for match in _FORCE.finditer(quotation.text)))
    told: list[tuple[str, Line]] = []
    if binding:
        named = "、".join(f"“{word}”" for word in binding)
        told.append(("force", words.FORCE.filled(words=(named, ", ".join(f"“{word}”" for word in binding)))))
    if any(fact.open_list for fact in library.facts if fact.provision == leaf) and "等" in quotation.text:
        told.append(("open", words.OPEN_LIST))
    for duty in library.duties:
        if duty.provision == leaf and duty.by and _is_past(duty, today):
            when = re.search(re.escape(duty.by) + r"(?:底前|前|底)?", quotation.text)
            if when:
                told.append(("past", words.PAST.filled(when=when[0])))
    for name, line in told:
        yield Item(
            id=f"remark:{name}:{leaf}", kind=Kind.REMARK, words=line, provisions=(leaf,), mark=Mark.EDITORS
        )


def _is_past(duty: Duty, today: date) -> bool:
    named = [int(figure) for figure in re.findall(r"\d+", duty.by)]
    if len(named) < 2:
        return bool(named) and named[0] < today.year
    month = named[1] + (duty.by_kind == "end_of")
    return (named[0] + (month > 12), (month - 1) % 12 + 1) <= (today.year, today.month)


def unit_title(library: Library, unit: str) -> tuple[Line, str]:
    """Return what a provision is about and the leaf that says so: its heading, what a fact says of it, or its first words."""
    heading = heading_of(library, unit)
    if heading is not None:
        said = _NUMBERED.sub("", library.quote_of(heading.id).text).rstrip("。")
        english = re.sub(r"^(?:\(\d+\)|\d+\.)\s*", "", library.translation(heading.id) or "").rstrip(".")
        return Line(said, english), heading.id
    leaves = leaves_of(library, unit)
    for fact in library.facts:
        if fact.about == "topic" and fact.provision in {leaf.id for leaf in leaves} and "讲的是" in fact.say:
            english = re.sub(r"^.*?(?:deals with|says)\s+", "", fact.say_en).rstrip(".")
            return Line(fact.say.partition("讲的是")[2].rstrip("。"), english), fact.provision
    first = library.quote_of(leaves[0].id).text
    return Line(first if len(first) <= 20 else f"{first[:19]}…", ""), leaves[0].id


def _title(parts: Sequence[Part], library: Library) -> Item:
    """Return the title of a session: what its provisions are about; where they are more than two, which they are."""
    titles = [unit_title(library, part.unit) for part in parts]
    if len(parts) <= 2:
        line = Line("；".join(t.zh for t, _ in titles), "; ".join(t.en or t.zh for t, _ in titles))
    else:
        units = [part.unit for part in parts]
        line = Line(_places(library, units, "zh"), _places(library, units, "en"))
    return Item(
        id=f"title:{parts[0].unit}",
        kind=Kind.TITLE,
        words=line,
        provisions=tuple(leaf for _, leaf in titles),
        mark=Mark.EDITORS,
    )


def _places(library: Library, units: Sequence[str], language: str) -> str:
    """Name several provisions, each document once: 指引·第四条、第五条."""
    named, before = [], ""
    for unit in units:
        label = cite_short(library, unit, language=language)
        document, dot, place = label.partition("·")
        named.append(place.strip() if dot and document == before else label)
        before = document
    return (", " if language == "en" else "、").join(named)


def _joints(chosen: Sequence[str], library: Library) -> list[float]:
    """Say how ill it is to have a provision and the next in one session: worst where a document ends."""
    costs = []
    for one, other in pairwise(chosen):
        if slug_of(one) != slug_of(other):
            costs.append(4.0)
        elif library.provision(one).parent != library.provision(other).parent:
            costs.append(0.6)
        else:
            costs.append(0.0)
    return costs


def _bare(text: str) -> str:
    return re.sub(r"[^\w%]", "", text)


def _within(said: str, other: str) -> bool:
    """Say whether a sentence can be had from another by leaving words out."""
    rest = iter(other)
    return all(character in rest for character in said)
