"""Offers: the customer's own, taking one and putting one away."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import Button, button, day, listed
from actions.offers import offer_words
from actions.offers.offer_choice import by_code, by_place, by_words, means_every
from actions.points.points_amount import wants_points
from actions.talk.articles import find_articles, say_article
from actions.talk.said_button import press
from actions.turn import Turn
from crm_store import offers, vouchers
from crm_store.errors import NotAllowed, NotFound
from crm_store.models import Grant, GrantStatus

DISCOUNT_ARTICLES = frozenset({"student-discount", "birthday-treat", "price-promise"})
"""Articles that answer a question about discounts better than a list of offers does."""

STUDENTS = "student-discount"
_OF_A_KIND = re.compile(
    r"\b(?:students?|college|uni|university|school|birthday|price (?:promise|match)|cheaper|elsewhere)\b",
    re.IGNORECASE,
)
"""A discount of a kind; any other question about one is answered with the customer's own first."""

_ANY_DISCOUNT = re.compile(r"\b(?:discount|money off|reduction|cheaper)\b", re.IGNORECASE)
HOW_TO_USE = "use-an-offer-or-code"


@dataclass(frozen=True)
class Question:
    """Asks which offer is meant: the response that asks, and the button of each answer."""

    response: str
    button: Callable[[Grant], Button]


WHICH = Question("utter_which_offer", offer_words.take_button)
WHICH_NOT = Question("utter_which_offer_not", offer_words.decline_button)


class ShowOffers(ShopAction):
    """The customer's own offers, best first, each with its reason, and their vouchers."""

    action_name: ClassVar[str] = "action_show_offers"
    intents: ClassVar[tuple[str, ...]] = ("show_offers",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """List them. A question about a discount that the help centre knows is answered from there."""
        article = next(iter(find_articles(turn, heard.text)), None)
        known = article if article is not None and article.slug in DISCOUNT_ARTICLES else None
        if known is not None and _OF_A_KIND.search(heard.text):
            say_article(known, say, buttons=[button("My own offers", "show_offers")])
            return []
        if turn.verified_id is None:
            return self.ask_who(say, tracker, heard)
        await _list(turn, turn.verified_id, say)
        if _ANY_DISCOUNT.search(heard.text) and (student := turn.house.help_desk.get(STUDENTS)) is not None:
            say_article(student, say)
        return []


async def _list(turn: Turn, customer_id: int, say: CollectingDispatcher) -> None:
    grants = (await offers.list_for(turn.session, customer_id=customer_id))[: offer_words.SHOWN]
    if grants:
        say.utter_message(
            response="utter_offers",
            lines=offer_words.lines(grants),
            buttons=offer_words.buttons(grants),
            json_message=offer_words.card(grants),
        )
    else:
        say.utter_message(response="utter_offers_none")
    owned = await vouchers.list_vouchers(turn.session, customer_id=customer_id)
    if owned:
        say.utter_message(response="utter_vouchers", lines=offer_words.voucher_lines(owned))


class ApplyOffer(ShopAction):
    """Gives the code of the offer that the customer wants."""

    action_name: ClassVar[str] = "action_apply_offer"
    intents: ClassVar[tuple[str, ...]] = ("apply_offer",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Find out which one, and take it; how codes are used may be asked by anybody."""
        code = heard.entity("code")
        if code is None and tracker.active_loop_name is None and wants_points(heard.text):
            return await press(replace(heard, intent="redeem_points"), turn, say, tracker)
        article = turn.house.help_desk.get(HOW_TO_USE)
        if code is None and offer_words.asks_how(heard.text) and article is not None:
            say_article(article, say)
            return []
        if (number := heard.entity("order_number")) is not None:
            change = button("Cancel that order", "cancel_order", order_number=number)
            say.utter_message(response="utter_offer_not_afterwards", buttons=[change])
            return []
        if turn.verified_id is None:
            return self.ask_who(say, tracker, heard)
        meant = await _meant(turn, turn.verified_id, heard, tracker)
        if len(meant) == 1:
            await _take(turn, turn.verified_id, meant[0], say)
        elif code is not None:
            await _unknown_code(turn, turn.verified_id, code, say)
        else:
            await _ask_which(turn, turn.verified_id, meant, say, WHICH)
        return []


async def _meant(turn: Turn, customer_id: int, heard: Heard, tracker: Tracker) -> list[Grant]:
    """The offers that may be meant."""
    grants = await offers.list_for(turn.session, customer_id=customer_id)
    if (code := heard.entity("code")) is not None:
        found = by_code(code, grants)
        return [found] if found else []
    by_number = by_place(heard.text, grants, offer_words.shown_numbers(tracker))
    return by_number or by_words(heard.text, grants) or (grants if len(grants) == 1 else [])


async def _take(turn: Turn, customer_id: int, grant: Grant, say: CollectingDispatcher) -> None:
    try:
        taken = await offers.apply(turn.session, customer_id=customer_id, grant_id=grant.id)
    except (NotAllowed, NotFound):
        say.utter_message(response="utter_offer_over", buttons=[button("Show my offers", "show_offers")])
        return
    say.utter_message(
        response="utter_offer_taken",
        offer=grant.offer.title,
        code=taken.code,
        terms=offer_words.terms(grant.offer),
        day=day(grant.offer.ends_at),
        json_message=offer_words.card([taken]),
    )


async def _unknown_code(turn: Turn, customer_id: int, code: str, say: CollectingDispatcher) -> None:
    owned = await vouchers.list_vouchers(turn.session, customer_id=customer_id)
    mine = [voucher for voucher in owned if voucher.code == code.strip().upper()]
    say.utter_message(
        response="utter_voucher_known" if mine else "utter_code_unknown",
        lines=offer_words.voucher_lines(mine),
        buttons=[] if mine else [button("Show my offers", "show_offers")],
    )


async def _ask_which(
    turn: Turn, customer_id: int, meant: list[Grant], say: CollectingDispatcher, question: Question
) -> None:
    grants = meant or await offers.list_for(turn.session, customer_id=customer_id)
    shown = grants[: offer_words.SHOWN]
    say.utter_message(
        response=question.response if shown else "utter_offers_none",
        lines=offer_words.lines(shown),
        buttons=[question.button(grant) for grant in shown],
        json_message=offer_words.card(shown) if shown else None,
    )


class DeclineOffer(ShopAction):
    """Puts an offer away for good."""

    action_name: ClassVar[str] = "action_decline_offer"
    intents: ClassVar[tuple[str, ...]] = ("decline_offer",)
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Find out which one, or all that were shown, and never show them again."""
        if turn.verified_id is None:
            return []
        meant = await _meant(turn, turn.verified_id, heard, tracker)
        chosen = meant if len(meant) == 1 else []
        if not chosen and means_every(heard.text):
            chosen = await _shown(turn, turn.verified_id, tracker)
        if not chosen:
            await _ask_which(turn, turn.verified_id, meant, say, WHICH_NOT)
            return []
        for grant in chosen:
            await offers.decline(turn.session, customer_id=turn.verified_id, grant_id=grant.id)
        titles = listed([f"“{grant.offer.title}”" for grant in chosen])
        say.utter_message(response="utter_offer_declined", offer=titles)
        return []


async def _shown(turn: Turn, customer_id: int, tracker: Tracker) -> list[Grant]:
    """The offers the customer saw last and has not taken."""
    numbers = offer_words.shown_numbers(tracker)
    grants = await offers.list_for(turn.session, customer_id=customer_id)
    waiting = [grant for grant in grants if grant.status is GrantStatus.ACTIVE]
    return [grant for grant in waiting if grant.offer.number in numbers]
