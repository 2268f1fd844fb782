"""Set a course as papers: the speaker's notes, the handout, the questions, their answers, the sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.course import words
from assistant.course.choice import hours_named
from assistant.course.item import Item, Kind, Mark
from assistant.course.pack import Pack, Session
from assistant.course.quiz import Form, Question
from assistant.course.sources import sources_of
from assistant.draft import quote_words
from assistant.office.paper import Block, Grid, Heading, PageBreak, Paper, Text
from assistant.office.paper import Kind as Set
from assistant.phrases import Line
from assistant.question import Language
from corpus.citation import cite_full, cite_short
from corpus.library import Library
from corpus.validity import notes_on

_ONE_LINE = 32
"""Characters of options that are set side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setter:
    """Sets one course in one language."""

    pack: Pack
    library: Library
    language: Language
    today: date

    def say(self, line: Line, **values: str) -> str:
        """Return a line in the language, its braces filled."""
        told = line.in_language(self.language)
        return told.format(**values) if values else told

    @property
    def title(self) -> str:
        """The name of the course."""
        return self.say(self.pack.title)

    def head(self, file: str) -> str:
        """Return what heads a file."""
        audience = self.say(self.pack.choice.whom.title)
        return self.say(words.HEAD, file=self.say(words.FILES[file]), audience=audience)

    def short(self, id: str) -> str:
        """Return a short citation."""
        return cite_short(self.library, id, language=self.language.value)

    def full(self, id: str) -> str:
        """Return a citation with the number of the document: in Chinese, as a letter has it."""
        return cite_full(self.library, id)

    def choices(self) -> list[str]:
        """Return what is to be said of audience and time, and on what that rests."""
        choice = self.pack.choice
        audience = self.say(choice.whom.title)
        said = [self.say(words.AUDIENCE, audience=audience)]
        if choice.whom.basis in self.library:
            quotation = quote_words(self.library, choice.whom.basis, choice.whom.basis_words)
            said.append(self.say(words.BASIS, words=quotation.text, label=self.short(quotation.provision)))
            said.append(self.say(words.UNITS_CHOSEN))
        else:
            said.append(self.say(words.NO_BASIS, audience=audience))
        said.append(
            self.say(words.HOURS, hours=str(choice.hours), minutes=str(choice.hours * choice.minutes))
        )
        named = hours_named(self.library)
        if named is not None:
            quotation = self.library.quote_of(named[1])
            said.append(
                self.say(words.HOURS_BASIS, words=quotation.text.rstrip("。"), label=self.short(named[1]))
            )
            if choice.hours < named[0]:
                said.append(self.say(words.HOURS_FEWER, hours=str(choice.hours)))
        said.append(self.say(words.HOURS_ASSUMED, minutes=str(choice.minutes)))
        if len(self.pack.questions) < choice.questions and self.pack.questions:
            said.append(
                self.say(words.QUIZ_FEWER, count=str(len(self.pack.questions)), wanted=str(choice.questions))
            )
        return said

    def standing(self) -> list[str]:
        """Return whether the documents used are still in their time, and where their official pages are."""
        slugs = dict.fromkeys(self.library.document_of(id).slug for id in self.pack.provisions)
        notes = [
            Line(note.zh, note.en)
            for slug in slugs
            for note in notes_on(self.library.document(slug).front, today=self.today)
        ]
        said = [self.say(note) for note in dict.fromkeys(notes)]
        return [*said, *([self.say(words.TRANSLATED)] if self.say(words.TRANSLATED) else [])]

    def session_head(self, session: Session) -> str:
        """Return a session's heading, with its time."""
        hours = "1 class hour" if session.hours == 1 else words.HOURS_OF.en.format(hours=session.hours)
        title = self.item_words(session.title)
        return self.say(
            words.SESSION_HEAD,
            number=str(session.number),
            title=title,
            hours=hours if self.language is Language.ENGLISH else str(session.hours),
            minutes=str(sum(part.minutes for part in session.parts)),
        )

    def item_words(self, item: Item) -> str:
        """Return an item's words, with a mark on what a trainer wrote without the text bearing it out."""
        told = item.words.zh if item.kind in (Kind.QUOTE, Kind.POINT) else self.say(item.words)
        return self.say(words.OWN_MARK, words=told) if item.mark is Mark.OWN else told

    def translation(self, item: Item) -> str:
        """Return the reference translation of a quotation or point for readers of English, or nothing."""
        return (
            item.words.en
            if self.language is Language.ENGLISH and item.kind in (Kind.QUOTE, Kind.POINT)
            else ""
        )

    def item(self, item: Item) -> Iterator[Text]:
        """Yield the paragraphs of an item, each statement with its provision."""
        told = self.item_words(item)
        label = self.short(item.provisions[0])
        if item.mark is Mark.TEXT:
            yield Text(told, Set.QUOTE)
            if self.translation(item):
                yield Text(self.say(words.TRANSLATION, words=self.translation(item)), Set.NOTE)
            yield Text(self.say(words.SOURCE, label=self.full(item.provisions[0])), Set.SOURCE)
        elif item.kind is Kind.REMARK and item.mark is not Mark.OWN:
            yield Text(self.say(words.CITED, words=self.say(words.REMARK, words=told), label=label), Set.NOTE)
        elif item.mark is Mark.OWN:
            yield Text(told, Set.ITEM)
        else:
            yield Text(self.say(words.CITED, words=told, label=label), Set.ITEM)
            if self.translation(item):
                yield Text(self.translation(item), Set.NOTE)

    def timetable(self) -> Grid:
        """Return the outline: every session with its provisions and minutes, and what they add up to."""
        rows: list[tuple[str, str, str, str]] = []
        for session in self.pack.sessions:
            name = self.say(words.SESSION, number=str(session.number))
            title = self.item_words(session.title)
            for number, part in enumerate(session.parts):
                time = self.say(words.MINUTES_OF, minutes=str(part.minutes))
                rows.append(
                    (name if not number else "", title if not number else "", self.short(part.unit), time)
                )
        if self.pack.quiz_minutes:
            time = self.say(words.MINUTES_OF, minutes=str(self.pack.quiz_minutes))
            rows.append(("", self.say(words.QUIZ_SESSION), "", time))
        rows.append(
            (self.say(words.TOTAL), "", "", self.say(words.MINUTES_OF, minutes=str(self.pack.minutes)))
        )
        return Grid(head=[self.say(one) for one in words.COLUMNS], rows=rows, widths=(2, 6, 4, 2))

    def numbered(self) -> tuple[tuple[int, Question], ...]:
        """Return the questions as they are printed: form by form, counted through."""
        ordered = [asked for form in Form for asked in self.pack.questions if asked.form is form]
        return tuple(enumerate(ordered, start=1))


def speaker_notes(setter: Setter) -> Paper:
    """Return the outline with its timing, and what is said in every session."""
    blocks: list[Block] = [Text(line, Set.NOTE) for line in setter.choices()]
    blocks += [Heading(setter.say(words.STANDING)), *(Text(line, Set.ITEM) for line in setter.standing())]
    blocks += [Heading(setter.say(words.TIMETABLE)), setter.timetable()]
    for session in setter.pack.sessions:
        blocks.append(Heading(setter.session_head(session)))
        for part in session.parts:
            label = setter.short(part.unit)
            blocks.append(Heading(setter.say(words.PART_HEAD, label=label, minutes=str(part.minutes)), 2))
            blocks += [text for item in part.items for text in setter.item(item)]
    if setter.pack.questions:
        blocks += [
            Heading(setter.say(words.QUIZ_SESSION)),
            Text(setter.say(words.QUIZ_COUNT, count=str(len(setter.pack.questions)))),
        ]
    return Paper(
        title=setter.head("notes"), blocks=(*blocks, PageBreak(), *_sources(setter)), language=setter.language
    )


def handout(setter: Setter) -> Paper:
    """Return what is given to those who are taught: quotations and what they say, without hints and minutes."""
    blocks: list[Block] = [Heading(setter.say(words.STANDING))]
    blocks += [Text(line, Set.ITEM) for line in setter.standing()]
    for session in setter.pack.sessions:
        name = setter.say(words.SESSION, number=str(session.number))
        blocks.append(Heading(f"{name}　{setter.item_words(session.title)}"))
        for part in session.parts:
            blocks.append(Heading(setter.short(part.unit), 2))
            kept = [item for item in part.items if item.kind is not Kind.REMARK or item.edited]
            blocks += [text for item in kept for text in setter.item(item)]
    return Paper(
        title=setter.head("handout"),
        blocks=(*blocks, PageBreak(), *_sources(setter)),
        language=setter.language,
    )


def question_paper(setter: Setter) -> Paper:
    """Return the questions, without their answers."""
    blocks: list[Block] = []
    form = None
    for number, asked in setter.numbered():
        if asked.form is not form:
            form = asked.form
            blocks += [
                Heading(setter.say(words.FORMS[form.value])),
                Text(setter.say(words.FORM_TASKS[form.value]), Set.NOTE),
            ]
        stem = setter.say(words.OWN_MARK, words=asked.stem) if asked.mark is Mark.OWN else asked.stem
        line = words.NUMBERED_STATEMENT if form is Form.TRUE_FALSE else words.NUMBERED
        blocks.append(Text(setter.say(line, number=str(number), words=stem), Set.STRONG))
        options = [
            setter.say(words.OPTION, letter=letter, words=option)
            for letter, option in zip("ABCDEFG", asked.options, strict=False)
        ]
        if sum(map(len, options)) <= _ONE_LINE:
            options = ["　　".join(options)] if options else []
        blocks += [Text(option) for option in options]
    return Paper(title=setter.head("quiz"), blocks=blocks, language=setter.language)


def answer_key(setter: Setter) -> Paper:
    """Return the answers, each with what its provision says and where that stands."""
    rows: list[tuple[str, str, Sequence[Text], Sequence[Text]]] = []
    for number, asked in setter.numbered():
        said = [Text(asked.says.zh)]
        if asked.quote != asked.says.zh.rstrip("。"):
            said.append(Text(setter.say(words.WORDS, words=asked.quote), Set.NOTE))
        if setter.language is Language.ENGLISH and asked.says.en:
            said.append(Text(asked.says.en, Set.NOTE))
        if asked.mark is Mark.OWN:
            said.append(Text(setter.say(words.OWN), Set.NOTE))
        label = [Text(setter.full(id), Set.SOURCE) for id in asked.provisions]
        rows.append((str(number), answer_of(asked, setter), said, label))
    grid = Grid(head=[setter.say(one) for one in words.KEY_COLUMNS], rows=rows, widths=(1, 3, 7, 5))
    blocks: list[Block] = [grid] if rows else []
    return Paper(
        title=setter.head("key"),
        blocks=(Text(setter.say(words.KEY_NOTE), Set.NOTE), *blocks),
        language=setter.language,
    )


def answer_of(asked: Question, setter: Setter) -> str:
    """Return the answer as it is printed."""
    if asked.form is Form.TRUE_FALSE:
        return setter.say(words.QUIZ_ANSWERS[asked.answer])
    return f"{asked.letter}. {asked.answer}" if asked.form is Form.SINGLE else asked.answer


def sheet_of_sources(setter: Setter) -> Paper:
    """Return every provision used, with its document's number, page, day of checking and standing."""
    _, *rest = _sources(setter)
    return Paper(title=setter.head("sources"), blocks=rest, language=setter.language)


def _sources(setter: Setter) -> Iterator[Block]:
    yield Heading(setter.say(words.FILES["sources"]))
    say, english = setter.say, setter.language is Language.ENGLISH
    for source in sources_of(setter.pack, setter.numbered(), setter.library, today=setter.today):
        front = source.document.front
        title = front.title_en if english and front.title_en else f"《{front.title}》"
        yield Heading(title, 2)
        told = {
            "number": (f"{front.number}。{front.number_source}" if not english else front.number)
            if front.number
            else "",
            "issuer": front.issuer,
            "issued_on": front.issued_on.isoformat() if front.issued_on else "",
            "official_page": front.official_page,
            "checked_on": front.checked_on.isoformat() if front.checked_on else "",
        }
        for name, value in told.items():
            if value:
                yield Text(
                    f"{say(words.SOURCE_FACTS[name])}：{value}"
                    if not english
                    else f"{say(words.SOURCE_FACTS[name])}: {value}"
                )
        yield from (Text(say(remark)) for remark in source.remarks)
        rows = []
        for used in source.used:
            label = [Text(used.citation.zh, Set.STRONG)]
            if english:
                label.append(Text(used.citation.en, Set.NOTE))
            where = []
            comma = say(words.LIST_COMMA)
            if used.sessions:
                where.append(say(words.USED_SESSIONS, numbers=comma.join(map(str, used.sessions))))
            if used.questions:
                where.append(say(words.USED_QUESTIONS, numbers=comma.join(map(str, used.questions))))
            rows.append((label, say(words.LIST_SEMICOLON).join(where)))
        yield Grid(head=[say(one) for one in words.SOURCE_COLUMNS], rows=rows, widths=(3, 2))
