"""Which lines may come back, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock, returns
from crm_store.errors import NotFound
from crm_store.models import Order, OrderStatus, Resolution, ReturnReason, ShipmentStatus
from crm_store.returns import LineEligibility, ReturnLine
from crm_store.session import Store
from tests.crm_store.builders import (
    Line,
    days_ago,
    make_customer,
    make_delivered,
    make_order,
    make_parcel,
    make_product,
)


async def _lines(
    session: AsyncSession, order: Order, reason: ReturnReason | None = None
) -> list[LineEligibility]:
    return await returns.eligibility(
        session, customer_id=order.customer_id, number=order.number, reason=reason
    )


def _verdict(line: LineEligibility) -> tuple[bool, int, str | None]:
    return line.ok, line.quantity, line.refusal


class TestWindow:
    def test_it_closes_at_the_end_of_the_thirtieth_day_in_dublin(self) -> None:
        # Delivered on 1 March: the last day is 31 March, when clocks have gone forward to UTC+1.
        ends = returns.window_ends(datetime(2026, 3, 1, 9, tzinfo=UTC))
        assert ends.tzinfo is UTC
        assert ends.replace(microsecond=0) == datetime(2026, 3, 31, 22, 59, 59, tzinfo=UTC)

    @pytest.mark.parametrize(("days", "ok"), [(0, True), (29, True), (30, True), (31.1, False), (400, False)])
    async def test_thirty_days_from_delivery(self, store: Store, days: float, ok: bool) -> None:
        noon = datetime(2026, 6, 15, 12, tzinfo=UTC)
        with clock.frozen_at(noon):
            async with store.unit() as session:
                order = await make_delivered(session, await make_customer(session), days=days)
                [line] = await _lines(session, order)
        assert _verdict(line) == ((True, 1, None) if ok else (False, 0, "window_closed"))
        assert line.window_ends_at == returns.window_ends(noon - timedelta(days=days))

    async def test_each_line_counts_from_its_own_parcel(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            order = await make_order(session, ada, Line(), Line(), Line(), status=OrderStatus.SHIPPED)
            await make_parcel(session, order, (1, 1), delivered=40)
            await make_parcel(session, order, (2, 1), delivered=10)
            await make_parcel(session, order, (3, 1), status=ShipmentStatus.IN_TRANSIT)
            lines = await _lines(session, order)
        assert [line.refusal for line in lines] == ["window_closed", None, "not_delivered"]

    async def test_a_line_in_two_parcels_may_come_back_as_far_as_it_arrived(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            order = await make_order(session, ada, Line(quantity=3), status=OrderStatus.SHIPPED)
            await make_parcel(session, order, (1, 2), delivered=10)
            await make_parcel(session, order, (1, 1), status=ShipmentStatus.IN_TRANSIT)
            [line] = await _lines(session, order)
        assert _verdict(line) == (True, 2, None)

    @pytest.mark.parametrize(("placed", "ok"), [(34, True), (37, False)])
    async def test_an_imported_order_is_taken_to_have_arrived_after_five_days(
        self, store: Store, placed: int, ok: bool
    ) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            status = OrderStatus.DELIVERED
            order = await make_order(session, ada, status=status, placed_at=days_ago(placed))
            [line] = await _lines(session, order)
        assert line.ok is ok

    async def test_an_order_without_parcels_that_has_not_arrived(self, store: Store) -> None:
        async with store.unit() as session:
            order = await make_order(session, await make_customer(session))
            [line] = await _lines(session, order)
        assert (line.refusal, line.window_ends_at) == ("not_delivered", None)


class TestGoods:
    @pytest.mark.parametrize("kind", ["final_sale", "hygiene"])
    async def test_only_our_fault_brings_them_back(self, store: Store, kind: str) -> None:
        async with store.unit() as session:
            product = await make_product(session)
            setattr(product, kind, True)
            line = Line(product.variants[0])
            order = await make_delivered(session, await make_customer(session), line)
            assert [one.refusal for one in await _lines(session, order)] == [kind]
            for reason in ReturnReason:
                [verdict] = await _lines(session, order, reason)
                assert verdict.ok is (reason in (ReturnReason.DAMAGED, ReturnReason.WRONG_ITEM))

    async def test_downloads_never_come_back(self, store: Store) -> None:
        async with store.unit() as session:
            book = await make_product(session, digital=True)
            order = await make_delivered(session, await make_customer(session), Line(book.variants[0]))
            [line] = await _lines(session, order, ReturnReason.DAMAGED)
        assert _verdict(line) == (False, 0, "digital")

    async def test_a_cancelled_order(self, store: Store) -> None:
        async with store.unit() as session:
            order = await make_order(session, await make_customer(session), status=OrderStatus.CANCELLED)
            assert [line.refusal for line in await _lines(session, order)] == ["cancelled"]

    async def test_what_came_back_counts_and_what_was_called_off_does_not(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            order = await make_delivered(session, ada, Line(quantity=2))
            made = await returns.create_return(
                session,
                customer_id=ada.id,
                number=order.number,
                lines=[ReturnLine(1, 1, ReturnReason.TOO_SMALL)],
                resolution=Resolution.REFUND_CARD,
                key="a",
            )
            [line] = await _lines(session, order)
            assert _verdict(line) == (True, 1, None)
            await returns.create_return(
                session,
                customer_id=ada.id,
                number=order.number,
                lines=[ReturnLine(1, 1, ReturnReason.TOO_SMALL)],
                resolution=Resolution.REFUND_CARD,
                key="b",
            )
            [line] = await _lines(session, order)
            assert _verdict(line) == (False, 0, "already_returned")
            await returns.cancel_return(session, customer_id=ada.id, number=made.number)
            [line] = await _lines(session, order)
            assert _verdict(line) == (True, 1, None)


async def test_returnable_orders_and_those_of_others(store: Store) -> None:
    async with store.unit() as session:
        ada, bob = await make_customer(session), await make_customer(session, "C-0002")
        await make_delivered(session, ada, number="A-1", days=60)
        await make_delivered(session, ada, number="A-2", days=6)
        await make_delivered(session, ada, number="A-3", days=3)
        await make_order(session, ada, number="A-4")
        found = await returns.returnable_orders(session, customer_id=ada.id)
        assert [order.number for order in found] == ["A-3", "A-2"]
        assert await returns.returnable_orders(session, customer_id=bob.id) == []
        with pytest.raises(NotFound):
            await returns.eligibility(session, customer_id=bob.id, number="A-2")
