"""Importing orders: once, to the cent, and whatever else the file holds."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crm_store import clock, imports
from crm_store.imports import ImportReport, Mapping, import_orders, load_mapping
from crm_store.models import Customer, DeliveryMethod, Order, OrderItem, OrderStatus, PaymentStatus
from crm_store.orders import list_orders
from crm_store.session import Store

CDNOW = Path(__file__).parents[2] / "data" / "mappings" / "cdnow.yml"
PURCHASES = """\
 customer_id  date number_of_cds  dollar_value
 00001 19970101  1   11.77
 00002 19970112  1   12.00
 00002 19970112  5   77.00
 00003 19970102  2   20.76
 00003 19970330  3   10.00
 00004 19970101  2    0.00
"""


@pytest.fixture
def mapping() -> Mapping:
    """The mapping that is shipped for CDNOW's file."""
    return load_mapping(CDNOW)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file like CDNOW's, with the line ends it has."""
    path = tmp_path / "purchases.txt"
    path.write_text(PURCHASES.replace("\n", "\r\n"), encoding="ascii")
    return path


async def _counts(store: Store) -> tuple[int, int, int]:
    async with store.reading() as session:
        counts = [
            (await session.execute(select(func.count(model.id)))).scalar_one()
            for model in (Customer, Order, OrderItem)
        ]
    return counts[0], counts[1], counts[2]


async def test_what_a_customer_bought_on_a_day_is_one_order(
    store: Store, file: Path, mapping: Mapping
) -> None:
    report = await import_orders(store, file, mapping)
    assert report == ImportReport(read=6, created_orders=5, existing=0, customers_created=4, rejected=[])
    async with store.reading() as session:
        owner = (await session.scalars(select(Customer).where(Customer.number == "00002"))).one()
        (order,) = await list_orders(session, customer_id=owner.id)
    assert (order.number, order.total_cents, order.currency) == ("CD-00002-19970112", 8900, "USD")
    assert [(item.line_no, item.quantity, item.paid_cents) for item in order.items] == [
        (1, 1, 1200),
        (2, 5, 7700),
    ]
    assert order.placed_at == owner.joined_at == datetime(1997, 1, 12, tzinfo=UTC)
    assert (order.status, order.payment_status) == (OrderStatus.DELIVERED, PaymentStatus.PAID)
    assert order.delivery_method is DeliveryMethod.STANDARD
    assert order.items[0].title == "CDs"


async def test_sums_are_exact_even_where_pieces_do_not_divide(
    store: Store, file: Path, mapping: Mapping
) -> None:
    await import_orders(store, file, mapping)
    async with store.reading() as session:
        items = list(await session.scalars(select(OrderItem)))
        totals = {order.id: order for order in await session.scalars(select(Order))}
    assert sum(item.paid_cents for item in items) == 1177 + 1200 + 7700 + 2076 + 1000
    assert sum(order.total_cents for order in totals.values()) == 13153
    odd = next(item for item in items if item.quantity == 3)
    assert (odd.unit_price_cents, odd.discount_cents, odd.paid_cents) == (334, 2, 1000)
    order = totals[odd.order_id]
    assert odd.quantity * odd.unit_price_cents - order.discount_cents == order.total_cents


async def test_importing_again_creates_nothing_and_changes_nothing(
    store: Store, file: Path, mapping: Mapping
) -> None:
    await import_orders(store, file, mapping)
    before = await _counts(store)
    async with store.unit() as session:
        person = (await session.scalars(select(Customer).where(Customer.number == "00001"))).one()
        person.name, person.erased_at = "", clock.now()
    again = await import_orders(store, file, mapping)
    assert (again.created_orders, again.existing, again.customers_created, again.rejected) == (0, 5, 0, [])
    assert await _counts(store) == before
    async with store.reading() as session:
        kept = (await session.scalars(select(Customer).where(Customer.number == "00001"))).one()
    assert kept.erased_at is not None


async def test_an_import_that_was_cut_off_is_finished_by_the_next(
    store: Store, file: Path, mapping: Mapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_store.imports.importing.BATCH", 2)
    steps: list[tuple[int, int, int]] = []

    def stop(*step: int) -> None:
        steps.append((step[0], step[1], step[2]))
        if len(steps) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await import_orders(store, file, mapping, stop)
    assert (await _counts(store))[1] == 4
    report = await import_orders(store, file, mapping)
    assert (report.created_orders, report.existing) == (1, 4)
    assert await _counts(store) == (4, 5, 6)
    assert steps[-1][1] <= steps[-1][2] == len(PURCHASES.splitlines()) + len(PURCHASES)


async def test_two_imports_at_once_make_one(store: Store, file: Path, mapping: Mapping) -> None:
    reports = await asyncio.gather(*(import_orders(store, file, mapping) for _ in range(3)))
    assert sum(report.created_orders for report in reports) == 5
    assert sum(report.customers_created for report in reports) == 4
    assert await _counts(store) == (4, 5, 6)


async def test_a_customer_who_is_there_gets_the_orders_and_stays_as_they_are(
    store: Store, file: Path, mapping: Mapping
) -> None:
    async with store.unit() as session:
        session.add(Customer(number="00003", name="Aoife Byrne", joined_at=clock.now()))
    report = await import_orders(store, file, mapping)
    assert report.customers_created == 3
    async with store.reading() as session:
        aoife = (await session.scalars(select(Customer).where(Customer.number == "00003"))).one()
        theirs = await list_orders(session, customer_id=aoife.id)
    assert (aoife.name, len(theirs)) == ("Aoife Byrne", 2)


async def test_the_package_offers_what_callers_need() -> None:
    assert {"import_orders", "load_mapping", "ImportProblem"} <= set(imports.__all__)
