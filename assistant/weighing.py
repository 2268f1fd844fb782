"""Weigh a model's statement: whether it is one at all, and which provisions bear it out, in what words of it."""

import re
from collections.abc import Sequence

from assistant.cover import pairs_of, share_of
from assistant.draft import Draft
from assistant.ground import check
from assistant.question import Language
from corpus.library import Library
from corpus.shadow import is_english

MOST_KEYS = 4
"""A statement that points at more points at nothing."""
SHORTEST = 4
"""Characters of a statement; what is shorter, such as 「可以。」, says nothing by itself."""
_LONGEST = {Language.CHINESE: 200, Language.TRADITIONAL: 200, Language.ENGLISH: 500}
_HEAD = re.compile(r"([^，。：“《]{2,14})(?:(：)|(?<=方面|环节|阶段|来说|而言)，|(?<=上)，)")
"""What a statement may be headed with: 「名称上，」, 「运营环节：」."""
_CLAUSE = re.compile(r"[^，。；：、（）()“”《》！？\s]{4,}")
_FROM_TITLE = 2
"""Pairs of characters that only a title has, from which a statement is held to come from it: a title can be anything."""
_LABEL = 0.5
"""Share of what stands before a colon that the provision must have."""
_MARKUP = re.compile(r"https?:|www\.|[<>|\[\]{}]|!\[|(?<!\w)K\d{2}(?!\w)")


def misshapen(text: str, keys: Sequence[str], leaves: Sequence[str], language: Language) -> str:
    """Return why a statement is none, before it is compared with anything, or nothing."""
    if not leaves:
        return "没有指向给出的原文。"
    if len(keys) > MOST_KEYS:
        return "指向的原文太多，等于没有指明。"
    if not SHORTEST <= len(text) <= _LONGEST[language]:
        return "太短或太长，不是一句话。"
    if _MARKUP.search(text):
        return "含有网址或标记。"
    if is_english(text) != (language is Language.ENGLISH):
        return "不是提问所用的语言。"
    return ""


def weigh(text: str, leaves: list[str], draft: Draft, library: Library) -> tuple[str, list[str], str]:
    """Return the statement with what bears it out, without a heading that the text does not have; or why not."""
    head = _HEAD.match(text)
    label = head[1] if head and head[2] == "：" else ""
    told = "".join(library.text_of(leaf) for leaf in leaves)
    strange = label and share_of(label, told, Language.CHINESE) < _LABEL
    found, why = (
        _borne_out(text, leaves, draft, library) if not strange else ([], f"所引条款没有说到“{label}”。")
    )
    rest = text[head.end() :] if head else ""
    if why and len(rest) >= SHORTEST:
        found, still = _borne_out(rest, leaves, draft, library)
        if not still:
            return rest, found, ""
    return text, found, why


def _borne_out(text: str, leaves: list[str], draft: Draft, library: Library) -> tuple[list[str], str]:
    """Return the fewest of the provisions that bear the statement out, or why they do not."""
    stranger = _stranger(text, leaves, library)
    if stranger:
        return [], f"所引条款没有说到“{stranger}”。"
    chosen = {leaf for point in draft.points for leaf in point.provisions}
    for leaf in sorted(leaves, key=lambda leaf: leaf not in chosen):
        if check(text, [leaf], library).supported:
            return [leaf], ""
    verdict = check(text, leaves, library)
    if not verdict.supported:
        return [], verdict.why
    for leaf in list(leaves):
        fewer = [other for other in leaves if other != leaf]
        if fewer and check(text, fewer, library).supported:
            leaves = fewer
    return leaves, ""


def _stranger(text: str, leaves: list[str], library: Library) -> str:
    """Return a clause of which the provisions have nothing, or words that only the title of a document has."""
    if is_english(text):
        return ""
    facts = [fact for fact in library.facts if fact.provision in leaves]
    told = "".join([*map(library.text_of, leaves), *(fact.say for fact in facts)])
    for clause in _CLAUSE.findall(text):
        if share_of(clause, told, Language.CHINESE) == 0:
            return str(clause)
    if not facts:
        titles = "".join(library.document_of(leaf).front.title for leaf in leaves)
        words = pairs_of(text) & (pairs_of(titles) - pairs_of(told))
        if len(words) >= _FROM_TITLE:
            return "、".join(sorted(words))
    return ""
