"""The form that changes a detail of the account: which one, what it is to be, and whether that is right."""

from __future__ import annotations

import re
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.account import profile_reading as reading
from actions.account.mails import new_address_mail
from actions.account.profile_reading import BIRTHDAY, EMAIL, NAME, PHONE
from actions.form import OUTCOME, GuidedForm, Slots
from actions.heard import Heard
from actions.orders.order_forms import agreement, is_aside
from actions.turn import Turn
from crm_store import customers, email_change, outbox
from crm_store.errors import NotAllowed, TooManyCodes

FIELD, VALUE, CODE, CONFIRM = "account_field", "account_value", "account_code", "account_confirm"
"""Slots: the detail; its new value, empty to take it out; the right code was typed; yes or no."""

ELSEWHERE, HOW, LOCKED, TOO_MANY, NO_MAIL, SAME = "elsewhere", "how", "locked", "too_many", "no_mail", "same"
"""Outcomes: not to be changed here; only a question; and why a new address was not proven."""

_HOW: Final = re.compile(r"^\W*(?:how|where|why|is it possible|can i)\b", re.IGNORECASE)
_AGAIN: Final = re.compile(
    r"\b(?:again|resend|new code|another code|didn'?t (?:get|receive))\b", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}(?!\d)")


class AccountForm(GuidedForm):
    """Asks for the detail and its value. A new e-mail address is proven by a code, the rest by a yes."""

    form = "account_form"
    slots = (FIELD, VALUE, CODE, CONFIRM)
    own_intents = frozenset({"edit_account"})

    async def volunteered(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots:
        """The detail and the value that the wish itself holds."""
        field = reading.named_field(heard)
        if field is None and reading.is_elsewhere(heard.text):
            return {OUTCOME: ELSEWHERE}
        if turn.verified_id is None:
            return {OUTCOME: HOW} if _HOW.search(heard.text) else {}
        if field is None:
            return {}
        if reading.removes(heard.text) and not heard.all(field) and field in {PHONE, BIRTHDAY}:
            return {FIELD: field, VALUE: ""}
        customer = await customers.get(turn.session, customer_id=turn.verified_id)
        value = reading.volunteered_value(field, heard, customer.name)
        return {FIELD: field} | (await _taken(turn, field, value, say) if value else {})

    async def understand(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """The detail, its value, the code, or yes and no; another value at the end is a correction."""
        if requested == FIELD:
            return self._field(heard)
        if requested == CODE:
            return await _code(turn, heard, state, say)
        if requested == CONFIRM:
            sure = agreement(heard)
            if sure is not None:
                return {CONFIRM: sure}
        return await self._value(turn, requested, heard, state, say)

    def _field(self, heard: Heard) -> Slots | None:
        if (field := reading.named_field(heard)) is not None:
            return {FIELD: field}
        if reading.is_elsewhere(heard.text) or heard.entity("code") == "other":
            return {OUTCOME: ELSEWHERE}
        return None

    async def _value(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        field = state[FIELD]
        if requested == VALUE and field in {PHONE, BIRTHDAY} and reading.removes(heard.text):
            return {VALUE: ""}
        if field == NAME and (requested == CONFIRM or is_aside(heard, AccountForm)):
            return None
        value = reading.answered_value(field, heard)
        if value is None:
            if is_aside(heard, AccountForm) or requested == CONFIRM:
                return None
            say.utter_message(response=f"utter_account_no_{field}")
            return None if heard.intent == "nlu_fallback" else {VALUE: None}
        return await _taken(turn, field, value, say)

    async def next_slot(self, turn: Turn, state: Slots) -> str | None:
        """The detail, its value, and the code or the yes; nothing for a stranger."""
        if turn.verified_id is None:
            return None
        if not state[FIELD]:
            return FIELD
        if state[VALUE] is None:
            return VALUE
        proof = CODE if state[FIELD] == EMAIL else CONFIRM
        return proof if state[proof] is None else None


async def _taken(turn: Turn, field: str, value: str, say: CollectingDispatcher) -> Slots:
    """The slots of a value that was given; what the account has already needs no question."""
    if turn.verified_id is None:
        return {}
    customer = await customers.get(turn.session, customer_id=turn.verified_id)
    if (getattr(customer, field) or "") == (customers.clean_email(value) if field == EMAIL else value):
        return {VALUE: value, OUTCOME: SAME}
    if field == EMAIL:
        return await _send_code(turn, turn.verified_id, value, say)
    return {VALUE: value, CONFIRM: None}


async def _send_code(turn: Turn, customer_id: int, email: str, say: CollectingDispatcher) -> Slots:
    if not turn.house.can_mail:
        return {OUTCOME: NO_MAIL}
    try:
        code = await email_change.request_code(
            turn.session,
            contact_point_id=turn.contact_point.id,
            customer_id=customer_id,
            email=email,
            secret=turn.house.secret,
        )
    except TooManyCodes:
        return {OUTCOME: TOO_MANY}
    except NotAllowed:
        say.utter_message(response="utter_account_no_email")
        return {VALUE: None}
    subject, body = new_address_mail(turn.house.shop_name, code)
    await outbox.enqueue_mail(turn.session, to=customers.clean_email(email), subject=subject, body=body)
    sent = "utter_account_code_sent_demo" if turn.house.demo else "utter_account_code_sent"
    say.utter_message(response=sent, email=email)
    return {VALUE: customers.clean_email(email), CODE: None}


async def _code(turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots | None:
    """The code that was mailed to the new address; or another address, or the code once more."""
    if turn.verified_id is None:
        return {}
    if (other := heard.entity("email")) is not None:
        return await _send_code(turn, turn.verified_id, other, say)
    digits = _DIGITS.search(heard.text or heard.entity("code") or "")
    if digits is None:
        again = heard.entity("code") == "again" or _AGAIN.search(heard.text)
        return await _send_code(turn, turn.verified_id, state[VALUE], say) if again else None
    check, proven = await email_change.check_code(
        turn.session,
        contact_point_id=turn.contact_point.id,
        customer_id=turn.verified_id,
        code=re.sub(r"\D", "", digits[0]),
        secret=turn.house.secret,
    )
    if check.ok:
        return {VALUE: proven, CODE: True}
    if check.problem == "locked":
        return {OUTCOME: LOCKED}
    wrong = check.problem == "wrong"
    say.utter_message(
        response="utter_code_wrong" if wrong else "utter_code_expired", tries_left=check.tries_left
    )
    return {CODE: None}
