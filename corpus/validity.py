"""Say whether a document is in force on a day, and what must be said with anything taken from it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.document import FrontMatter


class Standing(StrEnum):
    """How a document stands on a day, as far as its front matter tells."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    TRIAL = "trial"
    PERIOD_OVER = "period_over"
    """Nobody is known to have repealed it, but the period that it plans for is over."""
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark for the reader, in Chinese and in English."""

    zh: str
    en: str


_REPEALED = re.compile(
    r"(?<!未)(?<!未见)(?<!未被)(?<!接续或)(?:已废止|已被.{0,20}(?:废止|取代|替代)|已失效|^废止|^失效)"
)
_TRIAL = re.compile(r"试行|暂行")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def standing(front: FrontMatter, on: date) -> Standing:
    """Return how a document stands on that day."""
    begins = front.effective_on or front.issued_on
    if (front.repealed_on is not None and on >= front.repealed_on) or _REPEALED.search(front.status):
        return Standing.REPEALED
    if begins is not None and on < begins:
        return Standing.NOT_YET
    if front.period_end is not None and on > front.period_end:
        return Standing.PERIOD_OVER
    return Standing.TRIAL if _TRIAL.search(f"{front.title} {front.status}") else Standing.IN_FORCE


def in_force(front: FrontMatter, on: date) -> bool:
    """Say whether a document can be relied on for that day: issued, not repealed, its period not over."""
    return standing(front, on) in (Standing.IN_FORCE, Standing.TRIAL)


def notes_on(front: FrontMatter, *, today: date) -> tuple[Note, ...]:
    """Return what must accompany anything quoted from a document: how it stands, where its official page is."""
    title, title_en = f"《{front.title}》", front.short_title_en or front.title_en or f"《{front.title}》"
    title_en = title_en if title_en.startswith("《") else f"the {title_en}"
    remarks = [_standing_note(front, today, title, title_en), _page_note(front)]
    return tuple(remark for remark in remarks if remark is not None)


def statement_on(front: FrontMatter, *, today: date) -> Note:
    """Answer, for whoever has the document open, whether it is still in force; there is always something to say."""
    if not front.official:
        return Note(
            "所依据的官方文件是否仍然有效，以各自的官方页面为准。",
            "Whether the official texts that it rests on are still in force is for their official pages to say.",
        )
    title, title_en = "本文件", "this document"
    if standing(front, today) is not Standing.REPEALED and front.period_end is not None:
        if today <= front.period_end:
            return Note(
                f"{title}安排的工作期限到{_month(front.period_end)}，还没有结束。",
                f"The work that {title_en} covers goes on to {_month_en(front.period_end)}.",
            )
    if front.status and standing(front, today) is Standing.IN_FORCE:
        return Note(f"{front.status.rstrip('。')}。", _sentence(f"{front.status_en or front.status}."))
    return _standing_note(front, today, title, title_en) or Note(
        f"未查到{title}失效或废止的消息。", f"No repeal of {title_en} is known here."
    )


def _standing_note(front: FrontMatter, today: date, title: str, title_en: str) -> Note | None:
    match standing(front, today):
        case Standing.REPEALED:
            return Note(f"{title}已不再有效。", _sentence(f"{title_en} is no longer in force."))
        case Standing.NOT_YET:
            begins = front.effective_on or front.issued_on or today
            return Note(
                f"{title}自{_day(begins)}起施行。",
                _sentence(f"{title_en} takes effect on {_day_en(begins)}."),
            )
        case Standing.PERIOD_OVER if front.period_end is not None:
            since = front.period_start or front.issued_on
            period = (
                f"{_month(since)}至{_month(front.period_end)}" if since else f"至{_month(front.period_end)}"
            )
            from_en = f"from {_month_en(since)} " if since else ""
            return Note(
                f"{title}安排的工作期限为{period}，已经结束；未查到接续的文件，也未查到它被废止。",
                _sentence(
                    f"{title_en} covers work {from_en}to {_month_en(front.period_end)}; that period is over. "
                    "No successor and no repeal is known here."
                ),
            )
        case Standing.TRIAL:
            return Note(
                f"{title}为试行文件，未查到正式文件或废止的消息。",
                _sentence(
                    f"{title_en} is for trial implementation; no final version and no repeal is known here."
                ),
            )
    if front.period_end is not None:
        return None  # its status was written with the end of the period in mind
    if front.status and not re.fullmatch(r"(?:现行)?有效", front.status):
        return Note(
            f"{title}：{front.status.rstrip('。')}。",
            _sentence(f"{title_en}: {front.status_en or front.status}."),
        )
    return None


def _page_note(front: FrontMatter) -> Note | None:
    if not front.official_page:
        return None
    checked, checked_en = "", ""
    if front.checked_on is not None:
        checked, checked_en = (
            f"（核对日期：{_day(front.checked_on)}）",
            f" (checked on {_day_en(front.checked_on)})",
        )
    return Note(
        f"以官方页面为准：{front.official_page}{checked}",
        f"The official page prevails: {front.official_page}{checked_en}",
    )


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def _day_en(day: date) -> str:
    return f"{day.day} {_month_en(day)}"


def _month_en(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"
