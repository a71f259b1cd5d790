"""Payloads say what a customer could have typed, and no more."""

from __future__ import annotations

import pytest

from bot.payloads import as_words, read_payload

INTENTS = {"track_order", "affirm"}
ENTITIES = {"order_number", "code"}


def test_a_payload_is_an_intent_with_entities() -> None:
    parsed = read_payload('/track_order{"order_number": "A-10042"}', INTENTS, ENTITIES)
    assert parsed is not None
    assert parsed["intent"] == {"name": "track_order", "confidence": 1.0}
    assert [(e["entity"], e["value"]) for e in parsed["entities"]] == [("order_number", "A-10042")]


def test_a_payload_without_entities() -> None:
    parsed = read_payload(" /affirm ", INTENTS, ENTITIES)
    assert parsed is not None
    assert parsed["entities"] == []


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "/session_start",
        "/nobody_knows_this",
        "/track_order{",
        '/track_order{"order_number": {"$gt": ""}}',
        '/track_order{"order_number": ["A-1", "A-2"]}',
        '/track_order{"order_number": "' + "9" * 500 + '"}',
        "/track_order[1]",
        '/track_order{"a": 1} and more',
        "/" + "{" * 5000,
        "track_order",
        "",
    ],
)
def test_anything_else_is_words(text: str) -> None:
    assert read_payload(text, INTENTS, ENTITIES) is None


def test_slots_and_unknown_entities_are_left_out() -> None:
    parsed = read_payload('/affirm{"proven_orders": "A-10001", "code": "7"}', INTENTS, ENTITIES)
    assert parsed is not None
    assert [e["entity"] for e in parsed["entities"]] == ["code"]


def test_words_never_begin_like_a_payload() -> None:
    assert as_words("//restart") == "restart"
    assert as_words(' /inform{"a": 1}') == 'inform{"a": 1}'
    assert as_words("either/or") == "either/or"
