"""The end of the delete form: the wish is noted, taken back, or left."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.account.mails import erasure_mail
from actions.base import Event, ShopAction
from actions.form import OUTCOME, cleared
from actions.heard import Heard
from actions.language.phrases import button, day
from actions.orders.order_forms import left_undone
from actions.privacy.delete_form import ASKS, CONFIRM, KEEP, WAITS, DeleteForm
from actions.talk.articles import say_article
from actions.turn import Turn
from crm_store import customers, outbox, privacy

_ARTICLE: Final = "delete-my-account"


class FinishDelete(ShopAction):
    """Notes the wish; a job carries it out when its days are over."""

    action_name: ClassVar[str] = "action_delete_finish"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Act on what the form found out."""
        outcome, sure = tracker.get_slot(OUTCOME), tracker.get_slot(CONFIRM)
        if outcome == ASKS:
            _answer(turn, say)
            return cleared(DeleteForm)
        undone = left_undone(DeleteForm, turn, heard, tracker)
        if undone is not None or turn.verified_id is None:
            return undone or []
        if outcome == KEEP:
            await _keep(turn, turn.verified_id, say)
        elif outcome == WAITS:
            await _tell_when(turn, turn.verified_id, say)
        elif sure is True:
            await _note(turn, turn.verified_id, say)
        else:
            say.utter_message(response="utter_delete_kept")
        return cleared(DeleteForm)


def _answer(turn: Turn, say: CollectingDispatcher) -> None:
    article = turn.house.help_desk.get(_ARTICLE)
    if article is not None:
        say_article(article, say, buttons=[button("Delete my account", "delete_account")])


async def _note(turn: Turn, customer_id: int, say: CollectingDispatcher) -> None:
    customer = await customers.get(turn.session, customer_id=customer_id)
    wish = await privacy.ask(
        turn.session, customer_id=customer_id, grace=turn.house.erasure_grace, actor=turn.actor
    )
    if customer.email and turn.house.can_mail:
        title, body = erasure_mail(turn.house.shop_name, day(wish.due_at))
        await outbox.enqueue_mail(
            turn.session, to=customer.email, subject=title, body=body, customer_id=customer.id
        )
    now = turn.house.erasure_grace <= timedelta(0)
    say.utter_message(response="utter_delete_now" if now else "utter_delete_noted", day=day(wish.due_at))


async def _tell_when(turn: Turn, customer_id: int, say: CollectingDispatcher) -> None:
    wish = await privacy.waiting(turn.session, customer_id=customer_id)
    if wish is not None:
        keep = button("Keep my account", "delete_account", reason="keep")
        say.utter_message(response="utter_delete_waits", day=day(wish.due_at), buttons=[keep])


async def _keep(turn: Turn, customer_id: int, say: CollectingDispatcher) -> None:
    kept = await privacy.keep(turn.session, customer_id=customer_id, actor=turn.actor)
    say.utter_message(response="utter_delete_taken_back" if kept else "utter_delete_nothing_waits")
