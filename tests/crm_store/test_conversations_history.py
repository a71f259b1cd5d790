"""Reading messages back."""

from __future__ import annotations

from crm_store import conversations
from crm_store.models import Author, Channel, Direction
from crm_store.session import Store
from tests.crm_store.talk import answer, belong, customer, hear


async def test_a_conversation_reads_in_pages_in_the_order_said(store: Store) -> None:
    async with store.unit() as session:
        for number in range(5):
            thread_id = (await hear(session, str(number))).conversation_id
    async with store.reading() as session:
        newest = await conversations.history(session, conversation_id=thread_id, limit=2)
        older = await conversations.history(
            session, conversation_id=thread_id, limit=2, before_id=newest[0].id
        )
        fresh = await conversations.messages_after(
            session, conversation_id=thread_id, last_id=older[0].id, limit=2
        )
    assert [message.text for message in newest] == ["3", "4"]
    assert [message.text for message in older] == ["1", "2"]
    assert [message.text for message in fresh] == ["2", "3"]


async def test_what_is_said_is_outbound_with_its_buttons_and_card(store: Store) -> None:
    async with store.unit() as session:
        heard = await hear(session)
        thread = await conversations.get(session, conversation_id=heard.conversation_id)
        said = await conversations.say(
            session,
            conversation=thread,
            author=Author.BOT,
            text="Yes?\x00",
            buttons=[{"title": "Track", "payload": "/track_order"}],
            custom={"type": "order", "number": "A-10042"},
            in_reply_to=heard.id,
        )
    assert (said.direction, said.channel, said.in_reply_to) == (Direction.OUTBOUND, Channel.SMS, heard.id)
    assert said.text == "Yes?\ufffd"
    assert said.buttons == [{"title": "Track", "payload": "/track_order"}]
    assert thread.last_message_at == said.created_at


async def test_a_customers_history_spans_the_channels_and_nobody_elses(store: Store) -> None:
    async with store.unit() as session:
        mine, other = await customer(session, "C-1"), await customer(session, "C-2")
        for channel, person, words in (
            (Channel.SMS, mine, "by text"),
            (Channel.TELEGRAM, mine, "by telegram"),
            (Channel.WEB, other, "not mine"),
        ):
            heard = await hear(session, words, channel=channel, address=words)
            thread = await conversations.get(session, conversation_id=heard.conversation_id)
            await belong(session, thread, person)
        await answer(session, heard.conversation_id)
        said = await conversations.customer_history(session, customer_id=mine.id)
        older = await conversations.customer_history(session, customer_id=mine.id, before_id=said[-1].id)
    assert [message.text for message in said] == ["by text", "by telegram"]
    assert [message.text for message in older] == ["by text"]
