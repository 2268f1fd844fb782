"""Lay out the facilities room: tiers side by side, the self-check, the duties."""

import gradio as gr

from assistant.web.desk import Desk
from assistant.web.strings import Strings


def build_facilities(desk: Desk, strings: Strings) -> None:
    """Lay the room out."""
    with gr.Column(elem_classes="room"):
        gr.Markdown(f"## {strings.facilities.room}")
