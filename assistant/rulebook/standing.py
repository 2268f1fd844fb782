"""Say whether the documents still hold."""

import re
from datetime import date

from assistant.answer import Mode, Status
from assistant.calendar import Month
from assistant.draft import Draft, Point, quote_words
from assistant.phrases import Line
from assistant.understand import Understanding
from corpus.document import Document
from corpus.library import Library, Quotation
from corpus.validity import notes_on

_VALID = re.compile(
    r"还(在|算|有|能|是不是)?(有效|管用|算数|作数|执行|用得上|在用|适用|生效)|(是否|是不是|有没有|已经?|还)(有效|过期|失效|废止|到期|过时|作废)|过期(了|没)|失效(了|没)|废止(了|没)|作废|过时(了|没)"
    r"|现行有效|(时间|期限|期)(段)?(已经|是不是|都)?(走完|过了|到了|结束)|still (in force|valid|apply|applies|in effect)|expired|repealed|out of date|up to date"
)


_DOCUMENTS = re.compile(
    r"方案|指引|通知|文件|政策|规定|行动|这(个|份|些)|它|\b(plan|guideline|notice|document|policy|it|this|they)\b"
)


def validity(question: Understanding, library: Library, *, today: date) -> Draft | None:
    """Say whether the documents still hold, as far as they and their front matter tell: never the whole answer."""
    if not _VALID.search(question.text) or not _DOCUMENTS.search(question.text):
        return None
    official = [document for document in library.documents if document.front.official]
    named = [d for d in official if d.front.short_title and d.front.short_title in question.text]
    points = []
    for document in named or official:
        notes = notes_on(document.front, today=today)
        basis = _validity_basis(document, library)
        if notes and basis and (document.front.period_end or document.front.status):
            points.append(Point(say=Line(notes[0].zh, notes[0].en), quotations=(basis,), derived=True))
    return Draft(status=Status.PARTIAL, mode=Mode.RULES, points=tuple(points)) if points else None


def _validity_basis(document: Document, library: Library) -> Quotation | None:
    """Return the words that show it: the last phase, or the title with its 试行."""
    phases = [phase for phase in library.phases if library.document_of(phase.provision) is document]
    if phases:
        last = max(phases, key=lambda phase: Month.parse(phase.end))
        return quote_words(library, last.provision, last.words)
    start = document.text.find(document.front.title)
    if start < 0:
        return None
    leaf = next(leaf for leaf in document.leaves if leaf.span.start <= start < leaf.span.end)
    return quote_words(library, leaf.id, document.front.title)
