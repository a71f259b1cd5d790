"""The end of the account form: the detail is changed, and the customer hears of it by mail."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.account.mails import changed_mail
from actions.account.profile_form import CODE, CONFIRM, ELSEWHERE, FIELD, HOW, SAME, VALUE, AccountForm
from actions.account.profile_reading import BIRTHDAY, EMAIL, TITLES, birthday_words
from actions.base import Event, ShopAction
from actions.form import OUTCOME, cleared
from actions.heard import Heard
from actions.language.phrases import HUMAN, button
from actions.orders.order_forms import left_undone
from actions.talk.articles import say_article
from actions.turn import Turn
from crm_store import customers, outbox
from crm_store.errors import Conflict, NotAllowed

_ARTICLE = "change-account-details"


class FinishAccount(ShopAction):
    """Changes what was confirmed."""

    action_name: ClassVar[str] = "action_account_finish"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Act on what the form found out."""
        outcome = tracker.get_slot(OUTCOME)
        if outcome in {ELSEWHERE, HOW}:
            _explain(turn, say, human=outcome == ELSEWHERE)
            return cleared(AccountForm)
        undone = left_undone(AccountForm, turn, heard, tracker)
        if undone is not None or turn.verified_id is None:
            return undone or []
        field, value = str(tracker.get_slot(FIELD) or ""), str(tracker.get_slot(VALUE) or "")
        if outcome is not None:
            buttons = [HUMAN] if outcome != SAME else []
            say.utter_message(
                response=f"utter_account_{outcome}", what=TITLES.get(field, ""), buttons=buttons
            )
        elif tracker.get_slot(CODE if field == EMAIL else CONFIRM):
            await _change(turn, turn.verified_id, field, value, say)
        else:
            say.utter_message(response="utter_account_kept")
        return cleared(AccountForm)


def _explain(turn: Turn, say: CollectingDispatcher, *, human: bool) -> None:
    article = turn.house.help_desk.get(_ARTICLE)
    if article is not None:
        change = button("Change my details", "edit_account")
        say_article(article, say, buttons=[HUMAN] if human else [change])


async def _change(turn: Turn, customer_id: int, field: str, value: str, say: CollectingDispatcher) -> None:
    """Change it; nobody is told whose a taken address is."""
    before = (await customers.get(turn.session, customer_id=customer_id)).email
    try:
        await customers.update_profile(turn.session, customer_id=customer_id, **{field: value})
    except Conflict:
        say.utter_message(response="utter_account_email_taken", buttons=[HUMAN])
        return
    except NotAllowed:
        say.utter_message(response=f"utter_account_no_{field}")
        return
    if before and turn.house.can_mail:
        title, body = changed_mail(turn.house.shop_name, TITLES[field])
        await outbox.enqueue_mail(turn.session, to=before, subject=title, body=body, customer_id=customer_id)
    say.utter_message(
        response=f"utter_account_changed{'_email' if field == EMAIL else '' if value else '_removed'}",
        what=TITLES[field],
        value=birthday_words(value) if value and field == BIRTHDAY else value,
    )
