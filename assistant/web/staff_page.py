"""Set the staff page: the door, the questions that could not be answered, what readers said, and the exports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from urllib.parse import urlencode

from assistant.feedback.likeness import Group
from assistant.feedback.opinion import Opinion, Reason, Unanswered
from assistant.question import Language
from assistant.web.desk import Desk
from assistant.web.frame import language_link, own_page
from assistant.web.reader import address
from assistant.web.strings import LANGUAGES, Strings
from corpus.citation import cite_short
from corpus.errors import ExplainedError

_SHOWN = 200
"""So many opinions, and groups of questions, are on the page; an export has them all."""


def word_in(strings: Strings) -> Callable[[str], str]:
    """Return what says verdicts, reasons, outcomes and roles in that language."""
    said = strings.feedback
    words: dict[str, str] = {"useful": said.useful, "useless": said.useless}
    words |= {reason.value: name for reason, name in said.reasons.items()}
    words |= {status.value: name for status, name in said.states.items()}
    words |= {role.value: name for role, name in strings.roles.items()}
    return lambda word: words[word]


@dataclass(frozen=True, slots=True)
class StaffPage:
    """The page in one language, for one request."""

    desk: Desk
    strings: Strings
    nonce: str
    looks: Mapping[str, str] = field(default_factory=dict)
    """How the page looks (large, high contrast, dark), as its address says; every link keeps it."""

    def path(self, below: str = "", **query: str) -> str:
        """Return the address of the page, or of what is below it, in this language."""
        asked = {"lang": "en"} if self.strings.language is Language.ENGLISH else {}
        asked |= {**self.looks, **query}
        return f"/staff{below}" + (f"?{urlencode(asked)}" if asked else "")

    def door(self, trouble: str = "") -> str:
        """Return the page that asks for the password."""
        said = self.strings.feedback
        told = f'<p class="notice" role="alert">{escape(trouble)}</p>' if trouble else ""
        return self._page(
            f'<form class="door" method="post" action="{escape(self.path())}">{told}'
            f'<label for="password">{escape(said.password)}</label>'
            f'<input id="password" name="password" type="password" autocomplete="current-password" required autofocus>'
            f'<button type="submit" class="primary">{escape(said.log_in)}</button></form>',
            out=False,
        )

    def trouble(self, error: ExplainedError) -> str:
        """Return the page that says why nothing can be shown."""
        told = f"{escape(self.strings.feedback.ledger_trouble)}<br>{escape(str(error))}"
        return self._page(f'<p class="notice" role="alert">{told}</p>', out=True)

    def inside(
        self, groups: Sequence[Group], opinions: Sequence[Opinion], *, show: str = "", done: bool = False
    ) -> str:
        """Return the page itself; ``show`` keeps to the opinions of one kind."""
        said = self.strings.feedback
        told = f'<p class="notice" role="status">{escape(said.deleted)}</p>' if done else ""
        ledger = self.desk.opinions.ledger
        where = f'<p class="small">{escape(said.kept_in.format(path=ledger.path))}</p>' if ledger else ""
        return self._page(
            f"{told}{self._exports()}{self._unanswered(groups)}{self._opinions(opinions, show)}{where}",
            out=True,
        )

    def _page(self, main: str, *, out: bool) -> str:
        strings, said = self.strings, self.strings.feedback
        other = next(one for one in LANGUAGES if one is not strings)
        elsewhere = replace(self, strings=other).path()
        leave = (
            f'<form method="post" action="{escape(self.path("/leave"))}"><button type="submit" class="tool">{escape(said.log_out)}</button></form>'
            if out
            else ""
        )
        return own_page(
            strings,
            self.nonce,
            kind="staff-page",
            title=f"{said.title} · {strings.name}",
            tools=f"{leave}{language_link(strings, elsewhere)}",
            main=f'<main class="staff"><h1>{escape(said.title)}</h1>{main}</main>',
        )

    def _exports(self) -> str:
        said = self.strings.feedback
        links = "".join(
            f'<li><a href="{escape(self.path(f"/{name}"))}" download>{escape(label)}</a></li>'
            for name, label in (
                ("unanswered.csv", said.export_unanswered),
                ("opinions.csv", said.export_opinions),
                ("cases.jsonl", said.export_cases),
            )
        )
        return (
            f'<section aria-labelledby="export"><h2 id="export">{escape(said.export)}</h2><ul class="exports">{links}</ul>'
            f'<p class="small">{escape(said.cases_how)}</p></section>'
        )

    def _unanswered(self, groups: Sequence[Group]) -> str:
        said = self.strings.feedback
        how = said.unanswered_how if self.desk.opinions.keep_unanswered else said.unanswered_off
        rows = "".join(self._group(group) for group in groups[:_SHOWN])
        listed = (
            f'<ol class="groups">{rows}</ol>'
            if rows
            else f'<p class="none">{escape(said.none_unanswered)}</p>'
        )
        shown = self._shown(min(len(groups), _SHOWN), len(groups))
        return (
            f'<section aria-labelledby="unanswered"><h2 id="unanswered">{escape(said.unanswered)}</h2>'
            f'<p class="small">{escape(how)}</p>{listed}{shown}</section>'
        )

    def _group(self, group: Group) -> str:
        said, first = self.strings.feedback, group.first
        others = ""
        if len(group.questions) > 1:
            listed = "".join(
                f'<li><q lang="{one.language}">{escape(one.question)}</q> <span>{self._times(one.asked)}</span></li>'
                for one in group.questions[1:]
            )
            label = escape(said.also_asked.format(count=len(group.questions) - 1))
            others = f"<details><summary>{label}</summary><ul>{listed}</ul></details>"
        numbers = [("question", one.id) for one in group.questions if one.id]
        last = max(one.last_on for one in group.questions)
        facts = f"{self._about(first)} · {escape(said.last_asked)} {self.strings.date(last.year, last.month, last.day)}"
        return (
            f'<li><p class="times">{self._times(group.asked)}</p><div><p class="asked" lang="{first.language}">{escape(first.question)}</p>'
            f'<p class="small">{facts}</p>{others}{self._forget(numbers, first.question)}</div></li>'
        )

    def _opinions(self, opinions: Sequence[Opinion], show: str) -> str:
        said = self.strings.feedback
        kinds: dict[str, str] = {"": said.all_opinions, "useless": said.useless, "useful": said.useful}
        kinds |= {reason.value: said.reasons[reason] for reason in Reason}
        links = "".join(
            f'<a href="{escape(self.path(show=kind) if kind else self.path())}#opinions"'
            f"{' aria-current=true' if kind == show else ''}>{escape(name)}</a>"
            for kind, name in kinds.items()
        )
        kept = [one for one in opinions if _is_kind(one, show if show in kinds else "")]
        rows = "".join(self._opinion(one) for one in kept[:_SHOWN])
        listed = (
            f'<ol class="opinions">{rows}</ol>'
            if rows
            else f'<p class="none">{escape(said.none_opinions)}</p>'
        )
        return (
            f'<section aria-labelledby="opinions"><h2 id="opinions">{escape(said.opinions)}</h2>'
            f'<nav class="show" aria-label="{escape(said.show)}">{links}</nav>{listed}'
            f"{self._shown(min(len(kept), _SHOWN), len(kept))}</section>"
        )

    def _opinion(self, one: Opinion) -> str:
        said, on = self.strings.feedback, one.given_on
        verdict = said.useful if one.useful else said.useless
        reasons = "、".join(said.reasons[reason] for reason in one.reasons)
        if self.strings.language is Language.ENGLISH:
            reasons = reasons.replace("、", ", ")
        why = f' <span class="why">{escape(reasons)}</span>' if reasons else ""
        comment = f"<blockquote>{_lines(one.comment)}</blockquote>" if one.comment else ""
        later = f" · {escape(said.follow_up)}" if one.follow_up else ""
        cited = "".join(f"<li>{self._provision(id)}</li>" for id in one.provisions)
        cited = (
            f'<p class="small">{escape(said.provisions)}</p><ul class="cited">{cited}</ul>' if cited else ""
        )
        return (
            f'<li><p class="verdict-line"><strong class="{"good" if one.useful else "bad"}">{escape(verdict)}</strong>{why}</p>'
            f'<p class="asked" lang="{one.language}">{_lines(one.question)}</p>{comment}'
            f'<p class="small">{self._about(one)}{later} · {self.strings.date(on.year, on.month, on.day)}</p>'
            f'<details><summary>{escape(said.answer)}</summary><p class="answer-then" lang="{one.language}">{_lines(one.answer)}</p>{cited}</details>'
            f"{self._forget([('opinion', one.id)], one.question)}</li>"
        )

    def _provision(self, id: str) -> str:
        library = self.desk.library
        if id not in library:
            return escape(id)
        label = cite_short(library, id, language=self.strings.language.value)
        return f'<a href="{escape(address(id, self.strings))}">{escape(label)}</a>'

    def _about(self, one: Opinion | Unanswered) -> str:
        word = word_in(self.strings)
        return f"{escape(word(one.status))} · {escape(word(one.role))}"

    def _times(self, count: int) -> str:
        return escape(self.strings.feedback.times.format(count=count))

    def _shown(self, shown: int, count: int) -> str:
        if shown == count:
            return ""
        return (
            f'<p class="small">{escape(self.strings.feedback.shown_of.format(shown=shown, count=count))}</p>'
        )

    def _forget(self, numbers: Sequence[tuple[str, int]], question: str) -> str:
        """Offer to delete something, in two steps; nothing brings it back."""
        if not numbers:
            return ""
        label = escape(self.strings.feedback.delete)
        what = escape(question if len(question) <= 24 else f"{question[:23]}…")
        fields = "".join(f'<input type="hidden" name="{name}" value="{number}">' for name, number in numbers)
        return (
            f'<details class="forget"><summary aria-label="{label}：{what}">{label}</summary>'
            f'<form method="post" action="{escape(self.path("/forget"))}">{fields}'
            f'<button type="submit">{escape(self.strings.feedback.delete_for_good)}</button></form></details>'
        )


def _is_kind(opinion: Opinion, kind: str) -> bool:
    if kind in ("useful", "useless"):
        return opinion.useful is (kind == "useful")
    return not kind or kind in opinion.reasons


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
