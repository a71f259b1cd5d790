"""Shopping questions in whole conversations."""

from __future__ import annotations

from tests.conversation import Talk


async def test_stock_then_another_size_then_a_reservation(talk: Talk) -> None:
    said = await talk.say("do you have the Skylark Rain Jacket in navy, size M?")
    assert "Skylark Rain Jacket, navy, M" in said, talk
    assert "Skylark Rain Jacket, navy, L" in await talk.say("and in L?"), talk
    said = await talk.press("Reserve in Cork")
    assert "under which name" in said, talk
    assert "Reserved: Skylark Rain Jacket, navy, L in Cork" in await talk.say("Mary Byrne"), talk


async def test_a_name_two_products_share(talk: Talk) -> None:
    await talk.say("is the Skylark in stock?")
    assert "Skylark Rain Trousers, at this moment" in await talk.press("Trousers"), talk


async def test_a_suggestion(talk: Talk) -> None:
    said = await talk.say("can you recommend a jacket for winter?")
    assert "in stock" in said, talk
    assert len(said.buttons) == 3


async def test_opening_hours_come_from_the_help_centre(talk: Talk) -> None:
    said = await talk.say("when are your shops open?")
    assert "9:30-18:30" in said, talk
    assert said.cards[0]["type"] == "article"
