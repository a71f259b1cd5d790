"""Small talk."""

from __future__ import annotations

import pytest

from actions.points.loyalty import CheckPoints
from actions.talk.talk import Abuse, BareAnswer, BotChallenge, Goodbye, Greet, Thank
from crm_store.models import Owner
from crm_store.session import Store
from tests.actions.stage import Stage
from tests.actions.test_handoff import owner_of


@pytest.fixture
def stage(shop: Store) -> Stage:
    return Stage(shop)


class TestGreet:
    async def test_a_stranger_hears_who_speaks_and_what_it_can_do(self, stage: Stage) -> None:
        played = await stage.play(Greet(), "hi", "greet")
        assert "assistant of Wanderlark, a bot" in played.text
        assert 3 <= len(played.buttons) <= 4
        assert "/talk_to_human" in played.buttons.values()

    async def test_by_first_name(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        assert "Hello Niamh, I'm the assistant" in (await stage.play(Greet(), "hi", "greet")).text

    async def test_the_second_time_it_does_not_introduce_itself(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        await stage.play(Greet(), "hi", "greet")
        assert (await stage.play(Greet(), "hello", "greet")).text.startswith("Hello again, Niamh.")

    async def test_in_passing_in_the_middle_of_a_form(self, stage: Stage) -> None:
        stage.loop = "return_form"
        played = await stage.play(Greet(), "hi", "greet")
        assert not played.buttons


async def test_goodbye_and_thanks(stage: Stage) -> None:
    await stage.sign_in("C-0001")
    assert "Goodbye, Niamh" in (await stage.play(Goodbye(), "bye", "goodbye")).text
    assert "welcome" in (await stage.play(Thank(), "thanks", "thank")).text


async def test_it_is_a_bot_and_says_so(stage: Stage) -> None:
    played = await stage.play(BotChallenge(), "are you human?", "bot_challenge")
    assert "I'm a bot" in played.text
    assert played.buttons == {"Talk to a human": "/talk_to_human"}


class TestAbuse:
    async def test_calm_first_a_human_then(self, stage: Stage) -> None:
        assert (await stage.play(Abuse(), "you idiot", "abuse")).buttons
        played = await stage.play(Abuse(), "stupid bot", "abuse")
        assert played.followup == "action_handoff"
        assert not played.texts

    async def test_not_in_a_row(self, stage: Stage) -> None:
        await stage.play(Abuse(), "you idiot", "abuse")
        await stage.play(Greet(), "hi", "greet")
        assert (await stage.play(Abuse(), "stupid bot", "abuse")).followup is None

    async def test_in_a_form_the_form_goes_on(self, stage: Stage) -> None:
        stage.loop = "return_form"
        await stage.play(Abuse(), "you idiot", "abuse")
        played = await stage.play(Abuse(), "stupid bot", "abuse")
        assert played.followup is None
        assert played.texts


class TestBareAnswer:
    async def test_yes_to_nothing(self, stage: Stage) -> None:
        assert "not sure what the yes is for" in (await stage.play(BareAnswer(), "yes", "affirm")).text

    async def test_yes_presses_the_only_button(self, stage: Stage) -> None:
        await stage.play(Abuse(), "you idiot", "abuse")
        await stage.play(BareAnswer(), "yes", "affirm")
        assert await owner_of(stage) is Owner.AGENT

    async def test_a_button_that_was_no_question_is_not_pressed_by_a_yes(self, stage: Stage) -> None:
        await stage.play(BotChallenge(), "are you human?", "bot_challenge")
        assert "what the yes is for" in (await stage.play(BareAnswer(), "yes", "affirm")).text

    async def test_yes_to_one_of_several_is_asked_back(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        await stage.play(CheckPoints(), "points?", "check_points")
        assert "not sure what the yes is for" in (await stage.play(BareAnswer(), "yes", "affirm")).text

    async def test_no_ends_it(self, stage: Stage) -> None:
        assert "here when you need me" in (await stage.play(BareAnswer(), "no", "deny")).text
