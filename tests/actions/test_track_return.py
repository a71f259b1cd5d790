"""Where a return is, and how a refund stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from actions.returns.track_refund import TrackRefund
from actions.returns.track_return import TrackReturn
from crm_store import returns
from crm_store.models import (
    OrderStatus,
    Refund,
    RefundMethod,
    RefundStatus,
    Resolution,
    Return,
    ReturnItem,
    ReturnReason,
    ReturnStatus,
)
from crm_store.returns import ReturnLine
from crm_store.session import Store
from tests.actions.stage import Stage
from tests.crm_store.builders import days_ago, make_customer, make_delivered, make_order, make_product, saved


async def stage_with(
    store: Store,
    status: ReturnStatus,
    *,
    resolution: Resolution = Resolution.REFUND_CARD,
    refund: RefundStatus | None = RefundStatus.PENDING,
    asked: float = 3,
    arrived: float | None = None,
) -> Stage:
    """A proven customer with one return of a jacket."""
    async with store.unit() as session:
        customer = await make_customer(session, "C-0001")
        product = await make_product(session)
        order = await make_delivered(session, customer)
        made = await saved(
            session,
            Return(
                number="R-5001",
                order_id=order.id,
                customer_id=customer.id,
                status=status,
                resolution=resolution,
                exchange_variant_id=product.variants[1].id if resolution is Resolution.EXCHANGE else None,
                label_code="WLABCDEF",
                requested_at=days_ago(asked),
                received_at=None if arrived is None else days_ago(arrived),
                items=[
                    ReturnItem(order_item_id=order.items[0].id, quantity=1, reason=ReturnReason.TOO_SMALL)
                ],
            ),
        )
        if refund is not None:
            await add_refund(session, order.id, refund, return_id=made.id, created=asked)
    stage = Stage(store)
    await stage.sign_in("C-0001")
    return stage


async def add_refund(
    session: Any, order_id: int, status: RefundStatus, *, created: float, return_id: int | None
) -> None:
    row = Refund(
        number=f"F-{order_id}-{return_id}",
        order_id=order_id,
        return_id=return_id,
        amount_cents=10_000,
        currency="EUR",
        method=RefundMethod.CARD,
        status=status,
        key=f"key-{order_id}-{return_id}",
        created_at=days_ago(created),
    )
    await saved(session, row)


RETURN_STATES = [
    (
        ReturnStatus.REQUESTED,
        {},
        ["label is being prepared", "€100.00 goes to your card within 5 working days"],
        False,
    ),
    (ReturnStatus.LABEL_SENT, {}, ["WLABCDEF", "hand the parcel in by"], False),
    (ReturnStatus.IN_TRANSIT, {}, ["on its way to our warehouse", "€100.00"], False),
    (ReturnStatus.IN_TRANSIT, {"asked": 25}, ["longer than usual"], True),
    (ReturnStatus.RECEIVED, {"arrived": 0.1}, ["being checked", "at the latest"], False),
    (ReturnStatus.RECEIVED, {"arrived": 20}, ["our delay"], True),
    (ReturnStatus.RECEIVED, {"arrived": 1, "refund": RefundStatus.FAILED}, ["didn't go through"], True),
    (
        ReturnStatus.REFUNDED,
        {"arrived": 1, "refund": RefundStatus.SENT},
        ["€100.00 went to your card"],
        False,
    ),
    (ReturnStatus.REFUNDED, {"arrived": 1, "refund": None}, ["is settled"], False),
    (
        ReturnStatus.EXCHANGED,
        {"arrived": 1, "refund": None, "resolution": Resolution.EXCHANGE},
        ["you get Skylark Rain Jacket, blue, L"],
        False,
    ),
    (ReturnStatus.REJECTED, {"arrived": 1}, ["couldn't be accepted"], True),
    (ReturnStatus.CANCELLED, {"refund": None}, ["called off"], True),
]


@pytest.mark.parametrize(("status", "how", "words", "human"), RETURN_STATES)
async def test_every_state_of_a_return(
    store: Store, status: ReturnStatus, how: dict[str, Any], words: Sequence[str], human: bool
) -> None:
    stage = await stage_with(store, status, **how)
    told = await stage.play(TrackReturn(), "where is my return", "track_return")
    for part in ("R-5001", *words):
        assert part in told.text
    assert ("Talk to a human" in told.buttons) is human
    assert told.cards[0]["number"] == "R-5001"


REFUND_STATES = [
    (ReturnStatus.IN_TRANSIT, {}, "within 5 working days after your parcel has reached", False),
    (ReturnStatus.RECEIVED, {"arrived": 0.1}, "at the latest", False),
    (ReturnStatus.RECEIVED, {"arrived": 20}, "should have left for your card by", True),
    (ReturnStatus.RECEIVED, {"arrived": 1, "refund": RefundStatus.FAILED}, "couldn't be paid", True),
    (ReturnStatus.REFUNDED, {"arrived": 1, "refund": RefundStatus.SENT}, "has left us for your card", True),
    (ReturnStatus.REJECTED, {}, "what it's waiting for", True),
]


@pytest.mark.parametrize(("status", "how", "words", "human"), REFUND_STATES)
async def test_every_state_of_a_refund(
    store: Store, status: ReturnStatus, how: dict[str, Any], words: str, human: bool
) -> None:
    stage = await stage_with(store, status, **how)
    told = await stage.play(TrackRefund(), "where is my refund", "track_refund")
    assert "€100.00 for return R-5001 (Skylark Rain Jacket, blue, M)" in told.text
    assert words in told.text
    assert ("Talk to a human" in told.buttons) is human
    assert told.cards[0]["amount"] == "€100.00"


@pytest.mark.parametrize(("days", "words"), [(0.1, "at the latest"), (20, "our delay")])
async def test_the_refund_of_a_cancelled_order(store: Store, days: float, words: str) -> None:
    async with store.unit() as session:
        customer = await make_customer(session, "C-0001")
        order = await make_order(session, customer, status=OrderStatus.CANCELLED, payment_method="paypal")
        await add_refund(session, order.id, RefundStatus.PENDING, created=days, return_id=None)
    stage = Stage(store)
    await stage.sign_in("C-0001")
    told = await stage.play(TrackRefund(), "where's my money", "track_refund")
    assert "€100.00 for order A-10042" in told.text
    assert "your PayPal account" in told.text
    assert words in told.text


async def test_store_credit_is_told_with_its_code(store: Store) -> None:
    async with store.unit() as session:
        customer = await make_customer(session, "C-0001")
        await make_delivered(session, customer)
        lines = [ReturnLine(1, 1, ReturnReason.TOO_SMALL)]
        await returns.create_return(
            session,
            customer_id=customer.id,
            number="A-10042",
            lines=lines,
            resolution=Resolution.STORE_CREDIT,
            key="a",
        )
    stage = Stage(store)
    await stage.sign_in("C-0001")
    told = await stage.play(TrackRefund(), "my store credit?", "track_refund")
    assert "€110.00" in told.text
    assert "code CREDIT-" in told.text
    told = await stage.play(TrackReturn(), "and the return", "track_return")
    assert "you have €110.00 of store credit already" in told.text


async def test_an_exchange_brings_no_money(store: Store) -> None:
    stage = await stage_with(store, ReturnStatus.IN_TRANSIT, resolution=Resolution.EXCHANGE, refund=None)
    told = await stage.play(
        TrackRefund(), "where is my refund for a10042", "track_refund", order_number="a10042"
    )
    assert "R-5001 is an exchange" in told.text
    assert "on its way to our warehouse" in told.text


async def test_nothing_there(store: Store) -> None:
    async with store.unit() as session:
        await make_customer(session, "C-0001")
    stage = Stage(store)
    await stage.sign_in("C-0001")
    assert "no return on your account" in (await stage.play(TrackReturn(), "my return?", "track_return")).text
    assert (
        "can't see a refund on your account"
        in (await stage.play(TrackRefund(), "refund?", "track_refund")).text
    )


@pytest.mark.parametrize(
    ("text", "entities", "number"),
    [
        ("is r5001 there yet", {}, "R-5001"),
        ("return R-5001?", {"order_number": "5001"}, "R-5001"),
        ("the return of a10042", {"order_number": "a10042"}, "R-5001"),
        ("the jacket I sent back", {"product": "jacket"}, "R-5001"),
        ("did my return arrive", {}, "R-5001"),
    ],
)
async def test_a_return_is_found_by_number_order_thing_or_as_the_newest(
    store: Store, text: str, entities: dict[str, str], number: str
) -> None:
    stage = await stage_with(store, ReturnStatus.IN_TRANSIT)
    told = await stage.play(TrackReturn(), text, "track_return", **entities)
    assert told.text.startswith(f"Return {number}")


async def test_a_return_that_is_not_there_and_what_is(store: Store) -> None:
    stage = await stage_with(store, ReturnStatus.IN_TRANSIT)
    told = await stage.play(TrackReturn(), "where is R-9999", "track_return")
    assert "can't find a return for that" in told.text
    assert told.buttons["R-5001 · Skylark Rain Jacket…"] == '/track_return{"order_number": "R-5001"}'
    none = await stage.play(TrackRefund(), "refund for R-9999", "track_refund")
    assert "can't see a refund for that" in none.text


async def test_other_returns_are_offered(shop: Store) -> None:
    stage = Stage(shop)
    customer_id = await stage.sign_in("C-0004")
    async with shop.reading() as session:
        mine = await returns.list_returns(session, customer_id=customer_id)
    running = [
        made.number for made in mine if made.status in {ReturnStatus.IN_TRANSIT, ReturnStatus.RECEIVED}
    ]
    told = await stage.play(TrackReturn(), "where is my return", "track_return")
    assert len(running) == 2
    assert told.text.index(running[0]) < told.text.index(f"Also still running: {running[1]}")


async def test_somebody_elses_return_is_not_there(shop: Store) -> None:
    stage = Stage(shop)
    await stage.sign_in("C-0001")
    told = await stage.play(TrackReturn(), "where is R-5057", "track_return")
    assert "can't find a return" in told.text
    told = await stage.play(TrackRefund(), "refund for A-10678", "track_refund", order_number="A-10678")
    assert "can't see a refund for that" in told.text


@pytest.mark.parametrize("action", [TrackReturn(), TrackRefund()])
async def test_a_stranger_proves_first(shop: Store, action: TrackReturn | TrackRefund) -> None:
    told = await Stage(shop).play(action, "where is it", action.intents[0])
    assert told.texts == []
    assert told.followup == "verification_form"
