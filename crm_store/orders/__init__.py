"""Orders: finding them, and changing them while that is still possible."""

from crm_store.orders.changing import cancel, change_address
from crm_store.orders.finding import bought_products, find_by_product
from crm_store.orders.reading import (
    get_by_id,
    get_order,
    latest_order,
    list_orders,
    open_orders,
    take_by_id,
    take_order,
)
from crm_store.orders.taste import LEAST_PEOPLE, Taste, Together, bought_together, taste

__all__ = [
    "LEAST_PEOPLE",
    "Taste",
    "Together",
    "bought_products",
    "bought_together",
    "cancel",
    "change_address",
    "find_by_product",
    "get_by_id",
    "get_order",
    "latest_order",
    "list_orders",
    "open_orders",
    "take_by_id",
    "take_order",
    "taste",
]
