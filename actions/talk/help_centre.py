"""Questions about the shop's rules and ways, answered with the help centre's own words."""

from __future__ import annotations

import re
from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import button
from actions.shopping.added_detail import with_detail, with_earlier
from actions.shopping.goods import named_product
from actions.shopping.product_card import product_card
from actions.shopping.product_facts import Told
from actions.shopping.product_facts import about as about_product
from actions.talk.articles import SURE, find_articles, find_hits, say_article
from actions.talk.menu import HUMAN, wish_button
from actions.talk.said_button import press
from actions.turn import Article, Turn
from crm_store.models import Product
from crm_store.money import format_money

ARTICLE_OF = {
    "return_policy": "return-window",
    "cancellation_policy": "cancel-an-order",
    "delivery_options": "delivery-cost-and-time",
    "delivery_time": "delivery-cost-and-time",
    "payment_methods": "payment-methods",
    "gift_card": "use-a-gift-card",
    "create_account": "create-an-account",
    "recover_password": "reset-password",
    "registration_problem": "sign-in-problem",
    "product_question": "materials-and-sustainability",
    "how_to_earn": "earn-points",
    "membership": "what-is-lark-club",
    "refer_friend": "refer-a-friend",
    "challenges": "lark-club-challenges",
    "contact_info": "contact-us",
    "get_invoice": "invoice-and-vat",
    "place_order": "place-an-order",
}
"""The slug of the article that answers an intent when the words of the question decide nothing."""

_OTHERS_WISHES = frozenset({"payment_methods", "gift_card", "get_invoice"})
"""Wishes of actions of their own, which come here with questions that only an article answers."""

_MAY_ADD = frozenset({"product_question"})
"""What `and in M?` sounds like, which belongs to the question about stock before."""

_LOCKED_OUT = frozenset({"recover_password", "registration_problem"})
"""The shop's own sign-in: the bot has no part in it, and says so."""

_NEW_ADDRESS = button("Change my e-mail address", "edit_account", code="email")
_FEW_WORDS = 5

_IT = re.compile(r"\b(?:it|its|they|them|that|this|these|those)\b", re.IGNORECASE)


class AskHelpCentre(ShopAction):
    """Answers with the article that fits the question best."""

    action_name: ClassVar[str] = "action_help_centre"
    intents: ClassVar[tuple[str, ...]] = tuple(wish for wish in ARTICLE_OF if wish not in _OTHERS_WISHES)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Answer; a question about one product also from the catalogue."""
        added = with_detail(tracker, heard) if heard.intent in _MAY_ADD and _is_short(heard.text) else None
        if added is not None:
            return await press(added, turn, say, tracker)
        about = with_earlier(tracker, heard) if _IT.search(heard.text) else heard
        product = await named_product(turn, about) if heard.intent == "product_question" else None
        if product is not None:
            told = about_product(product, heard.text)
            _describe(product, told, say)
            # What the catalogue answered needs no article beside it.
            for article in [] if told and told.words else find_articles(turn, heard.text)[:1]:
                say_article(article, say)
            return []
        answers = _articles(turn, heard)
        if answers and heard.intent in _LOCKED_OUT:
            say_article(answers[0], say, related=answers[1:])
            say.utter_message(response="utter_no_passwords", buttons=[_NEW_ADDRESS, wish_button(HUMAN)])
        elif answers:
            say_article(answers[0], say, related=answers[1:])
        else:
            say.utter_message(response="utter_no_article", buttons=[wish_button(HUMAN)])
        return []


def _is_short(text: str) -> bool:
    return len(text.split()) <= _FEW_WORDS


def _articles(turn: Turn, heard: Heard) -> list[Article]:
    """The answer, then others that fit. The intent decides where the words do not."""
    found = find_hits(turn, heard.text)
    usual = turn.house.help_desk.get(ARTICLE_OF.get(heard.intent, ""))
    if usual is None or (found and found[0].score >= SURE):
        return [hit.article for hit in found]
    return [usual, *(hit.article for hit in found)]


def _describe(product: Product, told: Told | None, say: CollectingDispatcher) -> None:
    """What the catalogue knows of a product, the answer to what was asked first."""
    answered = bool(told and told.words)
    if told and told.words == product.description:
        told, answered = None, False
    say.utter_message(
        response="utter_product_told"
        if answered
        else ("utter_product_facts" if told is None else "utter_product_not_told"),
        product=product.name,
        told=told.words if told else "",
        description=product.description,
        price=format_money(product.price_cents, product.currency),
        buttons=[
            button("Is it in stock?", "product_availability", product=product.name),
            wish_button(HUMAN),
        ],
        json_message={"type": "products", "products": [product_card(product)]},
    )
