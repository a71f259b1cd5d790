"""Two wishes in one message are two only where that is beyond doubt."""

from __future__ import annotations

from typing import Any

import pytest

from bot.two_wishes import are_two, halves, in_form, in_order


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("cancel A-10922 and how many points do I have?", "cancel A-10922", "how many points do I have?"),
        ("Where is my order? And what are my offers", "Where is my order", "what are my offers"),
        (
            "how many points do i have, also when are you open",
            "how many points do i have",
            "when are you open",
        ),
        (
            "I want to return a jacket. Do you open on Sunday?",
            "I want to return a jacket",
            "Do you open on Sunday?",
        ),
    ],
)
def test_a_clear_border(text: str, left: str, right: str) -> None:
    assert (left, right) in list(halves(text))


@pytest.mark.parametrize(
    "text",
    [
        "do you have the shirt and trousers",
        "I bought shoes and a tent",
        "where is my shirt and my jacket",
        "Byrne and Sons",
        "hello and thanks",
        '/track_order{"order_number": "A-1 and where is A-2"}',
        "",
        " and ",
        "how " + "and how are " * 30,
    ],
)
def test_no_border(text: str) -> None:
    assert list(halves(text)) == []


def parsed(name: str, confidence: float = 0.95) -> dict[str, Any]:
    return {"text": name, "intent": {"name": name, "confidence": confidence}}


def test_two_kinds_are_two() -> None:
    cancel, points = parsed("cancel_order"), parsed("check_points")
    assert are_two(cancel, cancel, points)
    assert in_order(cancel, points) == [points, cancel]
    assert in_order(points, parsed("show_offers"))[0] is points


@pytest.mark.parametrize(
    ("whole", "left", "right"),
    [
        ("return_item", parsed("return_item"), parsed("request_refund")),
        ("return_item", parsed("return_item"), parsed("cancel_order")),
        ("track_order", parsed("track_order"), parsed("thank")),
        ("complaint", parsed("track_order"), parsed("check_points")),
        ("track_order", parsed("track_order"), parsed("check_points", 0.6)),
        ("track_order", parsed("track_order"), {"text": "", "intent": None}),
    ],
)
def test_what_is_in_doubt_is_one(whole: str, left: dict[str, Any], right: dict[str, Any]) -> None:
    assert not are_two(parsed(whole), left, right)


def test_whether_a_form_goes_on() -> None:
    begun = [{"event": "active_loop", "name": "return_form"}]
    assert in_form(begun)
    assert not in_form([*begun, {"event": "active_loop", "name": None}])
    assert not in_form([])
