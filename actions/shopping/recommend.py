"""Suggesting products that are there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import button
from actions.shopping.goods import named_products
from actions.shopping.suggestions import as_catalogued, budget_cents, is_for_somebody_else, ranked
from actions.turn import Turn
from crm_store import catalogue, orders
from crm_store.models import Product
from crm_store.money import format_money

SUGGESTED = 3
_LOOKED_AT = 20
_SEARCHED = 200


@dataclass(frozen=True)
class Suggestion:
    """Products, and why these: the response that says it, with the name it mentions."""

    products: list[Product]
    response: str
    because: str = ""


class Recommend(ShopAction):
    """Suggests products that are there: for what was asked, or after what the customer bought."""

    action_name: ClassVar[str] = "action_recommend"
    intents: ClassVar[tuple[str, ...]] = ("recommend_product",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Suggest, or ask what for."""
        suggestion = await asked_for(turn, heard)
        own_taste = heard.entity("product") is None and not is_for_somebody_else(heard.text)
        if suggestion is None and own_taste:
            suggestion = await _after_history(turn, budget_cents(heard.text))
        if suggestion is None:
            categories = await catalogue.list_categories(turn.session)
            buttons = [button(c.name, "recommend_product", product=c.name) for c in categories[:6]]
            nothing = heard.entity("product") is not None
            say.utter_message(
                response="utter_recommend_none" if nothing else "utter_recommend_what", buttons=buttons
            )
            return []
        tell(suggestion, say)
        return []


def tell(suggestion: Suggestion, say: CollectingDispatcher) -> None:
    """Say which, with a button for each."""
    say.utter_message(
        response=suggestion.response,
        because=suggestion.because,
        lines="\n".join(f"- {_line(product)}" for product in suggestion.products),
        buttons=[button(p.name, "product_availability", product=p.name) for p in suggestion.products],
        json_message={"type": "products", "products": [_on_card(p) for p in suggestion.products]},
    )


async def asked_for(turn: Turn, heard: Heard) -> Suggestion | None:
    """What suits the words; None when they ask for nothing we know of."""
    called = " ".join([*heard.all("product"), *heard.all("color")])
    named = await named_products(turn, heard)
    alike = named[0] if len(named) == 1 and named[0].name.casefold() in called.casefold() else None
    if alike is not None:
        # Named in full, it is what they know: something of its kind is wanted.
        kind = await catalogue.find_products(
            turn.session, category_slug=alike.category.slug, limit=_LOOKED_AT
        )
        found = [product for product in kind if product.id != alike.id]
    else:
        words = called or as_catalogued(heard.text)
        fitting = await catalogue.search_products(turn.session, text=words, limit=_SEARCHED) if words else []
        found = ranked(fitting, called, heard.text)
    there = await _in_stock(turn, found, budget_cents(heard.text))
    if not there:
        return None
    return Suggestion(
        there, "utter_recommend_similar" if alike else "utter_recommend", alike.name if alike else ""
    )


async def _after_history(turn: Turn, budget: int | None) -> Suggestion | None:
    if turn.verified_id is None:
        return None
    bought = await orders.bought_products(turn.session, customer_id=turn.verified_id)
    kinds = Counter(product.category.slug for product in bought)
    if not kinds:
        return None
    liked = kinds.most_common(1)[0][0]
    known = {product.id for product in bought}
    found = await catalogue.find_products(turn.session, category_slug=liked, limit=_LOOKED_AT)
    there = await _in_stock(turn, [product for product in found if product.id not in known], budget)
    latest = next(product.name for product in bought if product.category.slug == liked)
    return Suggestion(there, "utter_recommend_history", latest) if there else None


async def _in_stock(turn: Turn, products: list[Product], budget: int | None) -> list[Product]:
    """The first few that are somewhere on a shelf and not too dear."""
    there: list[Product] = []
    for product in products:
        if len(there) < SUGGESTED and (budget is None or product.price_cents <= budget):
            there += [product] if await _is_there(turn, product) else []
    return there


async def _is_there(turn: Turn, product: Product) -> bool:
    for variant in product.variants:
        if any((await catalogue.stock_of(turn.session, variant_id=variant.id)).values()):
            return True
    return False


def _line(product: Product) -> str:
    first = product.description.split(". ")[0].rstrip(".")
    return f"{product.name}, {format_money(product.price_cents, product.currency)}: {first}."


def _on_card(product: Product) -> dict[str, Any]:
    return {
        "number": product.number,
        "name": product.name,
        "description": product.description,
        "price_cents": product.price_cents,
        "currency": product.currency,
        "image": product.image,
    }
