"""Turn to the project's own notes where the official documents are silent: last, and never as if they were official."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.draft import Draft, Point, point_of
from assistant.notes import next_step_for
from assistant.phrases import Line
from assistant.understand import Understanding, parts_of
from corpus.cues import Cue
from corpus.library import Library, Quotation
from corpus.shadow import shadow

_SILENT = frozenset({Status.NOT_IN_CORPUS, Status.OUT_OF_SCOPE, Status.PARTIAL})
_SOURCE = "依据："
"""How the line begins that names what the sentences before it rest on."""
_CHECKED = re.compile(r"核对日期：(.*?)；把握：(.*?)。$")
_CHECKED_EN = re.compile(r"Checked on: (.*?)\. Certainty: (.*?)\.$")
_NAMED = 4
"""Documents up to which each is named as silent."""


def with_notes(draft: Draft, question: Understanding, topic: str, library: Library) -> Draft:
    """Return the draft with what the notes say of the question, when the documents do not (wholly) answer it.

    ``topic`` is the earlier question that this one goes on from. A draft that answers is returned as it is, and so is one
    about another place. What is only nearest in the documents gives way to what they say of the entry's own matter.
    """
    if draft.status not in _SILENT or question.elsewhere:
        return draft
    cues = cues_for(question, topic, library)
    if not cues:
        return draft
    points = tuple(point for cue in cues for point in points_of(cue.provision, library))
    checked = _checked(points, library)
    noted = replace(draft, editorial=points, notes=(*draft.notes, *checked))
    if draft.status is Status.PARTIAL and draft.lead != phrases.NOT_PLAINLY:
        return noted
    stated = dict.fromkeys(fact for cue in cues for fact in cue.facts)
    return replace(
        noted,
        status=Status.PARTIAL,
        mode=Mode.QUOTE,
        lead=_silent(draft.missing or phrases.WHAT_YOU_ASK, library, wholly=not stated),
        points=tuple(point_of(library.fact(id), library) for id in stated),
        next_step=draft.next_step or next_step_for(Status.PARTIAL),
    )


def cues_for(question: Understanding, topic: str, library: Library) -> tuple[Cue, ...]:
    """Return the entries of the notes that a question asks for: one, or one for each matter that it brings together."""
    whole = f"{shadow(topic).text}，{question.text}" if topic else question.text
    texts = [whole, *(part.text for part in parts_of(question))]
    found = (next((cue for cue in library.cues if cue.fits(text, question=whole)), None) for text in texts)
    return tuple(dict.fromkeys(cue for cue in found if cue))


def points_of(entry: str, library: Library) -> tuple[Point, ...]:
    """Return what an entry of the notes says: its sentences up to each line of sources, with that line."""
    return tuple(_point(group, library) for group in _groups(entry, library))


def _groups(entry: str, library: Library) -> Iterator[list[Quotation]]:
    held: list[Quotation] = []
    for leaf in library.provision(entry).leaves():
        if leaf.id.endswith("#0"):
            continue
        held.append(library.quote_of(leaf.id))
        if is_source(held[-1].text):
            yield held
            held = []
    if held:
        yield held


def is_source(sentence: str) -> bool:
    """Say whether a sentence of the notes is the line that names what those before it rest on."""
    return sentence.startswith(_SOURCE)


def _point(held: Sequence[Quotation], library: Library) -> Point:
    lines = [(Line(q.text, library.translation(q.provision) or q.text), is_source(q.text)) for q in held]
    said = [line for line, is_under in lines if not is_under]
    return Point(
        say=Line("".join(line.zh for line in said), " ".join(line.en for line in said)),
        quotations=tuple(held),
        under=tuple(line for line, is_under in lines if is_under),
    )


def _checked(points: Sequence[Point], library: Library) -> Iterator[Line]:
    """Yield when the entries were checked, and how sure they are, in one line."""
    under = [line for point in points for line in point.under]
    zh = [found.groups() for line in under if (found := _CHECKED.search(line.zh))]
    en = [found.groups() for line in under if (found := _CHECKED_EN.search(line.en))]
    if zh and en:
        yield phrases.EDITORIAL_CHECKED.filled(
            date=(
                "、".join(dict.fromkeys(date for date, _ in zh)),
                ", ".join(dict.fromkeys(date for date, _ in en)),
            ),
            certainty=(
                "、".join(dict.fromkeys(sure for _, sure in zh)),
                ", ".join(dict.fromkeys(sure for _, sure in en)),
            ),
        )


def _silent(missing: Line, library: Library, *, wholly: bool) -> Line:
    """Say what the official documents do not state; by name, when they do not touch on it at all."""
    if not wholly:
        return phrases.PARTLY.filled(missing=(missing.zh, missing.en))
    titles = _titles(library)
    return phrases.NONE_STATES.filled(missing=(missing.zh, missing.en), titles=(titles.zh, titles.en))


def _titles(library: Library) -> Line:
    """Name the official documents, when they are few."""
    fronts = [document.front for document in library.documents]
    if len(fronts) > _NAMED:
        return phrases.THESE_DOCUMENTS
    zh = "、".join(front.short_title or front.title for front in fronts)
    count = "零一两三四"[len(fronts)]
    english = [
        f"the {front.short_title_en.lower()}" if front.short_title_en else front.title for front in fronts
    ]
    return Line(
        f"{zh}{count}份正式文件",
        " and ".join([", ".join(english[:-1]), english[-1]]) if english[:-1] else english[0],
    )
