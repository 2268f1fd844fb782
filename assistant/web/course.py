"""Lay out the course pack for trainers: what is chosen stands in a form of the page's own, and so does what is made of it.

The form and everything in it lives in the browser (``files/course.js``); the server keeps nothing (``course_routes``).
"""

import gradio as gr

from assistant.course.audience import AUDIENCES, Audience
from assistant.course.choice import (
    MINUTES,
    MOST_HOURS,
    QUESTIONS,
    USUAL_MINUTES,
    hours_named,
    units_of,
    usual,
)
from assistant.course.pack import unit_title
from assistant.draft import quote_words
from assistant.web.desk import Desk
from assistant.web.markup import words
from assistant.web.reader import address, short_name
from assistant.web.strings import Strings
from corpus.citation import cite_short
from corpus.document import Document, Span
from corpus.library import Library


def build_course(desk: Desk, strings: Strings) -> None:
    """Lay the room out."""
    with gr.Column(elem_classes="room"):
        # The form is this program's own; what a trainer types never comes this way.
        gr.Markdown(room_html(desk.library, strings), sanitize_html=False, latex_delimiters=[])


def room_html(library: Library, strings: Strings) -> str:
    """Return the room as one line of HTML: the choices, and the places for what is made of them."""
    said = strings.course
    told = {
        name: getattr(said, name)
        for name in (
            "chosen", "make", "remake", "making", "changed", "writing", "saved", "edit", "edit_label", "accept",
            "restore", "cancel", "checking", "lost", "went_wrong",
        )
    }  # fmt: skip
    data = "".join(f' data-say-{name.replace("_", "-")}="{words(value)}"' for name, value in told.items())
    return (
        f'<div class="course" data-course data-lang="{strings.language.value}"{data}>'
        f'<h2 class="room-name">{words(said.room)}</h2><p>{words(said.welcome)}</p>'
        f'<form class="course-choices" data-course-choices aria-label="{words(said.choices)}">'
        f"{_audiences(library, strings)}{_time(library, strings)}{_provisions(library, strings)}"
        f'<p class="course-acts"><button type="submit" class="course-button strong">{words(said.make)}</button>'
        f'<button type="button" class="course-button" data-course-usual>{words(said.usual)}</button></p></form>'
        f'<p class="course-told" role="status" aria-live="polite" data-course-told></p>'
        f'<div class="course-pack" data-course-pack></div></div>'
    )


def _audiences(library: Library, strings: Strings) -> str:
    rows = "".join(
        f'<li><label><input type="radio" name="audience" value="{audience.name}"{" checked" if number == 0 else ""}> '
        f"{words(audience.title.in_language(strings.language))}</label>{_basis(library, audience, strings)}</li>"
        for number, audience in enumerate(AUDIENCES)
    )
    return f'<fieldset><legend>{words(strings.course.audience)}</legend><ul class="course-audiences">{rows}</ul></fieldset>'


def _basis(library: Library, audience: Audience, strings: Strings) -> str:
    if audience.basis not in library:
        return f'<p class="key">{words(strings.course.not_named)}</p>'
    quotation = quote_words(library, audience.basis, audience.basis_words)
    before, after = strings.course.named.split("{words}")
    quoted = f'<span lang="zh-Hans">{words(quotation.text)}</span>'
    chip = chip_html(library, quotation.provision, strings, span=Span(quotation.start, quotation.end))
    return f'<p class="key">{words(before)}{quoted}{words(after)} {chip}</p>'


def _time(library: Library, strings: Strings) -> str:
    said = strings.course
    named = hours_named(library)
    hours = usual(library, AUDIENCES[0]).hours
    told = ""
    if named is not None:
        quotation = library.quote_of(named[1])
        chip = chip_html(library, named[1], strings, span=Span(quotation.start, quotation.end))
        told = f'<p class="key"><span lang="zh-Hans">“{words(quotation.text.rstrip("。"))}”</span> {chip}</p>'
    options = "".join(
        f'<option value="{count}"{" selected" if count == QUESTIONS[1] else ""}>{count}</option>'
        for count in QUESTIONS
    )
    assumed = said.assumed.format(minutes=USUAL_MINUTES)
    return (
        f'<fieldset><legend>{words(said.time)}</legend><div class="course-time">'
        f'<label>{words(said.hours)} <input type="number" name="hours" value="{hours}" min="1" max="{MOST_HOURS}" required></label>'
        f'<label>{words(said.minutes)} <input type="number" name="minutes" value="{USUAL_MINUTES}" min="{MINUTES[0]}" max="{MINUTES[1]}" required></label>'
        f'<label>{words(said.questions)} <select name="questions">{options}</select></label></div>'
        f'{told}<p class="key">{words(assumed)}</p></fieldset>'
    )


def _provisions(library: Library, strings: Strings) -> str:
    chosen = {audience.name: set(usual(library, audience).units) for audience in AUDIENCES}
    lists = "".join(_document(library, document, chosen, strings) for document in library.documents)
    first = len(chosen[AUDIENCES[0].name])
    count = words(strings.course.chosen.format(count=first))
    return (
        f'<details class="course-provisions"><summary>{words(strings.course.provisions)} '
        f'<span class="key" data-course-count>{count}</span></summary>{lists}</details>'
    )


def _document(library: Library, document: Document, chosen: dict[str, set[str]], strings: Strings) -> str:
    rows = []
    for unit in units_of(document):
        usually = " ".join(name for name, held in chosen.items() if unit in held)
        checked = " checked" if unit in chosen[AUDIENCES[0].name] else ""
        title, _ = unit_title(library, unit)
        told = title.in_language(strings.language)
        tongue = ' lang="zh-Hans"' if told == title.zh else ""
        place = cite_short(library, unit, language=strings.language.value)
        rows.append(
            f'<li><label><input type="checkbox" name="unit" value="{words(unit)}" data-usual="{usually}"{checked}> '
            f"<span>{words(place)}</span> <span{tongue}>{words(told)}</span></label></li>"
        )
    return f"<fieldset><legend>{words(short_name(document, strings))}</legend><ul>{''.join(rows)}</ul></fieldset>"


def chip_html(library: Library, provision: str, strings: Strings, *, span: Span | None = None) -> str:
    """Return the way to a provision in the original, by its short citation."""
    href = address(provision, strings, span=span)
    return f'<a class="chip" href="{words(href)}">{words(cite_short(library, provision, language=strings.language.value))}</a>'
