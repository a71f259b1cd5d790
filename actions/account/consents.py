"""Marketing messages: allowing and forbidding them. What was said is kept word for word."""

from __future__ import annotations

import re
from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import button, listed
from actions.talk.said_button import words_of
from actions.turn import Turn
from crm_store import consents, customers
from crm_store.models import Channel, Customer, Purpose

NAMES = {
    Purpose.MARKETING_EMAIL: "newsletter e-mails",
    Purpose.MARKETING_SMS: "marketing texts",
    Purpose.MARKETING_CHAT: "marketing messages in chats",
}
"""What customers call each kind of message."""

_WORDS = {
    Purpose.MARKETING_EMAIL: re.compile(
        r"\b(e-?mails?|e-?mailing|mails?|mailings?|mailing list|newsletters?|inbox)\b", re.IGNORECASE
    ),
    Purpose.MARKETING_SMS: re.compile(r"\b(texts?|texting|sms|phone|number)\b", re.IGNORECASE),
    Purpose.MARKETING_CHAT: re.compile(r"\b(chats?|telegram|messenger)\b", re.IGNORECASE),
}
_EVERYTHING = re.compile(r"\b(everything|all|anything|any more of)\b", re.IGNORECASE)
_ASKING = re.compile(r"^\W*(how|where|what|which|when|do you|is there|are there)\b", re.IGNORECASE)
"""A question about newsletters allows nothing yet."""


_KEPT = re.compile(
    r"\b(?:but (?:please )?keep|except(?: for)?|apart from"
    r"|(?<!you )(?<!they )keep(?= (?:the |my )?(?:sms|texts?|e-?mails?|newsletters?)\b))\b(?P<kept>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""`all but keep the texts`: what follows is not to be stopped."""


def named_purposes(text: str) -> list[Purpose]:
    """The kinds of message that the text speaks of; none when it names none, or all of them."""
    if _EVERYTHING.search(text):
        return []
    return [purpose for purpose, words in _WORDS.items() if words.search(text)]


class Subscribe(ShopAction):
    """The customer wants to hear news. Only who proved to be here can allow that."""

    action_name: ClassVar[str] = "action_subscribe"
    intents: ClassVar[tuple[str, ...]] = ("subscribe",)
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Record what is allowed now, and say where news will go; a question is asked back first."""
        if turn.verified_id is None:
            return []
        customer = await customers.get(turn.session, customer_id=turn.verified_id)
        wanted = named_purposes(heard.text) or [Purpose.MARKETING_EMAIL]
        reached = {purpose: place for purpose in wanted if (place := _place(customer, purpose))}
        if reached and (_ASKING.search(heard.text) or _names_another(heard, customer)):
            _ask_first(_places(reached), say, inside=tracker.active_loop_name is not None)
            return []
        allowed = await consents.current(turn.session, customer_id=customer.id)
        for purpose in reached:
            if not allowed[purpose]:
                await _record(turn, purpose, words_of(tracker, heard), granted=True, customer_id=customer.id)
        _tell_subscribed(reached, wanted, say)
        return []


def _ask_first(places: str, say: CollectingDispatcher, *, inside: bool) -> None:
    """Ask; in the middle of a form, where a yes would answer the form's question, say how to sign up."""
    if inside:
        say.utter_message(response="utter_subscribe_how", places=places)
        return
    yes = button("Yes, sign me up", "subscribe")
    say.utter_message(response="utter_subscribe_sure", places=places, buttons=[yes])


def _names_another(heard: Heard, customer: Customer) -> bool:
    """Whether an e-mail address is named that is not the customer's own."""
    named = heard.entity("email")
    return named is not None and customers.clean_email(named) != (customer.email or "")


def _places(reached: dict[Purpose, str]) -> str:
    return listed([f"{NAMES[purpose]} to {place}" for purpose, place in reached.items()])


def _place(customer: Customer, purpose: Purpose) -> str:
    """Where messages of this kind would go; empty when there is no such address."""
    if purpose is Purpose.MARKETING_EMAIL:
        return customer.email or ""
    if purpose is Purpose.MARKETING_SMS:
        return customer.phone or ""
    return "this chat"


def _tell_subscribed(reached: dict[Purpose, str], wanted: list[Purpose], say: CollectingDispatcher) -> None:
    if reached:
        say.utter_message(response="utter_subscribed", places=_places(reached))
    missing = [NAMES[purpose] for purpose in wanted if purpose not in reached]
    if missing:
        say.utter_message(
            response="utter_subscribe_no_address",
            kinds=listed(missing, "or"),
            buttons=[button("Change my details", "edit_account")],
        )


class Unsubscribe(ShopAction):
    """No more marketing: at once, for everybody, also for one nobody knows."""

    action_name: ClassVar[str] = "action_unsubscribe"
    intents: ClassVar[tuple[str, ...]] = ("unsubscribe",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Record it, say what stays; a stranger's newsletter also needs to know whose it is."""
        kept = _KEPT.search(heard.text)
        stopped = _KEPT.sub(" ", heard.text)
        if kept and not any(letter.isalnum() for letter in stopped) and turn.verified_id is not None:
            return await Subscribe().act(turn, heard, say, tracker)
        named = named_purposes(stopped)
        if kept and not named:
            named = [purpose for purpose in Purpose if purpose not in named_purposes(kept["kept"])]
        if await _is_somebody_elses(turn, heard):
            say.utter_message(response="utter_unsubscribe_other")
            return []
        customer_id, words = turn.contact_point.customer_id, words_of(tracker, heard)
        for purpose in named or list(Purpose):
            await _record(turn, purpose, words, granted=False, customer_id=customer_id)
        if customer_id is None:
            return self._of_stranger(turn, heard, say, tracker, named)
        say.utter_message(
            response="utter_unsubscribed_some" if named else "utter_unsubscribed",
            kinds=listed([NAMES[purpose] for purpose in named], "or"),
            buttons=[button("Stop all of it", "unsubscribe")] if named else [],
        )
        return []

    def _of_stranger(
        self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker, named: list[Purpose]
    ) -> list[Event]:
        """This address gets nothing from now on; which e-mail address theirs is, is not known."""
        by_phone = turn.contact_point.channel in {Channel.SMS, Channel.TELEGRAM}
        say.utter_message(response="utter_unsubscribed_number" if by_phone else "utter_unsubscribed_chat")
        if Purpose.MARKETING_EMAIL not in named:
            return []
        say.utter_message(response="utter_unsubscribe_email")
        return self.ask_who(say, tracker, heard)


async def _is_somebody_elses(turn: Turn, heard: Heard) -> bool:
    """Whether it is about the e-mail address of another than the proven customer."""
    if turn.verified_id is None:
        return False
    return _names_another(heard, await customers.get(turn.session, customer_id=turn.verified_id))


async def _record(
    turn: Turn, purpose: Purpose, wording: str, *, granted: bool, customer_id: int | None
) -> None:
    await consents.record(
        turn.session,
        purpose=purpose,
        granted=granted,
        wording=wording,
        source=turn.contact_point.channel.value,
        customer_id=customer_id,
        contact_point_id=turn.contact_point.id,
    )
