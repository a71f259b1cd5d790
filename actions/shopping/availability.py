"""Is it in stock? By size and colour, online and in the shops."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import Button, button
from actions.shopping import stock_words
from actions.shopping.added_detail import with_earlier
from actions.shopping.goods import matching_variants, named_products, named_shop, shops
from actions.shopping.recommend import asked_for, tell
from actions.shopping.stock_words import OnShelf
from actions.turn import Turn
from crm_store import catalogue
from crm_store.models import Location, Product, Variant

_MOST_PRODUCTS = 5
_MOST_BUTTONS = 6


class ProductAvailability(ShopAction):
    """Tells what the shelves hold at this moment."""

    action_name: ClassVar[str] = "action_product_availability"
    intents: ClassVar[tuple[str, ...]] = ("product_availability",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Find the product, then its variant; ask which where several fit."""
        heard = with_earlier(tracker, heard)
        found = await named_products(turn, heard)
        found = [product for product in found if matching_variants(product, heard)] or found
        if len(found) == 1:
            await _tell(turn, found[0], heard, say)
        elif found:
            ask_which_product(found, heard, say, "product_availability")
        elif (suggestion := await asked_for(turn, heard)) is not None:
            tell(suggestion, say)
        else:
            say.utter_message(
                response="utter_which_product" if not heard.entity("product") else "utter_no_product"
            )
        return []


def ask_which_product(found: list[Product], heard: Heard, say: CollectingDispatcher, intent: str) -> None:
    """Ask which of several products is meant; what was said besides goes with the answer."""
    named = {
        name: value
        for name in ("size", "color", "store", "date")
        if (value := heard.entity(name)) is not None
    }
    buttons = [button(p.name, intent, product=p.name, **named) for p in found[:_MOST_PRODUCTS]]
    say.utter_message(response="utter_which_of_these", buttons=buttons)


async def shelves_of(turn: Turn, variants: list[Variant]) -> list[OnShelf]:
    """Each variant with what there is of it."""
    return [
        OnShelf(variant, await catalogue.stock_of(turn.session, variant_id=variant.id))
        for variant in variants
    ]


async def _tell(turn: Turn, product: Product, heard: Heard, say: CollectingDispatcher) -> None:
    variants = matching_variants(product, heard)
    if not variants:
        await _tell_not_made(turn, product, heard, say)
        return
    shelves, with_door = await shelves_of(turn, variants), await shops(turn)
    if product.digital:
        say.utter_message(response="utter_stock_digital", product=product.name)
    elif len(shelves) == 1:
        _tell_one(product, shelves[0], with_door, heard, say)
    else:
        _tell_several(product, shelves, with_door, named_shop(heard, with_door), say)


def _tell_several(
    product: Product,
    shelves: list[OnShelf],
    with_door: list[Location],
    asked: Location | None,
    say: CollectingDispatcher,
) -> None:
    there = [shelf for shelf in shelves if asked and shelf.stock.get(asked.slug)]
    shown = there or shelves
    say.utter_message(
        response=("utter_stock_shop" if there else "utter_stock_shop_none") if asked else "utter_stock_sizes",
        product=product.name,
        shop=stock_words.city(asked) if asked else "",
        lines=stock_words.size_lines(there) if there else stock_words.color_lines(shelves, with_door),
        buttons=[_variant_button(product, shelf) for shelf in shown] if len(shown) <= _MOST_BUTTONS else [],
        json_message=stock_words.card(product.name, shown),
    )


def _variant_button(product: Product, shelf: OnShelf) -> Button:
    named = stock_words.as_entities(product.name, shelf.variant)
    return button(stock_words.variant_words(shelf.variant), "product_availability", **named)


def _tell_one(
    product: Product, shelf: OnShelf, with_door: list[Location], heard: Heard, say: CollectingDispatcher
) -> None:
    asked = named_shop(heard, with_door)
    there = shelf.in_shops(with_door)
    gone = not shelf.online and not there
    say.utter_message(
        response="utter_stock_none" if gone else "utter_stock",
        product=stock_words.titled(product.name, shelf.variant),
        lines=stock_words.place_lines(shelf, [asked] if asked else with_door),
        buttons=_next_steps(product, shelf, there, gone=gone),
        json_message=stock_words.card(product.name, [shelf]),
    )


def _next_steps(
    product: Product, shelf: OnShelf, there: list[tuple[Location, int]], *, gone: bool
) -> list[Button]:
    if gone:
        return [button("Suggest something similar", "recommend_product", product=product.name)]
    given = stock_words.as_entities(product.name, shelf.variant)
    return [
        button(f"Reserve in {stock_words.city(shop)}", "reserve_in_store", store=shop.slug, **given)
        for shop, _ in there
    ]


async def _tell_not_made(turn: Turn, product: Product, heard: Heard, say: CollectingDispatcher) -> None:
    """The size or colour that was asked for does not exist: say which do."""
    shelves = await shelves_of(turn, product.variants)
    wanted = ", ".join([*heard.all("color"), *heard.all("size")])
    say.utter_message(
        response="utter_stock_not_made",
        product=product.name,
        wanted=wanted,
        lines=stock_words.color_lines(shelves, await shops(turn)),
        json_message=stock_words.card(product.name, shelves),
    )
