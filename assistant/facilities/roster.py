"""List what the documents lay on whom: how binding it is in the text's own word, and by when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.calendar import Month
from assistant.draft import quote_words
from assistant.facilities.words import ACTORS
from corpus.library import Library, Quotation, node_of
from corpus.rules import Duty, Phase

_MODAL = {
    "must": re.compile(r"应当?|必须|须|要"),
    "may": re.compile(r"可以?"),
    "encouraged": re.compile(r"鼓励|支持"),
    "advocated": re.compile(r"提倡"),
    "must_not": re.compile(r"不得|禁止|严禁"),
}
_NOT_MODAL = re.compile(
    r"适应|相应|对应|应急|认可|可复制|可推广|需要|重要|主要|必要|要求|要点|要内容|要性|支持性|场地支持"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """By when something is to be done, in the text's own words."""

    quotation: Quotation
    """2022年6月底前, or the heading that gives the phase."""
    last: Month
    """The month in which it is still in time; for 于某月前 the month before."""
    phase: bool = False
    """Whether it is the time of a phase rather than a date of its own."""

    def is_past(self, today: date) -> bool:
        """Say whether that time is over."""
        return Month.of(today) > self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to be done, or one figure to be reached."""

    id: str
    actors: tuple[str, ...]
    """Keys of ``words.ACTORS``; empty where the text names nobody."""
    modality: str
    """As in ``rules.toml``, or ``target``."""
    word: str
    """The text's own word for it: 应, 要, 可, 鼓励 …; empty where it has none."""
    what: str
    what_en: str
    quotation: Quotation
    due: Due | None = None


def build_roster(library: Library) -> tuple[Item, ...]:
    """Return every duty and target of a library, in the order of the text."""
    items = [*(_duty(library, duty) for duty in library.duties), *_targets(library)]
    order = {document.slug: number for number, document in enumerate(library.documents)}
    return tuple(
        sorted(
            items,
            key=lambda one: (order[library.document_of(one.quotation.provision).slug], one.quotation.start),
        )
    )


def of_actor(items: tuple[Item, ...], actor: str) -> tuple[Item, ...]:
    """Return what falls on an actor; the empty key is for what falls on nobody by name."""
    return tuple(one for one in items if (actor in one.actors if actor else not one.actors))


def actors_in(items: tuple[Item, ...]) -> tuple[str, ...]:
    """Return the keys of everybody that something falls on, known ones first, nobody last."""
    found = dict.fromkeys(actor for one in items for actor in one.actors or ("",))
    known = [actor for actor in ACTORS if actor in found]
    strange = [actor for actor in found if actor not in ACTORS]
    return tuple([*known, *strange] if "" not in found else [*known[:-1], *strange, ""])


def _duty(library: Library, duty: Duty) -> Item:
    return Item(
        id=duty.id,
        actors=duty.actor,
        modality=duty.must,
        word=_word(library, duty),
        what=duty.what,
        what_en=duty.what_en,
        quotation=quote_words(library, duty.provision, duty.words),
        due=_own_date(library, duty) or _phase_of(library, duty),
    )


def _word(library: Library, duty: Duty) -> str:
    """Return the word that makes it binding: in the words themselves, else the last before them; empty if there is none."""
    pattern = _MODAL.get(duty.must)
    if pattern is None:
        return ""
    whole = library.text_of(duty.provision)
    start = whole.index(duty.words)
    end = start + len(duty.words)
    plain = _NOT_MODAL.sub(lambda found: "　" * len(found.group()), whole)
    within = pattern.search(plain, start, end)
    if within:
        return within.group()
    before = list(pattern.finditer(plain, 0, start))
    return before[-1].group() if before else ""


def _own_date(library: Library, duty: Duty) -> Due | None:
    """Return the date that a duty has in its own words, if it is a month as the rules write it."""
    if not duty.by:
        return None
    found = re.search(rf"{re.escape(duty.by)}(?:底)?(?:前)?", duty.words)
    written = re.fullmatch(r"(\d{4})年(\d{1,2})月", duty.by)
    if found is None or written is None or not 1 <= int(written[2]) <= 12:
        return None
    year, month = int(written[1]), int(written[2])
    return Due(
        quotation=quote_words(library, duty.provision, found.group()),
        last=_before(Month(year, month)) if duty.by_kind == "before" else Month(year, month),
    )


def _before(month: Month) -> Month:
    return Month(month.year - 1, 12) if month.month == 1 else Month(month.year, month.month - 1)


def _phase_of(library: Library, duty: Duty) -> Due | None:
    """Return the phase under whose heading a duty stands."""
    node = node_of(duty.provision)
    phase: Phase | None = next((p for p in library.phases if node_of(p.provision) == node), None)
    if phase is None:
        return None
    return Due(
        quotation=quote_words(library, phase.provision, phase.words), last=Month.parse(phase.end), phase=True
    )


def _targets(library: Library) -> Iterator[Item]:
    for target in library.targets:
        fact = next(
            (f for f in library.facts if (f.provision, f.words) == (target.provision, target.words)), None
        )
        by = f"到{target.by}年"
        dated = by in library.text_of(target.provision)
        yield Item(
            id=f"target-{target.id}",
            actors=(),
            modality="target",
            word="",
            what=target.words,
            what_en=fact.say_en.rstrip(".") if fact else "",
            quotation=quote_words(library, target.provision, target.words),
            due=Due(quotation=quote_words(library, target.provision, by), last=Month(int(target.by), 12))
            if dated
            else None,
        )
