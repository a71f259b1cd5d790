"""Numbers for people are unique under concurrency; voucher codes are typable."""

from __future__ import annotations

import asyncio

from crm_store import clock, ids
from crm_store.models import ContactPoint, Conversation, Ticket
from crm_store.models.contact_point import Channel
from crm_store.session import Store


def test_voucher_codes_differ_and_hold_no_letter_that_looks_like_a_digit() -> None:
    codes = {ids.voucher_code("LARK") for _ in range(1000)}
    assert len(codes) == 1000
    assert all(code.startswith("LARK-") and len(code) == 13 for code in codes)
    assert not set("".join(code[5:] for code in codes)) & set("O0I1LAEUY")


async def _open_ticket(store: Store, index: int, number: str | None = None) -> str:
    async with store.unit() as session:
        now = clock.now()
        point = ContactPoint(channel=Channel.REST, address=f"visitor-{index}", created_at=now)
        session.add(point)
        await session.flush()
        thread = Conversation(contact_point_id=point.id, created_at=now, last_message_at=now)
        session.add(thread)
        await session.flush()
        ticket = Ticket(conversation_id=thread.id, topic="other", opened_at=now, since=now)
        if number is None:
            ticket.id, ticket.number = await ids.next_number(session, Ticket, prefix="T-", base=1000)
        else:
            ticket.number = number
        session.add(ticket)
    return ticket.number


async def test_twenty_writers_at_once_get_twenty_numbers(store: Store) -> None:
    numbers = await asyncio.gather(*(_open_ticket(store, index) for index in range(20)))
    assert len(set(numbers)) == 20
    assert all(number.startswith("T-") for number in numbers)


async def test_a_number_that_is_taken_is_passed_over(store: Store) -> None:
    first = await _open_ticket(store, 0)
    step = int(first.removeprefix("T-"))
    for offset in (1, 2, 3):
        # Each of these rows spends an id itself, so their numbers lie on the path of the next draws.
        await _open_ticket(store, offset, number=f"T-{step + offset + 3}")
    assert await _open_ticket(store, 9) == f"T-{step + 7}"
