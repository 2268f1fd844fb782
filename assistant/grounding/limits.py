"""Check what narrows or widens a clause: conditions, 「新增」, 「所有」, 「部分」."""

import re
from dataclasses import dataclass

from assistant.grounding.bodies import names_in
from assistant.grounding.case import LIGHT, Case, Failure
from assistant.grounding.claims import Claim
from assistant.grounding.source import Clause


@dataclass(frozen=True, slots=True)
class Restriction:
    """A word of the text that narrows what follows it, and the words by which a statement may keep it."""

    told: re.Pattern[str]
    said: re.Pattern[str]
    strict: bool = False
    """Whether it narrows its own clause alone."""


RESTRICTIONS = (
    Restriction(
        re.compile(r"(?:有条件的|具备条件的|符合条件的|有一定基础的)"),
        re.compile(r"条件|有能力|有一定基础|有基础|基础较?好"),
    ),
    Restriction(
        re.compile(r"根据(?:实际)?需要|必要时|按需"),
        re.compile(
            r"(?:根据|视|按|按照|依|依据|看|有|如有|结合|实际).{0,4}(?:需|情况|实际)|需要时|按需|视情|需要的话|必要时"
        ),
        strict=True,
    ),
    Restriction(re.compile(r"新增"), re.compile(r"新增|增加|新的")),
    Restriction(re.compile(r"第一批"), re.compile(r"第一批|首批|头一批|首个批次|第一个批次")),
    Restriction(re.compile(r"专职(?=工作人员)"), re.compile(r"专职|全职")),
    Restriction(re.compile(r"优秀的"), re.compile(r"优秀|优质|表现好|好的|出色|突出|先进")),
)


_CONCEDED = re.compile(
    r"(?:不论|无论|不管|不看|不分|不问|不限|不必看|不用看)[^,。]{0,8}?(?:条件|情况|需要|基础|能力)"
)
"""What says that a condition does not matter does not keep it."""


_QUANTIFIER = re.compile(
    r"(?:部分|个别|少数|多数|大多数|有些|某些|其他|其余|全体|所有|一切|全部|任何|每一个)(?:的)?$"
)


_UNIVERSAL = frozenset({"全体", "所有", "一切", "全部", "任何", "每一个"})


_FOUNDS = re.compile("^(?:设立|设置|建立|成立|开展|设|并|需要|实际需要|实际|情况)$")


def check_restrictions(case: Case) -> Failure | None:
    """Check that a condition of the text is kept, and not laid on something else."""
    claim, source = case.claim, case.source
    statement, clause_said = (_CONCEDED.sub("", text) for text in (case.statement, case.claim.text))
    content = case.content
    for rule in RESTRICTIONS:
        for match in rule.told.finditer(source.text):
            home = source.clause_at(match.start())
            clause = source.clauses[home]
            head = _restricted(match.end(), clause)
            named = [
                piece
                for piece in content
                if any(match.end() <= place < match.end() + head for place in piece.places)
                and all(source.clause_at(place) == home for place in piece.places)
            ] or _restricted_names(claim, match.end(), clause)
            others = [
                piece
                for piece in content
                if piece.told not in LIGHT and all(source.clause_at(place) == home for place in piece.places)
            ]
            if others and _narrows_another(claim, match.end(), clause):
                return Failure(2, f"「{match.group()}」在所引条款里限定的是别的对象。")
            if named and others and not rule.said.search(statement):
                return Failure(2, f"所引条款限定为「{match.group()}」，这里没有这个限定。")
        said = rule.said.search(clause_said)
        homes = {source.clause_at(match.start()) for match in rule.told.finditer(source.text)}
        if said and homes:
            reach = homes if rule.strict else {home + step for home in homes for step in (-1, 0, 1)}
            rest = [
                piece
                for piece in content
                if piece.told not in LIGHT and len(_FOUNDS.sub("", rule.told.sub("", piece.told))) > 1
            ]
            if rest and not any(source.clause_at(place) in reach for piece in rest for place in piece.places):
                return Failure(2, f"「{said.group()}」在所引条款里说的是别的事。")
    return None


def _restricted(end: int, clause: Clause) -> int:
    """Return how many characters after a restriction it narrows: the name that follows."""
    group = next(
        (group for group in clause.groups if group.start + clause.start <= end < group.end + clause.start),
        None,
    )
    if group:
        return 0
    return min(12, clause.end - end)


def _restricted_names(claim: Claim, end: int, clause: Clause) -> list[str]:
    """Return the actors of the claim that the text names only after the restriction."""
    narrowed = _narrowed(end, clause)[0]
    return [
        words
        for _, words in names_in(claim.text, claim.groups)
        if any(_same_words(words, word) for word in narrowed)
    ]


def _narrowed(end: int, clause: Clause) -> tuple[set[str], set[str]]:
    """Return the names that a restriction narrows, and those beside it that it leaves alone."""
    here = end - clause.start
    told = names_in(clause.text, tuple(group for group in clause.groups if group.start <= here < group.end))
    free = {words for start, words in told if start < here}
    return {words.lstrip("各级类") for start, words in told if start >= here} - free, free


def _narrows_another(claim: Claim, end: int, clause: Clause) -> bool:
    """Say whether the claim puts the restriction before a name that the text leaves unrestricted."""
    narrowed, free = _narrowed(end, clause)
    return any(
        claim.text[:start].endswith(("条件的", "基础的"))
        and any(_same_words(words, word) for word in free)
        and not any(_same_words(words, word) for word in narrowed)
        for start, words in names_in(claim.text, claim.groups)
    )


def _same_words(said: str, told: str) -> bool:
    said = re.sub(r"^(?:有条件的|具备条件的|各|全市的?|级)+", "", said)
    told = re.sub(r"^(?:有条件的|具备条件的|各|全市的?)+", "", told)
    return bool(said) and (
        said.startswith(told) or told.startswith(said) or (said[-1] in "乡镇" and told[-1] in "乡镇")
    )


def check_quantified(case: Case) -> Failure | None:
    """Check that 「部分」 or 「所有」 before an actor is the text's."""
    claim, source = case.claim, case.source
    for group in claim.groups:
        match = _QUANTIFIER.search(claim.text[: group.start]) or re.match(
            r"(?:所有|全部|全体)", claim.text[group.start : group.end]
        )
        if match is None:
            continue
        word = match.group().rstrip("的")
        kinds = {body.kind for body in group.bodies}
        for clause in source.clauses:
            for told in clause.groups:
                before = (
                    clause.text[max(0, told.start - 3) : told.start]
                    + clause.text[told.start : told.start + 3]
                )
                wide = word in before or (word in _UNIVERSAL and re.search("全市|各|所有|全部|每", before))
                if wide and kinds <= {body.kind for body in told.bodies}:
                    break
            else:
                continue
            break
        else:
            return Failure(2, f"所引条款没有说「{word}」。")
    return None
