"""Themes of the UI: dark, light, and two that use only the terminal's own sixteen colours.

Invariant: a theme changes colours only. Everything that a colour expresses is also expressed by a
sign or a word.
"""

from __future__ import annotations

from textual.theme import Theme


def custom_themes() -> list[Theme]:
    """Return the themes that Textual does not provide."""
    return [
        Theme(
            name="dark",
            primary="#7aa7d9",
            secondary="#9db8a0",
            accent="#e0b872",
            warning="#e0b872",
            error="#e58a86",
            success="#93c293",
            foreground="#dcdcd6",
            background="#15181c",
            surface="#1b1f24",
            panel="#252b32",
            dark=True,
        ),
        Theme(
            name="light",
            primary="#1f5f99",
            secondary="#44694a",
            accent="#8a5a00",
            warning="#8a5a00",
            error="#a3322c",
            success="#2f6b33",
            foreground="#1d2024",
            background="#fbfaf7",
            surface="#f3f1ec",
            panel="#e6e3dc",
            dark=False,
        ),
    ]
