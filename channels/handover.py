"""When the bot cannot answer: the failure is counted, and a message that keeps failing goes to a human."""

from __future__ import annotations

import enum
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import conversations, tickets
from crm_store.models import Author, Conversation, Level, Message, Owner, TicketPriority
from crm_store.session import Store

MAX_ATTEMPTS: Final = 3
TOPIC: Final = "bot_failure"
A_HUMAN_WILL_ANSWER: Final = (
    "I'm sorry, I can't answer that just now. I have passed your message on to our team, and a human will "
    "answer you here. You don't need to write it again."
)


class Outcome(enum.Enum):
    """What came of a failure."""

    NOTHING = "nothing"
    """No message waits here, or another process has the conversation."""
    COUNTED = "counted"
    HANDED_OVER = "handed over"


async def turn_failed(store: Store, conversation_id: int, *, give_up: bool) -> Outcome:
    """Count one more failure of the conversation's oldest unanswered message.

    The last failure allowed (`MAX_ATTEMPTS`), or any with `give_up`, hands it over: the customer is told that
    a human will answer, a ticket opens, and the message counts as answered.
    """
    async with store.unit() as session:
        conversation = await conversations.lock_conversation(session, conversation_id=conversation_id)
        if conversation is None:
            return Outcome.NOTHING
        message = await conversations.next_unanswered(session, conversation_id=conversation_id)
        if message is None:
            return Outcome.NOTHING
        attempts = await conversations.count_attempt(session, message_id=message.id)
        if attempts < MAX_ATTEMPTS and not give_up:
            return Outcome.COUNTED
        await _hand_over(session, conversation, message)
    return Outcome.HANDED_OVER


async def _hand_over(session: AsyncSession, conversation: Conversation, message: Message) -> None:
    if conversation.owner is Owner.BOT:
        await conversations.say(
            session,
            conversation=conversation,
            author=Author.SYSTEM,
            text=A_HUMAN_WILL_ANSWER,
            in_reply_to=message.id,
        )
        await tickets.open_ticket(
            session,
            conversation_id=conversation.id,
            customer_id=_proven(conversation),
            topic=TOPIC,
            priority=TicketPriority.HIGH,
            summary="The bot failed on the customer's last message and told them that a human will answer.",
        )
    else:
        await tickets.customer_wrote(session, conversation_id=conversation.id)
    await conversations.mark_answered(session, message_id=message.id)


def _proven(conversation: Conversation) -> int | None:
    """Who proved to be here. Whoever only says who they are must not be shown to agents as that customer."""
    point = conversation.contact_point
    return point.customer_id if point.level is Level.VERIFIED else None
