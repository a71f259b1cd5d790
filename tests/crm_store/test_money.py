"""Money as people read it."""

from __future__ import annotations

import pytest

from crm_store.money import format_money


@pytest.mark.parametrize(
    ("cents", "currency", "text"),
    [
        (2495, "EUR", "€24.95"),
        (5, "GBP", "£0.05"),
        (-500, "USD", "-$5.00"),
        (123456789, "EUR", "€1,234,567.89"),
        (2495, "CHF", "CHF 24.95"),
        (1500, "JPY", "JPY 1,500"),
        (1500, "KWD", "KWD 1.500"),
    ],
)
def test_money_reads_as_people_write_it(cents: int, currency: str, text: str) -> None:
    assert format_money(cents, currency) == text
