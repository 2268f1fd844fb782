"""Find the leaf that bears each clause of a statement out, or the one that comes nearest."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.grounding.bodies import Tier
from assistant.grounding.case import Failure
from assistant.grounding.claims import Claim, claims_of
from assistant.grounding.compare import compare, figures_told, tells, told_by
from assistant.grounding.consequences import follows
from assistant.grounding.cover import lay
from assistant.grounding.dates import Relation, agrees, find_moments
from assistant.grounding.plain import plain
from assistant.grounding.reading import outline_of, source_of
from assistant.grounding.source import Source
from assistant.grounding.wording import load_wording
from corpus.library import Library


def sources_of(provisions: Sequence[str], library: Library) -> list[Source]:
    leaves: dict[str, None] = {}
    for id in provisions:
        for leaf in library.provision(id).leaves():
            leaves[leaf.id] = None
    return [source_of(library, leaf) for leaf in leaves]


def objection(statement: str, provisions: Sequence[str], sources: Sequence[Source], library: Library) -> str:
    """Return why the leaves do not bear out a Chinese statement, for the first clause that they do not; or nothing."""
    wording = load_wording()
    outlines = [
        outline
        for id in (*provisions, *_whole(provisions, library))
        if (outline := outline_of(library, id)) is not None
    ]
    whole = wording.localised(plain(statement))
    home: Source | None = None
    told = False
    for claim in claims_of(statement, wording):
        failure, home = _best(claim, sources, home, whole)
        if failure is None:
            told = told or home is None or tells(claim, home) or follows(claim, sources)
            continue
        told = True
        if follows(claim, sources):
            continue
        if any(_spans(claim, outline) and compare(claim, outline, whole) is None for outline in outlines):
            continue
        parts = (_by_tier(claim, sources) if failure.by_tier else []) or _by_member(claim)
        if not parts or any(_best(part, sources, home, whole)[0] is not None for part in parts):
            return failure.why
    if not told:
        return "这里说的都是标题里的话，所引条款本身没有说到。"
    return ""


def _whole(provisions: Sequence[str], library: Library) -> list[str]:
    """Return what the cited provisions are all the parts of."""
    parents = dict.fromkeys(filter(None, (library.provision(id).parent for id in provisions)))
    return [
        parent
        for parent in parents
        if all(child.id in provisions for child in library.provision(parent).children if child.number)
    ]


def _spans(claim: Claim, outline: Source) -> bool:
    """Say whether the claim's dates, if any, are where the headings begin and end, and it speaks of them all or of none."""
    if not claim.moments:
        return True
    told = find_moments(outline.text)
    names = [re.sub(r"\d.*", "", title) for title in outline.text.split("、")]
    named = sum(name.removesuffix("阶段") in claim.text for name in names)
    return (
        bool(told)
        and named in {0, len(names)}
        and all(
            (moment.relation is Relation.START and agrees(moment, told[:1]))
            or (moment.relation in {Relation.END, Relation.BY} and agrees(moment, told[-1:]))
            for moment in claim.moments
        )
    )


_TRIED = 4
_FIGURE = 2.5
"""How many characters a date or an amount is worth when a leaf has just it."""


def _best(
    claim: Claim, sources: Sequence[Source], home: Source | None, statement: str
) -> tuple[Failure | None, Source | None]:
    """Return what speaks against the claim in the leaf that speaks most for it, and that leaf."""
    weights = {
        source.id: told_by(lay(claim.text, source, claim.checked)) + _FIGURE * figures_told(claim, source)
        for source in _likely(claim, sources)
    }
    ranked = sorted(
        _likely(claim, sources),
        key=lambda source: weights[source.id] + (source is home) * 0.5,
        reverse=True,
    )
    best: Failure | None = None
    nearest = home
    most = weights[ranked[0].id]
    enough = 0.6
    for source in ranked[:_TRIED]:
        if weights[source.id] < enough * most:
            break
        failure = compare(claim, source, statement)
        if failure is None:
            return None, source
        if failure.rank < 10 and not failure.by_tier:
            enough = 0.9
        if best is None or failure.rank < best.rank:
            best, nearest = failure, source
    return best, nearest


_LAID = 6


def _likely(claim: Claim, sources: Sequence[Source]) -> Sequence[Source]:
    """Return the sources that share most pairs of characters with the claim, when there are many."""
    if len(sources) <= _LAID:
        return sources
    pairs = {claim.text[at : at + 2] for at in range(len(claim.text) - 1)}
    return sorted(sources, key=lambda source: len(pairs & source.pairs), reverse=True)[:_LAID]


_SINGLE = {Tier.CITY: "市级", Tier.DISTRICT: "区级", Tier.STREET: "街道乡镇级"}
_ALONE = {Tier.CITY: "市", Tier.DISTRICT: "各区", Tier.STREET: "街道乡镇"}
_LEVEL = re.compile(r"级|三个层级|层面|里$")


def _by_tier(claim: Claim, sources: Sequence[Source]) -> list[Claim]:
    """Return the claim once for each tier, when it speaks of several at once."""
    three = re.search(r"三级|三个层级|各级", claim.text)
    if three and not claim.places:
        spans = [(three.start(), three.end(), frozenset(_SINGLE))]
    else:
        spans = [span for span in claim.places if len(span[2]) > 1 and span[2] <= frozenset(_SINGLE)]
    levels = [quantity for quantity in claim.quantities if quantity.unit == "级"]
    told = [quantity for source in sources for quantity in source.quantities if quantity.unit == "级"]
    if len(spans) != 1 or (levels and told) or any(quantity.value != len(spans[0][2]) for quantity in levels):
        return []
    start, end, tiers = spans[0]
    rest = re.sub("都|均", "", claim.text[end:])
    names = (
        _SINGLE
        if _LEVEL.search(claim.text[start:end]) or rest.startswith(("机构", "的机构", "孵化"))
        else _ALONE
    )
    return [
        replace(claim, text=claim.text[:start] + names[tier] + rest)
        for tier in sorted(tiers & frozenset(_SINGLE))
    ]


_EACH = re.compile("都|均|各")
_PHASES = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2}阶段)(?:和|与|、|跟)(?P<other>[\u4e00-\u9fff]{2}阶段)(?:这?两个阶段)?"
    r"(?:(?:都|均|同时)(?:包含|包括|涵盖|覆盖|含|有|占)(?:了|到)?(?P<rest>.+)|在(?P<when>.+?)(?:这个月|那个月)?(?:有)?(?:重叠|交叠|重合|相接|衔接|碰头|交叉))$"
)
_JOINT = re.compile("、|和|与|以及|及|跟|同")


def _by_member(claim: Claim) -> list[Claim]:
    """Return the claim once for each of those of whom it says that they all do it: 「甲和乙都……」."""
    phases = _PHASES.match(claim.text)
    if phases:
        rest = phases["when"] or phases["rest"]
        return [replace(claim, text=f"{phases[name]}包含{rest}") for name in ("one", "other")]
    group = next((group for group in claim.groups if len(group.bodies) > 1), None)
    if group is None or not _EACH.search(claim.text[group.end :]):
        return []
    names: list[tuple[int, int]] = []
    start = group.start
    for end in sorted({body.end for body in group.bodies}):
        joint = _JOINT.match(claim.text, start)
        names.append((joint.end() if joint else start, end))
        start = end
    if len(names) < 2:
        return []
    rest = _EACH.sub("", claim.text[group.end :], count=1)
    return [
        replace(claim, text=claim.text[: group.start] + claim.text[start:end] + rest) for start, end in names
    ]
