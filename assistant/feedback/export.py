"""Hand on what was kept: as tables for a spreadsheet, and as drafts of evaluation cases."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from assistant.answer import CITING, Status
from assistant.feedback.likeness import Group, core_of
from assistant.feedback.opinion import Opinion, Unanswered
from assistant.office.spreadsheet import write_csv
from assistant.question import Language
from corpus.library import node_of

_QUOTES = str.maketrans("「」『』", "“”‘’")

Word = Callable[[str], str]
"""Says a reason, a role or a status in the language of the table."""

_STYLE = {Language.TRADITIONAL: "hant", Language.ENGLISH: "en"}
_REASON = {
    "wrong_source": "来源不对",
    "out_of_date": "已过期",
    "incomplete": "不完整",
    "unclear": "看不懂",
    "other": "其他",
}


def opinions_csv(opinions: Iterable[Opinion], head: Sequence[str], word: Word) -> bytes:
    """Return the opinions as CSV, a line each, under ``head``."""
    return write_csv(
        head,
        (
            (
                one.given_on.isoformat(),
                word("useful" if one.useful else "useless"),
                "、".join(word(reason) for reason in one.reasons),
                one.comment,
                one.question,
                one.answer,
                word(one.status),
                " ".join(one.provisions),
                word(one.role),
                one.language.value,
            )
            for one in opinions
        ),
    )


def unanswered_csv(groups: Iterable[Group], head: Sequence[str], word: Word) -> bytes:
    """Return the questions that could not be answered as CSV: a line each, with the number of its group."""
    return write_csv(
        head,
        (
            (
                str(number),
                str(group.asked),
                one.question,
                str(one.asked),
                word(one.status),
                word(one.role),
                one.language.value,
                one.last_on.isoformat(),
            )
            for number, group in enumerate(groups, start=1)
            for one in group.questions
        ),
    )


def cases_jsonl(groups: Iterable[Group], opinions: Iterable[Opinion]) -> bytes:
    """Return drafts of evaluation cases, one for each question, in the shape of ``evals/cases``.

    A draft says in ``basis`` what a person has to look at. Its ``expect`` holds only what is known: that an answer found
    useful should stay as it is; of all others, that nothing is decided yet.
    """
    lines = [json.dumps(case, ensure_ascii=False) for case in _cases(groups, opinions)]
    return "".join(f"{line}\n" for line in lines).encode()


def _cases(groups: Iterable[Group], opinions: Iterable[Opinion]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for opinion in sorted(opinions, key=lambda one: (one.useful, -one.id)):
        core = core_of(opinion.question)
        if core not in seen:
            seen.add(core)
            yield _from_opinion(opinion)
    for group in groups:
        core = core_of(group.first.question)
        if core not in seen:
            seen.add(core)
            yield _from_unanswered(group.first, group.asked)


def _from_opinion(opinion: Opinion) -> dict[str, Any]:
    cited = list(dict.fromkeys(node_of(id) for id in opinion.provisions))
    citing = opinion.status in CITING
    if opinion.useful:
        status = [opinion.status.value] if opinion.status is not Status.ERROR else list(_OPEN)
        expect = _expect(status, provisions=cited if citing else [], nearest=[] if citing else cited)
        basis = f"待核对：读者说有用；现答 {opinion.status.value}"
    else:
        expect = _expect(list(_OPEN), may=cited if citing else [])
        said = "、".join(_REASON[reason] for reason in opinion.reasons) or "没用"
        basis = f"待核对：读者说{said}；现答 {opinion.status.value}"
    if opinion.follow_up:
        basis += "；这是追问，前文没有保存"
    if opinion.comment:
        # 「」 in a basis holds the exact words of a text, which a comment does not.
        basis += f"；读者补充：{opinion.comment.translate(_QUOTES)}"
    return _case(f"feedback-{opinion.id:05d}", opinion, expect, basis)


def _from_unanswered(question: Unanswered, asked: int) -> dict[str, Any]:
    basis = f"待核对：问过 {asked} 次，现答 {question.status.value}"
    return _case(f"unanswered-{question.id:05d}", question, _expect(list(_OPEN)), basis)


_OPEN = ("answered", "partial", "not_in_corpus", "out_of_scope")


def _expect(
    status: list[str], *, provisions: Sequence[str] = (), may: Sequence[str] = (), nearest: Sequence[str] = ()
) -> dict[str, Any]:
    expect: dict[str, Any] = {
        "status": status, "facts": [], "forbid": [], "provisions": list(provisions), "may": list(may),
    }  # fmt: skip
    return {**expect, "nearest": list(nearest)} if nearest else expect


def _case(id: str, asked: Opinion | Unanswered, expect: dict[str, Any], basis: str) -> dict[str, Any]:
    return {
        "id": id,
        "question": asked.question,
        "history": [],
        "role": asked.role.value,
        "lang": asked.language.value,
        "kind": "feedback",
        "style": _STYLE.get(asked.language, "plain"),
        "expect": expect,
        "basis": basis,
    }
