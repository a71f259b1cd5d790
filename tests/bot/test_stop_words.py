"""STOP in its wordings, and what only looks like it."""

from __future__ import annotations

import pytest

from bot.stop_words import is_stop


@pytest.mark.parametrize(
    "text",
    ["STOP", "stop.", "Stop!!", "unsubscribe", "Opt out", "opt-out please", "please stop texting me",
     "STOPALL", "don’t text me anymore", "Stop sending me texts", "remove me from your list",
     "opt me out"],
)  # fmt: skip
def test_stop_is_understood(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize(
    "text",
    ["stop my order", "please stop the parcel", "I can't stop smiling", "the zip stopped working", "",
     "cancel",      "how do I unsubscribe", "when does the sale end", "stop" * 100],
)  # fmt: skip
def test_other_wishes_are_not_stop(text: str) -> None:
    assert not is_stop(text)
