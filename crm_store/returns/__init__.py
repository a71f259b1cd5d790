"""Returns: what may come back, what it gives, making one, and how it ends."""

from crm_store.returns.closing import cancel_return, receive
from crm_store.returns.creating import create_return
from crm_store.returns.eligibility import LineEligibility, Refusal
from crm_store.returns.quote import Quote, ReturnLine, price, quote
from crm_store.returns.reading import count_returns, get_return, list_returns
from crm_store.returns.standing import Standing, eligibility, returnable_orders, standings
from crm_store.returns.windows import RETURN_WINDOW_DAYS, window_ends

__all__ = [
    "RETURN_WINDOW_DAYS",
    "LineEligibility",
    "Quote",
    "Refusal",
    "ReturnLine",
    "Standing",
    "cancel_return",
    "count_returns",
    "create_return",
    "eligibility",
    "get_return",
    "list_returns",
    "price",
    "quote",
    "receive",
    "returnable_orders",
    "standings",
    "window_ends",
]
