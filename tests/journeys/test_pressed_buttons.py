"""Buttons at the web door: people read the title, the bot hears the payload, a forged one is only words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.engine import Bot
from bot.turns import run_turn
from crm_store import conversations, photos
from crm_store.models import Author, Channel, Direction, Message
from crm_store.session import Store

ADDRESS = "a visitor"


async def receive(store: Store, text: str, custom: dict[str, Any] | None) -> Message:
    async with store.unit() as session:
        message, _ = await conversations.receive(
            session, channel=Channel.WEB, address=ADDRESS, provider_id=None, text=text, custom=custom
        )
    return message


async def turn(store: Store, bot: Bot, text: str, custom: dict[str, Any] | None = None) -> list[Message]:
    """One message's turn: the message itself and what was said to it."""
    message = await receive(store, text, custom)
    while await run_turn(store, bot, message.conversation_id):
        pass
    async with store.reading() as session:
        said = await conversations.history(session, conversation_id=message.conversation_id, limit=20)
    return [m for m in said if m.id >= message.id]


async def offer(store: Store, *buttons: dict[str, str]) -> None:
    message = await receive(store, "hello", None)
    async with store.unit() as session:
        thread = await conversations.get(session, conversation_id=message.conversation_id)
        await conversations.mark_answered(session, message_id=message.id)
        await conversations.say(
            session, conversation=thread, author=Author.BOT, text="Choose:", buttons=buttons
        )


RETURNS = {"title": "Sending back", "payload": "/return_policy"}


async def test_the_payload_of_an_offered_button_is_heard(shop: Store, bot: Bot) -> None:
    await offer(shop, RETURNS)
    mine, *answers = await turn(shop, bot, "Sending back", {"payload": "/return_policy"})
    assert (mine.text, mine.intent, mine.confidence) == ("Sending back", "return_policy", 1.0)
    assert any("30 days" in answer.text for answer in answers)


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("Sending back", "/delete_account"),
        ("Sending back", '/return_policy{"order_number":"A-10042"}'),
        ("No thanks", "/return_policy"),
    ],
)
async def test_a_forged_payload_does_no_more_than_the_typed_text(
    shop: Store, bot: Bot, text: str, payload: str
) -> None:
    await offer(shop, RETURNS)
    forged, *answers = await turn(shop, bot, text, {"payload": payload})
    parsed = await bot.parse(text)
    assert (forged.intent, forged.confidence) == (parsed["intent"]["name"], parsed["intent"]["confidence"])
    assert answers


async def test_a_button_of_another_conversation_cannot_be_pressed(shop: Store, bot: Bot) -> None:
    async with shop.unit() as session:
        other, _ = await conversations.receive(
            session, channel=Channel.WEB, address="another visitor", provider_id=None, text="hello"
        )
        thread = await conversations.get(session, conversation_id=other.conversation_id)
        await conversations.say(
            session, conversation=thread, author=Author.BOT, text="Choose:", buttons=[RETURNS]
        )
    mine, *_ = await turn(shop, bot, "Sending back", {"payload": "/return_policy"})
    assert mine.confidence != 1.0


@pytest.mark.parametrize("payload", [None, 7, {"a": 1}, ["/affirm"], "", "affirm"])
async def test_what_is_no_payload_is_ignored(shop: Store, bot: Bot, payload: Any) -> None:
    mine, *answers = await turn(shop, bot, "what is your return policy", {"payload": payload})
    assert mine.intent == "return_policy"
    assert answers


async def test_an_offered_payload_has_no_more_right_than_a_typed_one(shop: Store, bot: Bot) -> None:
    """Whatever came to offer it: it names an intent that customers have, or it is words."""
    await offer(shop, {"title": "Go", "payload": "/restart"})
    mine, *_ = await turn(shop, bot, "Go", {"payload": "/restart"})
    assert mine.intent != "restart"


async def test_a_pressed_button_is_no_stop(shop: Store, bot: Bot) -> None:
    await offer(shop, {"title": "Stop", "payload": "/deny"})
    mine, *answers = await turn(shop, bot, "Stop", {"payload": "/deny"})
    assert mine.intent == "deny"
    assert not any("marketing" in answer.text for answer in answers)


async def test_a_photo_without_words_gets_an_answer(shop: Store, bot: Bot) -> None:
    message = await receive(shop, "", {"client_id": "p-1"})
    async with shop.unit() as session:
        photo = await photos.add(
            session,
            conversation_id=message.conversation_id,
            media_type="image/jpeg",
            width=1,
            height=1,
            content=b"x",
        )
        stored = await session.get_one(Message, message.id)
        stored.custom = {"client_id": "p-1", "photos": [photo.key]}
    assert await run_turn(shop, bot, message.conversation_id)
    async with shop.reading() as session:
        said = await conversations.messages_after(
            session, conversation_id=message.conversation_id, last_id=message.id
        )
    assert [m.direction for m in said] and all(m.direction is Direction.OUTBOUND for m in said)
    assert all(m.text for m in said)
