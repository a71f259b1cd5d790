"""Small talk leads back to the matter, and short follow-ups to what was asked before."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker

from actions.heard import Heard
from actions.points.loyalty import CheckPoints
from actions.talk.fallback import FallbackAnswer
from actions.talk.follow_up import follow_up
from actions.talk.small_talk import kind_of
from actions.talk.talk import BotChallenge, Greet, Thank
from crm_store.session import Store
from tests.actions.stage import DOMAIN, Stage


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("tell me a joke", "joke"),
        ("what's the weather like", "weather"),
        ("how are you?", "how_are_you"),
        ("who made you", "maker"),
        ("what's your name", "name"),
        ("do you love me", "love"),
        ("do you ever get tired? can you sleep", "feelings"),
        ("you are great", "compliment"),
        ("i'm bored", "bored"),
        ("where is my order", None),
        ("how do I return this", None),
        ("I need a jacket for cold weather", "weather"),
        ("the shirt I ordered for the cold weather trip last week has still not come, where is it", None),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


def test_every_kind_has_its_words() -> None:
    from actions.talk.small_talk import _KINDS

    assert {f"utter_small_talk_{kind}" for kind in _KINDS} <= DOMAIN["responses"].keys()


@pytest.fixture
async def stage(shop: Store) -> Stage:
    made = Stage(shop)
    await made.sign_in("C-0001")
    return made


async def test_back_to_the_matter(stage: Stage) -> None:
    played = await stage.play(FallbackAnswer(), "tell me a joke", "out_of_scope")
    assert "what can I do for you?" in played.text
    assert "/track_order" in played.buttons.values()


async def test_how_are_you_and_thanks_for_a_compliment(stage: Stage) -> None:
    assert "Thank you for asking" in (await stage.play(Greet(), "how are you", "greet")).text
    assert "that's kind" in (await stage.play(Thank(), "you are great", "thank")).text


async def test_honest_about_what_it_is_and_who_made_it(stage: Stage) -> None:
    played = await stage.play(BotChallenge(), "who made you", "bot_challenge")
    assert "I'm a bot" in played.text
    assert "Aftersale" in played.text


async def test_when_after_the_points(stage: Stage) -> None:
    await stage.play(CheckPoints(), "how many points do I have", "check_points")
    played = await stage.play(FallbackAnswer(), "when", "nlu_fallback")
    assert "expire" in played.text


def tracker(*said: tuple[str, str]) -> Tracker:
    events = [
        {"event": "user", "text": text, "parse_data": {"intent": {"name": intent}, "entities": []}}
        for text, intent in said
    ]
    return Tracker("1", {}, {}, events, False, None, {}, None)


@pytest.mark.parametrize(
    ("before", "text", "intent"),
    [
        ("cancel_order", "why not", "cancellation_policy"),
        ("return_item", "why not?", "return_policy"),
        ("track_refund", "and when?", "track_refund"),
        ("track_order", "and the other one?", "track_order"),
        ("greet", "why not", None),
        ("check_points", "when will the blue jacket be back in stock", None),
    ],
)
def test_what_follows_what(before: str, text: str, intent: str | None) -> None:
    found = follow_up(tracker(("x", before), (text, "nlu_fallback")), Heard(text, "nlu_fallback", 0.4, ()))
    assert (found and found.intent) == intent


def test_nothing_follows_a_beginning() -> None:
    assert follow_up(tracker(("why", "deny")), Heard("why", "deny", 0.9, ())) is None
