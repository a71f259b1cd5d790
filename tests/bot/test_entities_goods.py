"""Products, colours, sizes and stores."""

from __future__ import annotations

import pytest

from tests.bot.entities import found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("is the Skylark Rain Jacket warm", "Skylark Rain Jacket"),
        ("skylark jacket", "Skylark Rain Jacket"),
        ("the Skylark in blue", "skylark"),
        ("my Errigals leak", "Errigal Hiking Boots"),
        ("errigal", "Errigal Hiking Boots"),
        ("two Puffin Enamel Mugs", "Puffin Enamel Mug"),
        ("the cairn 2-person tent", "Cairn Two-Person Tent"),
        ("Cairn tent", "Cairn Two-Person Tent"),
        ("erigal hiking boots", "Errigal Hiking Boots"),
        ("Skylark Rain Jakcet", "Skylark Rain Jacket"),
        ("wheatear t-shirt", "Wheatear Merino T-Shirt"),
        ("my hiking boots", "hiking boots"),
        ("these socks", "socks"),
        ("a tshirt", "tshirt"),
        ("the jaket", "jacket"),
        ("Boots!", "boots"),
        ("the jacket's zip", "jacket"),
    ],
)
def test_product(text: str, value: str) -> None:
    assert [v for _, v in found(text, "product")] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "books and roots",
        "whats up",
        "we walked the Wicklow Way",
        "12 Main Street, Wicklow",
        "it is too short",
        "my shoe size",
        "an ember glows",
        "",
    ],
)
def test_no_product(text: str) -> None:
    assert found(text, "product") == []


def test_the_span_is_what_was_typed() -> None:
    assert found("is the skylark rain jaket warm", "product") == [
        ("skylark rain jaket", "Skylark Rain Jacket")
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in navy", "navy"),
        ("Navy Blue please", "navy"),
        ("dark green", "forest green"),
        ("green", "green"),
        ("gray", "grey"),
        ("the beige one", "sand"),
        ("wine red", "burgundy"),
        ("pink", "pink"),
        ("oragne", "orange"),
        ("BLACK", "black"),
    ],
)
def test_color(text: str, value: str) -> None:
    assert [v for _, v in found(text, "color")] == [value]


@pytest.mark.parametrize(
    "text", ["Black Friday", "this is shite", "greenhouse", "oranges and sandals", "a@green.ie"]
)
def test_no_color(text: str) -> None:
    assert found(text, "color") == []


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("M", ["M"]),
        ("xl", ["XL"]),
        ("2xl", ["XXL"]),
        ("XL or XXL?", ["XL", "XXL"]),
        ("from M to S", ["M", "S"]),
        ("size s", ["S"]),
        ("an L please", ["L"]),
        ("extra small", ["XS"]),
        ("x-large", ["XL"]),
        ("a medium", ["M"]),
        ("in small", ["S"]),
        ("teal or black medium", ["M"]),
        ("medium", ["M"]),
        ("one size", ["one-size"]),
        ("42", ["42"]),
        ("boots in 44", ["44"]),
        ("hiking boots 44", ["44"]),
        ("a 43 would do", ["43"]),
        ("size 9", ["9"]),
        ("UK 9", ["9"]),
        ("size 42.5", ["42.5"]),
        ("turns out I'm a 38 and not a 39", ["38", "39"]),
        ("I normally wear a 12", ["12"]),
        ("a pair of 39", ["39"]),
    ],
)
def test_size(text: str, sizes: list[str]) -> None:
    assert [v for _, v in found(text, "size")] == sizes


@pytest.mark.parametrize(
    "text",
    [
        "I'm sure it's Tom's",
        "s.oduya@example.net",
        "a small problem",
        "too large",
        "the small print",
        "a large backpack",
        "40 days",
        "a 40 litre pack",
        "€42",
        "42 euro",
        "43 Main Street",
        "it costs 39.95",
        "one size up",
        "WL-001-NVY-S",
        "l8r",
    ],
)
def test_no_size(text: str) -> None:
    assert found(text, "size") == []


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("the Galway shop", "galway"),
        ("CORK", "cork"),
        ("at Quay Street", "galway"),
        ("in gallway", "galway"),
        ("Dublin?", "dublin"),
    ],
)
def test_store(text: str, store: str) -> None:
    assert [v for _, v in found(text, "store")] == [store]


@pytest.mark.parametrize("text", ["12 Main Street, Dublin 8", "Cork, T12 V8Q4", "Co. Cork", "a corkscrew"])
def test_an_address_is_no_store(text: str) -> None:
    assert found(text, "store") == []
