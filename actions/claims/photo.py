"""A photo without words: thanks for it, and what it is about."""

from __future__ import annotations

from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.claims.claim_draft import SPARE_PHOTOS
from actions.heard import Heard
from actions.language.phrases import HUMAN, button
from actions.turn import Turn

_MOST_KEPT: Final = 10


class TakePhoto(ShopAction):
    """Keeps the photo for the claim that may follow."""

    action_name: ClassVar[str] = "action_take_photo"
    intents: ClassVar[tuple[str, ...]] = ("send_photo",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Thank, and ask; in the middle of a form, which asks for itself, only thank."""
        if not turn.photos:
            say.utter_message(response="utter_photo_missing")
            return []
        kept = [*(tracker.get_slot(SPARE_PHOTOS) or []), *turn.photos][-_MOST_KEPT:]
        if tracker.active_loop_name:
            say.utter_message(response="utter_photo_kept")
        else:
            say.utter_message(response="utter_photo_about", buttons=_abouts())
        return [SlotSet(SPARE_PHOTOS, kept)]


def _abouts() -> list[dict[str, str]]:
    return [
        button("Something is damaged", "report_damaged_item", reason="damaged"),
        button("It's the wrong item", "report_damaged_item", reason="wrong_item"),
        button("I want to return it", "return_item"),
        HUMAN,
    ]
