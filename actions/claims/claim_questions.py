"""The questions of the claim form."""

from __future__ import annotations

from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.claims import claim_draft, claim_orders
from actions.claims.claim_case import Case
from actions.claims.claim_draft import Draft
from actions.claims.claim_settling import say_delivered
from actions.heard import Heard
from actions.language.phrases import HUMAN, button
from actions.orders.order_telling import offer_orders
from actions.turn import Turn
from crm_store.models import ClaimKind
from crm_store.money import format_money

MAX_BUTTONS: Final = 6


async def open_case(turn: Turn, tracker: Tracker, say: CollectingDispatcher) -> Case:
    """The draft in the tracker's slots, and its order. Raises `LookupError` without a proven customer."""
    if turn.verified_id is None:
        raise LookupError("A claim is only made for a customer who is proven.")
    draft = Draft.from_slots({slot: tracker.get_slot(slot) for slot in claim_draft.SLOTS})
    return await Case.open(turn, turn.verified_id, draft, say)


class AskClaimOrder(ShopAction):
    """Which order?"""

    action_name: ClassVar[str] = "action_ask_claim_order"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Offer the orders with which it can have happened."""
        case = await open_case(turn, tracker, say)
        found = await claim_orders.candidates(turn, case.customer_id, case.draft.kind)
        offer_orders(
            found[: claim_orders.MAX_OFFERED], "inform", say, f"utter_claim_which_order_{case.draft.kind}"
        )
        return []


class AskClaimLooked(ShopAction):
    """The carrier says that it was delivered: have you looked there?"""

    action_name: ClassVar[str] = "action_ask_claim_looked"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say what the carrier noted, and ask to look."""
        case = await open_case(turn, tracker, say)
        say_delivered(case, case.parcel_check().parcels, "utter_claim_look")
        return []


class AskClaimItems(ShopAction):
    """Which of the goods?"""

    action_name: ClassVar[str] = "action_ask_claim_items"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """List them."""
        case = await open_case(turn, tracker, say)
        names = [item.title for item in case.offered()]
        lines = "\n".join(f"{place}. {name}" for place, name in enumerate(names, start=1))
        each = [
            button(f"{place}. {name}", "inform", product=f"{place}. {name}")
            for place, name in enumerate(names[: MAX_BUTTONS - 1], start=1)
        ]
        if len(names) > 1:
            each.append(button("Both" if len(names) == 2 else "Everything", "inform", product="everything"))
        say.utter_message(
            response=f"utter_claim_which_items_{case.draft.kind}",
            number=case.chosen.order.number,
            items=lines,
            buttons=each,
        )
        return []


class AskClaimQuantity(ShopAction):
    """How many of them?"""

    action_name: ClassVar[str] = "action_ask_claim_quantity"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask about the first line of which there are several."""
        case = await open_case(turn, tracker, say)
        line = next(line for line in case.draft.items if line not in case.draft.quantities)
        count = case.pieces()[line]
        numbers = [button(str(one), "inform", quantity=str(one)) for one in range(1, count + 1)]
        title = next(item.title for item in case.chosen.order.items if item.line_no == line)
        say.utter_message(
            response="utter_claim_how_many", item=title, count=count, buttons=numbers[:MAX_BUTTONS]
        )
        return []


class AskClaimWords(ShopAction):
    """What is wrong with it?"""

    action_name: ClassVar[str] = "action_ask_claim_words"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        case = await open_case(turn, tracker, say)
        wrong = case.draft.kind is ClaimKind.WRONG_ITEM
        say.utter_message(
            response="utter_claim_what_came" if wrong else "utter_claim_what_is_wrong",
            items=case.goods(),
        )
        return []


class AskClaimPhoto(ShopAction):
    """A photo, please."""

    action_name: ClassVar[str] = "action_ask_claim_photo"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask; it can be skipped."""
        say.utter_message(response="utter_claim_photo", buttons=[button("No photo", "deny")])
        return []


class AskClaimRemedy(ShopAction):
    """Again, or the money?"""

    action_name: ClassVar[str] = "action_ask_claim_remedy"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Offer both; where only one was possible it was not asked."""
        case = await open_case(turn, tracker, say)
        decision = await case.decision()
        money = case_money(case, decision.refund_cents)
        say.utter_message(
            response="utter_claim_which_remedy",
            items=case.goods(),
            amount=money,
            buttons=[
                button("Send it again", "inform", reason="resend"),
                button(f"{money} back", "inform", reason="refund"),
                HUMAN,
            ],
        )
        return []


def case_money(case: Case, cents: int) -> str:
    """An amount in the order's currency."""
    return format_money(cents, case.chosen.order.currency)
