"""Decide a yes-or-no question, and name a false premise, by the words that settle it."""

import itertools
import re
from collections.abc import Sequence

from assistant import phrases
from assistant.phrases import Line
from assistant.quantity import Quantity, find_quantities
from assistant.understand import Understanding, Want
from corpus.library import Library
from corpus.rules import Fact
from corpus.vocabulary import load_vocabulary

_MUST = re.compile(
    r"必须|一定要|非得|硬性|强制|务必|必需|得有|只能|不得不|must|have to|mandatory|compulsory|obliged|required"
)
_MAY = re.compile(r"可以|能不能|可不可以|能否|允许|行不行|能(?!力)|\bmay\b|\bcan\b|allowed|permitted|could")
_NOT = re.compile(
    r"不(用|必|需要|设|要(?!求)|单独|纳入|应|可以|能|得|许|允许)|可以不|没必要|无需|用不着|not |n't|without"
)
_MODAL_WORDS = {
    "may": ("可", "may"),
    "encouraged": ("鼓励或支持", "encouraged or supported"),
    "advocated": ("提倡", "advocated"),
}
_COMPARED = ("%", "学时", "次", "个月")
"""Units by which a figure in the question and one in the text are held against each other."""


def verdict(question: Understanding, facts: Sequence[Fact], library: Library) -> Line | None:
    """Return what to say first: yes, no, or the correction; ``None`` when the text alone should speak."""
    return (
        _deadline(question, facts)
        or _figure(question, facts)
        or _listed(question, facts, library)
        or (_modality(question, facts) if question.is_about(Want.CONFIRM) else None)
    )


def _figure(question: Understanding, facts: Sequence[Fact]) -> Line | None:
    """Correct a figure that is not the text's."""
    claims = [claimed for claimed in question.quantities if not _is_article(claimed)]
    for fact in facts:
        stated = find_quantities(fact.words)
        for claimed in claims:
            rivals = [
                q
                for q in stated
                if q.unit == claimed.unit and (claimed.unit in _COMPARED or _same_thing(claimed, q))
            ]
            if rivals and all(q.value != claimed.value for q in rivals):
                words = question.text[claimed.start : claimed.end]
                return phrases.NOT_FIGURE.filled(claimed=words)
            if rivals and question.is_about(Want.CONFIRM) and not _NOT.search(question.text):
                return _with_comparator(question.text, claimed, fact)
    return None


_ONLY_ONE = re.compile(r"(只|仅|至少|最少|起码|不少于|不低于|够|满|培育|搞|弄|建)(出|好|成|有|要)?$")


def _is_article(claimed: Quantity) -> bool:
    """Say whether 一个 is no figure but an article: 每一个, 这一个, 差一个."""
    return claimed.value == 1 and claimed.unit == "个" and not _ONLY_ONE.search(claimed.before)


_DEADLINE = re.compile(r"(?P<month>\d{1,2}月)(?P<end>底|末)?(之?前|以前)")


def _deadline(question: Understanding, facts: Sequence[Fact]) -> Line | None:
    """Tell 「6月前」 from 「6月底前」 where the question has the one and the text the other."""
    if not question.is_about(Want.CONFIRM):
        return None
    claimed = _DEADLINE.search(question.text)
    for fact in facts if claimed else ():
        stated = _DEADLINE.search(fact.words)
        if claimed and stated and stated["month"] == claimed["month"]:
            same = bool(stated["end"]) == bool(claimed["end"])
            return phrases.YES if same else phrases.NOT_FIGURE.filled(claimed=claimed[0])
    return None


def _same_thing(claimed: Quantity, stated: Quantity) -> bool:
    """Say whether two counts count the same: the words after them begin alike, or the claim stands alone."""
    after = re.sub(r"^[的\s“\"]+", "", claimed.after)
    words = re.sub(r"^[“\"]+", "", stated.after)
    return len(after) >= 2 and after[:2] == words[:2] and after[:2].isalnum()


_COMPARATORS = {
    "least": re.compile(r"不少于|不低于|至少|最少|起码|以上|at least|no (fewer|less) than|minimum"),
    "most": re.compile(
        r"不超过|不高于|不多于|至多|最多|封顶|以内|以下|上限|at most|no more than|maximum|cap"
    ),
}


def _with_comparator(text: str, claimed: Quantity, fact: Fact) -> Line | None:
    around = text if len(find_quantities(text)) == 1 else text[max(0, claimed.start - 8) : claimed.end + 6]
    said = next((key for key, pattern in _COMPARATORS.items() if pattern.search(around)), None)
    stated = next((key for key, pattern in _COMPARATORS.items() if pattern.search(fact.words)), None)
    if said and stated and said != stated:
        return phrases.NO
    return phrases.YES if said == stated or said is None else None


def _listed(question: Understanding, facts: Sequence[Fact], library: Library) -> Line | None:
    """Say whether something that the question names is in the list for its tier."""
    if not question.is_about(Want.CONFIRM) or question.is_about(Want.COMPARE) or not question.tiers:
        return None
    matters = {fact.about for fact in facts if fact.items and fact.tier}
    items = dict.fromkeys(
        item for f in library.facts if f.about in matters and f.tier for item in f.items if len(item) >= 4
    )
    places = {fact.provision for fact in facts if fact.items}
    if any(room.provision in places for room in library.rooms):
        items |= dict.fromkeys(room.name for room in library.rooms)
    named = [item for item in items if _names(item, question.text)]
    every = load_vocabulary().tiers
    stranger = _stranger(question.text, library) if not named and matters else ""
    if stranger:
        label = (
            "、".join(every[key].label for key in question.tiers),
            ", ".join(every[key].label_en for key in question.tiers),
        )
        return phrases.NOT_IN_LIST.filled(tier=label, items=stranger)
    if not named:
        return None
    negative = _NOT.search(question.text) is not None
    tiers = load_vocabulary().tiers
    for key in question.tiers:
        lists = [f for f in library.facts if key in f.tier and f.items and f.about in matters]
        if not lists:
            continue
        rooms = {room.name for room in library.rooms if room.tier == key}
        missing = [item for item in named if item not in rooms and not any(item in f.items for f in lists)]
        label = (tiers[key].label, tiers[key].label_en)
        if missing:
            return _not_listed(label, missing, matters, library)
        if _MUST.search(question.text) and any(f.modality == "must" for f in lists) and not negative:
            return phrases.YES
        separate = {room.name for room in library.rooms if room.tier == key and room.need == "separate"}
        if negative and not set(named) <= separate:
            return None  # only of rooms does the text say 应独立设置
        if negative:
            return phrases.MUST_HAVE.filled(tier=label, items=phrases.items_said(named))
        return phrases.IN_LIST.filled(tier=label, items=phrases.items_said(named))
    return None


def _not_listed(label: tuple[str, str], missing: Sequence[str], matters: set[str], library: Library) -> Line:
    """Return that a tier's list has not got something, and whose list has."""
    items = phrases.items_said(missing)
    tiers = load_vocabulary().tiers
    listing = {
        tier for f in library.facts if f.about in matters and set(missing) <= set(f.items) for tier in f.tier
    }
    listing |= {room.tier for room in library.rooms if room.name in missing}
    lead = phrases.NOT_IN_LIST.filled(tier=label, items=items)
    if not listing:
        return lead
    others = [tier for key, tier in tiers.items() if key in listing]
    other = ("、".join(tier.label for tier in others), ", ".join(tier.label_en for tier in others))
    said = phrases.LISTED_ELSEWHERE.filled(other=other, items=items)
    return Line(lead.zh + said.zh, lead.en + said.en)


def _names(item: str, text: str) -> bool:
    """Say whether a text names a member of a list, or what sets it apart: 多功能 of 多功能的活动区."""
    head, _, rest = item.partition("的")
    return item in text or (bool(rest) and len(head) > 2 and head in text)


_SET_UP = re.compile(
    r"(?:设|配|建|弄|搞|有|留|要|开|安排)(?:个|一个|一间|间|了|上|置)?(?P<room>[一-鿿]{2,7}?(?:室|厅|房|堂|馆|区|间))(?=[，。,?!吗吧呢么对是才、；;的 ]|$)"
)
_ANY_ROOM = re.compile(
    r"功能区|房间|场地|区域|社区|城区|各区|我区|每个区|展示区$|活动区$|服务区$|空间|时间|期间|中间|之间"
)


def _stranger(text: str, library: Library) -> str:
    """Return a room that the question names and no list in the corpus has; empty when there is none."""
    match = _SET_UP.search(text)
    if match is None or _ANY_ROOM.search(match["room"]):
        return ""
    room = match["room"].lstrip("设配建弄搞有留要开安排个一间了上置")
    known = any(room in item or item in room for fact in library.facts for item in fact.items)
    known = known or any(
        room in listed.name or listed.name[:3] in room or listed.name[:2] == room[:2]
        for listed in library.rooms
    )
    known = known or any(room in term.everyday for term in load_vocabulary().terms)
    return "" if known or len(room) < 2 else room


def _modality(question: Understanding, facts: Sequence[Fact]) -> Line | None:
    if not facts:
        return None
    modality = facts[0].modality
    text = question.text
    negative = _NOT.search(text) is not None
    if _MUST.search(text) and not negative and modality in _MODAL_WORDS:
        return phrases.MAY_NOT_MUST.filled(word=_MODAL_WORDS[modality])
    named = any(item in text for item in facts[0].items) or _nearly(facts[0], text)
    if modality == "may" and named and _MAY.search(text) and not negative:
        return phrases.MAY
    return None


def _nearly(fact: Fact, text: str) -> bool:
    """Say whether an English question shares two long words in a row with what a fact says."""
    said = re.findall(r"[a-z]+", fact.say_en.lower())
    pairs = (
        f"{first} {second}" for first, second in itertools.pairwise(said) if min(len(first), len(second)) > 4
    )
    return any(pair in text for pair in pairs)
