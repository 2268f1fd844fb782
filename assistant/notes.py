"""Say what must accompany an answer: whether the text is still in its time, and whom to ask."""

from datetime import date

from assistant.answer import CITING, Status
from assistant.draft import Draft
from assistant.phrases import Line
from corpus.library import Library
from corpus.validity import notes_on

_NEXT_STEP = Line(
    "可以问所在社区居委会或街道办事处（乡镇政府），也可以拨打 12345 市民服务热线；对指引的解释由北京市委社会工委市民政局负责（指引第十条）。",
    "Ask the residents' committee or the subdistrict office (township government), or call the 12345 citizens' hotline; "
    "the guideline is interpreted by 北京市委社会工委市民政局 (Guideline, Article 10).",
)


def next_step_for(status: Status) -> Line | None:
    """Return whom to ask when the text does not (wholly) answer."""
    return _NEXT_STEP if status in (Status.NOT_IN_CORPUS, Status.PARTIAL) else None


def notes_for(draft: Draft, library: Library, *, today: date) -> tuple[Line, ...]:
    """Return the notes on validity of the documents that an answer quotes, those apart that it says itself."""
    if draft.status not in CITING:
        return ()
    slugs = dict.fromkeys(
        library.document_of(id).slug for point in (*draft.points, *draft.editorial) for id in point.provisions
    )
    notes = [note for slug in slugs for note in notes_on(library.document(slug).front, today=today)]
    said = {point.say.zh for point in draft.points}
    return tuple(Line(note.zh, note.en) for note in notes if note.zh not in said)
