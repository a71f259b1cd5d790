"""The few buttons that are offered when nothing else is going on."""

from __future__ import annotations

from actions.language.phrases import Button, button
from actions.talk.intent_titles import title_of

HUMAN = "talk_to_human"
MAIN = ("track_order", "return_item", "check_points", HUMAN)
"""What most people come for."""


def wish_button(intent: str) -> Button:
    """A button that says the wish."""
    return button(title_of(intent), intent)


def main_buttons() -> list[Button]:
    """The main wishes, a human last."""
    return [wish_button(intent) for intent in MAIN]
