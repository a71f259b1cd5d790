"""Plays a guided form as Rasa does: its validation, then the next question, or the finish."""

from __future__ import annotations

from dataclasses import dataclass

from actions.base import ShopAction
from actions.form import REQUESTED, GuidedForm
from tests.actions.stage import Played, Stage


@dataclass
class FormPlay:
    """One form on a stage, with its own questions by slot."""

    stage: Stage
    form: GuidedForm
    questions: dict[str, ShopAction]
    finish: ShopAction

    @property
    def open(self) -> bool:
        """Whether the form still asks."""
        return self.stage.loop is not None

    async def say(self, text: str, intent: str = "inform", **entities: str) -> Played:
        """One message; starts the form when it is not open. No text and no event: the form steps aside."""
        self.stage.loop = self.form.form
        validated = await self.stage.play(self.form, text, intent, **entities)
        if not validated.events:
            return validated
        requested = self.stage.slots.get(REQUESTED)
        if requested is None:
            self.stage.loop = None
        following = await self.stage.act(self.questions[requested] if requested else self.finish)
        return Played(
            validated.texts + following.texts,
            validated.buttons | following.buttons,
            validated.cards + following.cards,
            validated.events + following.events,
        )
