"""Lay out the page in one language: its rooms, side by side under one roof.

To add a room: write a module beside this one with ``build_<room>(desk, strings)``, which lays out Gradio's parts, and
put a line into ``ROOMS``. With more than one room the frame shows their names at the top of the page; a room keeps
what was typed in it while another is open, and has an address of its own (``/?room=<name>``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import gradio as gr

from assistant.web.chat import build_chat
from assistant.web.course import build_course
from assistant.web.desk import Desk
from assistant.web.facilities import build_facilities
from assistant.web.residents import build_residents
from assistant.web.strings import Strings


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A part of the page that a visitor can walk into."""

    name: str
    """Lower-case letters; its address is ``/?room=<name>``."""
    title: Callable[[Strings], str]
    build: Callable[[Desk, Strings], None]
    """Lay the room out, inside its own tab."""


ROOMS: tuple[Room, ...] = (
    Room(name="chat", title=lambda strings: strings.chat_room, build=build_chat),
    Room(name="residents", title=lambda strings: strings.residents.room, build=build_residents),
    Room(name="facilities", title=lambda strings: strings.facilities.room, build=build_facilities),
    Room(name="course", title=lambda strings: strings.course.room, build=build_course),
)


def build_page(desk: Desk, strings: Strings, rooms: Sequence[Room] = ROOMS) -> gr.Blocks:
    """Return the page; nothing in it is counted, shared or kept."""
    page = gr.Blocks(title=strings.name, analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600))
    with page:
        if len(rooms) == 1:
            rooms[0].build(desk, strings)
        else:
            with gr.Tabs(elem_id="rooms"):
                for room in rooms:
                    with gr.Tab(room.title(strings), id=room.name, elem_id=f"room-{room.name}"):
                        room.build(desk, strings)
    page.queue(default_concurrency_limit=16, max_size=200, api_open=False)
    return page
