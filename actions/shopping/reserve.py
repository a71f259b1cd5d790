"""Setting something aside in a shop: which thing, and which shop. What the bot may not do a human does."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import Button, button
from actions.people.handoff import open_ticket, tell_when
from actions.shopping import stock_words
from actions.shopping.added_detail import with_earlier
from actions.shopping.availability import ask_which_product, shelves_of
from actions.shopping.goods import matching_variants, named_products, named_shop, shops
from actions.shopping.reservation import can_keep, cancel, keep, tell_list
from actions.shopping.reservation_words import asks_for_list, wants_to_cancel
from actions.shopping.stock_words import OnShelf
from actions.talk.menu import HUMAN, wish_button
from actions.turn import Turn
from crm_store.models import Location, Product

_MOST_BUTTONS = 6


class ReserveInStore(ShopAction):
    """Finds out what and where, and keeps it if it is there; also tells and cancels what is kept."""

    action_name: ClassVar[str] = "action_reserve_in_store"
    intents: ClassVar[tuple[str, ...]] = ("reserve_in_store",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask for what is missing, one thing at a time; then keep it."""
        named = heard.entity("product") is not None
        if wants_to_cancel(heard.text, heard.entity("reason"), product_named=named):
            await cancel(turn, heard, say)
            return []
        if not named and asks_for_list(heard.text):
            await tell_list(turn, say)
            return []
        if tracker.active_loop_name is not None and turn.verified_id is None:
            # A name would have to be asked for, and the form asks something else.
            say.utter_message(response="utter_reserve_later")
            return []
        heard = with_earlier(tracker, heard)
        found = await named_products(turn, heard)
        found = [product for product in found if matching_variants(product, heard)] or found
        if len(found) > 1:
            ask_which_product(found, heard, say, "reserve_in_store")
        elif not found:
            say.utter_message(response="utter_reserve_what", buttons=[wish_button(HUMAN)])
        else:
            return await _where(turn, found[0], heard, say, tracker)
        return []


async def _where(
    turn: Turn, product: Product, heard: Heard, say: CollectingDispatcher, tracker: Tracker
) -> list[Event]:
    """The product is known: which size, and which shop."""
    shelves = await shelves_of(turn, matching_variants(product, heard))
    with_door = await shops(turn)
    here = [shelf for shelf in shelves if shelf.in_shops(with_door)]
    shop = named_shop(heard, with_door)
    if not here or (shop and not any(shelf.stock.get(shop.slug) for shelf in shelves)):
        _not_there(product, heard, here, with_door, say)
    elif len(shelves) > 1:
        _ask_which_one(product, shelves, with_door, shop, say)
    elif shop is None:
        buttons = [_shop_button(product, here[0], place) for place, _ in here[0].in_shops(with_door)]
        title = stock_words.titled(product.name, here[0].variant)
        say.utter_message(response="utter_reserve_where", product=title, buttons=buttons)
    elif not can_keep(shop, heard.entity("quantity"), heard.entity("date")):
        await _ask_human(turn, product, here[0], shop, heard, say, tracker)
    else:
        title = stock_words.titled(product.name, here[0].variant)
        return await keep(turn, here[0].variant, title, shop, heard, say)
    return []


def _ask_which_one(
    product: Product,
    shelves: list[OnShelf],
    with_door: list[Location],
    shop: Location | None,
    say: CollectingDispatcher,
) -> None:
    """Which size and colour, of those that are there."""
    there = [shelf for shelf in shelves if shelf.in_shops([shop] if shop else with_door)]
    few = len(there) <= _MOST_BUTTONS
    say.utter_message(
        response="utter_reserve_size",
        product=product.name,
        lines=stock_words.size_lines(there),
        buttons=[_variant_button(product, shelf, shop) for shelf in there] if few else [],
    )


def _not_there(
    product: Product, heard: Heard, here: list[OnShelf], with_door: list[Location], say: CollectingDispatcher
) -> None:
    """None in that shop, or in none of them."""
    buttons = (
        [_shop_button(product, here[0], shop) for shop, _ in here[0].in_shops(with_door)] if here else []
    )
    say.utter_message(
        response="utter_reserve_elsewhere" if here else "utter_reserve_none",
        product=product.name,
        buttons=buttons or [button("Suggest something similar", "recommend_product", product=product.name)],
    )


def _shop_button(product: Product, shelf: OnShelf, shop: Location) -> Button:
    named = stock_words.as_entities(product.name, shelf.variant)
    return button(stock_words.city(shop), "reserve_in_store", store=shop.slug, **named)


def _variant_button(product: Product, shelf: OnShelf, shop: Location | None) -> Button:
    named = stock_words.as_entities(product.name, shelf.variant) | ({"store": shop.slug} if shop else {})
    return button(stock_words.variant_words(shelf.variant), "reserve_in_store", **named)


async def _ask_human(
    turn: Turn,
    product: Product,
    shelf: OnShelf,
    shop: Location,
    heard: Heard,
    say: CollectingDispatcher,
    tracker: Tracker,
) -> None:
    """More or longer than the bot may keep: the people of the shop decide."""
    if tracker.active_loop_name is not None:
        # A human would take the conversation over and leave the form unfinished.
        say.utter_message(response="utter_reserve_later")
        return
    title = stock_words.titled(product.name, shelf.variant)
    number = heard.entity("quantity") or "1"
    wanted = f"{title} (SKU {shelf.variant.sku}), quantity {number}, at {shop.name}"
    when = f", to be collected: {heard.entity('date')}" if heard.entity("date") else ""
    there = f"{wanted}{when}; the shelf says {shelf.stock.get(shop.slug, 0)} there"
    ticket = await open_ticket(turn, heard, tracker, extra=there)
    say.utter_message(response="utter_reserve_asked", product=title, shop=stock_words.city(shop))
    tell_when(ticket, say)
    if turn.verified_id is None:
        say.utter_message(response="utter_next_name")
