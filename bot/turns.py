"""One turn: one unanswered message and everything it causes, in one transaction.

What the customer meant is worked out before the transaction opens. Inside it, the conversation's row is
locked, so a human who takes over either did so before (then the bot keeps silent) or waits until this turn is
done. A crash anywhere before the commit leaves the message unanswered, and the turn runs again.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from bot.engine import Bot, Reply
from bot.photo_messages import photos_of, with_photos
from bot.pressing import words_of
from bot.stop_words import is_stop
from bot.two_wishes import Parsed, are_two, halves, in_form, in_order
from crm_store import consents, conversations, dialogue_states, tickets
from crm_store.models import Author, Conversation, Message, Owner
from crm_store.session import Store

STOPPED = Reply(
    "Done: you won't get any marketing or reminder messages from us any more. You can still write to me here "
    "whenever you need help."
)


@dataclass(frozen=True)
class _Meant:
    """What a message means: the words that count, Rasa's parse of them, and of each of two wishes."""

    words: str
    whole: Parsed
    wishes: list[Parsed]


async def run_turn(store: Store, bot: Bot, conversation_id: int) -> bool:
    """Take the oldest unanswered message of a conversation through its turn.

    Returns:
        False when there is nothing to do, or another process has the conversation.
    """
    async with store.reading() as session:
        waiting = await conversations.next_unanswered(session, conversation_id=conversation_id)
        if waiting is None:
            return False
        words = await words_of(session, waiting)
    meant = await _understood(bot, words)
    async with store.unit() as session:
        conversation = await conversations.lock_conversation(session, conversation_id=conversation_id)
        if conversation is None:
            return False
        message = await conversations.next_unanswered(session, conversation_id=conversation_id)
        if message is None or message.id != waiting.id:
            return message is not None
        await _answer(session, bot, conversation, message, meant)
        intent = meant.whole.get("intent") or {}
        await conversations.mark_answered(
            session,
            message_id=message.id,
            intent=intent.get("name"),
            confidence=intent.get("confidence"),
        )
    return True


async def _understood(bot: Bot, words: str) -> _Meant:
    whole = await bot.parse(words)
    for left, right in halves(words):
        first, second = await bot.parse(left), await bot.parse(right)
        if are_two(whole, first, second):
            return _Meant(words, whole, in_order(first, second))
    return _Meant(words, whole, [])


async def _answer(
    session: AsyncSession, bot: Bot, conversation: Conversation, message: Message, meant: _Meant
) -> None:
    if is_stop(meant.words):
        await _stop(session, conversation, message)
    elif conversation.owner is Owner.BOT:
        await _respond(session, bot, conversation, message, meant)
    else:
        await tickets.customer_wrote(session, conversation_id=conversation.id)


async def _respond(
    session: AsyncSession, bot: Bot, conversation: Conversation, message: Message, meant: _Meant
) -> None:
    photos = photos_of(message)
    turn = Turn(session, conversation, conversation.contact_point, bot.house, photos)
    events = await dialogue_states.load(session, conversation_id=conversation.id)
    # Inside a form, and before it is known who asks, a message is one answer or one request.
    is_one = not meant.wishes or turn.verified_id is None or in_form(events)
    replies: list[Reply] = []
    for wish in [with_photos(meant.whole, photos)] if is_one else meant.wishes:
        response = await bot.respond(turn, wish, events)
        replies += response.replies
        events = response.events
        if conversation.owner is not Owner.BOT:
            break
    await _say(session, conversation, message, replies)
    await dialogue_states.save(session, conversation_id=conversation.id, events=events)


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
