"""Lay out the residents’ guided path: four questions, and the route that follows from the answers."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import gradio as gr

from assistant.pathway import Kind, Part, Pathway, Route, Said, read_pathway
from assistant.phrases import Line
from assistant.question import Language
from assistant.web.desk import Desk
from assistant.web.letter import one_line
from assistant.web.markup import lines, words
from assistant.web.reader import address
from assistant.web.strings import Strings
from corpus.citation import cite_full, cite_short
from corpus.document import Span
from corpus.errors import ExplainedError
from corpus.library import Library
from corpus.validity import notes_on

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_LONGEST_TIP = 120


class PathSetter:
    """Sets the route for readers of one language, on one day."""

    def __init__(self, library: Library, strings: Strings, pathway: Pathway, *, today: date) -> None:
        self.library = library
        self.strings = strings
        self.own = strings.residents
        self.pathway = pathway
        self.today = today

    def result(self, *chosen: str | None) -> str:
        """Return where the answers lead, as one line of HTML; or what is still to be answered."""
        answers = {
            asked.id: option or "" for asked, option in zip(self.pathway.questions, chosen, strict=True)
        }
        missing = self.pathway.missing(answers)
        if missing:
            asked = self.own.between_questions.join(self._words(one.label) for one in missing)
            return (
                f'<p class="lead waiting-for">{words(self.own.still_to_answer.format(questions=asked))}</p>'
            )
        return self.route(self.pathway.lead(answers))

    def route(self, route: Route) -> str:
        """Return a route with all its parts, a way to copy and print it, and the same as plain text."""
        own = self.own
        lead = words(own.leads_to.format(route=self._words(route.title)))
        parts = "".join(
            self._parts(kind, [part for part in route.parts if part.kind is kind]) for kind in Kind
        )
        acts = (
            f'<p class="acts"><button type="button" class="copy">{words(own.copy)}</button>'
            f'<button type="button" class="print">{words(own.print_page)}</button></p>'
        )
        return (
            f'<div class="turn path {words(route.id)}"><p class="lead">{lead}</p>'
            f'<p class="whose">{words(own.whose)}</p><p class="basis">{self._line(route.basis)}</p>'
            f'{parts}{acts}<pre class="plain">{lines(self.plain(route))}</pre></div>'
        )

    def _parts(self, kind: Kind, parts: Sequence[Part]) -> str:
        if not parts:
            return ""
        note = {Kind.UNKNOWN: self.own.unknown_note, Kind.OFFICIAL: self.own.official_note}.get(kind, "")
        said = f'<p class="note">{words(note)}</p>' if note else ""
        for part in parts:
            if part.heading:
                said += f"<h4>{words(self._words(part.heading))}</h4>"
            said += f"<ul>{''.join(f'<li>{self._line(line)}</li>' for line in part.lines)}</ul>"
        if kind is Kind.OFFICIAL:
            said += self._standing(parts)
        return f'<section class="part {kind.value}"><h3>{words(self.own.headings[kind.value])}</h3>{said}</section>'

    def _line(self, said: Said) -> str:
        """Set a line with its place; under a sentence of the notes stands what it rests on."""
        cited = said.source
        href = address(cited.provision, self.strings, span=Span(cited.start, cited.end))
        short = cite_short(self.library, cited.provision, language=self.strings.language.value)
        tip = one_line(cited.quote)
        tip = tip if len(tip) <= _LONGEST_TIP else f"{tip[: _LONGEST_TIP - 1]}…"
        chip = (
            f'<a class="chip" href="{words(href)}">{words(short)}<span class="tip zh">{words(tip)}</span></a>'
        )
        under = f" {_unbroken(self._words(said.under))}" if said.under else ""
        return f'<span class="said">{words(self._words(said.say))}</span><span class="rests-on">{chip}{under}</span>'

    def _standing(self, parts: Sequence[Part]) -> str:
        noted = "".join(f"<li>{self._linked(note)}</li>" for note in self._notes(parts))
        return f'<ul class="standing-notes">{noted}</ul>' if noted else ""

    def _notes(self, parts: Sequence[Part]) -> list[str]:
        documents = {
            self.library.document_of(line.source.provision).slug for part in parts for line in part.lines
        }
        fronts = (document.front for document in self.library.documents if document.slug in documents)
        notes = (note for front in fronts for note in notes_on(front, today=self.today))
        return list(dict.fromkeys(self._words(Line(note.zh, note.en)) for note in notes))

    def _linked(self, note: str) -> str:
        """Set a note; the address of a document's official page becomes a link."""
        for page in {document.front.official_page for document in self.library.documents} - {""}:
            before, found, after = note.partition(page)
            if found:
                host = words(urlsplit(page).hostname or page)
                return f'{words(before)}<a href="{words(page)}" rel="noreferrer noopener">{host}</a>{words(after)}'
        return words(note)

    def plain(self, route: Route) -> str:
        """Return a route as plain text, every line with its full citation, for a letter or a sheet of paper."""
        own = self.own
        said = [own.leads_to.format(route=self._words(route.title)), self._plain_line(route.basis), own.whose]
        for kind in Kind:
            parts = [part for part in route.parts if part.kind is kind]
            if parts:
                said.append(f"【{own.headings[kind.value]}】")
            for part in parts:
                said += [f"〔{self._words(part.heading)}〕"] if part.heading else []
                said += [f"· {self._plain_line(line)}" for line in part.lines]
            if kind is Kind.OFFICIAL:
                said += self._notes(parts)
        return "\n".join([self.strings.copy_head, "", *said])

    def _plain_line(self, said: Said) -> str:
        label = cite_full(self.library, said.source.provision)
        under = f"\n  {self._words(said.under)}" if said.under else ""
        return f"{self._words(said.say)}（{label}）{under}"

    def _words(self, line: Line) -> str:
        return line.in_language(self.strings.language)


_SHORT = re.compile(r"(核对日期：[^；]*；|把握：.*$|Checked on: [^.]*\.|Certainty: .*$)")


def _unbroken(sources: str) -> str:
    """Set a line of sources such that its date and its certainty are not broken over two lines."""
    pieces = _SHORT.split(sources)
    return "".join(
        f'<span class="unbroken">{words(piece)}</span>' if number % 2 else words(piece)
        for number, piece in enumerate(pieces)
        if piece
    )


def build_residents(desk: Desk, strings: Strings, *, today: Callable[[], date] = date.today) -> None:
    """Lay the room out."""
    own = strings.residents
    with gr.Column(elem_classes="room residents"):
        gr.Markdown(f'<h2>{words(own.room)}</h2><p class="purpose">{words(own.purpose)}</p>')
        try:
            pathway = read_pathway(desk.library)
        except ExplainedError as error:
            gr.Markdown(f'<p class="lead">{words(error.what)}</p><p>{words(error.fix)}</p>')
            return
        if pathway is None:
            gr.Markdown(f'<p class="lead">{words(own.empty)}</p>')
            return
        _build_path(desk.library, strings, pathway, today)


def _build_path(library: Library, strings: Strings, pathway: Pathway, today: Callable[[], date]) -> None:
    english = strings.language is Language.ENGLISH

    def result(*chosen: str | None) -> str:
        return PathSetter(library, strings, pathway, today=today()).result(*chosen)

    questions = [
        gr.Radio(
            [(option.label.en if english else option.label.zh, option.id) for option in asked.options],
            value=None,
            label=f"{number}. {asked.label.en if english else asked.label.zh}",
            elem_classes="choice",
        )
        for number, asked in enumerate(pathway.questions, start=1)
    ]
    told = gr.Markdown(result(*(None for _ in questions)), elem_classes="result", elem_id="path")
    again = gr.Button(strings.residents.again, size="sm", elem_classes="again-path")
    gr.on([one.input for one in questions], result, questions, told, trigger_mode="always_last", **_QUIET)
    again.click(
        lambda: [*(None for _ in questions), result(*(None for _ in questions))],
        None,
        [*questions, told],
        **_QUIET,
    )
