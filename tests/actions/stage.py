"""A stage for single actions: a real store, a tracker that goes on, and texts as customers read them.

It stands in for Rasa where one action is looked at; whole conversations are played with the trained model
(`tests.conversation`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import CatalogueFinder, Hit, House, NoFinder, Turn, running
from crm_store import contact_points, conversations, customers
from crm_store.models import Channel
from crm_store.session import Store

DOMAIN = yaml.safe_load((Path(__file__).parents[2] / "domain.yml").read_text(encoding="utf-8"))
_GAP = re.compile(r"{(\w+)}")


@dataclass(frozen=True)
class Paper:
    """An article."""

    slug: str
    title: str = "A title"
    answer: str = "An answer."

    @property
    def url(self) -> str:
        return f"/help/{self.slug}"


@dataclass(frozen=True)
class Find:
    """An article that was found."""

    article: Paper
    score: float


@dataclass
class Desk:
    """A help centre that finds what it was told to find."""

    found: list[str] = field(default_factory=list)
    score: float = 0.9

    def find(self, question: str, limit: int = 3) -> list[Hit]:
        return [Find(Paper(slug), self.score) for slug in self.found[:limit]]

    def get(self, slug: str) -> Paper | None:
        return Paper(slug) if slug else None


@dataclass
class Played:
    """What one action said and did."""

    texts: list[str]
    buttons: dict[str, str]
    cards: list[dict[str, Any]]
    events: list[dict[str, Any]]

    @property
    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join(self.texts)

    @property
    def followup(self) -> str | None:
        """The action that comes next."""
        return next((event["name"] for event in self.events if event["event"] == "followup"), None)


@dataclass
class Stage:
    """One contact point in front of single actions."""

    store: Store
    desk: Desk = field(default_factory=Desk)
    channel: Channel = Channel.WEB
    address: str = "visitor"
    can_mail: bool = True
    finder: CatalogueFinder = field(default_factory=NoFinder)
    photos: tuple[str, ...] = ()
    events: list[dict[str, Any]] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)
    loop: str | None = None

    async def sign_in(self, number: str) -> int:
        """Prove to be this customer."""
        async with self.store.unit() as session:
            customer = await customers.get_by_number(session, number=number)
            point = await contact_points.find_or_create(session, channel=self.channel, address=self.address)
            await contact_points.verify(session, contact_point_id=point.id, customer_id=customer.id)
            return customer.id

    def hears(
        self,
        text: str,
        intent: str = "inform",
        *,
        ranking: Sequence[tuple[str, float]] = (),
        entities: Mapping[str, str] | None = None,
    ) -> None:
        """The next message and how it was understood."""
        parsed = {
            "text": text,
            "intent": {"name": intent, "confidence": 0.9},
            "entities": [{"entity": name, "value": value} for name, value in (entities or {}).items()],
            "intent_ranking": [{"name": name, "confidence": sure} for name, sure in ranking],
        }
        self.events.append({"event": "action", "name": "action_listen"})
        self.events.append({"event": "user", "text": text, "parse_data": parsed})

    async def act(self, action: Action) -> Played:
        """Run the action on what was heard last."""
        say = CollectingDispatcher()
        # Rasa tells a form's validation that the form itself was executed.
        self.events.append({"event": "action", "name": action.name().removeprefix("validate_")})
        async with self.store.unit() as session:
            point = await contact_points.find_or_create(session, channel=self.channel, address=self.address)
            thread = await conversations.open_conversation(session, contact_point_id=point.id)
            house = House(
                self.desk,
                b"a secret",
                "Wanderlark",
                demo=True,
                help_url="https://wanderlark.example/help",
                can_mail=self.can_mail,
                finder=self.finder,
                address="https://wanderlark.example",
            )
            with running(Turn(session, thread, point, house, self.photos)):
                events = await action.run(say, self._tracker(), {})
        for event in events:
            self._apply(event)
        return self._played(say.messages, events)

    async def play(self, action: Action, text: str, intent: str, **entities: str) -> Played:
        """Hear and act."""
        self.hears(text, intent, entities=entities)
        return await self.act(action)

    def _tracker(self) -> Tracker:
        heard = next(event["parse_data"] for event in reversed(self.events) if event["event"] == "user")
        loop = {"name": self.loop} if self.loop else {}
        return Tracker("1", dict(self.slots), heard, list(self.events), False, None, loop, None)

    def _apply(self, event: dict[str, Any]) -> None:
        self.events.append(event)
        if event["event"] == "slot":
            self.slots[event["name"]] = event["value"]
        elif event["event"] == "active_loop":
            self.loop = event["name"]

    def _played(self, messages: list[dict[str, Any]], events: list[dict[str, Any]]) -> Played:
        played = Played([], {}, [], events)
        for message in messages:
            played.texts.append(worded(message))
            played.buttons |= {button["title"]: button["payload"] for button in message["buttons"]}
            played.cards += [message["custom"]] if message["custom"] else []
            data = {"buttons": message["buttons"], "custom": message["custom"]}
            said = {"utter_action": message["response"]}
            self.events.append({"event": "bot", "text": played.texts[-1], "data": data, "metadata": said})
        return played


def worded(message: Mapping[str, Any]) -> str:
    """The text of a message, its gaps filled; a gap that nothing fills is an error."""
    if not message["response"]:
        return str(message["text"])
    text = DOMAIN["responses"][message["response"]][0]["text"]
    return _GAP.sub(lambda gap: str(message[gap[1]]), text)
