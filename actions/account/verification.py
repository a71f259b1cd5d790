"""Who is there: the proof of identity, by order number and e-mail (that order's status only) or by a one-time
code.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.account.mails import code_mail
from actions.base import VERIFICATION_FORM, Event, ShopAction
from actions.form import OUTCOME, STUCK, GuidedForm, Slots, cleared
from actions.heard import PENDING, Heard
from actions.turn import Turn
from crm_store import order_numbers, outbox, verification
from crm_store.errors import TooManyCodes

PROVEN_ORDERS = "proven_orders"
"""Numbers of the orders whose status this contact point may see without a code."""

ENOUGH_FOR_STATUS = frozenset({"action_track_order"})
GIVE_A_NEW_ADDRESS = frozenset({"account_form"})
"""Requests whose e-mail address is not the one the customer has with us."""

MAX_PROOFS = 3
NO_NUMBER, AGAIN = "none", "again"
"""What the buttons "I don't have it" and "Send a new code" say, as entity `code`."""

BY_ORDER, BY_CODE = "order", "code"
LOCKED, TOO_MANY, NO_MAIL = "locked", "too_many", "no_mail"
_NO_NUMBER = re.compile(
    r"\b(don'?t|do not|haven'?t|no|not|lost|forgot|without|can'?t|cannot)\b", re.IGNORECASE
)
_LEAVING = re.compile(r"\b(never ?mind|forget it|stop|cancel|leave it|no thanks)\b", re.IGNORECASE)
_AGAIN = re.compile(
    r"\b(again|resend|new code|another code|send .*code|no (mail|email|code)|didn'?t (get|receive))\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\bwhy\b|\bwhat (?:do you|d'?you|is it|is that)\b.*\b(?:need|for)\b|\bwhat for\b"
    r"|\b(?:is|are) (?:it|this|that|you) safe\b",
    re.IGNORECASE,
)
_NO_EMAIL = re.compile(
    r"\b(?:forgot|forgotten|don'?t (?:know|have|remember|use)|dunno|idk|no idea|not sure|lost|no e-?mail"
    r"|can'?t (?:remember|get|open|read|access)|no longer|any ?more)\b",
    re.IGNORECASE,
)


class VerificationForm(GuidedForm):
    """Asks for what proves the identity that the waiting request needs."""

    form = VERIFICATION_FORM
    slots = ("proof_way", "proof_order", "proof_email", "proof_code", "proof_tries")
    reads = (PENDING,)

    async def volunteered(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots:
        """An order number or an e-mail that the request itself named."""
        request: dict[str, Any] = state[PENDING] or {}
        named = dict(reversed(request.get("entities", [])))
        filled = {"proof_way": BY_ORDER} if request.get("action") in ENOUGH_FOR_STATUS else _by_code(turn)
        if OUTCOME in filled:
            return filled
        if "order_number" in named:
            filled["proof_order"] = order_numbers.normalise(named["order_number"])
        if "email" in named and request.get("action") not in GIVE_A_NEW_ADDRESS:
            filled |= await self._email(turn, named["email"], state | filled, say)
        return filled

    async def understand(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """An order number, an e-mail address or a code; a forgotten order number leads to the code."""
        if turn.verified_id is not None:
            return {}  # They signed in at the shop meanwhile: there is nothing left to prove.
        if (email := heard.entity("email")) is not None:
            filled = (
                {"proof_order": order_numbers.normalise(n)} if (n := heard.entity("order_number")) else {}
            )
            return filled | await self._email(turn, email, state | filled, say)
        if _WHY.search(heard.text):
            say.utter_message(response="utter_verify_why")
            return {}
        if requested == "proof_order":
            return self._order(turn, heard)
        if requested == "proof_code":
            return await self._code(turn, heard, state, say)
        return _without_email(heard, say)

    def _order(self, turn: Turn, heard: Heard) -> Slots | None:
        if heard.entity("code") == NO_NUMBER:
            return _by_code(turn)
        if (number := heard.entity("order_number") or heard.entity("code")) is not None:
            return {"proof_order": order_numbers.normalise(number)}
        forgotten = _NO_NUMBER.search(heard.text) and not _LEAVING.search(heard.text)
        return _by_code(turn) if forgotten else None

    async def _email(self, turn: Turn, email: str, state: Slots, say: CollectingDispatcher) -> Slots:
        """Prove with the order named before, or send a code."""
        if state["proof_way"] == BY_CODE:
            return await self._send_code(turn, email, say)
        if not state["proof_order"]:
            return {"proof_email": email}
        order = await verification.prove_order(
            turn.session,
            contact_point_id=turn.contact_point.id,
            order_number=state["proof_order"],
            email=email,
        )
        if order is not None:
            return {"proof_email": email, "proof_order": order.number, "proof_code": BY_ORDER}
        tries = int(state["proof_tries"] or 0) + 1
        if tries >= MAX_PROOFS:
            return {"proof_tries": tries, OUTCOME: STUCK}
        say.utter_message(response="utter_proof_failed")
        return {"proof_tries": tries, "proof_order": None, "proof_email": None}

    async def _send_code(self, turn: Turn, email: str, say: CollectingDispatcher) -> Slots:
        if not turn.house.can_mail:
            return {OUTCOME: NO_MAIL}
        try:
            code = await verification.request_code(
                turn.session, contact_point_id=turn.contact_point.id, email=email, secret=turn.house.secret
            )
        except TooManyCodes:
            return {OUTCOME: TOO_MANY}
        if code is not None:
            subject, body = code_mail(turn.house.shop_name, code)
            await outbox.enqueue_mail(turn.session, to=email, subject=subject, body=body)
        # The same words whether or not a customer has this address: asking must not tell who is one.
        say.utter_message(
            response="utter_code_sent_demo" if turn.house.demo else "utter_code_sent", email=email
        )
        return {"proof_way": BY_CODE, "proof_email": email}

    async def _code(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots | None:
        digits = re.search(r"(?<!\d)\d{3}[ -]?\d{3}(?!\d)", heard.text or heard.entity("code") or "")
        if digits is None:
            again = heard.entity("code") == AGAIN or _AGAIN.search(heard.text)
            return await self._send_code(turn, state["proof_email"], say) if again else None
        check = await verification.check_code(
            turn.session,
            contact_point_id=turn.contact_point.id,
            code=re.sub(r"\D", "", digits[0]),
            secret=turn.house.secret,
        )
        if check.ok:
            return {"proof_code": BY_CODE}
        if check.problem == "wrong":
            say.utter_message(response="utter_code_wrong", tries_left=check.tries_left)
            return {"proof_code": None}
        if check.problem == "locked":
            return {OUTCOME: LOCKED}
        say.utter_message(response="utter_code_expired")
        return {"proof_code": None}

    async def next_slot(self, turn: Turn, state: Slots) -> str | None:
        """Order number and e-mail, or e-mail and code."""
        if turn.verified_id is not None or state["proof_code"]:
            return None
        if state["proof_way"] == BY_ORDER and not state["proof_order"]:
            return "proof_order"
        return "proof_code" if state["proof_email"] else "proof_email"


def _by_code(turn: Turn) -> Slots:
    """The way of the code, unless no mail can carry one: then nobody is asked for an address in vain."""
    return {"proof_way": BY_CODE} if turn.house.can_mail else {OUTCOME: NO_MAIL}


def _without_email(heard: Heard, say: CollectingDispatcher) -> Slots | None:
    """What else may answer the question about the e-mail: an order number, or that they don't know it."""
    if (number := heard.entity("order_number")) is not None:
        return {"proof_order": order_numbers.normalise(number)}
    if not _NO_EMAIL.search(heard.text) or _LEAVING.search(heard.text):
        return None
    say.utter_message(response="utter_verify_no_email")
    return {}


class FinishVerification(ShopAction):
    """Goes on with what was asked before the proof, or says why it cannot."""

    action_name: ClassVar[str] = "action_verification_finish"
    keeps_request: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Resume the waiting request."""
        request, proof = tracker.get_slot(PENDING), tracker.get_slot("proof_code")
        if turn.verified_id is None and proof != BY_ORDER:
            say.utter_message(response=f"utter_verification_{tracker.get_slot(OUTCOME) or STUCK}")
            return [*cleared(VerificationForm), SlotSet(PENDING, None)]
        events = cleared(VerificationForm)
        if proof == BY_ORDER:
            proven = [*(tracker.get_slot(PROVEN_ORDERS) or []), tracker.get_slot("proof_order")]
            events.append(SlotSet(PROVEN_ORDERS, proven))
        elif proof == BY_CODE:
            say.utter_message(response="utter_verified")
        if not request:
            return events
        return [*events, SlotSet(PENDING, {**request, "resumed": True}), FollowupAction(request["action"])]
