"""See whether a clause follows from what the text says without standing there: this is more than that, the two have the same."""

import re
from collections.abc import Sequence
from fractions import Fraction

from assistant.grounding.bodies import find_groups, same_actor
from assistant.grounding.claims import Claim
from assistant.grounding.cover import Kind, lay
from assistant.grounding.quantities import Quantity, find_quantities
from assistant.grounding.source import Source

_MORE = "高于|多于|大于|超过|高过|多过|大过|胜过"
_LESS = "低于|少于|小于|低过|少过"
_RELATION = re.compile(rf"^(?P<one>.+?)(?:要|都|也|是)?(?:(?P<more>{_MORE})|{_LESS})(?P<other>[^\d]+)$")
_THAN = re.compile(
    r"^(?P<one>.*?)比(?P<other>.+?)(?:要|还|更|来得|设得|定得)*(?:(?P<more>高|多|大)|(?:低|少|小))(?:出|了|一些|上)*(?P<by>[\d零一二两三四五六七八九十百]+.{1,2})?$"
)
_SAME = re.compile(
    r"^(?P<about>.+?)(?:规定|要求)?(?:上|方面)?(?:都|均|是|也)*(?:一样|相同|一致|同一套|没有区别|没有差别|没区别|没差别|并无不同|没有不同)的?$"
)


def follows(claim: Claim, sources: Sequence[Source]) -> bool:
    """Say whether a leaf has the amounts or the joint actors from which the clause follows."""
    return any(_compared(claim, source) or _alike(claim, source) for source in sources)


def _compared(claim: Claim, source: Source) -> bool:
    """Say whether 「城市社区的目标高于农村社区」 is so by the amounts that the text gives for the two."""
    match = _THAN.match(claim.text) or _RELATION.match(claim.text)
    if match is None:
        return False
    for unit in {quantity.unit for quantity in source.quantities}:
        told = [quantity for quantity in source.quantities if quantity.unit == unit]
        one, other = (_amount_of(match[side], told, source) for side in ("one", "other"))
        if one is None or other is None or one.bound is not other.bound:
            continue
        difference = one.value - other.value if match["more"] else other.value - one.value
        by = match.groupdict().get("by")
        if difference > 0 and (not by or _is_amount(by, difference, unit)):
            return True
    return False


def _is_amount(words: str, value: Fraction, unit: str) -> bool:
    found = find_quantities(words)
    return len(found) == 1 and (found[0].value, found[0].unit) == (value, unit) and found[0].words == words


def _amount_of(words: str, told: list[Quantity], source: Source) -> Quantity | None:
    """Return the one amount among ``told`` whose clause alone says what the words name."""
    pieces = lay(words, source)
    if any(piece.kind is Kind.BARE for piece in pieces):
        return None
    clauses = {source.clause_at(quantity.start): quantity for quantity in told}
    if len(clauses) < 2 or len(clauses) < len(told):
        return None
    homes = set(clauses)
    for piece in pieces:
        reach = {source.clause_at(place) for place in piece.places} & set(clauses)
        if reach and len(piece.told) > 1:
            homes &= reach
    return clauses[homes.pop()] if len(homes) == 1 else None


def _alike(claim: Claim, source: Source) -> bool:
    """Say whether what is said to be the same for two is said of them in one breath."""
    match = _SAME.match(claim.text)
    if match is None:
        return False
    groups = find_groups(match["about"])
    if not groups or groups[0].start or len(groups[0].bodies) < 2:
        return False
    tiers = [tier for body in groups[0].bodies for tier in body.tiers]
    if len(set(tiers)) < len(tiers):
        return False
    about = match["about"][groups[0].end :]
    pieces = lay(about, source)
    if any(piece.kind is Kind.BARE for piece in pieces):
        return False
    content = [piece for piece in pieces if piece.places and len(piece.told) > 1]
    return bool(content) and any(
        all(any(same_actor(body, told) for told in clause.subject) for body in groups[0].bodies)
        and any(
            source.clauses[source.clause_at(place)] is clause for piece in content for place in piece.places
        )
        for clause in source.clauses
    )
