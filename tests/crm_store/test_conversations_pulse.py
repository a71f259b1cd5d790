"""The pulse of conversations, finding them by address, and receipts up to a message."""

from __future__ import annotations

from crm_store import agents, clock, contact_points, conversations, outbox, tickets, typing_marks
from crm_store.models import Author, Channel, OutboxState, Owner, Role, TicketPriority
from crm_store.session import Store
from tests.crm_store.talk import NOON, answer, customer, hear, row_of


async def test_a_pulse_tells_what_changed_and_nothing_of_others(store: Store) -> None:
    with clock.frozen_at(NOON):
        async with store.unit() as session:
            mine, other = await hear(session, address="me"), await hear(session, address="other")
            both = [mine.conversation_id, other.conversation_id]
            agent = await agents.create_agent(
                session, email="sam@example.com", name="Sam", role=Role.AGENT, password_hash="x"
            )
            before = await conversations.pulses(session, conversation_ids=both)
            ticket = await tickets.open_ticket(
                session,
                conversation_id=mine.conversation_id,
                customer_id=None,
                topic="other",
                priority=TicketPriority.NORMAL,
                summary="",
            )
            ticket.assignee_id = agent.id
            for author in (Author.AGENT, Author.CUSTOMER):
                await typing_marks.note_typing(
                    session, conversation_id=mine.conversation_id, author=author, name="Sam"
                )
            await typing_marks.note_typing(
                session, conversation_id=other.conversation_id, author=Author.CUSTOMER
            )
            newest = await answer(session, mine.conversation_id)
            await session.flush()
            after = await conversations.pulses(session, conversation_ids=[*both, 999])
    assert before[mine.conversation_id].newest_id == mine.id
    pulse = after[mine.conversation_id]
    assert (pulse.newest_id, pulse.owner, pulse.assignee_id, pulse.typing) == (
        newest.id,
        Owner.AGENT,
        agent.id,
        True,
    )
    assert after[other.conversation_id] == before[other.conversation_id]
    assert after.keys() == set(both)
    with clock.frozen_at(NOON + 2 * typing_marks.TYPING_LASTS):
        async with store.reading() as session:
            later = await conversations.pulses(session, conversation_ids=both)
    assert not later[mine.conversation_id].typing


async def test_a_conversation_is_found_by_its_address(store: Store) -> None:
    async with store.unit() as session:
        heard = await hear(session, address="me", channel=Channel.WEB)
        person = await customer(session)
        point = await contact_points.find_or_create(session, channel=Channel.WEB, address="me")
        await contact_points.verify(session, contact_point_id=point.id, customer_id=person.id)
    async with store.reading() as session:
        found = await conversations.find(session, channel=Channel.WEB, address="me")
        assert found is not None
        assert (found.id, found.contact_point.customer and found.contact_point.customer.id) == (
            heard.conversation_id,
            person.id,
        )
        known = await contact_points.find(session, channel=Channel.WEB, address="me")
        assert known is not None
        assert known.customer is not None
        assert await conversations.find(session, channel=Channel.SMS, address="me") is None
        assert await conversations.find(session, channel=Channel.WEB, address="another") is None
        assert await contact_points.find(session, channel=Channel.WEB, address="another") is None


async def test_read_until_a_message_is_not_read_after_it(store: Store) -> None:
    async with store.unit() as session:
        mine = await hear(session, address="me", channel=Channel.WEB)
        other = await hear(session, address="other", channel=Channel.WEB)
        first, theirs, second = (
            await answer(session, mine.conversation_id),
            await answer(session, other.conversation_id),
            await answer(session, mine.conversation_id),
        )
        failed = await answer(session, mine.conversation_id)
        await outbox.mark_failed(session, id=(await row_of(session, failed)).id, error="no")
        until = {"conversation_id": mine.conversation_id, "last_id": first.id}
        await outbox.mark_read_until(session, **until)
        await outbox.mark_read_until(session, **until)
    async with store.reading() as session:
        states = [(await row_of(session, said)).state for said in (first, theirs, second, failed)]
        assert (await row_of(session, first)).sent_at is not None
    pending = OutboxState.PENDING
    assert states == [OutboxState.DELIVERED, pending, pending, OutboxState.FAILED]
