"""Order numbers as people type them."""

from __future__ import annotations

import pytest

from crm_store.order_numbers import normalise


@pytest.mark.parametrize(
    "typed",
    [
        "A-10042",
        "a10042",
        "#10042",
        "A 10042",
        "10042",
        " a-10042. ",
        "# A-10042",
        "A–10042",
        "a #10042",
        "１００４２",
    ],
)
def test_every_way_to_type_it_is_the_same_number(typed: str) -> None:
    assert normalise(typed) == "A-10042"


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("cd-17-1997", "CD-17-1997"),
        (" #ab12 ", "#AB12"),
        ("123", "123"),
        ("1234567890", "1234567890"),
        ("", ""),
    ],
)
def test_any_other_shape_is_only_tidied(typed: str, tidy: str) -> None:
    assert normalise(typed) == tidy
