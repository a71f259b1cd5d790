"""Said unasked: one thing, the most important, once, to a known customer, and never into something else."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.proactive import greet_proactively, worth_saying
from crm_store import (
    clock,
    consents,
    contact_points,
    conversations,
    customers,
    dialogue_states,
    loyalty,
    orders,
    reservations,
    tickets,
)
from crm_store.models import (
    Channel,
    Customer,
    Location,
    Message,
    OutboxRow,
    Purpose,
    Refund,
    RefundStatus,
    Return,
    Shipment,
    ShipmentStatus,
    Variant,
)
from crm_store.session import Store
from tests.crm_store.builders import warm_up


async def visit(store: Store, number: str | None = "C-0001", address: str = "tab") -> int:
    """A conversation of that customer, verified; of a stranger without a number."""
    async with store.unit() as session:
        point = await contact_points.find_or_create(session, channel=Channel.WEB, address=address)
        if number:
            customer = await customers.get_by_number(session, number=number)
            await contact_points.verify(session, contact_point_id=point.id, customer_id=customer.id)
        return (await conversations.open_conversation(session, contact_point_id=point.id)).id


async def greet(store: Store, conversation_id: int) -> Message | None:
    async with store.unit() as session:
        conversation = await conversations.get(session, conversation_id=conversation_id)
        return await greet_proactively(session, conversation=conversation)


async def worth(store: Store, number: str) -> str:
    """The key of what is worth saying."""
    async with store.reading() as session:
        customer = await customers.get_by_number(session, number=number)
        found = await worth_saying(session, customer_id=customer.id, now=clock.now())
        return found.key if found else ""


async def settle_parcels(store: Store, number: str) -> int:
    """No parcel of the customer is news any more."""
    async with store.unit() as session:
        customer = await customers.get_by_number(session, number=number)
        for order in await orders.open_orders(session, customer_id=customer.id):
            for parcel in order.shipments:
                parcel.status = ShipmentStatus.DELIVERED
        return customer.id


async def test_the_late_parcel_comes_before_the_points(shop: Store) -> None:
    said = await greet(shop, await visit(shop))
    assert said is not None
    assert "I'm sorry" in said.text
    assert "late with" in said.text
    assert "Most late parcels come within 2 working days, so by" in said.text
    assert [button["title"] for button in said.buttons] == ["Where is it?", "Talk to a human"]
    async with shop.reading() as session:
        rows = list(await session.scalars(select(OutboxRow).where(OutboxRow.message_id == said.id)))
        assert len(rows) == 1


async def test_one_visit_hears_one_thing_and_the_next_another(shop: Store) -> None:
    conversation_id = await visit(shop)
    first = await greet(shop, conversation_id)
    assert first is not None
    assert await greet(shop, conversation_id) is None
    with clock.frozen_at(clock.now() + timedelta(hours=13)):
        second = await greet(shop, conversation_id)
        assert second is None or second.text != first.text


async def test_a_parcel_that_comes_today(shop: Store) -> None:
    assert (await worth(shop, "C-0003")).startswith("today:")
    said = await greet(shop, await visit(shop, "C-0003"))
    assert said is not None
    assert "out for delivery" in said.text


async def test_points_that_expire_this_week(shop: Store) -> None:
    await settle_parcels(shop, "C-0001")
    said = await greet(shop, await visit(shop))
    assert said is not None
    assert "expire on" in said.text
    assert "worth €" in said.text
    assert "Turn into a voucher" in [button["title"] for button in said.buttons]


async def test_no_reminder_of_points_after_a_no(shop: Store) -> None:
    customer_id = await settle_parcels(shop, "C-0001")
    async with shop.unit() as session:
        await consents.record(
            session,
            customer_id=customer_id,
            purpose=Purpose.MARKETING_CHAT,
            granted=False,
            wording="STOP",
            source="web",
        )
    assert not (await worth(shop, "C-0001")).startswith("points:")


async def test_points_that_expire_later_are_no_news(shop: Store) -> None:
    customer_id = await settle_parcels(shop, "C-0001")
    async with shop.reading() as session:
        next_expiry = (await loyalty.statement(session, customer_id=customer_id)).next_expiry
    assert next_expiry is not None
    with clock.frozen_at(next_expiry[1] - timedelta(days=8)):
        assert not (await worth(shop, "C-0001")).startswith("points:")


async def test_a_refund_since_the_last_visit(shop: Store) -> None:
    customer_id = await settle_parcels(shop, "C-0004")
    async with shop.unit() as session:
        mine = select(Refund).join(Return, Return.id == Refund.return_id)
        refund = (await session.scalars(mine.where(Return.customer_id == customer_id))).first()
        assert refund is not None
        refund.status, refund.created_at = RefundStatus.SENT, clock.now() - timedelta(hours=3)
        amount = refund.amount_cents
    conversation_id = await visit(shop, "C-0004")
    if (await worth(shop, "C-0004")).startswith("points:"):
        pytest.fail("C-0004 was chosen for having no points that expire")
    said = await greet(shop, conversation_id)
    assert said is not None
    assert "Your return is settled" in said.text
    assert f"{amount / 100:.2f}" in said.text


async def test_a_refund_from_before_the_last_visit_is_known(shop: Store) -> None:
    customer_id = await settle_parcels(shop, "C-0004")
    conversation_id = await visit(shop, "C-0004")
    async with shop.unit() as session:
        for refund in await session.scalars(select(Refund).join(Return, Return.id == Refund.return_id)):
            refund.status, refund.created_at = RefundStatus.SENT, clock.now() - timedelta(hours=3)
        await conversations.receive(
            session, channel=Channel.WEB, address="tab", provider_id=None, text="hello"
        )
    assert customer_id
    assert not (await worth(shop, "C-0004")).startswith("refund:")
    # The message waits for its answer, so nothing is said before it either.
    assert await greet(shop, conversation_id) is None


async def test_a_reservation_about_to_lapse(shop: Store) -> None:
    customer_id = await settle_parcels(shop, "C-0008")
    async with shop.unit() as session:
        galway = (await session.scalars(select(Location).where(Location.slug == "galway"))).one()
        variant = (await session.scalars(select(Variant).where(Variant.sku == "WL-001-NVY-L"))).one()
        point = await contact_points.find_or_create(session, channel=Channel.WEB, address="tab")
        kept = await reservations.reserve(
            session,
            variant_id=variant.id,
            location_id=galway.id,
            contact_point_id=point.id,
            customer_id=customer_id,
            name="Ada",
            quantity=1,
            until=clock.now() + timedelta(hours=20),
        )
    assert await worth(shop, "C-0008") == ""
    with clock.frozen_at(clock.now() + timedelta(hours=14)):
        assert await worth(shop, "C-0008") == f"lapse:{kept.number}"


async def test_a_stranger_hears_nothing(shop: Store) -> None:
    assert await greet(shop, await visit(shop, None)) is None


async def test_somebody_who_only_said_who_they_are_hears_nothing(shop: Store) -> None:
    conversation_id = await visit(shop, None)
    async with shop.unit() as session:
        conversation = await conversations.get(session, conversation_id=conversation_id)
        conversation.contact_point.customer_id = (await customers.get_by_number(session, number="C-0001")).id
    assert await greet(shop, conversation_id) is None


async def test_not_while_a_human_has_it(shop: Store) -> None:
    conversation_id = await visit(shop)
    async with shop.unit() as session:
        await tickets.open_ticket(session, conversation_id=conversation_id, customer_id=None, topic="x")
    assert await greet(shop, conversation_id) is None


async def test_not_in_the_middle_of_a_form(shop: Store) -> None:
    conversation_id = await visit(shop)
    async with shop.unit() as session:
        events = [{"event": "active_loop", "name": "return_form"}]
        await dialogue_states.save(session, conversation_id=conversation_id, events=events)
    assert await greet(shop, conversation_id) is None
    async with shop.unit() as session:
        events.append({"event": "active_loop", "name": None})  # type: ignore[dict-item]
        await dialogue_states.save(session, conversation_id=conversation_id, events=events)
    assert await greet(shop, conversation_id) is not None


async def test_six_tabs_at_once_hear_it_once(either_shop: Store) -> None:
    conversation_id = await visit(either_shop)
    await warm_up(either_shop)
    said = await asyncio.gather(*(greet(either_shop, conversation_id) for _ in range(6)))
    assert sum(message is not None for message in said) == 1


async def test_two_devices_at_once_hear_it_once(either_shop: Store) -> None:
    places = [await visit(either_shop, address=f"device-{n}") for n in range(4)]
    await warm_up(either_shop)
    said = await asyncio.gather(*(greet(either_shop, place) for place in places))
    assert sum(message is not None for message in said) == 1


async def test_nobody_is_told_of_others(shop: Store) -> None:
    async with shop.reading() as session:
        everybody = list(await session.scalars(select(Customer).limit(40)))
        for customer in everybody:
            found = await worth_saying(session, customer_id=customer.id, now=clock.now())
            if found and found.key.startswith(("late:", "today:")):
                parcel = found.key.split(":")[1]
                shipment = (await session.scalars(select(Shipment).where(Shipment.number == parcel))).one()
                order = await orders.get_by_id(session, customer_id=customer.id, order_id=shipment.order_id)
                assert order.number in found.text
