"""Suggesting products that are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import button
from actions.shopping import suggesting
from actions.shopping.goods import named_products
from actions.shopping.product_card import product_card
from actions.shopping.suggesting import SUGGESTED, Choice, Suggestion
from actions.shopping.suggestions import is_for_somebody_else
from actions.shopping.wishes import Wish, read_wish
from actions.turn import Turn
from crm_store import catalogue, orders
from crm_store.models import Product
from crm_store.money import format_money
from crm_store.orders import Taste

_LOOKED_AT: Final = 20
_SEEDS: Final = 5
"""The latest purchases that a suggestion may follow from."""


class Recommend(ShopAction):
    """Suggests products that are there: for what was asked, or after what the customer bought."""

    action_name: ClassVar[str] = "action_recommend"
    intents: ClassVar[tuple[str, ...]] = ("recommend_product",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Suggest, or ask what for."""
        wish = read_wish(heard)
        suggestion = await asked_for(turn, heard)
        own_taste = not wish.called and not wish.tells and not is_for_somebody_else(heard.text)
        if suggestion is None and own_taste:
            suggestion = await _after_history(turn, wish)
        if suggestion is None:
            categories = await catalogue.list_categories(turn.session)
            buttons = [button(c.name, "recommend_product", product=c.name) for c in categories[:6]]
            nothing = bool(wish.called) or wish.tells
            say.utter_message(
                response="utter_recommend_none" if nothing else "utter_recommend_what", buttons=buttons
            )
            return []
        tell(suggestion, say)
        return []


def tell(suggestion: Suggestion, say: CollectingDispatcher) -> None:
    """Say which and why, with a button for each."""
    say.utter_message(
        response=suggestion.response,
        because=suggestion.because,
        lines="\n".join(f"- {_line(choice)}" for choice in suggestion.choices),
        buttons=[button(p.name, "product_availability", product=p.name) for p in suggestion.products],
        json_message={
            "type": "products",
            "products": [product_card(c.product, c.why, c.lacks) for c in suggestion.choices],
        },
    )


async def asked_for(turn: Turn, heard: Heard) -> Suggestion | None:
    """What suits the words; None when they ask for nothing we know of."""
    wish = read_wish(heard)
    named = await named_products(turn, heard) if wish.called else []
    alike = named[0] if len(named) == 1 and named[0].name.casefold() in wish.called.casefold() else None
    # Named in full, it is what they know: something of its kind is wanted.
    return await _like(turn, alike, wish) if alike else await suggesting.by_words(turn, wish)


async def _like(turn: Turn, known: Product, wish: Wish) -> Suggestion | None:
    """Others of the same shelf, those first that are described alike."""
    shelf = await catalogue.find_products(turn.session, category_slug=known.category.slug, limit=_LOOKED_AT)
    near = await suggesting.near_to(turn, f"{known.name}. {known.description}")
    others = sorted((p for p in shelf if p.id != known.id), key=lambda one: -near.get(one.id, 0.0))
    there = await _few(turn, others, wish)
    return Suggestion([Choice(p) for p in there], "utter_recommend_similar", known.name) if there else None


async def _after_history(turn: Turn, wish: Wish) -> Suggestion | None:
    """What others bought with what the customer kept, then more of the kind. Never what they had."""
    if turn.verified_id is None:
        return None
    taste = await orders.taste(turn.session, customer_id=turn.verified_id)
    seeds = {product.id: product for product in taste.kept[:_SEEDS]}
    if not seeds:
        return None
    why = dict[int, str]()
    for pair in await orders.bought_together(
        turn.session, product_ids=seeds, customer_id=turn.verified_id, limit=_LOOKED_AT
    ):
        if pair.product_id not in taste.had:
            why.setdefault(pair.product_id, f"often bought with the {seeds[pair.with_id].name}")
    found = await catalogue.find_by_ids(turn.session, product_ids=list(why))
    found += await _of_the_kind(turn, taste)
    there = await _few(turn, list({product.id: product for product in found}.values()), wish)
    if not there:
        return None
    latest = taste.kept[0]
    choices = [Choice(p, why.get(p.id) or _same_kind(p, taste)) for p in there]
    return Suggestion(choices, "utter_recommend_history", latest.name)


async def _of_the_kind(turn: Turn, taste: Taste) -> list[Product]:
    """The shelf of the latest purchase, nearest to it first."""
    latest = taste.kept[0]
    near = await suggesting.near_to(turn, f"{latest.name}. {latest.description}")
    shelf = await catalogue.find_products(turn.session, category_slug=latest.category.slug, limit=_LOOKED_AT)
    news = [product for product in shelf if product.id not in taste.had]
    return sorted(news, key=lambda one: -near.get(one.id, 0.0))


def _same_kind(product: Product, taste: Taste) -> str:
    known = next((one for one in taste.kept if one.category_id == product.category_id), None)
    return f"because you bought the {known.name}" if known else ""


async def _few(turn: Turn, products: list[Product], wish: Wish) -> list[Product]:
    return (await suggesting.in_stock(turn, list(_affordable(products, wish))))[:SUGGESTED]


def _affordable(products: list[Product], wish: Wish) -> Iterator[Product]:
    for product in products:
        if wish.most_cents is None or product.price_cents <= wish.most_cents:
            yield product


def _line(choice: Choice) -> str:
    product = choice.product
    first = product.description.split(". ")[0].rstrip(".")
    notes = "; ".join(filter(None, [choice.why, *choice.lacks]))
    price = format_money(product.price_cents, product.currency)
    return f"{product.name}, {price}{f' ({notes})' if notes else ''}: {first}."
