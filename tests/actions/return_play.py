"""The return form on a stage: its questions, its buttons, and the returns it makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from actions.heard import PENDING
from actions.returns.return_draft import CONFIRM, ITEMS, ORDER, QUANTITY, REASON, RESOLUTION, VARIANT
from actions.returns.return_finish import FinishReturn
from actions.returns.return_form import ReturnForm
from actions.returns.return_last_questions import AskConfirm, AskResolution, AskVariant
from actions.returns.return_questions import AskItems, AskOrder, AskQuantity, AskReason
from bot.payloads import read_payload
from crm_store import clock, customers, returns
from crm_store.models import Return
from crm_store.session import Store
from tests.actions.form_play import FormPlay
from tests.actions.stage import DOMAIN, Played, Stage

QUESTIONS = {
    ORDER: AskOrder(),
    ITEMS: AskItems(),
    QUANTITY: AskQuantity(),
    REASON: AskReason(),
    RESOLUTION: AskResolution(),
    VARIANT: AskVariant(),
    CONFIRM: AskConfirm(),
}
INTENTS = [next(iter(one)) if isinstance(one, dict) else one for one in DOMAIN["intents"]]


@dataclass
class ReturnPlay(FormPlay):
    """The return form, and its buttons."""

    async def press(self, title: str, last: Played) -> Played:
        """Press a button of `last`, by (part of) its title."""
        found = [payload for name, payload in last.buttons.items() if title.lower() in name.lower()]
        assert found, f"No button {title!r} among {list(last.buttons)}"
        parsed = read_payload(found[0], INTENTS, DOMAIN["entities"])
        assert parsed is not None, found[0]
        entities = {entity["entity"]: entity["value"] for entity in parsed["entities"]}
        return await self.say(found[0], parsed["intent"]["name"], **entities)

    async def resume(self) -> Played:
        """What happens once the customer is proven: the waiting request goes on."""
        self.stage.slots[PENDING] = {**self.stage.slots[PENDING], "resumed": True}
        return await self.say("123456", "inform", code="123456")

    async def made(self, number: str) -> list[Return]:
        """The returns the customer made in this test, newest first."""
        async with self.stage.store.reading() as session:
            customer = await customers.get_by_number(session, number=number)
            mine = await returns.list_returns(session, customer_id=customer.id)
        return [made for made in mine if made.requested_at > clock.now() - timedelta(minutes=5)]


def play_on(stage: Stage) -> ReturnPlay:
    """The return form on this stage."""
    return ReturnPlay(stage, ReturnForm(), dict(QUESTIONS), FinishReturn())


async def returning(store: Store, number: str) -> ReturnPlay:
    """A proven customer of the shop in front of the return form."""
    stage = Stage(store)
    await stage.sign_in(number)
    return play_on(stage)
