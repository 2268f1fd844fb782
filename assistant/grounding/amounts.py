"""Check amounts: the number, its unit, its bound, and what it counts."""

import itertools
import re
from dataclasses import replace

from assistant.grounding.bodies import KINDS, Body, Group, find_groups
from assistant.grounding.case import LIGHT, Case, Failure
from assistant.grounding.claims import Claim
from assistant.grounding.cover import Piece, lay
from assistant.grounding.dates import Relation, months_between
from assistant.grounding.quantities import Bound, Quantity, find_quantities
from assistant.grounding.source import Source

_COUNTED = frozenset({"类", "项", "步", "条", "部分", "级", "个", "间", "名", "份"})


_LISTING = re.compile(r"列举|列出|列明|点名|写明|提到|写了|说了|点到|包括|举出|列了|等")


_ALL = re.compile(r"共有|一共|总共|共计|合计|全部|只有|仅有|共设|共列")


_COMMUNITIES = re.compile(r"(?:城市|农村)社区(?!社会组织)")


_FLOOR = re.compile(r"(?:下限|底线|最低(?:值|要求|标准|数)?|最少)(?:分别|就|则|都|应)*(?:是|为|定为|:)")


_ONLY_AMOUNT = re.compile(r"(?:是|为|则是|则为)[\d零一二三四五六七八九十百]+[^\d]{1,2}$")


_SUM = re.compile(r"加起来|加在一起|加一起|合起来|合在一起|合计|总计|总共|一共|共计|拢共|合共|全部加")


_EACH = re.compile(r"每个|每一|各个|各|都|均")


def check_amounts(case: Case) -> Failure | None:
    """Check that every amount is the text's, of the same thing, or the number of a list's members."""
    claim, source, pieces, statement = case.claim, case.source, case.pieces, case.statement
    scopes = _scopes(claim, source)
    before = lay(claim.before, source) if claim.before else ()
    for number, quantity in enumerate(claim.quantities):
        if (
            quantity.bound is Bound.EXACTLY
            and _FLOOR.search(claim.before)
            and _ONLY_AMOUNT.search(claim.text)
        ):
            quantity = replace(quantity, bound=Bound.AT_LEAST)
        same = [
            told
            for told in source.quantities
            if quantity.same_as(told) or _unit_named_before(quantity, told, claim)
        ]
        if same:
            if any(_counts_the_same(number, claim, told, source, pieces, scopes, before) for told in same):
                continue
            if _multiplied(quantity, claim, source, statement):
                continue
            return Failure(5, f"「{quantity.words}」在所引条款里说的是别的对象。")
        if _an_article(quantity, source) or _counted(quantity, claim, source, statement):
            continue
        if _multiplied(quantity, claim, source, statement) or _duration(quantity, source):
            continue
        near = next((told.words for told in source.quantities if told.unit == quantity.unit), "")
        return Failure(
            6,
            f"「{quantity.words}」与所引条款不符"
            + (f"，原文是「{near}」。" if near else "，原文没有这个数。"),
            by_tier=quantity.unit == "级" and not near,
        )
    return None


def _unit_named_before(said: Quantity, told: Quantity, claim: Claim) -> bool:
    """Say whether 「学时不少于8个」 is the text's 「不少于8个学时」."""
    return (
        said.unit == "个"
        and (said.value, said.bound) == (told.value, told.bound)
        and told.unit in claim.text[: said.start]
        and not re.match(r"[\u4e00-\u9fff]{2}", claim.text[said.end :])
    )


def _scopes(claim: Claim, source: Source) -> dict[int, str]:
    """Return, for each amount of the claim, the words it counts; 「分别」 pairs them in order."""
    scopes: dict[int, str] = {}
    start = 0
    for number, quantity in enumerate(claim.quantities):
        following = (
            claim.quantities[number + 1].start if number + 1 < len(claim.quantities) else len(claim.text)
        )
        between = re.split(r"[、和与]", claim.text[quantity.end : following])
        scopes[number] = claim.text[start : quantity.start] + "\0" + between[0]
        start = quantity.end + len(between[0])
    if "分别" in claim.text and len(claim.quantities) > 1:
        parts = re.split(r"[、和与]", claim.text[: claim.quantities[0].start])
        if len(parts) == len(claim.quantities):
            scopes = {number: part + "\0" for number, part in enumerate(parts)}
    return scopes


def _counts_the_same(
    number: int,
    claim: Claim,
    told: Quantity,
    source: Source,
    pieces: tuple[Piece, ...],
    scopes: dict[int, str],
    before: tuple[Piece, ...],
) -> bool:
    """Say whether nothing near the amount belongs to another amount of the text only."""
    home = source.clause_at(told.start)
    rivals = {source.clause_at(other.start) for other in source.quantities if other.unit == told.unit} - {
        home
    }
    if "平均" in source.clauses[home].text and _SUM.search(claim.text):
        return False
    if (
        _EACH.search(re.sub("平均", "", scopes[number]))
        and "平均" in source.clauses[home].text
        and "平均" not in claim.text
    ):
        return False
    if re.search(r"每个?|每一", source.text[source.clauses[home].start : told.start]) and not re.search(
        r"每|各|一个社区|单个", claim.text
    ):
        return False
    if "平均" in claim.text and "平均" not in source.clauses[home].text and rivals:
        return False
    if not _same_thing(claim.quantities[number], claim, told, source) or not _kinds_told(claim, home, source):
        return False
    near = [
        piece
        for piece in pieces
        if piece.places and piece.told not in LIGHT and piece.words in scopes[number]
    ]
    if "平均" in claim.text and any(
        {source.clause_at(place) for place in piece.places} & (rivals | {home}) == {home} for piece in near
    ):
        near = [piece for piece in near if not piece.words.startswith("每")]
    told_of = [{source.clause_at(place) for place in piece.places} & (rivals | {home}) for piece in near]
    if not any(len(clauses) == 1 for clauses in told_of):
        further = [piece for piece in before if piece.places and piece.told not in LIGHT]
        told_of += [
            {source.clause_at(place) for place in piece.places} & (rivals | {home}) for piece in further
        ]
    return not any(clauses and home not in clauses for clauses in told_of)


def _kinds_told(claim: Claim, home: int, source: Source) -> bool:
    """Say whether the kinds of body that a claim counts are those of the clause that has the amount."""
    said = {body.kind for group in claim.groups for body in group.bodies} & KINDS
    said = said or {body.kind for group in find_groups(claim.before) for body in group.bodies} & KINDS
    clause = source.clauses[home]
    told = {body.kind for group in clause.groups for body in group.bodies} & KINDS
    return not told or said <= told | {body.kind for body in clause.subject}


def _same_thing(said: Quantity, claim: Claim, told: Quantity, source: Source) -> bool:
    """Say whether the name that follows an amount is the one that follows it in the text."""
    clause = source.clauses[source.clause_at(told.start)]
    counted = _counted_name(clause.text, clause.groups, told.end - clause.start)
    named = _counted_name(claim.text, claim.groups, said.end)
    return counted is None or named is None or named.kind == counted.kind


def _counted_name(text: str, groups: tuple[Group, ...], end: int) -> Body | None:
    return next(
        (
            group.bodies[0]
            for group in groups
            if group.start >= end and re.fullmatch("(?:的|品牌)*", text[end : group.start])
        ),
        None,
    )


def _an_article(quantity: Quantity, source: Source) -> bool:
    """Say whether 「一个」 is no more than an article here."""
    return (
        quantity.value == 1
        and quantity.bound is Bound.EXACTLY
        and quantity.unit in {"个", "项", "份", "间", "类", "条", "名"}
        and all(told.unit != quantity.unit for told in source.quantities)
    )


def _counted(quantity: Quantity, claim: Claim, source: Source, statement: str) -> bool:
    """Say whether the number is that of the members of a list."""
    if quantity.unit not in _COUNTED or quantity.bound not in {Bound.EXACTLY, Bound.AT_LEAST}:
        return False
    if any(told.unit == quantity.unit for told in source.quantities):
        return False
    if source.id.endswith("#outline"):
        return quantity.value == source.text.count("、") + 1
    if quantity.bound is Bound.AT_LEAST:
        return quantity.value <= max((size for _, size in source.lists), default=0)
    if (
        quantity.value in _sizes_meant(claim, source)
        and not _ALL.search(claim.text)
        and (not source.open_lists or _LISTING.search(statement))
    ):
        return True
    if quantity.unit == "级":
        return any(len(tiers) == quantity.value for _, _, tiers in claim.places)
    for first, second in itertools.pairwise(claim.quotes):
        statement = statement.replace(first + second, f"{first}、{second}")
    return quantity.value > 1 and quantity.value in _lists_of(statement)


def _sizes_meant(claim: Claim, source: Source) -> set[int]:
    """Return the sizes of the lists that the claim may speak of: those whose clauses have most of its words."""
    words = [
        piece
        for text in (claim.text, claim.before)
        for piece in (lay(text, source) if text else ())
        if piece.places and len(piece.told) > 1
    ]
    shared = {
        number: sum(
            len(piece.told)
            for piece in words
            if any(source.clause_at(place) == number for place in piece.places)
        )
        for number, _ in source.lists
    }
    most = max(shared.values(), default=0)
    return {size for number, size in source.lists if most and shared[number] == most}


def _lists_of(statement: str) -> set[int]:
    """Return how many members the lists of a statement have."""
    sizes: set[int] = set()
    told = re.search(":(?P<list>[^:。]+)", statement)
    if told and "、" not in told["list"]:
        sizes.add(len(re.split("[,;]", told["list"])))
    for part in re.split(r"[,;:。]", statement):
        members = re.split(r"、|和(?!谐)|与|以及", re.sub(r"等.*$", "", part))
        if len(members) > 1:
            sizes.add(len(members))
    return sizes


def _multiplied(quantity: Quantity, claim: Claim, source: Source, statement: str) -> bool:
    """Say whether an amount is the text's own times a number of communities that the statement names, or that number."""
    said = find_quantities(statement)
    if _summed(quantity, said, source, statement):
        return True
    for times in said:
        of_what = re.match(r"(?:城市|农村)?社区(?!社会组织)", statement[times.end :])
        if times.bound is not Bound.EXACTLY or of_what is None:
            continue
        for told in source.quantities:
            product = [
                other for other in said if other.value == told.value * times.value and other.unit == told.unit
            ]
            if not any(other.bound is told.bound for other in product):
                continue
            if not _kinds_told(claim, source.clause_at(told.start), source):
                continue
            if _named_for(of_what.group(), told, source, statement) and (
                quantity.same_as(times) or any(quantity.same_as(other) for other in product)
            ):
                return True
    return False


def _named_for(community: str, told: Quantity, source: Source, statement: str) -> bool:
    """Say whether the text gives the amount for this kind of community, and what it marks it with is said."""
    clause = source.clauses[source.clause_at(told.start)].text
    if community == "社区" and not re.search(r"每个?社区|各社区", clause):
        return False
    return community in clause and ("品牌" not in clause or "品牌" in statement)


def _summed(quantity: Quantity, said: tuple[Quantity, ...], source: Source, statement: str) -> bool:
    """Say whether an amount, or one that it is made of, is the sum over the kinds of community that the statement counts."""
    kinds = [
        (times, told)
        for times in said
        if times.bound is Bound.EXACTLY and (of_what := _COMMUNITIES.match(statement[times.end :]))
        for told in source.quantities
        if of_what.group() in source.clauses[source.clause_at(told.start)].text
    ]
    if len(kinds) < 2 or len({times.start for times, _ in kinds}) < len(kinds):
        return False
    total = sum(times.value * told.value for times, told in kinds)
    sums = [
        other
        for other in said
        if other.value == total
        and all((other.unit, other.bound) == (told.unit, told.bound) for _, told in kinds)
    ]
    return bool(sums) and (
        quantity in sums
        or any(quantity.same_as(other) for other in sums)
        or any(quantity.same_as(times) for times, _ in kinds)
    )


def _duration(quantity: Quantity, source: Source) -> bool:
    if quantity.unit != "月" or quantity.bound is not Bound.EXACTLY:
        return False
    pairs = zip(source.moments, source.moments[1:], strict=False)
    return any(
        months_between(first, last) == quantity.value
        for first, last in pairs
        if first.relation is Relation.START and last.relation is Relation.END
    )
