"""Offers given to one customer: showing the best first, taking one, declining one."""

from crm_store.offers.deciding import apply, decline, grant
from crm_store.offers.listing import list_for

__all__ = ["apply", "decline", "grant", "list_for"]
