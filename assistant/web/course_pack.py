"""Set a course as HTML to go through: every line with its provision, to keep, strike out or rewrite."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.course import words as labels
from assistant.course.files import KINDS, name_of
from assistant.course.item import Item, Kind, Mark
from assistant.course.pack import Part, Session
from assistant.course.papers import Setter, answer_of
from assistant.course.quiz import Question
from assistant.course.sources import sources_of
from assistant.office.paper import Grid
from assistant.question import Language
from assistant.web.course import chip_html
from assistant.web.markup import lines, words
from assistant.web.strings import Strings
from corpus.document import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSetter:
    """Sets one course for readers of one language."""

    setter: Setter
    """The course as it will be written: without what is struck out."""
    whole: Setter
    """The course before anything was struck out or rewritten."""
    struck: frozenset[str]
    strings: Strings

    def html(self) -> str:
        """Return the course, its files first."""
        pack, said = self.setter.pack, self.strings.course
        made = said.made.format(
            sessions=len(pack.sessions), questions=len(pack.questions), minutes=pack.minutes
        )
        return (
            f'<h3 tabindex="-1" data-course-head data-live="head">{words(made)}</h3>{self._downloads()}'
            f'<p class="key">{words(said.review)}</p>{self._before()}'
            f'<section aria-labelledby="course-timetable"><h3 id="course-timetable">{words(said.timetable)}</h3>'
            f'<div data-live="timetable">{_table(self.setter.timetable())}</div></section>'
            f"{''.join(self._session(session) for session in self.whole.pack.sessions)}{self._quiz()}{self._sources()}"
        )

    def _downloads(self) -> str:
        buttons = "".join(
            f'<li><button type="button" class="course-button{" strong" if kind == "pack" else ""}" data-course-file="{kind}"'
            f' data-name="{words(name_of(kind, self.setter))}">{words(self.setter.say(labels.FILES[kind]))}'
            f' <span class="kind">{name_of(kind, self.setter).rpartition(".")[2].upper()}</span></button></li>'
            for kind in KINDS
        )
        return (
            f'<section class="course-files" aria-labelledby="course-files"><h3 id="course-files">{words(self.strings.course.download)}</h3>'
            f'<ul>{buttons}</ul><p class="course-told" role="status" aria-live="polite" data-course-written></p></section>'
        )

    def _before(self) -> str:
        told = "".join(
            f"<li>{words(line)}</li>" for line in (*self.setter.choices(), *self.setter.standing())
        )
        return (
            f'<details class="fold course-before"><summary>{words(self.setter.say(labels.STANDING))}</summary>'
            f"<ul>{told}</ul></details>"
        )

    @property
    def _now(self) -> Mapping[str, Item]:
        """The items as they will be written, by id."""
        return {item.id: item for item in self.setter.pack.items}

    def _session(self, session: Session) -> str:
        now = self._now
        minutes = sum(part.minutes for part in session.parts)
        name = self.setter.say(labels.SESSION, number=str(session.number))
        title = now.get(session.title.id, session.title)
        opened = " open" if session.number == 1 else ""
        return (
            f'<details class="course-session"{opened}><summary><h3>{words(name)}　{words(title.words.in_language(self.setter.language))}</h3>'
            f' <span class="key">{words(self.setter.say(labels.MINUTES_OF, minutes=str(minutes)))}</span></summary>'
            f'<ul class="course-lines">{self._line(title, strikes=False)}</ul>'
            f"{''.join(self._part(part, now) for part in session.parts)}</details>"
        )

    def _part(self, part: Part, now: Mapping[str, Item]) -> str:
        said = "".join(self._line(now.get(item.id, item)) for item in part.items)
        return f'<h4>{words(self.setter.short(part.unit))}</h4><ul class="course-lines">{said}</ul>'

    def _line(self, item: Item, *, strikes: bool = True) -> str:
        said = self.strings.course
        told = item.words.zh if item.kind is not Kind.REMARK else item.words.in_language(self.setter.language)
        if item.kind is Kind.TITLE:
            told = item.words.in_language(self.setter.language)
        kept = "" if item.id in self.struck else " checked"
        box = (
            f'<input type="checkbox" data-course-keep{kept} aria-label="{words(said.keep.format(words=told[:40]))}">'
            if strikes
            else ""
        )
        # What only the trainer says has no source: its provisions are not shown.
        own = " own" if item.mark is Mark.OWN else ""
        english = self.whole.translation(item)
        under = f'<p class="key" lang="en">{words(english)}</p>' if english else ""
        return (
            f'<li class="course-line is-{item.kind.value}{own}" data-course-item="{words(item.id)}">{box}<div class="course-words">'
            f"{self._said(item, told)}{under}"
            f'<p class="course-source">{self._chips(item)}<span class="course-mark" data-course-mark>{self.mark(item)}</span>'
            f'<button type="button" class="course-edit" data-course-edit>{words(said.edit)}</button></p></div></li>'
        )

    def _said(self, item: Item, told: str) -> str:
        chinese = item.kind in (Kind.QUOTE, Kind.POINT) or self.setter.language is not Language.ENGLISH
        tongue = ' lang="zh-Hans"' if chinese else ""
        if item.kind is Kind.REMARK:
            hint = f'<span class="key">{words(self.strings.course.hint)}</span> '
            return f"<p{tongue}>{hint}<span data-course-text>{words(told)}</span></p>"
        if item.kind is Kind.TITLE:
            name = f'<span class="key">{words(self.strings.course.title)}</span> '
            return f"<p{tongue}>{name}<span data-course-text>{words(told)}</span></p>"
        if item.kind is Kind.QUOTE and item.mark is Mark.TEXT:
            return f'<blockquote class="zh" lang="zh-Hans" data-course-text>{lines(told)}</blockquote>'
        return f"<p{tongue}><span data-course-text>{words(told)}</span></p>"

    def _chips(self, item: Item) -> str:
        chips = []
        for id in dict.fromkeys(item.provisions):
            quotation = item.quotation or self.setter.library.quote_of(id)
            span = Span(quotation.start, quotation.end)
            chips.append(chip_html(self.setter.library, id, self.strings, span=span))
        return " ".join(dict.fromkeys(chips))

    def mark(self, item: Item) -> str:
        """Return how a rewritten line stands to its provisions; nothing for one that was left alone."""
        if not item.edited:
            return ""
        said = self.strings.course
        told = {Mark.TEXT: said.exact, Mark.BORNE_OUT: said.borne_out}.get(item.mark, said.own)
        return f'<span class="{item.mark.value.replace("_", "-")}">{words(told)}</span>'

    def question_mark(self, question: Question) -> str:
        """Return how a rewritten question stands to its provision; nothing for one that was left alone."""
        if not question.edited:
            return ""
        said = self.strings.course
        told = said.question_borne_out if question.mark is Mark.BORNE_OUT else said.own
        return f'<span class="{question.mark.value.replace("_", "-")}">{words(told)}</span>'

    def _quiz(self) -> str:
        said = self.strings.course
        now = {asked.id: asked for asked in self.setter.pack.questions}
        rows = "".join(
            self._question(number, now.get(asked.id, asked)) for number, asked in self.whole.numbered()
        )
        held = f'<ul class="course-lines">{rows}</ul>' if rows else f"<p>{words(said.no_questions)}</p>"
        return (
            f'<details class="course-session"><summary><h3>{words(said.quiz)}</h3>'
            f' <span class="key">{words(self.setter.say(labels.MINUTES_OF, minutes=str(self.whole.pack.quiz_minutes)))}</span></summary>{held}</details>'
        )

    def _question(self, number: int, asked: Question) -> str:
        said, setter = self.strings.course, self.setter
        kept = "" if asked.id in self.struck else " checked"
        options = "".join(
            f"<li>{words(setter.say(labels.OPTION, letter=letter, words=option))}</li>"
            for letter, option in zip("ABCDEFG", asked.options, strict=False)
        )
        listed = f'<ul class="course-options" lang="zh-Hans">{options}</ul>' if options else ""
        library = setter.library
        chips = " ".join(
            chip_html(
                library, id, self.strings, span=Span(library.quote_of(id).start, library.quote_of(id).end)
            )
            for id in asked.provisions
        )
        english = asked.says.en if setter.language is Language.ENGLISH else ""
        under = f'<p class="key" lang="en">{words(english)}</p>' if english else ""
        form = setter.say(labels.FORMS[asked.form.value])
        return (
            f'<li class="course-line is-question" data-course-item="{words(asked.id)}">'
            f'<input type="checkbox" data-course-keep{kept} aria-label="{words(said.keep_question.format(number=number))}">'
            f'<div class="course-words"><p><span class="key">{number}. {words(form)}</span> '
            f'<span lang="zh-Hans" data-course-text>{words(asked.stem)}</span></p>{listed}'
            f'<p class="course-answer"><span class="key">{words(said.answer)}</span> '
            f'<span lang="zh-Hans"><strong>{words(answer_of(asked, setter))}</strong>　{words(asked.says.zh)}</span></p>{under}'
            f'<p class="course-source">{chips}<span class="course-mark" data-course-mark>{self.question_mark(asked)}</span>'
            f'<button type="button" class="course-edit" data-course-edit>{words(said.edit)}</button></p></div></li>'
        )

    def _sources(self) -> str:
        said = self.strings.course
        return (
            f'<details class="course-session"><summary><h3>{words(said.sources)}</h3></summary>'
            f'<div data-live="sources">{"".join(self._documents())}</div></details>'
        )

    def _documents(self) -> Iterator[str]:
        setter = self.setter
        english = setter.language is Language.ENGLISH
        for source in sources_of(setter.pack, setter.numbered(), setter.library, today=setter.today):
            front = source.document.front
            title = front.title_en if english and front.title_en else f"《{front.title}》"
            page = front.official_page
            link = f'<a href="{words(page)}" rel="noopener">{words(page)}</a>' if page else ""
            checked = front.checked_on
            facts = {
                "number": words(front.number or ""),
                "official_page": link,
                "checked_on": words(self.strings.date(checked.year, checked.month, checked.day))
                if checked
                else "",
            }
            rows = "".join(
                f"<div><dt>{words(setter.say(labels.SOURCE_FACTS[name]))}</dt><dd>{value}</dd></div>"
                for name, value in facts.items()
                if value
            )
            remarks = "".join(f"<p>{words(setter.say(remark))}</p>" for remark in source.remarks)
            used = "".join(
                f"<li>{chip_html(setter.library, one.provision, self.strings)} "
                f'<span lang="zh-Hans">{words(one.citation.zh)}</span></li>'
                for one in source.used
            )
            yield f'<h4>{words(title)}</h4><dl>{rows}</dl>{remarks}<ul class="course-used">{used}</ul>'


def _table(grid: Grid) -> str:
    head = "".join(f'<th scope="col">{words(cell)}</th>' for cell in grid.head)
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{words(cell if isinstance(cell, str) else cell[0].words)}</td>" for cell in row)
        + "</tr>"
        for row in grid.rows
    )
    return f'<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
