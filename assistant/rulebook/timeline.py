"""Say which phase a month falls in."""

import re
from datetime import date

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.calendar import Month, phases_on
from assistant.draft import Draft, Point, quote_words
from assistant.phrases import Line
from assistant.understand import Understanding
from corpus.library import Library
from corpus.rules import Phase

_NOW = re.compile(r"现在|目前|当前|如今|今年|眼下|这会儿|\bnow\b|currently|today|at present")

_PHASE = re.compile(
    r"阶段|步骤|哪(一)?步|第几步|进度|进展到|走到|进行到|(干|做)(到)?(什么|啥|哪)|处于|算.{0,6}(部署|落实|检查|总结)|phase|stage|step"
)


def phase_on(question: Understanding, library: Library, *, today: date) -> Draft | None:
    """Say which phase a month falls in, and what it asks for."""
    if not library.phases or not _PHASE.search(question.text):
        return None
    months = question.months or ((Month.of(today),) if _NOW.search(question.text) else ())
    if len(months) != 1:
        return None
    month = months[0]
    phases = phases_on(month, library.phases)
    if not phases:
        return _outside(month, library)
    names = (
        "、".join(f"“{p.name}”" for p in phases),
        " and ".join(f"“{phase_en(p, library)}”" for p in phases),
    )
    lead = phrases.PHASE_BOTH if len(phases) > 1 else phrases.PHASE_ON
    return Draft(
        status=Status.ANSWERED,
        mode=Mode.RULES,
        lead=lead.filled(month=_month(month), phases=names),
        points=tuple(_phase_point(phase, library) for phase in phases),
    )


def _month(month: Month) -> tuple[str, str]:
    return str(month), date(month.year, month.month, 1).strftime("%B %Y")


def _phase_point(phase: Phase, library: Library) -> Point:
    node = phase.provision.split("#")[0]
    told = [f for f in library.facts if f.provision.split("#")[0] == node and not f.provision.endswith("#0")]
    heading = quote_words(library, phase.provision, phase.words)
    duties = [fact for fact in told if fact.about != "topic"][:1]
    say = Line(
        f"{phase.name}（{_span(phase)[0]}）"
        + (f"：{duties[0].say.removeprefix(phase.name).lstrip('，')}" if duties else "。"),
        f"{phase_en(phase, library)} ({_span(phase)[1]})" + (f": {duties[0].say_en}" if duties else "."),
    )
    quotations = (heading, *(quote_words(library, f.provision, f.words) for f in duties))
    return Point(say=say, quotations=quotations, derived=True)


def phase_en(phase: Phase, library: Library) -> str:
    """Return the English name of a phase, as its heading is translated."""
    heading = library.translation(phase.provision) or phase.name
    return re.sub(r"^\W*\(?[ivx0-9一二三四]+\)?[.)]?\s*|\s*\(.*$", "", heading) or phase.name


def _span(phase: Phase) -> tuple[str, str]:
    start, end = Month.parse(phase.start), Month.parse(phase.end)
    return f"{start}至{end}", f"{_month(start)[1]} to {_month(end)[1]}"


def _outside(month: Month, library: Library) -> Draft:
    first = min(library.phases, key=lambda phase: Month.parse(phase.start))
    last = max(library.phases, key=lambda phase: Month.parse(phase.end))
    if month < Month.parse(first.start):
        lead, edge = (
            phrases.PHASE_BEFORE.filled(month=_month(month), first=_month(Month.parse(first.start))),
            first,
        )
    else:
        lead, edge = phrases.PHASE_AFTER.filled(month=_month(month), last=_month(Month.parse(last.end))), last
    return Draft(status=Status.ANSWERED, mode=Mode.RULES, lead=lead, points=(_phase_point(edge, library),))
