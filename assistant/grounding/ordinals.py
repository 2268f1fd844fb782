"""Check 「第三个」, 「头一个」 and 「最后一个」 against the place of a provision among its neighbours."""

import re

from assistant.grounding.case import Case, Failure
from assistant.grounding.claims import Claim
from assistant.grounding.source import Source
from corpus.numerals import read_number

_PLACED = r"(?=(?:的)?(?:实施)?(?:阶段|步|项|条|类|大|工程|要求))"
_ORDINAL = re.compile(
    rf"(?:第(?P<number>[一二三四五六七八九十]+)|(?P<first>头一|首|排在?(?:最前|头一|第一))|(?P<last>最后一?|末|收尾的?))(?:个|项|条)?{_PLACED}"
)


def ordinals_told(claim: Claim, source: Source) -> tuple[tuple[int, int], ...]:
    """Return where the claim places what it speaks of just where the provision's heading stands."""
    return tuple(m.span() for m in _ORDINAL.finditer(claim.text) if _ordinal(m, source) == source.number)


def _ordinal(match: re.Match[str], source: Source) -> str:
    """Return the number that 「第三个」, 「头一个」 or 「最后一个」 has among the headings of the provision."""
    if match["number"]:
        return str(read_number(match["number"]))
    return "1" if match["first"] else str(source.of)


def check_ordinals(case: Case) -> Failure | None:
    """Check that 「最后一个阶段」 is about the last of the headings."""
    for match in _ORDINAL.finditer(case.claim.text):
        if case.source.of and _ordinal(match, case.source) != case.source.number:
            return Failure(4, f"所引条款不是「{match.group()}」。")
    return None
