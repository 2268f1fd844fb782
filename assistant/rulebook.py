"""Answer from rules: a name filled in, a target multiplied out, the phase on a date, tiers side by side, duties."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from corpus.document import Document
from corpus.library import Library, Quotation
from corpus.rules import Duty, Fact, NameTemplate, Phase, Target
from corpus.shadow import simplified
from corpus.validity import notes_on
from corpus.vocabulary import load_vocabulary

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.calendar import Month, phases_on
from assistant.draft import Draft, Point, Table, point_of, quote_words
from assistant.phrases import Line
from assistant.quantity import Quantity, find_quantities, spoken
from assistant.understand import Place, Understanding, Want

_URBAN = re.compile(r"城市社区|城里|城区|城市的?社区|市区(的)?社区|城镇社区|urban|city communit")
_RURAL = re.compile(r"农村|村里|乡下|村社区|个村|行政村|rural|village")
_BRAND = re.compile(r"品牌|名牌|叫得响|brand|flagship")
_COUNTED = re.compile(r"^\s*(城市|农村|城里的?|农村的?|城镇|村|urban|rural|village|社区|居委会|个?社区|communit)")
_NOW = re.compile(r"现在|目前|当前|如今|今年|眼下|这会儿|\bnow\b|currently|today|at present")


def answer_by_rule(question: Understanding, library: Library, *, today: date) -> Draft | None:
    """Return the answer that a rule gives, or ``None`` when none applies."""
    return (
        fill_name(question, library)
        or multiply(question, library)
        or share_of(question, library)
        or phase_on(question, library, today=today)
        or duties(question, library)
        or validity(question, library, today=today)
    )


def fill_name(question: Understanding, library: Library) -> Draft | None:
    """Build the name of the centre of a place that the question names."""
    if not question.is_about(Want.NAME) or not library.names or _OTHER_MATTERS.search(question.text):
        return None
    points = [
        _named(full, template, library)
        for template in library.names
        for full in _places_for(template, question)
        if "{place}" in template.template
    ]
    if not points:
        return None
    names = [point.say.zh for point in points]
    claimed = _CLAIMED.search(question.question.text)
    lead = None
    if claimed and ("中心" in claimed[1] or "基地" in claimed[1]):
        said = simplified(claimed[1])
        lead = phrases.YES if any(f"“{said}”" in name for name in names) else phrases.NO
    return Draft(status=Status.ANSWERED, mode=Mode.RULES, lead=lead, points=tuple(points))


_OTHER_MATTERS = re.compile(r"名单|房间|屋子|功能区|服务(?!中心)|经费|钱|面积|几个|多少|地址|电话|哪条街|局长|主任|领导")
_CLAIMED = re.compile(r"[“\"「『‘]([^”\"」』’]{6,30})[”\"」』’]")


def _places_for(template: NameTemplate, question: Understanding) -> Sequence[str]:
    """Return the places whose name goes into a template, in full."""
    if template.unit == "base":
        if "基地" not in question.text:
            return ()
        named = [place.name for place in question.places]
        found = re.search(r"在([一-鿿]{2,4}?)(?:设|建|开|弄|搞|挂|办|成立)", question.text)
        return named or ([found[1]] if found else [])
    if "基地" in question.text and template.tier != "street":
        return ()
    return [p.name + p.suffix for p in _most_specific(question.places) if p.tier == template.tier and _fits(p, template)]


def _most_specific(places: Sequence[Place]) -> Sequence[Place]:
    streets = [place for place in places if place.tier == "street"]
    return streets or places


def _fits(place: Place, template: NameTemplate) -> bool:
    return not template.place_suffix or place.suffix in template.place_suffix or place.suffix == "地区"


def _named(full: str, template: NameTemplate, library: Library) -> Point:
    name = template.template.format(place=full)
    return Point(
        say=phrases.NAME_FILLED.filled(place=full, name=name),
        quotations=(quote_words(library, template.provision, template.words),),
        derived=True,
    )


def multiply(question: Understanding, library: Library) -> Draft | None:
    """Multiply a target out for a number of communities."""
    if not library.targets or not question.is_about(Want.TOTAL) or question.asked:
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


_MONEY = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*(?P<unit>万元|亿元|万|亿|元|块)")


def share_of(question: Understanding, library: Library) -> Draft | None:
    """Work a percentage out for an amount of money that the question names."""
    amount = _MONEY.search(question.text)
    shares = [fact for fact in library.facts if fact.kind in ("number", "target") and "%" in fact.words]
    if amount is None or not shares or not re.search(r"购买|买|拿出|拿|至少|最少|不低于|buy|purchase", question.text):
        return None
    fact = shares[0]
    percent = next((q for q in find_quantities(fact.words) if q.unit == "%"), None)
    if percent is None or not re.search(r"新增|项目|购买|buy|project", question.text):
        return None
    part = spoken(round(float(amount["n"]) * percent.value / 100, 4)) + amount["unit"]
    whole = amount["n"] + amount["unit"]
    say = phrases.SHARE.filled(whole=whole, percent=spoken(percent.value), part=part)
    point = Point(say=Line(say.zh + fact.say, f"{say.en} {fact.say_en}"), quotations=point_of(fact, library).quotations, derived=True)
    return Draft(status=Status.ANSWERED, mode=Mode.RULES, points=(point,))


def _scope_counted(text: str, count: Quantity) -> str | None:
    """Return urban, rural or each: what the figure counts; None when it counts something else."""
    if count.unit not in ("个", "") or count.value < 2:
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


_UNITS = ("community social organisations", "“brand” community social organisations")


def _product(target: Target, count: Quantity, library: Library) -> Point:
    return Point(
        say=phrases.TOTAL.filled(
            count=spoken(count.value),
            scope=_SCOPES[target.scope],
            total=spoken(count.value * target.at_least),
            unit=(target.unit.removeprefix("个"), _UNITS[target.scope == "each"]),
            each=spoken(target.at_least),
        ),
        quotations=(quote_words(library, target.provision, target.words),),
        derived=True,
    )


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
    names = ("、".join(f"“{p.name}”" for p in phases), " and ".join(f"“{_phase_en(p, library)}”" for p in phases))
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
        f"{phase.name}（{_span(phase)[0]}）" + (f"：{duties[0].say.removeprefix(phase.name).lstrip('，')}" if duties else "。"),
        f"{_phase_en(phase, library)} ({_span(phase)[1]})" + (f": {duties[0].say_en}" if duties else "."),
    )
    quotations = (heading, *(quote_words(library, f.provision, f.words) for f in duties))
    return Point(say=say, quotations=quotations, derived=True)


def _phase_en(phase: Phase, library: Library) -> str:
    heading = library.translation(phase.provision) or phase.name
    return re.sub(r"^\W*\(?[ivx0-9一二三四]+\)?[.)]?\s*|\s*\(.*$", "", heading) or phase.name


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
    """Set facts on one matter side by side by tier; ``None`` unless two tiers say different things of it."""
    bound = [fact for fact in facts if fact.tier]
    matters = {fact.about for fact in bound if len({t for f in bound if f.about == fact.about for t in f.tier}) > 1}
    apart = [fact for fact in bound if fact.about in matters and any(f.about == fact.about and f is not fact for f in bound)]
    tiers = load_vocabulary().tiers
    columns = [key for key in tiers if any(key in fact.tier for fact in apart)]
    if len(columns) < 2 or facts[0] not in apart:
        return None
    lists = [fact for fact in apart if fact.items]
    rows: list[tuple[Line, ...]] = []
    lead: Line | None = None
    if lists and len({fact.about for fact in lists}) == 1:
        held = {key: [item for f in lists if key in f.tier for item in f.items] for key in columns}
        for item in dict.fromkeys(item for items in held.values() for item in items):
            rows.append((Line(item, item), *(phrases.LISTED if item in held[key] else phrases.NOT_LISTED for key in columns)))
        rows += _as_needed(lists, columns, library)
        lead = _difference(held, [tiers[key].label for key in columns], [tiers[key].label_en for key in columns])
    head = (phrases.MATTER, *(Line(tiers[key].label, tiers[key].label_en) for key in columns))
    return Draft(
        status=Status.ANSWERED,
        mode=Mode.RULES,
        lead=lead,
        points=tuple(point_of(fact, library) for fact in facts),
        table=Table(head, tuple(rows)) if rows else None,
        notes=(phrases.OPEN_LIST,) if any(fact.open_list for fact in lists) and rows else (),
    )


def _as_needed(lists: Sequence[Fact], columns: Sequence[str], library: Library) -> list[tuple[Line, ...]]:
    """Return rows for the rooms that are set up as needed, when the lists are of rooms."""
    separate = {room.name for room in library.rooms if room.need == "separate"}
    if not all(item in separate for fact in lists for item in fact.items):
        return []
    optional = [room for room in library.rooms if room.need == "as_needed"]
    return [
        (Line(name, name), *(phrases.AS_NEEDED if any(r.name == name and r.tier == key for r in optional) else phrases.NOT_LISTED for key in columns))
        for name in dict.fromkeys(room.name for room in optional)
    ]


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


_VALID = re.compile(
    r"还(在|算|有|能|是不是)?(有效|管用|算数|作数|执行|用得上|在用|适用|生效)|(是否|是不是|有没有|已经?|还)(有效|过期|失效|废止|到期|过时|作废)|过期(了|没)|失效(了|没)|废止(了|没)|作废|过时(了|没)"
    r"|现行有效|(时间|期限|期)(段)?(已经|是不是|都)?(走完|过了|到了|结束)|still (in force|valid|apply|applies|in effect)|expired|repealed|out of date|up to date"
)


_DOCUMENTS = re.compile(r"方案|指引|通知|文件|政策|规定|行动|这(个|份|些)|它|\b(plan|guideline|notice|document|policy|it|this|they)\b")


def validity(question: Understanding, library: Library, *, today: date) -> Draft | None:
    """Say whether the documents still hold, as far as they and their front matter tell."""
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
    return Draft(status=Status.ANSWERED, mode=Mode.RULES, points=tuple(points)) if points else None


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


_GENERAL = re.compile(
    r"职责|责任|任务|派了.*活|(要|该|得|需要?|应该?)(负责)?(做|干|办|管)(些|哪些|点|的)?(什么|啥|哪些|事|工作)*|干(什么|啥)|哪几件事|哪些(事|工作|活)|摊上"
    r"|duties|responsib\w*|have to do|must .* do|supposed to do"
)
_ACTOR_WORDS = re.compile(
    r"文件|方案|指引|通知|里|头|到底|给|我们|我|我们这|一条条|一共|总共|列|拎|出来|一下|分别|有|的|了|都|在|这|份|上|下|和|与|、|呢|吗|请|帮|清单|全部|所有"
    r"|民政(部门|局)?|办事处|政府|级|一级|what|are|is|the|of|a|list|all|for|by|in|under|plan|guideline|subdistricts?|townships?|districts?|civil|affairs|bureau|office|municipal|city|level|and|\W"
)


def duties(question: Understanding, library: Library) -> Draft | None:
    """List everything that the text sets out for an actor, when the question asks for just that."""
    if not library.duties or not _GENERAL.search(question.text) or len(question.tiers) != 1:
        return None
    rest = _GENERAL.sub("", question.text)
    for tier in load_vocabulary().tiers.values():
        rest = tier.pattern.sub("", rest)
    if len(_ACTOR_WORDS.sub("", rest)) > 4:
        return None
    key = question.tiers[0]
    civil = "民政" in question.text or "civil affairs" in question.text
    named = [d.front for d in library.documents if d.front.short_title and d.front.short_title in question.text]
    held = [
        duty
        for duty in duties_of((key,), library)
        if (not civil or "民政" in _sentence(duty, library))
        and (not named or library.document_of(duty.provision).front in named)
    ]
    if not held:
        return None
    tier = load_vocabulary().tiers[key]
    return Draft(
        status=Status.ANSWERED,
        mode=Mode.RULES,
        lead=phrases.DUTIES_OF.filled(actor=(tier.label, tier.label_en), count=str(len(held))),
        points=tuple(_duty_point(duty, library) for duty in held),
    )


def _sentence(duty: Duty, library: Library) -> str:
    return library.text_of(duty.provision)


_MODAL = {"must": ("应", "must"), "may": ("可", "may"), "encouraged": ("鼓励", "encouraged"), "advocated": ("提倡", "advocated")}


def _duty_point(duty: Duty, library: Library) -> Point:
    modal, modal_en = _MODAL.get(duty.must, ("", ""))
    by = f"（{duty.by}）" if duty.by else ""
    return Point(
        say=Line(f"{modal and f'〔{modal}〕'}{duty.what}{by}", f"{modal_en and f'[{modal_en}] '}{duty.what_en}"),
        quotations=(quote_words(library, duty.provision, duty.words),),
        derived=True,
    )


def duties_of(actors: Sequence[str], library: Library) -> tuple[Duty, ...]:
    """Return the duties that the text lays on any of the actors, in the order of the text."""
    return tuple(duty for duty in library.duties if set(duty.actor) & set(actors))
