"""Lay out the facilities room: tiers side by side, the self-check, the duties."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import gradio as gr

from assistant.facilities import words as labels
from assistant.facilities.matrix import build_matrix
from assistant.facilities.roster import Item, actors_in, build_roster, of_actor
from assistant.facilities.selfcheck import KINDS, Requirement, check, requirements
from assistant.facilities.sign import LONGEST_SIGN, check_sign, forms_of
from assistant.phrases import ITEMS
from assistant.question import Language
from assistant.web.desk import Desk
from assistant.web.facility_tables import FacilitySetter
from assistant.web.strings import Strings
from corpus.errors import ExplainedError
from corpus.library import Library

_FIRST_TIER = _FIRST_ACTOR = "street"
"""What is chosen at first: most who come are from a subdistrict or township."""

_EVERYBODY = "all"
_NO_TIER = frozenset({"", "bureau", "departments", "units"})
"""What falls on these may concern an actor of any tier."""

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


class FacilityRoom:
    """What the room shows in one language, and how it changes with what is chosen."""

    def __init__(self, library: Library, strings: Strings, *, today: Callable[[], date]) -> None:
        self.library = library
        self.strings = strings
        self.today = today
        self.matrix = build_matrix(library)
        self.roster = build_roster(library)

    @property
    def setter(self) -> FacilitySetter:
        """Return what sets HTML as it is right today."""
        return FacilitySetter(self.library, self.strings, today=self.today())

    def tiers(self) -> list[tuple[str, str]]:
        """Return the tiers to choose from, as label and key."""
        return [(self.setter.forms.heading(tier), tier) for tier in self.matrix.tiers]

    def choices(self, tier: str, kind: str) -> list[tuple[str, str]]:
        """Return what can be ticked for a tier, as label and name."""
        return [(self._label(one), one.name) for one in requirements(self.library, tier) if one.kind == kind]

    def results(self, tier: str, written: str, *held: Sequence[str]) -> list[str]:
        """Return what is said under each list, under the name, and where the form is to be had."""
        setter = self.setter
        ticked = ids_of(held)
        groups = {group.kind: setter.checked(group) for group in check(self.library, tier, ticked)}
        sign = check_sign(self.library, tier, written or "")
        return [
            *(groups.get(kind, "") for kind in KINDS),
            setter.sign(tier, sign, forms_of(self.library, tier)),
            setter.check_download(tier, ticked, (written or "")[:LONGEST_SIGN]),
        ]

    def answered(self, offered: str, tier: str, written: str, *held: Sequence[str]) -> list[Any]:
        """Return what follows from a choice: the tier that is offered now, its lists, and what is said.

        The lists are left alone while the tier stays the same, so that what is being ticked meanwhile is not undone.
        """
        if tier == offered:
            return [tier, *(gr.skip() for _ in KINDS), *self.results(tier, written, *held)]
        return [tier, *self.retiered(tier, written, *held)]

    def retiered(self, tier: str, written: str, *held: Sequence[str]) -> list[Any]:
        """Offer what another tier's provisions list; what is ticked stays ticked where that tier lists it too."""
        offered = [self.choices(tier, kind) for kind in KINDS]
        kept = [
            [name for name in names or () if name in {value for _, value in choices}]
            for choices, names in zip(offered, held, strict=True)
        ]
        boxes = [
            gr.CheckboxGroup(choices=choices, value=names)
            for choices, names in zip(offered, kept, strict=True)
        ]
        return [*boxes, *self.results(tier, written, *kept)]

    def actors(self) -> list[tuple[str, str]]:
        """Return the actors to choose from, with how much falls on each."""
        own, forms = self.strings.facilities, self.setter.forms
        counted = [
            (own.counted.format(actor=forms.actor(actor), count=len(of_actor(self.roster, actor))), actor)
            for actor in actors_in(self.roster)
        ]
        return [*counted, (own.counted.format(actor=own.everybody, count=len(self.roster)), _EVERYBODY)]

    def duties(self, actor: str) -> str:
        """Return the list of one actor, or of all."""
        if actor == _EVERYBODY:
            return self.setter.duties(self.roster, None, elsewhere=0)
        return self.setter.duties(of_actor(self.roster, actor), actor, elsewhere=self._elsewhere(actor))

    def _elsewhere(self, actor: str) -> int:
        if actor in _NO_TIER:
            return 0
        loose: set[Item] = {item for other in _NO_TIER for item in of_actor(self.roster, other)}
        return len(loose)

    def _label(self, one: Requirement) -> str:
        english = ITEMS.get(one.name, "") if self.strings.language is Language.ENGLISH else ""
        name = f"{one.name} {english}" if english else one.name
        return self.strings.facilities.as_needed.format(name=name) if one.optional else name


def ids_of(held: Sequence[Sequence[str] | None]) -> list[str]:
    """Return the ids of what is ticked in each list of ``KINDS``."""
    return [f"{kind}:{name}" for kind, names in zip(KINDS, held, strict=True) for name in names or ()]


def build_facilities(desk: Desk, strings: Strings, *, today: Callable[[], date] = date.today) -> None:
    """Lay the room out."""
    own = strings.facilities
    with gr.Column(elem_classes="room facilities"):
        gr.Markdown(f'<h2>{own.room}</h2><p class="purpose">{own.purpose}</p>')
        try:
            room = FacilityRoom(desk.library, strings, today=today)
        except ExplainedError as error:
            gr.Markdown(FacilitySetter(desk.library, strings, today=today()).trouble(error.what, error.fix))
            return
        if not room.matrix.rows and not room.roster:
            gr.Markdown(room.setter.trouble(own.empty, ""))
            return
        with gr.Tabs(elem_id="facility-tabs"):
            if room.matrix.rows:
                with gr.Tab(own.matrix, id="facilities-matrix", elem_id="facilities-matrix"):
                    gr.Markdown(room.setter.matrix(room.matrix))
                with gr.Tab(own.check, id="facilities-check", elem_id="facilities-check"):
                    _build_check(room, strings)
            if room.roster:
                with gr.Tab(own.duties, id="facilities-duties", elem_id="facilities-duties") as tab:
                    _build_duties(room, strings, tab)


def _build_check(room: FacilityRoom, strings: Strings) -> None:
    own = strings.facilities
    note = labels.OPEN_NOTE.in_language(strings.language)
    gr.Markdown(f'<p class="purpose">{own.check_purpose}</p><p class="remark">{note}</p>')
    tiers = room.tiers()
    first = next((key for _, key in tiers if key == _FIRST_TIER), tiers[0][1])
    shown = room.results(first, "", [], [], [])
    tier = gr.Radio(tiers, value=first, label=own.tier, elem_classes="choice")
    boxes, told = [], []
    for kind, result in zip(KINDS, shown, strict=False):
        label = labels.KINDS[kind].in_language(strings.language)
        boxes.append(gr.CheckboxGroup(room.choices(first, kind), label=label, elem_classes="ticks"))
        told.append(gr.Markdown(result, elem_classes="result"))
    sign = gr.Textbox(
        label=own.sign,
        placeholder=own.sign_placeholder,
        max_length=LONGEST_SIGN,
        lines=1,
        elem_classes="sign",
    )
    told.append(gr.Markdown(shown[len(KINDS)], elem_classes="result"))
    told.append(gr.Markdown(shown[-1], elem_classes="result"))
    clear = gr.Button(own.untick, size="sm", elem_classes="untick")
    offered = gr.State(first)
    # One event for all of them, so that what is shown is always the answer to the last. A textbox's input event misses
    # what an input method writes; its change event does not.
    gr.on(
        [tier.input, sign.change, *(box.input for box in boxes)],
        room.answered,
        [offered, tier, sign, *boxes],
        [offered, *boxes, *told],
        trigger_mode="always_last",
        **_QUIET,
    )
    clear.click(
        lambda tier, written: room.retiered(tier, written, [], [], []),
        [tier, sign],
        [*boxes, *told],
        **_QUIET,
    )


def _build_duties(room: FacilityRoom, strings: Strings, tab: gr.Tab) -> None:
    own = strings.facilities
    gr.Markdown(f'<p class="purpose">{own.duties_purpose}</p>')
    actors = room.actors()
    first = next((key for _, key in actors if key == _FIRST_ACTOR), actors[0][1])
    actor = gr.Radio(actors, value=first, label=own.actor, elem_classes="choice")
    listed = gr.Markdown(room.duties(first), elem_classes="result")
    # Seen again on another day, what was still to come may be past.
    gr.on([actor.input, tab.select], room.duties, actor, listed, **_QUIET, trigger_mode="always_last")
