"""Accept a statement only when the provisions it cites say it.

This is the one gate between what is written and what is shown: a statement that does not pass is dropped and reported.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.grounding import english, weigh
from assistant.grounding.citing import misplaced, misquoted, stated, verbatim
from assistant.grounding.denial import rightly_denied
from assistant.grounding.plain import bare
from corpus.library import Library, Quotation
from corpus.shadow import is_english

LONGEST_STATEMENT = 1200
"""Code points; a longer statement is a text of its own and is only accepted word for word."""


ENGLISH_WORDS = 4
"""So many words in Latin letters make an English sentence, however long the Chinese name in it."""
_LATIN_WORD = re.compile(r"\b[A-Za-z]{3,}\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the cited provisions bear a statement out, and why (not), in one Chinese sentence."""

    supported: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of an answer, the provisions it rests on, and the words it quotes from them."""

    text: str
    provisions: tuple[str, ...]
    quotes: tuple[Quotation, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a statement needs words")
        if not self.provisions:
            raise ValueError(f"a statement needs a provision: {self.text}")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A statement that the text does not support, and why."""

    statement: Statement
    why: str

    def to_json(self) -> dict[str, str]:
        """Return it as a reply reports it."""
        return {"statement": self.statement.text, "why": self.why}


@dataclass(frozen=True, slots=True)
class Grounded:
    """What may be shown, in order, and what was dropped."""

    kept: tuple[Statement, ...]
    rejected: tuple[Rejected, ...]


def ground(statements: Iterable[Statement], library: Library) -> Grounded:
    """Keep the statements that their provisions support and whose quotations are exact."""
    kept: list[Statement] = []
    rejected: list[Rejected] = []
    for statement in statements:
        why = _misquotes(statement.quotes, library)
        verdict = Verdict(False, why) if why else check(statement.text, statement.provisions, library)
        if verdict.supported:
            kept.append(statement)
        else:
            rejected.append(Rejected(statement, verdict.why))
    return Grounded(tuple(kept), tuple(rejected))


def check(statement: str, provisions: Sequence[str], library: Library) -> Verdict:
    """Compare a statement with the provisions it cites; an unknown provision or an empty statement is never supported."""
    if len(bare(statement)) < 2:
        return Verdict(False, "没有可以核对的内容。")
    if not provisions:
        return Verdict(False, "没有引用条款。")
    unknown = [id for id in provisions if id not in library]
    if unknown:
        return Verdict(False, f"没有这样的条款：{'、'.join(map(str, unknown))}。")
    if stated(statement, provisions, library):
        return Verdict(True, "与所引条款的规则数据一致。")
    if verbatim(statement, provisions, library):
        return Verdict(True, "与所引条款的原文逐字相同。")
    if len(statement) > LONGEST_STATEMENT:
        return Verdict(False, "太长，无法逐句核对。")
    sources = weigh.sources_of(provisions, library)
    if is_english(statement) or len(_LATIN_WORD.findall(statement)) >= ENGLISH_WORDS:
        why = english.objection(statement, [source.id for source in sources], library)
        return Verdict(not why, why or "与所引条款的参考译文相符，数字与原文相符。")
    why = misplaced(statement, provisions, library)
    if why:
        return Verdict(False, why)

    def judge(said: str) -> bool:
        return not (misquoted(said, sources) or weigh.objection(said, provisions, sources, library))

    why = misquoted(statement, sources) or weigh.objection(statement, provisions, sources, library)
    if why and rightly_denied(statement, sources, library, judge):
        return Verdict(True, "否定的内容在所引条款里确实没有，其余与原文相符。")
    return Verdict(not why, why or "数字、日期、层级、情态、主体和内容都在所引条款里。")


def _misquotes(quotes: tuple[Quotation, ...], library: Library) -> str:
    """Return why a quotation is not what stands at its place, or nothing."""
    for quote in quotes:
        if quote.provision not in library:
            return f"没有这样的条款：{quote.provision}。"
        if library.document_of(quote.provision).text[quote.start : quote.end] != quote.text:
            return f"引文与原文不符：{quote.text}"
    return ""
