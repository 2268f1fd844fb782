"""Set what the tiers say on one matter side by side."""

from collections.abc import Sequence

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.draft import Draft, Table, point_of
from assistant.phrases import Line
from corpus.library import Library
from corpus.rules import Fact
from corpus.vocabulary import load_vocabulary


def compare(facts: Sequence[Fact], library: Library) -> Draft | None:
    """Set facts on one matter side by side by tier; ``None`` unless two tiers say different things of it."""
    bound = [fact for fact in facts if fact.tier]
    matters = {
        fact.about for fact in bound if len({t for f in bound if f.about == fact.about for t in f.tier}) > 1
    }
    apart = [
        fact
        for fact in bound
        if fact.about in matters and any(f.about == fact.about and f is not fact for f in bound)
    ]
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
            rows.append(
                (
                    Line(item, phrases.ITEMS.get(item, item)),
                    *(phrases.LISTED if item in held[key] else phrases.NOT_LISTED for key in columns),
                )
            )
        rows += _as_needed(lists, columns, library)
        lead = _difference(
            held, [tiers[key].label for key in columns], [tiers[key].label_en for key in columns]
        )
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
        (
            Line(name, phrases.ITEMS.get(name, name)),
            *(
                phrases.AS_NEEDED
                if any(r.name == name and r.tier == key for r in optional)
                else phrases.NOT_LISTED
                for key in columns
            ),
        )
        for name in dict.fromkeys(room.name for room in optional)
    ]


def _difference(held: dict[str, list[str]], labels: list[str], labels_en: list[str]) -> Line | None:
    sets = list(held.values())
    common = [item for item in sets[0] if all(item in items for items in sets)]
    zh: list[str] = []
    en: list[str] = []
    if common:
        line = phrases.IN_COMMON.filled(
            tiers=("、".join(labels), ", ".join(labels_en)), items=phrases.items_said(common)
        )
        zh.append(line.zh)
        en.append(line.en)
    for (_, items), label, label_en in zip(held.items(), labels, labels_en, strict=True):
        extra = [item for item in items if sum(item in other for other in sets) == 1]
        if extra:
            line = phrases.ONLY_AT.filled(tier=(label, label_en), items=phrases.items_said(extra))
            zh.append(line.zh)
            en.append(line.en)
    return Line("；".join(zh) + "。", "; ".join(en) + ".") if zh else None
