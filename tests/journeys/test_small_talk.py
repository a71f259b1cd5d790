"""Small talk and short follow-ups, in whole conversations."""

from __future__ import annotations

import pytest

from tests.conversation import Talk


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("tell me a joke", "nap"),
        ("what's the weather like?", "out of the window"),
        ("how are you", "thank you for asking"),
        ("who made you?", "aftersale"),
        ("are you a robot?", "I'm a bot"),
        ("you are great", "that's kind"),
        ("do you love me", "only a program"),
    ],
)
async def test_a_short_answer_and_back_to_the_matter(talk: Talk, text: str, answer: str) -> None:
    assert answer in await talk.say(text), talk


async def test_inside_a_form_its_question_comes_again(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    asked = await talk.say("redeem my points")
    for text in ("tell me a joke", "how are you", "are you a robot?"):
        said = await talk.say(text)
        assert said.messages[-1].text == asked.messages[-1].text, talk
    said = await talk.say("100")
    assert "100 points" in said, talk


async def test_insults_twice_inside_a_form_stay_calm(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    await talk.say("redeem my points")
    await talk.say("you idiot")
    assert "human" in await talk.say("you stupid idiot"), talk


async def test_nonsense_is_no_goodbye(talk: Talk) -> None:
    for text in ("gobbledy goop", "gobbledygook"):
        assert "Goodbye" not in await talk.say(text), talk
        await talk.say("where can I find your opening hours")


async def test_a_discount_leads_to_own_offers_then_the_students(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    said = await talk.say("can I get a discount")
    assert "15% off footwear" in said.messages[0].text, talk
    assert "student" in said.messages[-1].text.lower(), talk
    assert "Students get 10%" in await talk.say("is there a student discount?"), talk


async def test_short_follow_ups(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    await talk.say("how many points do I have")
    assert "expire" in await talk.say("when?"), talk
    await talk.say("cancel order A-10780")
    await talk.say("no")
    assert await talk.say("why not?"), talk


async def test_the_other_one(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    await talk.say("where is A-10780")
    assert "A-10922" in await talk.say("and the other one?"), talk
