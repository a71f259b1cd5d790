"""Where a return is, and what happens next."""

from __future__ import annotations

from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import HUMAN, button, listed
from actions.returns.return_choice import OVER, choose_returns
from actions.returns.return_words import card, in_words
from actions.turn import Turn
from crm_store import returns
from crm_store.models import Return

MOST_TOLD: Final = 3
MAX_BUTTONS: Final = 5


class TrackReturn(ShopAction):
    """Tells the return that is meant, or the newest that is still running; offers the others."""

    action_name: ClassVar[str] = "action_track_return"
    intents: ClassVar[tuple[str, ...]] = ("track_return",)
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Tell where it is."""
        if turn.verified_id is None:
            return []
        mine = await returns.list_returns(turn.session, customer_id=turn.verified_id, limit=50)
        meant = choose_returns(heard, mine)
        if not mine:
            say.utter_message(
                response="utter_return_none", buttons=[button("Return something", "return_item")]
            )
        elif not meant:
            newest = listed([made.number for made in mine[:MAX_BUTTONS]])
            say.utter_message(
                response="utter_return_no_such", returns=newest, buttons=[*_buttons(mine), HUMAN]
            )
        for made in meant[:MOST_TOLD]:
            await _tell(turn, turn.verified_id, made, say)
        _mention_others(mine, meant, say)
        return []


async def _tell(turn: Turn, customer_id: int, made: Return, say: CollectingDispatcher) -> None:
    lines = await returns.eligibility(turn.session, customer_id=customer_id, number=made.order.number)
    inside = {item.order_item_id for item in made.items}
    ends = [line.window_ends_at for line in lines if line.order_item.id in inside and line.window_ends_at]
    told = in_words(made, by=min(ends, default=None))
    say.utter_message(
        response=told.response, buttons=list(told.buttons), json_message=card(made), **told.variables
    )


def _mention_others(mine: list[Return], meant: list[Return], say: CollectingDispatcher) -> None:
    """Other returns that are still running."""
    others = [made for made in mine if made.status not in OVER and made not in meant]
    if meant and others:
        numbers = listed([made.number for made in others[:MAX_BUTTONS]])
        say.utter_message(response="utter_return_others", returns=numbers, buttons=_buttons(others))


def _buttons(some: list[Return]) -> list[dict[str, str]]:
    return [
        button(f"{made.number} · {made.items[0].order_item.title}", "track_return", order_number=made.number)
        for made in some[:MAX_BUTTONS]
    ]
