"""The demo shop, filled in for real."""

from __future__ import annotations

import asyncio
import csv
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock, ids, loyalty, orders, returns
from crm_store.clock import SHOP_ZONE
from crm_store.loyalty.ledger import entries_of
from crm_store.loyalty.lots import expiry_key, read
from crm_store.models import (
    Base,
    Consent,
    Customer,
    LoyaltyAccount,
    Order,
    OrderStatus,
    PointsEntry,
    PointsKind,
    Refund,
    Return,
    Shipment,
    Stock,
    Tier,
    Voucher,
    VoucherSource,
)
from crm_store.seed import SeedProblem, is_empty, seed
from crm_store.session import Store
from tests.crm_store.talk import NOON

SHOP = Path(__file__).parents[2] / "data" / "demo_shop"
FILES = {
    "categories": "categories.csv",
    "products": "products.csv",
    "variants": "variants.csv",
    "locations": "stores.csv",
    "stock": "stock.csv",
    "customers": "customers.csv",
    "cart_lines": "carts.csv",
    "orders": "orders.csv",
    "order_items": "order_items.csv",
    "shipments": "shipments.csv",
    "shipment_items": "shipment_items.csv",
    "tracking_events": "tracking_events.csv",
    "returns": "returns.csv",
    "return_items": "return_items.csv",
    "refunds": "refunds.csv",
    "offers": "offers.csv",
    "grants": "grants.csv",
    "gift_cards": "gift_cards.csv",
}


def _lines(file: str) -> list[dict[str, str]]:
    with (SHOP / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture
async def shop(store: Store) -> Store:
    """The demo shop, as of Monday noon."""
    with clock.frozen_at(NOON):
        await seed(store, SHOP)
    return store


async def _customer(session: AsyncSession, number: str) -> Customer:
    return (await session.scalars(select(Customer).where(Customer.number == number))).one()


async def test_every_line_of_every_file_is_a_row(store: Store) -> None:
    told: list[tuple[str, int, int]] = []
    assert await is_empty(store)
    report = await seed(store, SHOP, lambda *step: told.append(step))
    assert not await is_empty(store)
    for table, file in FILES.items():
        assert report.rows[table] == len(_lines(file)), table
    async with store.reading() as session:
        for name, count in report.rows.items():
            rows = select(func.count()).select_from(Base.metadata.tables[name])
            assert (await session.execute(rows)).scalar_one() == count
    assert report.total == sum(report.rows.values())
    assert [done for _, done, _ in told] == list(range(1, told[-1][2] + 1))


async def test_a_shop_is_filled_in_once(shop: Store) -> None:
    with pytest.raises(SeedProblem, match="There is a shop in this database"):
        await seed(shop, SHOP)


async def test_of_two_at_once_one_fills_the_shop_in(store: Store) -> None:
    outcomes = await asyncio.gather(seed(store, SHOP), seed(store, SHOP), return_exceptions=True)
    assert sorted(isinstance(outcome, SeedProblem) for outcome in outcomes) == [False, True]


async def test_values_and_times_are_those_of_the_files(shop: Store) -> None:
    line = next(line for line in _lines("orders.csv") if line["order_number"] == "A-10042")
    async with shop.reading() as session:
        order = (await session.scalars(select(Order).where(Order.number == "A-10042"))).one()
        buyer = await session.get_one(Customer, order.customer_id)
        pieces = await session.scalar(select(func.sum(Stock.quantity)))
        allowed = await session.scalar(select(func.count(Consent.id)))
    assert (order.total_cents, buyer.number) == (int(line["total_cents"]), line["customer_id"])
    assert order.placed_at == NOON - timedelta(days=float(line["placed_days_ago"]))
    assert pieces == sum(int(line["quantity"]) for line in _lines("stock.csv"))
    boxes = Counter(line["marketing_email"] + line["marketing_sms"] for line in _lines("customers.csv"))
    assert allowed == boxes["10"] + boxes["01"] + 2 * boxes["11"]


async def test_a_change_to_summer_time_moves_no_day(store: Store) -> None:
    """Seeded late on a winter's evening, what arrived 31 days before arrived on that day, not on the next."""
    evening = datetime(2026, 11, 21, 23, 30, tzinfo=SHOP_ZONE)
    with clock.frozen_at(evening.astimezone(UTC)):
        await seed(store, SHOP)
    async with store.reading() as session:
        order = (await session.scalars(select(Order).where(Order.number == "A-10563"))).one()
        arrived = await session.scalar(select(Shipment.delivered_at).where(Shipment.order_id == order.id))
    assert arrived is not None
    assert arrived.astimezone(SHOP_ZONE).date() == evening.date() - timedelta(days=31)


async def test_titles_are_as_bought(shop: Store) -> None:
    async with shop.reading() as session:
        buyer = await _customer(session, "C-0180")
        order = await orders.get_order(session, customer_id=buyer.id, number="A-10001")
        for item in order.items:
            assert item.variant is not None
            assert item.title.startswith(item.variant.product.name)
            assert item.variant.color in item.title
            assert "one-size" not in item.title


async def test_ledgers_are_sound_and_expiries_are_on_record(shop: Store) -> None:
    with clock.frozen_at(NOON):
        async with shop.unit() as session:
            assert await loyalty.expire_all(session) == 0
            for account in await session.scalars(select(LoyaltyAccount)):
                lines = await entries_of(session, customer_id=account.customer_id)
                lots = read(lines, NOON)
                assert lots.debt == 0
                balance = sum(line.points for line in lines if line.available_at <= NOON)
                assert balance == lots.balance
                earned = await loyalty.current_tier(session, customer_id=account.customer_id)
                assert account.tier == earned
            keys = set(await session.scalars(select(PointsEntry.key)))
            expired = (
                await session.scalars(select(PointsEntry).where(PointsEntry.kind == PointsKind.EXPIRE))
            ).all()
            known = set(await session.scalars(select(PointsEntry.id)))
    assert expired
    assert {line.key for line in expired} <= {expiry_key(entry_id) for entry_id in known} & keys


async def test_the_sign_ins_have_the_points_their_story_tells(shop: Store) -> None:
    with clock.frozen_at(NOON):
        async with shop.reading() as session:
            niamh = await _customer(session, "C-0001")
            mine = await loyalty.statement(session, customer_id=niamh.id)
            falcon = await _customer(session, "C-0003")
            theirs = await loyalty.statement(session, customer_id=falcon.id)
    assert 600 <= mine.balance <= 680
    assert mine.next_expiry is not None
    assert 210 <= mine.next_expiry[0] <= 230
    assert mine.next_expiry[1] <= NOON + timedelta(days=7)
    assert 270 <= mine.expiring_within_30_days <= 310
    assert (theirs.tier, 380 <= theirs.expiring_within_30_days <= 450) == (Tier.FALCON, True)


async def test_only_paid_and_kept_orders_earn(shop: Store) -> None:
    async with shop.reading() as session:
        earning = select(PointsEntry.order_id).where(PointsEntry.kind == PointsKind.EARN)
        statuses = set(await session.scalars(select(Order.status).where(Order.id.in_(earning))))
        returned = select(Return.order_id).where(Return.received_at.is_not(None))
        back = select(Order).where(Order.id.in_(returned), Order.status == OrderStatus.RETURNED)
        for order in await session.scalars(back):
            earned, taken = await loyalty.earned_for(session, order_id=order.id)
            assert earned == taken
    assert not statuses & {
        OrderStatus.CANCELLED,
        OrderStatus.PENDING_PAYMENT,
        OrderStatus.PAYMENT_FAILED,
    }


async def test_redeemed_points_and_store_credit_are_vouchers(shop: Store) -> None:
    async with shop.reading() as session:
        vouchers = list(await session.scalars(select(Voucher)))
        credited = await session.scalar(select(func.count(Refund.id)).where(Refund.method == "store_credit"))
    redeemed = [line for line in _lines("points_entries.csv") if line["kind"] == "redeem"]
    of_points = [voucher for voucher in vouchers if voucher.source is VoucherSource.POINTS]
    assert len(of_points) == len(redeemed)
    assert sum(voucher.value_cents for voucher in of_points) == -5 * sum(
        int(line["points"]) for line in redeemed
    )
    assert len(vouchers) - len(of_points) == credited


async def test_life_goes_on_where_the_files_end(shop: Store) -> None:
    """Keys given here and keys drawn later do not meet, and what is open can be worked on."""
    with clock.frozen_at(NOON):
        async with shop.unit() as session:
            niamh = await _customer(session, "C-0001")
            await loyalty.add(session, customer_id=niamh.id, kind=PointsKind.GOODWILL, points=5, key="sorry")
            newest = await session.scalar(select(func.max(Return.id))) or 0
            drawn = await ids.next_number(session, Return, prefix="R-", base=5000)
            assert drawn == (newest + 1, f"R-{5001 + newest}")
            open_return = (await session.scalars(select(Return).where(Return.status == "label_sent"))).first()
            assert open_return is not None
            called_off = await returns.cancel_return(
                session, customer_id=open_return.customer_id, number=open_return.number
            )
            earned, taken = await loyalty.earned_for(session, order_id=called_off.order_id)
    assert earned > 0
    assert taken == 0
