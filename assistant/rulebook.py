"""Answer from rules: a name filled in, a target multiplied out, the phase on a date, tiers side by side, duties."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from corpus.library import Library
from corpus.rules import Duty, Fact, NameTemplate, Phase, Target
from corpus.vocabulary import load_vocabulary

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.calendar import Month, phases_on
from assistant.draft import Draft, Point, Table, point_of, quote_words
from assistant.phrases import Line
from assistant.quantity import Quantity, spoken
from assistant.understand import Place, Understanding, Want

_URBAN = re.compile(r"城市社区|城里|城区|城市的?社区|市区(的)?社区|城镇社区|urban|city communit")
_RURAL = re.compile(r"农村|村里|乡下|村社区|个村|行政村|rural|village")
_BRAND = re.compile(r"品牌|名牌|叫得响|brand|flagship")
_COUNTED = re.compile(r"^\s*(城市|农村|城里的?|农村的?|城镇|村|urban|rural|village|社区|居委会|个?社区|communit)")
_NOW = re.compile(r"现在|目前|当前|如今|今年|眼下|这会儿|\bnow\b|currently|today|at present")


def answer_by_rule(question: Understanding, library: Library, *, today: date) -> Draft | None:
    """Return the answer that a rule gives, or ``None`` when none applies."""
    return fill_name(question, library) or multiply(question, library) or phase_on(question, library, today=today)


def fill_name(question: Understanding, library: Library) -> Draft | None:
    """Build the name of the centre of a place that the question names."""
    if not question.is_about(Want.NAME) or not question.places or not library.names:
        return None
    points: list[Point] = []
    for place in _most_specific(question.places):
        for template in library.names:
            if template.tier == place.tier and "{place}" in template.template and _fits(place, template):
                points.append(_named(place, template, library))
    if not points:
        return None
    return Draft(status=Status.ANSWERED, mode=Mode.RULES, points=tuple(points))


def _most_specific(places: Sequence[Place]) -> Sequence[Place]:
    streets = [place for place in places if place.tier == "street"]
    return streets or places


def _fits(place: Place, template: NameTemplate) -> bool:
    return not template.place_suffix or place.suffix in template.place_suffix or place.suffix == "地区"


def _named(place: Place, template: NameTemplate, library: Library) -> Point:
    full = place.name + place.suffix
    name = template.template.format(place=full)
    return Point(
        say=phrases.NAME_FILLED.filled(place=full, name=name),
        quotations=(quote_words(library, template.provision, template.words),),
        derived=True,
    )


def multiply(question: Understanding, library: Library) -> Draft | None:
    """Multiply a target out for a number of communities."""
    if not library.targets or not question.is_about(Want.TOTAL):
        return None
    wanted = [(scope, count) for count in question.quantities if (scope := _scope_counted(question.text, count))]
    if not wanted:
        return None
    points, products = [], []
    for scope, count in wanted:
        for target in _targets(scope, question.text, library):
            points.append(_product(target, count, library))
            products.append(count.value * target.at_least)
    if not points:
        return None
    lead = None
    if len(products) > 1 and not _BRAND.search(question.text):
        lead = phrases.TOTAL_ALL.filled(total=spoken(sum(products)), sum="＋".join(map(spoken, products)))
    notes = (phrases.AVERAGE_NOTE,) if any("平均" in p.quotations[0].text for p in points) else ()
    return Draft(status=Status.ANSWERED, mode=Mode.RULES, lead=lead, points=tuple(points), notes=notes)


def _scope_counted(text: str, count: Quantity) -> str | None:
    """Return urban, rural or each: what the figure counts; None when it counts something else."""
    if count.unit not in ("个", ""):
        return None
    after = text[count.end : count.end + 14]
    if not _COUNTED.search(after):
        return None
    if _URBAN.search(after):
        return "urban"
    if _RURAL.search(after) or after.lstrip().startswith("村"):
        return "rural"
    if _URBAN.search(text) and not _RURAL.search(text):
        return "urban"
    if _RURAL.search(text) and not _URBAN.search(text):
        return "rural"
    return "any"


def _targets(scope: str, text: str, library: Library) -> Iterable[Target]:
    brand = _BRAND.search(text) is not None
    for target in library.targets:
        if target.scope == "each":
            if brand:
                yield target
        elif not brand and scope in ("any", target.scope):
            yield target


_SCOPES = {"urban": ("城市社区", "urban communities"), "rural": ("农村社区", "rural communities"), "each": ("社区", "communities")}


def _product(target: Target, count: Quantity, library: Library) -> Point:
    return Point(
        say=phrases.TOTAL.filled(
            count=spoken(count.value),
            scope=_SCOPES[target.scope],
            total=spoken(count.value * target.at_least),
            unit=(target.unit.removeprefix("个"), target.unit_en),
            each=spoken(target.at_least),
        ),
        quotations=(quote_words(library, target.provision, target.words),),
        derived=True,
    )


def phase_on(question: Understanding, library: Library, *, today: date) -> Draft | None:
    """Say which phase a month falls in, and what it asks for."""
    if not library.phases or not re.search(r"阶段|步骤|进度|进展到|该(干|做)(什么|啥)|做(什么|啥)|phase|stage|step", question.text):
        return None
    months = question.months or ((Month.of(today),) if _NOW.search(question.text) else ())
    if len(months) != 1:
        return None
    month = months[0]
    phases = phases_on(month, library.phases)
    if not phases:
        return _outside(month, library)
    names = ("、".join(f"“{p.name}”" for p in phases), " and ".join(f"“{p.name_en}”" for p in phases))
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
    told = [f for f in library.facts.values() if f.provision.split("#")[0] == node and not f.provision.endswith("#0")]
    heading = quote_words(library, phase.provision, phase.words)
    duties = [fact for fact in told if fact.about != "topic"][:1]
    say = Line(
        f"{phase.name}（{_span(phase)[0]}）" + (f"：{duties[0].say}" if duties else "。"),
        f"{phase.name_en} ({_span(phase)[1]})" + (f": {duties[0].say_en}" if duties else "."),
    )
    quotations = (heading, *(quote_words(library, f.provision, f.words) for f in duties))
    return Point(say=say, quotations=quotations, derived=True)


def _span(phase: Phase) -> tuple[str, str]:
    start, end = Month.parse(phase.start), Month.parse(phase.end)
    return f"{start}至{end}", f"{_month(start)[1]} to {_month(end)[1]}"


def _outside(month: Month, library: Library) -> Draft:
    first = min(library.phases, key=lambda phase: Month.parse(phase.start))
    last = max(library.phases, key=lambda phase: Month.parse(phase.end))
    if month < Month.parse(first.start):
        lead, edge = phrases.PHASE_BEFORE.filled(month=_month(month), first=_month(Month.parse(first.start))), first
    else:
        lead, edge = phrases.PHASE_AFTER.filled(month=_month(month), last=_month(Month.parse(last.end))), last
    return Draft(status=Status.ANSWERED, mode=Mode.RULES, lead=lead, points=(_phase_point(edge, library),))


def compare(facts: Sequence[Fact], library: Library) -> Draft | None:
    """Set facts on one matter side by side by tier; ``None`` unless at least two tiers are there."""
    tiers = load_vocabulary().tiers
    columns = [key for key in tiers if any(key in fact.tier for fact in facts)]
    abouts = list(dict.fromkeys(fact.about for fact in facts if fact.tier))
    if len(columns) < 2 or not abouts:
        return None
    head = (Line("", ""), *(Line(tiers[key].label, tiers[key].label_en) for key in columns))
    lists = [fact for fact in facts if fact.items and fact.tier]
    rows: list[tuple[Line, ...]] = []
    lead: Line | None = None
    if len({fact.about for fact in lists}) == 1 and len({t for f in lists for t in f.tier}) >= 2:
        held = {key: [item for f in lists if key in f.tier for item in f.items] for key in columns}
        for item in dict.fromkeys(item for items in held.values() for item in items):
            rows.append((Line(item, item), *(phrases.LISTED if item in held[key] else phrases.NOT_LISTED for key in columns)))
        lead = _difference(held, [tiers[key].label for key in columns], [tiers[key].label_en for key in columns])
    return Draft(
        status=Status.ANSWERED,
        mode=Mode.RULES,
        lead=lead,
        points=tuple(point_of(fact, library) for fact in facts),
        table=Table(head, tuple(rows)) if rows else None,
        notes=(phrases.OPEN_LIST,) if any(fact.open_list for fact in lists) and rows else (),
    )


def _difference(held: dict[str, list[str]], labels: list[str], labels_en: list[str]) -> Line | None:
    sets = list(held.values())
    common = [item for item in sets[0] if all(item in items for items in sets)]
    zh: list[str] = []
    en: list[str] = []
    if common:
        line = phrases.IN_COMMON.filled(
            tiers=("、".join(labels), ", ".join(labels_en)), items=("、".join(common), ", ".join(common))
        )
        zh.append(line.zh)
        en.append(line.en)
    for (_, items), label, label_en in zip(held.items(), labels, labels_en, strict=True):
        extra = [item for item in items if sum(item in other for other in sets) == 1]
        if extra:
            line = phrases.ONLY_AT.filled(tier=(label, label_en), items=("、".join(extra), ", ".join(extra)))
            zh.append(line.zh)
            en.append(line.en)
    return Line("；".join(zh) + "。", "; ".join(en) + ".") if zh else None


def duties_of(actors: Sequence[str], library: Library) -> tuple[Duty, ...]:
    """Return the duties that the text lays on any of the actors, in the order of the text."""
    return tuple(duty for duty in library.duties if set(duty.actor) & set(actors))
