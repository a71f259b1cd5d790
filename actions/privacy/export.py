"""A copy of everything we hold of somebody, by a link that expires."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.account.mails import export_mail
from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.links import LONGEST, Purpose, file_url
from actions.turn import Turn
from crm_store import audit, clock, customers, outbox


class ExportMyData(ShopAction):
    """Gives the proven customer a link to the copy of their data, and tells them so by mail."""

    action_name: ClassVar[str] = "action_export_my_data"
    intents: ClassVar[tuple[str, ...]] = ("export_my_data",)
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """The file is made when the link is followed, so it holds what is there then."""
        if turn.verified_id is None:
            return []
        customer = await customers.get(turn.session, customer_id=turn.verified_id)
        subject = f"customer:{customer.id}"
        await audit.write(turn.session, actor=turn.actor, action="export_asked", subject=subject)
        if customer.email and turn.house.can_mail:
            title, body = export_mail(turn.house.shop_name)
            await outbox.enqueue_mail(
                turn.session, to=customer.email, subject=title, body=body, customer_id=customer.id
            )
        url = file_url(turn.house, purpose=Purpose.EXPORT, customer_id=customer.id, subject="")
        say.utter_message(
            response="utter_export_ready",
            url=url,
            hours=LONGEST // timedelta(hours=1),
            json_message={
                "type": "file",
                "title": "A copy of your data (ZIP)",
                "url": url,
                "expires_at": (clock.now() + LONGEST).isoformat(),
            },
        )
        return []
