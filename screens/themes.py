"""The themes: Textual's dark one, and one of our own for eyes and screens that need contrast."""

from textual.theme import Theme

CALM = "textual-dark"
"""The theme that the program starts with."""

HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#00ffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    success="#00ff00",
    warning="#ffff00",
    error="#ff6060",
    dark=True,
)
