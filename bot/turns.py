"""One turn: one unanswered message and everything it causes, in one transaction.

What the customer meant is worked out before the transaction opens. Inside it, the conversation's row is
locked, so a human who takes over either did so before (then the bot keeps silent) or waits until this turn is
done. A crash anywhere before the commit leaves the message unanswered, and the turn runs again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from bot.engine import Bot, Reply
from bot.photo_messages import photos_of, with_photos
from bot.stop_words import is_stop
from crm_store import consents, conversations, dialogue_states, tickets
from crm_store.models import Author, Conversation, Message, Owner
from crm_store.session import Store

STOPPED = Reply(
    "Done: you won't get any marketing or reminder messages from us any more. You can still write to me here "
    "whenever you need help."
)


async def run_turn(store: Store, bot: Bot, conversation_id: int) -> bool:
    """Take the oldest unanswered message of a conversation through its turn.

    Returns:
        False when there is nothing to do, or another process has the conversation.
    """
    async with store.reading() as session:
        waiting = await conversations.next_unanswered(session, conversation_id=conversation_id)
    if waiting is None:
        return False
    parsed = await bot.parse(waiting.text)
    async with store.unit() as session:
        conversation = await conversations.lock_conversation(session, conversation_id=conversation_id)
        if conversation is None:
            return False
        message = await conversations.next_unanswered(session, conversation_id=conversation_id)
        if message is None or message.id != waiting.id:
            return message is not None
        await _answer(session, bot, conversation, message, parsed)
        await conversations.mark_answered(session, message_id=message.id)
    return True


async def _answer(
    session: AsyncSession, bot: Bot, conversation: Conversation, message: Message, parsed: dict[str, Any]
) -> None:
    intent = parsed.get("intent") or {}
    message.intent, message.confidence = intent.get("name"), intent.get("confidence")
    if is_stop(message.text):
        await _stop(session, conversation, message)
    elif conversation.owner is Owner.BOT:
        await _respond(session, bot, conversation, message, parsed)
    else:
        await tickets.customer_wrote(session, conversation_id=conversation.id)


async def _respond(
    session: AsyncSession, bot: Bot, conversation: Conversation, message: Message, parsed: dict[str, Any]
) -> None:
    photos = photos_of(message)
    parsed = with_photos(parsed, photos)
    turn = Turn(session, conversation, conversation.contact_point, bot.house, photos)
    events = await dialogue_states.load(session, conversation_id=conversation.id)
    response = await bot.respond(turn, parsed, events)
    await _say(session, conversation, message, response.replies)
    await dialogue_states.save(session, conversation_id=conversation.id, events=response.events)


async def _stop(session: AsyncSession, conversation: Conversation, message: Message) -> None:
    """Honour STOP: no marketing on any channel, and whatever was going on is dropped."""
    contact = conversation.contact_point
    await consents.opt_out_everything(
        session,
        contact_point_id=contact.id,
        customer_id=contact.customer_id,
        wording=message.text,
        source=contact.channel.value,
    )
    await dialogue_states.save(session, conversation_id=conversation.id, events=[])
    await _say(session, conversation, message, [STOPPED])


async def _say(
    session: AsyncSession, conversation: Conversation, message: Message, replies: list[Reply]
) -> None:
    for reply in replies:
        await conversations.say(
            session,
            conversation=conversation,
            author=Author.BOT,
            text=reply.text,
            buttons=list(reply.buttons),
            custom=reply.custom,
            in_reply_to=message.id,
        )
