"""What an offer is worth to one customer, to put the best first. An estimate: nothing is paid out by it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from crm_store.loyalty import CENTS_PER_STEP, POINTS_PER_EUR, REDEEM_STEP
from crm_store.models import Offer, OfferKind

USUAL_BASKET_CENTS: Final = 6000
"""For a customer without orders."""
USUAL_SHIPPING_CENTS: Final = 495
USUAL_GIFT_CENTS: Final = 600
"""For a gift whose value the offer does not say."""
_BOUGHT_BEFORE: Final = 1.5
_NEVER_BOUGHT: Final = 0.5
_OUT_OF_REACH: Final = 0.4
"""When the usual basket is smaller than the offer's least spend."""


@dataclass(frozen=True, slots=True)
class Shopper:
    """What a customer usually buys."""

    basket_cents: int = USUAL_BASKET_CENTS
    category_ids: Collection[int] = ()


def worth(offer: Offer, shopper: Shopper) -> float:
    """Minor units the customer would probably save."""
    value = _saved(offer, max(shopper.basket_cents, offer.min_spend_cents))
    if offer.category_id is not None:
        value *= _BOUGHT_BEFORE if offer.category_id in shopper.category_ids else _NEVER_BOUGHT
    if offer.min_spend_cents > shopper.basket_cents:
        value *= _OUT_OF_REACH
    return value


def _saved(offer: Offer, basket_cents: int) -> float:
    if offer.kind is OfferKind.PERCENT:
        return basket_cents * offer.value / 100
    if offer.kind is OfferKind.FREE_SHIPPING:
        return USUAL_SHIPPING_CENTS
    if offer.kind is OfferKind.POINTS_MULTIPLIER:
        extra_points = basket_cents / 100 * POINTS_PER_EUR * (offer.value - 100) / 100
        return extra_points * CENTS_PER_STEP / REDEEM_STEP
    if offer.kind is OfferKind.GIFT and not offer.value:
        return USUAL_GIFT_CENTS
    return offer.value
