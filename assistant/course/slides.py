"""Set a course as slides: no slide holds more than can be read on it, and what is said stands in the notes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.course import words
from assistant.course.item import Item, Kind, Mark
from assistant.course.pack import Part, Session
from assistant.course.papers import Setter
from assistant.course.sources import sources_of
from assistant.office.deck import HEIGHT, Deck, Slide, evenly, height_of, paged, pieces, rows_paged
from assistant.office.paper import Grid, Text
from assistant.office.paper import Kind as Set
from assistant.phrases import Line
from assistant.question import Language

LONGEST_QUOTE = 120
"""Characters of a quotation on one slide."""
LONGEST_TRANSLATION = 480
_SHORTEST = 20
MOST_POINTS = 5
LONGEST_POINT = 700
"""Characters of a sentence on one slide; only a trainer's own are as long."""


def slides(setter: Setter) -> Deck:
    """Return the slides: title, how the texts stand, timetable, every session, the quiz, the sources."""
    choice = setter.pack.choice
    hours = setter.say(words.HOURS, hours=str(choice.hours), minutes=str(choice.hours * choice.minutes))
    made = [
        *_standing(setter),
        *_timetable(setter),
        *(slide for session in setter.pack.sessions for slide in _session(session, setter)),
        *_quiz(setter),
        *_sources(setter),
    ]
    return Deck(title=setter.title, subtitle=[hours], slides=made, language=setter.language)


def _standing(setter: Setter) -> Iterator[Slide]:
    title = setter.say(words.STANDING)
    texts = [Text(line, Set.NOTE if "http" in line else Set.ITEM) for line in setter.standing()]
    for number, page in enumerate(paged(texts)):
        yield Slide(title=_continued(title, number, setter), body=page, notes=[text.words for text in page])


def _timetable(setter: Setter) -> Iterator[Slide]:
    """Yield the timetable, a row for each session."""
    pack, say = setter.pack, setter.say
    rows: list[tuple[str, str, str]] = []
    for session in pack.sessions:
        minutes = str(sum(part.minutes for part in session.parts))
        name = say(words.SESSION, number=str(session.number))
        rows.append((name, setter.item_words(session.title), say(words.MINUTES_OF, minutes=minutes)))
    if pack.quiz_minutes:
        rows.append(("", say(words.QUIZ_SESSION), say(words.MINUTES_OF, minutes=str(pack.quiz_minutes))))
    rows.append((say(words.TOTAL), "", say(words.MINUTES_OF, minutes=str(pack.minutes))))
    head = [say(words.COLUMNS[number]) for number in (0, 1, 3)]
    for number, page in enumerate(rows_paged(Grid(head=head, rows=rows, widths=(2, 9, 2)))):
        yield Slide(
            title=_continued(say(words.TIMETABLE), number, setter),
            body=page,
            notes=setter.choices() if number == 0 else (),
        )


def _session(session: Session, setter: Setter) -> Iterator[Slide]:
    lines = [
        setter.say(words.PART_HEAD, label=setter.short(part.unit), minutes=str(part.minutes))
        for part in session.parts
    ]
    yield Slide(
        title=f"{setter.say(words.SESSION, number=str(session.number))}　{setter.item_words(session.title)}",
        body=[Text(line) for line in lines],
        notes=[setter.session_head(session), *lines],
        opens=True,
    )
    for part in session.parts:
        yield from _part(part, setter)


def _part(part: Part, setter: Setter) -> Iterator[Slide]:
    """Yield each quotation, and after it what is said about it up to the next one."""
    title = setter.short(part.unit)
    waiting: list[Item] = []
    for item in part.items:
        if item.kind is Kind.QUOTE and waiting:
            yield from _passage(waiting, title, setter)
            waiting = []
        waiting.append(item)
    yield from _passage(waiting, title, setter)


def _passage(items: list[Item], title: str, setter: Setter) -> Iterator[Slide]:
    notes = [text.words for item in items for text in setter.item(item)]
    quoted = [item for item in items if item.mark is Mark.TEXT]
    others = [
        item for item in items if item.mark is not Mark.TEXT and (item.kind is not Kind.REMARK or item.edited)
    ]
    for item in quoted:
        source = Text(setter.say(words.SOURCE, label=setter.full(item.provisions[0])), Set.SOURCE)
        for number, piece in enumerate(_fitting(item.words.zh, Set.QUOTE, LONGEST_QUOTE, source)):
            yield Slide(
                title=_continued(title, number, setter),
                body=[Text(piece, Set.QUOTE), source],
                notes=notes if number == 0 else (),
            )
        for piece in _fitting(setter.translation(item), Set.BODY, LONGEST_TRANSLATION, source):
            if piece.strip():
                told = Text(setter.say(words.TRANSLATION, words=piece.strip()))
                yield Slide(title=_continued(title, 1, setter), body=[told, source], notes=[])
    source = Text(setter.say(words.SOURCE, label=title), Set.SOURCE)
    said = [item for item in others if item.mark is not Mark.OWN]
    own = [item for item in others if item.mark is Mark.OWN]
    shown = [
        *_points(said, words.SAYS, title, setter, source=source),
        *_points(own, words.ADDED, title, setter),
    ]
    if shown and not quoted:
        shown[0] = replace(shown[0], notes=notes)
    yield from shown


def _points(
    items: Sequence[Item], name: Line, title: str, setter: Setter, *, source: Text | None = None
) -> Iterator[Slide]:
    """Yield slides of sentences under one name; what only the trainer says has no source in the text."""
    spare = source or Text("", Set.SOURCE)
    points = [
        Text(piece, Set.ITEM)
        for item in items
        for piece in _fitting(
            setter.translation(item) or setter.item_words(item), Set.ITEM, LONGEST_POINT, spare
        )
    ]
    pages = [page for some in evenly(points, MOST_POINTS) for page in paged(some, spare=height_of(spare))]
    for number, page in enumerate(pages):
        yield Slide(
            title=_continued(f"{title}　{setter.say(name)}", number, setter),
            body=[*page, *([source] if source else [])],
        )


def _fitting(told: str, kind: Set, longest: int, source: Text) -> list[str]:
    """Divide a text so that each piece fits on a slide with its source; lines of its own take more room than words."""
    while True:
        made = pieces(told, longest)
        room = HEIGHT - height_of(source) - height_of(Text("", kind))
        if longest <= _SHORTEST or all(height_of(Text(piece, kind)) <= room for piece in made):
            return made
        longest = longest * 3 // 4


def _quiz(setter: Setter) -> Iterator[Slide]:
    if setter.pack.questions:
        told = setter.say(words.QUIZ_COUNT, count=str(len(setter.pack.questions)))
        yield Slide(title=setter.say(words.QUIZ_SESSION), body=[Text(told)], notes=[told], opens=True)


def _sources(setter: Setter) -> Iterator[Slide]:
    english = setter.language is Language.ENGLISH
    title = setter.say(words.FILES["sources"])
    number = 0
    for source in sources_of(setter.pack, setter.numbered(), setter.library, today=setter.today):
        front = source.document.front
        texts = [Text(setter.say(remark), Set.NOTE) for remark in source.remarks]
        for name, value in (("official_page", front.official_page), ("checked_on", front.checked_on)):
            if value:
                texts.append(Text(f"{setter.say(words.SOURCE_FACTS[name])} {value}", Set.NOTE))
        texts += [Text(used.citation.en if english else used.citation.zh, Set.NOTE) for used in source.used]
        for page in paged(texts):
            yield Slide(
                title=_continued(title, number, setter), body=page, notes=[text.words for text in page]
            )
            number += 1


def _continued(title: str, number: int, setter: Setter) -> str:
    return setter.say(words.CONTINUED, title=title) if number else title
