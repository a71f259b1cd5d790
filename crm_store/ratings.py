"""Ratings of the service: asking for one at most once a matter and once a week, and keeping what is said."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock, contact_points, conversations
from crm_store.models import ContactPoint, Conversation, Owner, Rating, Ticket, TicketStatus
from crm_store.texts import storable
from crm_store.upsert import insert_new

BEST: Final = 5
ASK_AGAIN: Final = timedelta(days=7)
"""Nobody is asked more often, whatever was settled."""
ANSWER_WITHIN: Final = timedelta(days=7)
"""So long a rating is still the answer to the question."""
FRESH: Final = timedelta(days=1)
"""A ticket that was resolved longer ago is not asked about any more."""
MAX_WORDS: Final = 2000


async def ask(session: AsyncSession, *, conversation_id: int, matter: str) -> Rating | None:
    """Note that a rating of `matter` is asked for now; None when it must not be: then do not ask."""
    conversation = await conversations.hold(session, conversation_id=conversation_id)
    customer_id = await _customer(session, conversation)
    if await session.scalar(select(exists(_asked(conversation_id, customer_id)))):
        return None
    values = {
        "customer_id": customer_id,
        "conversation_id": conversation_id,
        "matter": matter,
        "asked_at": clock.now(),
        "best": BEST,
        "words": "",
    }
    return await insert_new(session, Rating, unique=["matter"], values=values)


async def give(
    session: AsyncSession,
    *,
    conversation_id: int,
    stars: int | None,
    best: int = BEST,
    words: str = "",
) -> Rating:
    """Keep a rating: the answer to what was asked in this conversation, else one of its own accord."""
    if stars is not None and not 0 <= stars <= best:
        raise ValueError(f"Not a rating: {stars} of {best}")
    conversation = await conversations.hold(session, conversation_id=conversation_id)
    now = clock.now()
    rating = await session.scalar(_waiting(conversation_id))
    if rating is None:
        customer_id = await _customer(session, conversation)
        rating = Rating(conversation_id=conversation_id, customer_id=customer_id)
        session.add(rating)
    rating.stars, rating.best, rating.at = stars, best, now
    rating.words = storable(words[:MAX_WORDS])
    await session.flush()
    return rating


async def is_asked(session: AsyncSession, *, conversation_id: int) -> bool:
    """Whether the conversation was asked for a rating and has not given it."""
    return await session.scalar(_waiting(conversation_id)) is not None


async def add_words(session: AsyncSession, *, conversation_id: int, words: str) -> Rating | None:
    """Add words to the newest rating of the conversation; None when there is none to add to."""
    await conversations.hold(session, conversation_id=conversation_id)
    given = select(Rating).where(Rating.conversation_id == conversation_id, Rating.at.is_not(None))
    rating = await session.scalar(given.order_by(Rating.at.desc(), Rating.id.desc()).limit(1))
    if rating is None:
        return None
    rating.words = storable("\n".join(filter(None, (rating.words, words)))[:MAX_WORDS])
    await session.flush()
    return rating


async def list_ratings(session: AsyncSession, *, limit: int = 50) -> list[Rating]:
    """The newest that were given, newest first."""
    given = select(Rating).where(Rating.at.is_not(None)).order_by(Rating.at.desc(), Rating.id.desc())
    return list(await session.scalars(given.limit(limit)))


async def settled_tickets(session: AsyncSession, *, limit: int = 20) -> list[Ticket]:
    """Tickets that were resolved lately by somebody, whose customer may be asked; oldest first."""
    asked = exists().where(Rating.matter == "ticket:" + Ticket.number)
    recently = exists().where(
        or_(Rating.conversation_id == Ticket.conversation_id, Rating.customer_id == Ticket.customer_id),
        Rating.asked_at > clock.now() - ASK_AGAIN,
    )
    query = (
        select(Ticket)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .where(
            Ticket.status == TicketStatus.RESOLVED,
            Ticket.resolved_at > clock.now() - FRESH,
            Ticket.first_reply_at.is_not(None),
            Conversation.owner == Owner.BOT,
            ~ContactPoint.address.startswith(contact_points.ERASED),
            ~asked,
            ~recently,
        )
    )
    return list(await session.scalars(query.order_by(Ticket.resolved_at).limit(limit)))


def _waiting(conversation_id: int) -> Select[Rating]:
    asked = select(Rating).where(
        Rating.conversation_id == conversation_id,
        Rating.at.is_(None),
        Rating.asked_at > clock.now() - ANSWER_WITHIN,
    )
    return asked.order_by(Rating.id.desc()).limit(1)


async def _customer(session: AsyncSession, conversation: Conversation) -> int | None:
    point = await session.get_one(ContactPoint, conversation.contact_point_id)
    return point.customer_id


def _asked(conversation_id: int, customer_id: int | None) -> Select[int]:
    theirs = Rating.conversation_id == conversation_id
    if customer_id is not None:
        theirs = or_(theirs, Rating.customer_id == customer_id)
    return select(Rating.id).where(theirs, Rating.asked_at > clock.now() - ASK_AGAIN)
