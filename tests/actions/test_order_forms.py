"""Yes, no, or something else: how the forms about orders read an answer."""

from __future__ import annotations

import pytest

from actions.heard import Heard
from actions.orders.cancel import CancelForm
from actions.orders.order_forms import agreement, is_aside


def heard(text: str, intent: str = "inform", confidence: float = 0.9) -> Heard:
    return Heard(text, intent, confidence, ())


@pytest.mark.parametrize(
    ("text", "intent", "sure"),
    [
        ("yes", "affirm", True),
        ("yes please, do that", "inform", True),
        ("ok go ahead", "nlu_fallback", True),
        ("", "affirm", True),
        ("no", "deny", False),
        ("no don't cancel it", "cancel_order", False),
        ("please keep it", "inform", False),
        ("I've changed my mind", "inform", False),
        ("", "deny", False),
        ("hmm", "nlu_fallback", None),
        ("yes but without the name", "affirm", None),
        ("actually no, I'd rather return it", "nlu_fallback", False),
        ("what would I get back?", "track_refund", None),
    ],
)
def test_agreement(text: str, intent: str, sure: bool | None) -> None:
    assert agreement(heard(text, intent)) is sure


@pytest.mark.parametrize(
    ("text", "intent", "confidence", "aside"),
    [
        ("where is A-10042 now?", "track_order", 0.9, True),
        ("how do I pay", "payment_methods", 0.9, True),
        ("how do I pay", "payment_methods", 0.3, False),
        ("", "track_order", 1.0, True),
        ("A-10042 please", "track_order", 0.9, False),
        ("no", "deny", 0.9, False),
        ("cancel the other one", "cancel_order", 0.9, False),
        ("the second one", "inform", 0.9, False),
    ],
)
def test_aside(text: str, intent: str, confidence: float, aside: bool) -> None:
    assert is_aside(heard(text, intent, confidence), CancelForm) is aside
