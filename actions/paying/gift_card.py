"""Gift cards: what is left on one, for whoever has its code; everything else from the help centre."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import HUMAN, counted, day
from actions.talk.dialogue import exchanges
from actions.talk.help_centre import AskHelpCentre
from actions.turn import Turn
from crm_store import clock, gift_cards
from crm_store.errors import NotFound
from crm_store.gift_cards import TooManyGuesses
from crm_store.money import format_money

ASKED: Final = "utter_gift_card_code"
_CODE: Final = re.compile(r"\bGIFT[ -]?[A-Z0-9]{4}[ -]?[A-Z0-9]{4}\b", re.IGNORECASE)
_BALANCE: Final = re.compile(
    r"\b(?:balance|left|remain\w*|how much|value|still (?:money|credit|valid)|money on|credit (?:has|on|is)"
    r"|what'?s on|used up|check)\b",
    re.IGNORECASE,
)


class AskGiftCard(ShopAction):
    """Tells the balance of the card whose code is given, and asks for the code where it is missing."""

    action_name: ClassVar[str] = "action_gift_card"
    intents: ClassVar[tuple[str, ...]] = ("gift_card",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Look the code up, ask for it, or answer the question."""
        code = code_in(heard)
        if code:
            await _tell(turn, code, say)
        elif _BALANCE.search(heard.text) and not re.search(r"\bmax|amounts\b", heard.text, re.IGNORECASE):
            say.utter_message(response=ASKED)
        else:
            return await AskHelpCentre().act(turn, heard, say, tracker)
        return []


def code_in(heard: Heard) -> str | None:
    """The code of a gift card in a message."""
    found = _CODE.search(heard.text)
    return found[0] if found else heard.entity("code")


def gives_code(tracker: Tracker, heard: Heard) -> bool:
    """Whether a bare message is the code that was just asked for, or looks like no other."""
    if _CODE.search(heard.text):
        return True
    earlier = exchanges(tracker)[:-1]
    asked = bool(earlier) and ASKED in earlier[-1].responses
    return asked and heard.entity("code") is not None


async def _tell(turn: Turn, code: str, say: CollectingDispatcher) -> None:
    try:
        card = await gift_cards.look_up(turn.session, code=code, contact_point_id=turn.contact_point.id)
    except TooManyGuesses as refusal:
        minutes = max(int((refusal.until - clock.now()).total_seconds() // 60) + 1, 1)
        say.utter_message(
            response="utter_gift_card_wait", wait=counted(minutes, "minute", "minutes"), buttons=[HUMAN]
        )
        return
    except NotFound:
        say.utter_message(response="utter_gift_card_unknown", buttons=[HUMAN])
        return
    ends = f" It's valid until {day(card.expires_at)}." if card.expires_at else ""
    response = "utter_gift_card_balance" if card.balance_cents else "utter_gift_card_empty"
    if gift_cards.is_over(card):
        response = "utter_gift_card_over"
    say.utter_message(
        response=response,
        end=card.last_four,
        amount=format_money(card.balance_cents, card.currency),
        valid=ends,
        date=day(card.expires_at) if card.expires_at else "",
        buttons=[HUMAN] if gift_cards.is_over(card) else [],
    )
