"""Keeping something in a shop: under whose name, until when; what is kept already, and cancelling it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.calendar.shop_hours import closing_of_next_day
from actions.form import CONFIDENT, NOT_ASIDES, OUTCOME, STUCK, GuidedForm, Slots, cleared
from actions.heard import Heard
from actions.language.phrases import counted
from actions.shopping import reservation_words as words
from actions.shopping import stock_words
from actions.talk.menu import HUMAN, wish_button
from actions.turn import Turn
from crm_store import clock, customers, matching, reservations
from crm_store.clock import SHOP_ZONE
from crm_store.errors import NotFound, OutOfStock, TooMany
from crm_store.models import Location, Reservation, Variant

DRAFT, NAME = "reserve_draft", "reserve_name"
FORM: Final = "reserve_form"


def can_keep(shop: Location, quantity: str | None, wanted: str | None) -> bool:
    """Whether the bot may keep it by itself: few enough, and no longer than the shop keeps things."""
    until = closing_of_next_day(shop.opens, clock.now())
    if until is None or pieces(quantity) > reservations.MOST_KNOWN:
        return False
    try:
        return date.fromisoformat(wanted or "") <= until.astimezone(SHOP_ZONE).date()
    except ValueError:
        return True


def pieces(quantity: str | None) -> int:
    """How many are wanted; one where nothing is said."""
    return max(int(quantity), 1) if quantity and quantity.isdecimal() and len(quantity) < 6 else 1


async def keep(
    turn: Turn, variant: Variant, title: str, shop: Location, heard: Heard, say: CollectingDispatcher
) -> list[Event]:
    """Reserve it, or first ask a stranger for a name."""
    draft = {
        "variant": variant.id,
        "location": shop.id,
        "quantity": pieces(heard.entity("quantity")),
        "opens": shop.opens,
        "title": title,
        "city": stock_words.city(shop),
    }
    name = await _known_name(turn) or words.name_in_request(heard.text)
    if name is None:
        return [SlotSet(DRAFT, draft), FollowupAction(FORM)]
    await _reserve(turn, draft, name, say)
    return []


async def _known_name(turn: Turn) -> str | None:
    if turn.verified_id is None:
        return None
    customer = await customers.get(turn.session, customer_id=turn.verified_id)
    return customer.name or None


async def _reserve(turn: Turn, draft: dict[str, Any], name: str, say: CollectingDispatcher) -> None:
    until = closing_of_next_day(draft["opens"], clock.now())
    before = {kept.number for kept in await mine(turn)}
    if until is None:
        say.utter_message(response="utter_reserve_gone", product=draft["title"], shop=draft["city"])
        return
    try:
        kept = await reservations.reserve(
            turn.session,
            variant_id=draft["variant"],
            location_id=draft["location"],
            contact_point_id=turn.contact_point.id,
            customer_id=turn.verified_id,
            name=name,
            quantity=draft["quantity"],
            until=until,
        )
    except OutOfStock:
        say.utter_message(response="utter_reserve_gone", product=draft["title"], shop=draft["city"])
        return
    except TooMany:
        await _tell_too_many(turn, say)
        return
    say.utter_message(
        response="utter_reserved_already" if kept.number in before else "utter_reserved",
        **words.gaps(kept),
        buttons=[words.cancel_button(kept, "Cancel the reservation")],
        json_message=words.card(kept),
    )


async def mine(turn: Turn) -> list[Reservation]:
    """What is kept now for whoever speaks."""
    return await reservations.held(
        turn.session, contact_point_id=turn.contact_point.id, customer_id=turn.verified_id
    )


async def _tell_too_many(turn: Turn, say: CollectingDispatcher) -> None:
    most = reservations.MOST_STRANGER if turn.verified_id is None else reservations.MOST_KNOWN
    kept = await mine(turn)
    say.utter_message(
        response="utter_reserve_too_many" if kept else "utter_reserve_too_many_none",
        most=counted(most, "piece", "pieces"),
        lines="\n".join(map(words.line, kept)),
        buttons=[*map(words.cancel_button, kept), wish_button(HUMAN)],
    )


async def tell_list(turn: Turn, say: CollectingDispatcher, *, to_cancel: bool = False) -> None:
    """What is kept, each with a button that cancels it."""
    kept = await mine(turn)
    response = "utter_reservations_ask" if to_cancel else "utter_reservations"
    say.utter_message(
        response=response if kept else "utter_reservations_none",
        lines="\n".join(map(words.line, kept)),
        buttons=[*map(words.cancel_button, kept)],
    )


async def cancel(turn: Turn, heard: Heard, say: CollectingDispatcher) -> None:
    """Cancel the one that is named, or the only one; ask which of several."""
    kept, named = await mine(turn), words.number_in(heard.text, heard.entity("code"))
    if called := matching.words(" ".join(heard.all("product"))):
        kept = [one for one in kept if set(called) & set(matching.words(words.title(one)))] or kept
    number = named or (kept[0].number if len(kept) == 1 else None)
    if number is None:
        await tell_list(turn, say, to_cancel=True)
        return
    try:
        ended = await reservations.cancel(
            turn.session,
            number=number,
            contact_point_id=turn.contact_point.id,
            customer_id=turn.verified_id,
        )
    except NotFound:
        say.utter_message(response="utter_reserve_not_that", number=number)
        return
    say.utter_message(response="utter_reservation_cancelled", **words.gaps(ended))


class ReserveForm(GuidedForm):
    """Asks a stranger under which name it shall be kept."""

    form = FORM
    slots = (DRAFT, NAME)
    own_intents = frozenset({"reserve_in_store"})

    async def volunteered(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots:
        """The request brought none, or nothing would be asked."""
        return {}

    async def understand(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """A name; what has a clear wish of its own is none, unless it is written as one."""
        other = heard.intent not in NOT_ASIDES | self.own_intents and heard.confidence >= CONFIDENT
        if "?" in heard.text or not heard.text or (other and not words.is_plainly_name(heard.text)):
            return None
        name = words.as_name(heard.text)
        if name is None and heard.intent == "inform":
            say.utter_message(response="utter_reserve_odd_name")
            return {NAME: None}
        return None if name is None else {NAME: name}

    async def next_slot(self, turn: Turn, state: Slots) -> str | None:
        """The name, unless it is known by now."""
        return NAME if state[DRAFT] and not state[NAME] and turn.verified_id is None else None


class AskReserveName(ShopAction):
    """Asks for the name."""

    action_name: ClassVar[str] = "action_ask_reserve_name"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask, naming what it is for."""
        draft = tracker.get_slot(DRAFT) or {}
        say.utter_message(
            response="utter_ask_reserve_under", product=draft.get("title", ""), shop=draft.get("city", "")
        )
        return []


class FinishReserve(ShopAction):
    """Reserves under the name that was given."""

    action_name: ClassVar[str] = "action_reserve_finish"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Reserve, or let a human help."""
        if tracker.get_slot(OUTCOME) == STUCK:
            return [*cleared(ReserveForm), FollowupAction("action_handoff")]
        draft, name = tracker.get_slot(DRAFT), await _known_name(turn) or tracker.get_slot(NAME)
        if draft and name:
            await _reserve(turn, draft, name, say)
        return cleared(ReserveForm)
