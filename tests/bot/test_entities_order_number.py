"""Order numbers and codes: much alike, and not to be mixed up."""

from __future__ import annotations

import pytest

from tests.bot.entities import found


@pytest.mark.parametrize(
    "text",
    [
        "A-10042",
        "a10042",
        "#10042",
        "A 10042",
        "10042",
        "# 10042",
        "A–10042",
        "#A-10042",
        "where is a-10042?",
        "order no. 10042",
        "my order number is 10042.",
        "(10042)",
        "Order: A10042, bought last week",
    ],
)
def test_every_way_to_type_an_order_number(text: str) -> None:
    assert [value for _, value in found(text, "order_number")] == ["A-10042"]
    assert found(text, "code", "quantity", "phone") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("order 4821", "A-4821"),
        ("#4821", "A-4821"),
        ("order number 100423", "A-100423"),
        ("it is cd-00001-19970101", "CD-00001-19970101"),
        ("ORD-2024-0001", "ORD-2024-0001"),
        ("order123456", "ORDER123456"),
    ],
)
def test_other_shapes(text: str, value: str) -> None:
    assert [v for _, v in found(text, "order_number")] == [value]


def test_several_numbers() -> None:
    assert [v for _, v in found("10042,10043 and A-10044", "order_number")] == [
        "A-10042",
        "A-10043",
        "A-10044",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "€10042",
        "10042 euro",
        "10042 points",
        "10,042",
        "129.95",
        "since 2019",
        "at 17:30",
        "a 2000 kcal meal",
        "A4",
        "R-5012",
        "WL-001-NVY-S",
        "covid-19",
        "2026-10-28",
        "10042@example.com",
        "1004",
    ],
)
def test_what_is_no_order_number(text: str) -> None:
    assert found(text, "order_number") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("482913", "482913"),
        ("482 913", "482913"),
        ("482-913", "482913"),
        ("the code is 066351.", "066351"),
        ("voucher lark-7f3k", "LARK-7F3K"),
        ("LARK-7F3KQ2MX at checkout", "LARK-7F3KQ2MX"),
        ("redeem WANDER-25-GIFT please", "WANDER-25-GIFT"),
        ("GC-4821-7730", "GC-4821-7730"),
        ("GC99310042", "GC99310042"),
        ("my code: summer25", "SUMMER25"),
    ],
)
def test_code(text: str, value: str) -> None:
    assert [v for _, v in found(text, "code")] == [value]
    assert found(text, "order_number", "phone", "quantity") == []


@pytest.mark.parametrize(
    "text", ["t-shirt2", "WL-001-NVY-XS", "a code please", "4829131", "order 482913", "€482913"]
)
def test_no_code(text: str) -> None:
    assert found(text, "code") == []
