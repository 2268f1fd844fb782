"""Lay out the residents’ guided path."""

import gradio as gr

from assistant.web.desk import Desk
from assistant.web.strings import Strings


def build_residents(desk: Desk, strings: Strings) -> None:
    """Lay the room out."""
    with gr.Column(elem_classes="room"):
        gr.Markdown(f"## {strings.residents.room}")
