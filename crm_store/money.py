"""Money as people read it. Inside the house it is whole minor units and an ISO 4217 code."""

from __future__ import annotations

from typing import Final

SIGNS: Final = {"EUR": "€", "GBP": "£", "USD": "$"}
_WITHOUT_DECIMALS: Final = {"CLP", "ISK", "JPY", "KRW", "VND"}
_WITH_THREE_DECIMALS: Final = {"BHD", "JOD", "KWD", "OMR", "TND"}


def decimals(currency: str) -> int:
    """How many decimals the currency's minor unit stands for: 2 for almost all."""
    if currency in _WITHOUT_DECIMALS:
        return 0
    return 3 if currency in _WITH_THREE_DECIMALS else 2


def format_money(cents: int, currency: str) -> str:
    """`2495, "EUR"` → `€24.95`; a currency without a sign of its own here goes by its code: `CHF 24.95`."""
    places = decimals(currency)
    whole, part = divmod(abs(cents), 10**places)
    amount = f"{whole:,}.{part:0{places}d}" if places else f"{whole:,}"
    sign = SIGNS.get(currency, f"{currency} ")
    return f"{'-' if cents < 0 else ''}{sign}{amount}"
