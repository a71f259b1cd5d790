"""A copy of everything the store holds of a customer (GDPR articles 15 and 20)."""

from __future__ import annotations

import enum
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import inspect, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from crm_store import clock, customers
from crm_store.errors import NotFound
from crm_store.models import (
    AuditEntry,
    Base,
    CartLine,
    DialogueState,
    Grant,
    Message,
    Offer,
    OneTimeCode,
    OutboxRow,
    Photo,
    Product,
    Review,
    Ticket,
    TicketEvent,
    TypingMark,
    Variant,
)
from crm_store.privacy.belongings import BELONGINGS

LEFT_OUT: Final[dict[type[Base], str]] = {
    OneTimeCode: "only keyed hashes of codes that are long over, and the address that is in the profile",
    DialogueState: "the bot's working memory: the same messages once more, as the dialogue engine notes them",
    TypingMark: "that somebody typed a few seconds ago",
    OutboxRow: "the way out of messages that are in the copy; mails carry what the profile and orders say",
}
"""Tables about a customer that their copy does not repeat, with the reason."""

HIDDEN: Final[dict[type[Base], frozenset[str]]] = {
    # Who of the staff did something is data of theirs (article 15 paragraph 4), and no help to the customer.
    Message: frozenset({"agent_id", "attempts"}),
    Ticket: frozenset({"assignee_id"}),
    TicketEvent: frozenset({"agent_id"}),
    AuditEntry: frozenset({"actor"}),
    # In the copy as a file of its own.
    Photo: frozenset({"content"}),
}
"""Columns that a copy does not have."""

_OF_STAFF: Final = frozenset({"from", "to", "agent_id", "actor"})
"""Keys in the notes of tickets that name an agent."""


async def export_of(session: AsyncSession, *, customer_id: int) -> dict[str, Any]:
    """Everything, by table, as JSON can hold it; `NotFound` for one who is erased or was never there.

    Notes that agents wrote about the customer are in it: they are the customer's data. Only doors where they
    proved who they are count, so that nobody gets a stranger's words.
    """
    customer = await customers.get(session, customer_id=customer_id)
    if customer.erased_at is not None:
        raise NotFound("This customer does not exist.")
    found: dict[str, Any] = {"made_at": clock.now().isoformat()}
    for model, whose in BELONGINGS.items():
        if model in LEFT_OUT:
            continue
        keys = inspect(model).primary_key
        rows = await session.scalars(select(model).where(whose(customer_id, False)).order_by(*keys))
        found[model.__tablename__] = [_told(model, row) for row in rows]
    return found | await _names(session, customer_id)


async def photos_of(session: AsyncSession, *, customer_id: int) -> AsyncIterator[tuple[str, str, bytes]]:
    """The customer's photos, one after the other: key, media type, content."""
    mine = select(Photo.id).where(BELONGINGS[Photo](customer_id, False)).order_by(Photo.id)
    for photo_id in list(await session.scalars(mine)):
        photo = await session.get_one(Photo, photo_id, options=[undefer(Photo.content)])
        yield photo.key, photo.media_type, photo.content
        session.expunge(photo)


async def _names(session: AsyncSession, customer_id: int) -> dict[str, Any]:
    """What the keys in the copy stand for: an offer's title, a product's name."""
    offers = select(Offer.id, Offer.title).join(Grant).where(Grant.customer_id == customer_id)
    in_cart = (
        select(Variant.id, Variant.sku, Product.name)
        .join(Product, Product.id == Variant.product_id)
        .join(CartLine, CartLine.variant_id == Variant.id)
        .where(CartLine.customer_id == customer_id)
    )
    reviewed = select(Product.id, Product.name).join(Review).where(Review.customer_id == customer_id)
    return {
        "offers": [{"id": key, "title": title} for key, title in await session.execute(offers)],
        "cart_variants": [
            {"id": key, "sku": sku, "name": name} for key, sku, name in await session.execute(in_cart)
        ],
        "reviewed_products": [{"id": key, "name": name} for key, name in await session.execute(reviewed)],
    }


def _told(model: type[Base], row: Base) -> dict[str, Any]:
    hidden = HIDDEN.get(model, frozenset())
    names = [column.key for column in inspect(model).column_attrs if column.key not in hidden]
    told = {name: _plain(getattr(row, name)) for name in names}
    if model in {TicketEvent, AuditEntry}:
        told["data"] = {key: value for key, value in told["data"].items() if key not in _OF_STAFF}
    return told


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case enum.Enum():
            return value.value
        case _:
            return value
