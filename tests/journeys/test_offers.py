"""Offers in whole conversations."""

from __future__ import annotations

from tests.conversation import Talk


async def test_shown_taken_and_shown_again_with_the_code(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    assert "because you buy running shoes" in await talk.say("what offers do you have"), talk
    said = await talk.say("I'll take the first one")
    assert "STRIDE-" in said, talk
    assert "(yours, code STRIDE-" in await talk.say("show me my offers"), talk


async def test_put_away_and_not_shown_again(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    await talk.say("what offers do you have")
    assert "Which one shall I put away?" in await talk.press("Hide one"), talk
    assert "won't show you" in await talk.press("Hide 15% off"), talk
    assert "footwear" not in await talk.say("show me my offers"), talk


async def test_a_place_after_which_one(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    assert "Which one would you like?" in await talk.say("I'll take that offer"), talk
    assert "STRIDE-" in await talk.say("the first one"), talk


async def test_somebody_elses_offer(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    assert "don't know this code" in await talk.say('/apply_offer{"code": "O-08"}'), talk


async def test_a_stranger_is_asked_who_they_are(talk: Talk) -> None:
    assert "e-mail address" in await talk.say("show me my offers"), talk
