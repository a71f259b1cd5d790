"""Erasing a customer: the wish, the wait, the deed, and that it stays done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import (
    agents,
    audit,
    clock,
    consents,
    contact_points,
    conversations,
    customers,
    outbox,
    photos,
    privacy,
    ratings,
    tickets,
    vouchers,
)
from crm_store.errors import NotFound
from crm_store.imports import Column, Mapping, import_orders
from crm_store.imports.mapping import NEEDED
from crm_store.models import (
    Agent,
    Base,
    CartLine,
    Channel,
    ContactPoint,
    Conversation,
    Customer,
    Level,
    Message,
    Order,
    OrderStatus,
    OutboxRow,
    Owner,
    Photo,
    Purpose,
    Role,
    Ticket,
    TicketPriority,
    TicketStatus,
    VoucherSource,
)
from crm_store.session import Store
from tests.crm_store import builders

NAME, MAIL, PHONE, STREET = "Ada Byrne", "c-0001@example.com", "+353871234567", "1 Secret Lane"
WORDS = "my secret words"
TRACES = (NAME, "Ada", MAIL, PHONE, STREET, WORDS, "C-0001", "sms-address")
GRACE = timedelta(days=7)


async def make_person(session: AsyncSession, **order: object) -> Customer:
    """Somebody with a trace in most tables."""
    person = await builders.make_member(
        session, name=NAME, phone=PHONE, address_line=STREET, postcode="D01", city="Dublin", country="IE"
    )
    product = await builders.make_product(session)
    bought = await builders.make_delivered(
        session,
        person,
        builders.Line(product.variants[0]),
        ship_name=NAME,
        ship_address=STREET,
        gift_message=WORDS,
        note=WORDS,
        **order,
    )
    await builders.give_points(session, person, 300, note=f"for {NAME}")
    in_cart = {"customer_id": person.id, "variant_id": product.variants[0].id, "quantity": 1}
    await builders.saved(session, CartLine(**in_cart, updated_at=clock.now()))
    message, _ = await conversations.receive(
        session, channel=Channel.SMS, address="sms-address", provider_id=f"id {PHONE}", text=WORDS
    )
    thread = await conversations.get(session, conversation_id=message.conversation_id)
    point = thread.contact_point
    await contact_points.verify(session, contact_point_id=point.id, customer_id=person.id)
    await consents.record(
        session,
        purpose=Purpose.MARKETING_EMAIL,
        granted=True,
        wording=WORDS,
        source="sms",
        customer_id=person.id,
    )
    await photos.add(
        session, conversation_id=thread.id, media_type="image/png", width=1, height=1, content=b"face"
    )
    await outbox.enqueue_mail(session, to=MAIL, subject=f"Hello {NAME}", body=WORDS)
    await audit.write(
        session, actor=f"contact:{point.id}", action="x", subject=f"order:{bought.number}", data={"t": WORDS}
    )
    ticket = await tickets.open_ticket(
        session,
        conversation_id=thread.id,
        customer_id=person.id,
        topic="question",
        intent="talk_to_human",
        summary=f"Who: {NAME} (C-0001)",
        tried=[WORDS],
        priority=TicketPriority.NORMAL,
    )
    agent = await agents.create_agent(
        session, email="a@shop.example", name="Orla", role=Role.AGENT, password_hash="x"
    )
    await tickets.add_note(session, number=ticket.number, agent_id=agent.id, text=f"{NAME} was rude")
    return person


async def everything(session: AsyncSession) -> str:
    """Every value of every row of every table."""
    lines = []
    for table in Base.metadata.sorted_tables:
        lines += [f"{table.name}: {row}" for row in await session.execute(select(table))]
    return "\n".join(lines)


async def erase(store: Store, customer_id: int, *, after: timedelta = GRACE) -> None:
    async with store.unit() as session:
        await privacy.ask(session, customer_id=customer_id, grace=GRACE, actor="contact:1")
    with clock.frozen_at(clock.now() + after):
        async with store.unit() as session:
            assert await privacy.erase_due(session, subject="Done", body="Goodbye")
        async with store.unit() as session:
            for mail in await outbox.due(session, limit=50, channels=[Channel.EMAIL]):
                await outbox.mark_sent(session, id=mail.id, provider_id=None)
        async with store.unit() as session:
            await privacy.forget_farewells(session)


async def test_no_trace_of_the_person_is_left_anywhere(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        before = await everything(session)
    assert all(trace in before for trace in TRACES), "the test looks for what is not there"
    await erase(store, person.id)
    async with store.reading() as session:
        after = await everything(session)
        assert [trace for trace in TRACES if trace in after] == []
        assert await session.scalar(select(func.count()).select_from(Photo)) == 0


async def test_the_order_stays_without_the_person(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
    await erase(store, person.id)
    async with store.reading() as session:
        order = (await session.scalars(select(Order))).one()
        assert (order.number, order.total_cents, order.status) == ("A-10042", 10_000, OrderStatus.DELIVERED)
        assert (order.customer_id, order.ship_country) == (person.id, "")
        row = await customers.get(session, customer_id=person.id)
        assert row.erased_at is not None
        assert row.number == f"E-{person.id}"


async def test_the_last_mail_leaves_and_is_forgotten_afterwards(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        await privacy.ask(session, customer_id=person.id, grace=timedelta(0), actor="contact:1")
        assert await privacy.erase_due(session, subject="Done", body="Goodbye")
        assert await privacy.forget_farewells(session) == 0
    async with store.unit() as session:
        (mail,) = await outbox.due(session, limit=5, channels=[Channel.EMAIL])
        assert (mail.address, mail.payload["subject"]) == (MAIL, "Done")
        await outbox.mark_sent(session, id=mail.id, provider_id=None)
    async with store.unit() as session:
        assert await privacy.forget_farewells(session) == 1
        assert await privacy.forget_farewells(session) == 0
    async with store.reading() as session:
        assert MAIL not in await everything(session)


async def test_a_human_no_longer_answers_and_the_address_is_a_strangers(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
    await erase(store, person.id)
    async with store.unit() as session:
        assert (await session.scalars(select(Ticket.status))).all() == [TicketStatus.RESOLVED]
        assert (await session.scalars(select(Conversation.owner))).all() == [Owner.BOT]
        again = await contact_points.find_or_create(session, channel=Channel.SMS, address="sms-address")
        assert again.customer_id is None
        assert await session.scalar(select(func.count()).select_from(ContactPoint)) == 2


async def test_store_credit_ends(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        await vouchers.give(
            session, customer_id=person.id, cents=500, currency="EUR", key="v", source=VoucherSource.GOODWILL
        )
    await erase(store, person.id)
    async with store.reading() as session:
        owned = await vouchers.list_vouchers(session, customer_id=person.id, spent_too=True)
        assert [voucher.remaining_cents for voucher in owned] == [0]


async def test_not_before_the_days_are_over(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        await privacy.ask(session, customer_id=person.id, grace=GRACE, actor="contact:1")
    with clock.frozen_at(clock.now() + GRACE - timedelta(minutes=1)):
        async with store.unit() as session:
            assert await privacy.erase_due(session, subject="Done", body="") is None


async def test_taken_back_in_time(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        await privacy.ask(session, customer_id=person.id, grace=timedelta(0), actor="contact:1")
        assert await privacy.keep(session, customer_id=person.id, actor="contact:1")
        assert not await privacy.keep(session, customer_id=person.id, actor="contact:1")
        assert await privacy.erase_due(session, subject="Done", body="") is None
        assert await privacy.waiting(session, customer_id=person.id) is None


async def test_asked_twice_is_one_wish_with_the_first_day(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        first = await privacy.ask(session, customer_id=person.id, grace=GRACE, actor="contact:1")
        with clock.frozen_at(clock.now() + timedelta(days=1)):
            again = await privacy.ask(session, customer_id=person.id, grace=GRACE, actor="contact:1")
        assert (again.id, again.due_at) == (first.id, first.due_at)


async def test_done_twice_is_done_once(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
    await erase(store, person.id)
    with clock.frozen_at(clock.now() + timedelta(days=60)):
        async with store.unit() as session:
            assert await privacy.erase_due(session, subject="Done", body="") is None
    async with store.unit() as session:
        with pytest.raises(NotFound):
            await privacy.ask(session, customer_id=person.id, grace=GRACE, actor="contact:1")


async def test_what_is_open_is_waited_for_but_not_for_ever(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        await builders.make_order(session, person, number="A-2", status=OrderStatus.SHIPPED)
        await privacy.ask(session, customer_id=person.id, grace=timedelta(0), actor="contact:1")
        found = await privacy.open_matters(session, customer_id=person.id)
        assert found.all == ("A-2",)
        put_off = await privacy.erase_due(session, subject="Done", body="")
        assert put_off is not None and not put_off.erased
        assert await privacy.erase_due(session, subject="Done", body="") is None
    with clock.frozen_at(clock.now() + timedelta(days=31)):
        async with store.unit() as session:
            done = await privacy.erase_due(session, subject="Done", body="")
            assert done is not None and done.erased


async def test_two_processes_at_once_do_it_once(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        await privacy.ask(session, customer_id=person.id, grace=timedelta(0), actor="contact:1")

    async def one() -> bool:
        async with store.unit() as session:
            return await privacy.erase_due(session, subject="Done", body="Goodbye") is not None

    assert sorted(await asyncio.gather(one(), one())) == [False, True]
    async with store.reading() as session:
        mails = await session.scalars(select(OutboxRow).where(OutboxRow.address == MAIL))
        assert len(mails.all()) == 1


async def test_killed_in_between_leaves_everything_as_it_was(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        await privacy.ask(session, customer_id=person.id, grace=timedelta(0), actor="contact:1")
    with pytest.raises(RuntimeError, match="killed"):
        async with store.unit() as session:
            await privacy.erase_due(session, subject="Done", body="Goodbye")
            raise RuntimeError("killed")
    async with store.unit() as session:
        assert (await customers.get(session, customer_id=person.id)).name == NAME
        done = await privacy.erase_due(session, subject="Done", body="Goodbye")
        assert done is not None and done.erased


async def test_the_same_history_does_not_bring_them_back(store: Store, tmp_path: Path) -> None:
    columns = {part: Column(part) for part in (*NEEDED, "email", "name")}
    file = tmp_path / "orders.csv"
    rows = [
        {"order_number": number, "customer_id": who, "email": f"{who.lower()}@example.com", "name": name}
        for number, who, name in [("H-1", "C-0001", NAME), ("H-2", "C-0002", "Bo Ryan")]
    ]
    given = {"placed_at": "2026-01-02", "currency": "EUR", "total": "10.00"}
    header = list(columns)
    lines = [",".join(({**given, **row})[part] for part in header) for row in rows]
    file.write_text("\n".join([",".join(header), *lines, ""]), encoding="utf-8")
    first = await import_orders(store, file, Mapping(columns=columns))
    assert first.created_orders == 2, first
    async with store.unit() as session:
        person = await customers.get_by_number(session, number="C-0001")
    await erase(store, person.id)
    again = await import_orders(store, file, Mapping(columns=columns))
    assert (again.erased, again.existing, again.created_orders, again.customers_created) == (1, 1, 0, 0)
    async with store.reading() as session:
        assert NAME not in await everything(session)


async def test_somebody_elses_data_is_untouched(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        other = await builders.make_customer(session, "C-0002", name="Bo Ryan")
        await builders.make_order(session, other, number="A-7", ship_name="Bo Ryan")
        await outbox.enqueue_mail(session, to="c-0002@example.com", subject="Hi", body="Hi Bo")
    await erase(store, person.id)
    async with store.reading() as session:
        kept = await customers.get_by_number(session, number="C-0002")
        assert (kept.name, kept.email, kept.erased_at) == ("Bo Ryan", "c-0002@example.com", None)
        assert "Hi Bo" in await everything(session)
        assert inspect(kept) is not None


async def test_mails_to_an_address_of_before_are_forgotten_too(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        await outbox.enqueue_mail(
            session, to="maiden-name@example.com", subject="Changed", body=WORDS, customer_id=person.id
        )
        await outbox.enqueue_mail(
            session, to="others@example.com", subject="Theirs", body="kept", customer_id=person.id + 1
        )
    await erase(store, person.id)
    async with store.reading() as session:
        left = await everything(session)
    assert "maiden-name@example.com" not in left
    assert "others@example.com" in left


async def test_nobody_is_asked_how_the_ticket_of_an_erased_customer_went(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        [agent_id] = await session.scalars(select(Agent.id))
        [ticket] = await tickets.list_tickets(session)
        await tickets.reply(session, number=ticket.number, agent_id=agent_id, text="Hello")
        await privacy.ask(session, customer_id=person.id, grace=timedelta(0), actor="contact:1")
        assert await privacy.erase_due(session, subject="Done", body="Goodbye")
        assert await ratings.settled_tickets(session) == []


async def racing(store: Store, other: Callable[[], Awaitable[object]]) -> None:
    """Run `other` while an erasure is done and not committed yet. SQLite's units wait for each other."""
    erasure = asyncio.Event()

    async def erasing() -> None:
        async with store.unit() as session:
            assert await privacy.erase_due(session, subject="Done", body="Goodbye")
            erasure.set()
            await asyncio.sleep(0.3)

    async def the_other() -> None:
        await erasure.wait()
        await other()

    async with asyncio.TaskGroup() as group:
        group.create_task(erasing())
        group.create_task(the_other())


async def test_what_is_said_while_it_happens_begins_a_strangers_conversation(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        await privacy.ask(session, customer_id=person.id, grace=timedelta(0), actor="contact:1")

    async def hear() -> None:
        async with store.unit() as session:
            await conversations.receive(
                session, channel=Channel.SMS, address="sms-address", provider_id="late", text="are you there?"
            )

    await racing(store, hear)
    async with store.reading() as session:
        [said] = await session.scalars(select(Message).where(Message.text == "are you there?"))
        thread = await conversations.get(session, conversation_id=said.conversation_id)
        assert thread.contact_point.address == "sms-address"


async def test_nobody_becomes_the_customer_while_it_happens(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        await privacy.ask(session, customer_id=person.id, grace=timedelta(0), actor="contact:1")
        point = await contact_points.find_or_create(session, channel=Channel.WEB, address="a browser")

    async def verify() -> None:
        with pytest.raises(NotFound):
            async with store.unit() as session:
                await contact_points.verify(session, contact_point_id=point.id, customer_id=person.id)

    await racing(store, verify)
    async with store.reading() as session:
        points = await session.scalars(select(ContactPoint))
        assert {(one.customer_id, one.level) for one in points} == {(None, Level.ANONYMOUS)}
