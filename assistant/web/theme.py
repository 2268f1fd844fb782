"""Dress Gradio's parts in the page's own colours and letters, which ``files/style.css`` defines."""

import gradio as gr

SANS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "system-ui", "sans-serif")

_SAME_BY_DAY_AND_NIGHT = {
    "body_background_fill": "var(--paper)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--ink-2)",
    "background_fill_primary": "var(--paper)",
    "background_fill_secondary": "var(--paper-2)",
    "border_color_primary": "var(--rule)",
    "border_color_accent": "var(--accent)",
    "color_accent_soft": "var(--accent-soft)",
    "link_text_color": "var(--accent)",
    "link_text_color_hover": "var(--accent)",
    "link_text_color_active": "var(--accent)",
    "link_text_color_visited": "var(--accent)",
    "block_background_fill": "transparent",
    "block_border_width": "0px",
    "block_label_text_color": "var(--ink-2)",
    "block_title_text_color": "var(--ink)",
    "panel_background_fill": "transparent",
    "input_background_fill": "var(--sheet)",
    "input_background_fill_focus": "var(--sheet)",
    "input_border_color": "var(--line)",
    "input_border_color_focus": "var(--accent)",
    "input_placeholder_color": "var(--ink-2)",
    "input_shadow": "none",
    "input_shadow_focus": "none",
    "checkbox_label_background_fill": "transparent",
    "checkbox_label_background_fill_hover": "var(--paper-2)",
    "checkbox_label_background_fill_selected": "var(--accent-soft)",
    "checkbox_label_border_color": "var(--line)",
    "checkbox_label_text_color": "var(--ink)",
    "checkbox_label_text_color_selected": "var(--ink)",
    "checkbox_background_color": "var(--sheet)",
    "checkbox_background_color_selected": "var(--accent)",
    "checkbox_border_color": "var(--line)",
    "checkbox_border_color_selected": "var(--accent)",
    "checkbox_border_color_focus": "var(--accent)",
    "button_primary_background_fill": "var(--accent)",
    "button_primary_background_fill_hover": "var(--accent-strong)",
    "button_primary_text_color": "var(--on-accent)",
    "button_primary_border_color": "var(--accent)",
    "button_secondary_background_fill": "transparent",
    "button_secondary_background_fill_hover": "var(--paper-2)",
    "button_secondary_text_color": "var(--ink)",
    "button_secondary_border_color": "var(--line)",
    "error_background_fill": "var(--sheet)",
    "error_text_color": "var(--ink)",
    "error_border_color": "var(--line)",
    "table_border_color": "var(--rule)",
    "table_even_background_fill": "transparent",
    "table_odd_background_fill": "transparent",
}
_ONE_VALUE = {
    "block_radius": "2px",
    "container_radius": "2px",
    "input_radius": "3px",
    "button_large_radius": "3px",
    "button_medium_radius": "3px",
    "button_small_radius": "3px",
    "button_border_width": "1px",
    "button_transition": "none",
    "block_padding": "0",
    "layout_gap": "0.75rem",
    "body_text_size": "1rem",
    "prose_text_size": "1rem",
    "chatbot_text_size": "1rem",
    "input_text_size": "1rem",
    "button_small_text_weight": "400",
    "button_medium_text_weight": "400",
    "button_large_text_weight": "500",
    "checkbox_label_text_weight": "400",
    "block_title_text_weight": "400",
}


def theme() -> gr.themes.Base:
    """Return the theme; light, dark and high contrast differ only in what the style sheet's own colours are."""
    made = gr.themes.Base(font=SANS, font_mono=("ui-monospace", "monospace"))
    known = set(vars(made))
    for name, value in _SAME_BY_DAY_AND_NIGHT.items():
        made.set(**{name: value})
        if f"{name}_dark" in known:
            made.set(**{f"{name}_dark": value})
    made.set(**_ONE_VALUE)
    return made
