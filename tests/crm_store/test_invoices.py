"""Invoices: sums that agree to the cent, the VAT in them, and what was paid back."""

from __future__ import annotations

import pytest

from crm_store import invoices, refunds
from crm_store.errors import NotAllowed, NotFound
from crm_store.invoices import Invoice, vat_in
from crm_store.models import Customer, PaymentStatus, RefundMethod
from crm_store.session import Store
from tests.crm_store.builders import Line, make_customer, make_delivered, make_product


async def invoice_of(store: Store, customer: Customer, percent: int = 23) -> Invoice:
    async with store.reading() as session:
        return await invoices.get_invoice(
            session, customer_id=customer.id, number="A-10042", vat_percent=percent
        )


@pytest.mark.parametrize(
    ("gross", "percent", "vat"), [(12_300, 23, 2_300), (100, 23, 19), (0, 23, 0), (1, 0, 0)]
)
def test_vat_is_contained_in_the_price(gross: int, percent: int, vat: int) -> None:
    assert vat_in(gross, percent) == vat


async def test_lines_and_delivery_make_the_total(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session)
        lines = (Line(quantity=3, price_cents=3_333, discount_cents=300), Line(price_cents=5_000))
        await make_delivered(session, ada, *lines, shipping_cents=495, extra_discount_cents=1_001)
    invoice = await invoice_of(store, ada)
    goods = sum(line.total_cents for line in invoice.lines)
    assert goods + 495 == invoice.order.total_cents
    assert sum(vat.gross_cents for vat in invoice.vat) == invoice.order.total_cents
    for line in invoice.lines:
        assert line.quantity * line.unit_cents - line.discount_cents == line.total_cents
    assert invoice.number == "INV-A-10042"


async def test_gift_cards_carry_no_vat(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session)
        card = await make_product(session, tags=["gift", "giftcard"])
        await make_delivered(session, ada, Line(card.variants[0], price_cents=5_000))
    assert [(vat.percent, vat.vat_cents) for vat in (await invoice_of(store, ada)).vat] == [(0, 0)]


async def test_what_was_paid_back_stands_there_without_the_bonus(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session)
        order = await make_delivered(session, ada)
        await refunds.create(session, order=order, cents=1_100, method=RefundMethod.STORE_CREDIT, key="1")
        await refunds.create(session, order=order, cents=2_000, method=RefundMethod.CARD, key="2")
    invoice = await invoice_of(store, ada)
    assert [(n.cents, n.as_store_credit, n.is_sent) for n in invoice.credit_notes] == [
        (1_000, True, True),
        (2_000, False, False),
    ]
    assert invoice.left_cents == 7_000


@pytest.mark.parametrize("status", [PaymentStatus.PENDING, PaymentStatus.FAILED])
async def test_there_is_none_before_it_is_paid(store: Store, status: PaymentStatus) -> None:
    async with store.unit() as session:
        ada = await make_customer(session)
        await make_delivered(session, ada, payment_status=status)
    with pytest.raises(NotAllowed) as refused:
        await invoice_of(store, ada)
    assert refused.value.reason == "not_paid"


async def test_another_customers_is_not_there(store: Store) -> None:
    async with store.unit() as session:
        await make_delivered(session, await make_customer(session))
        eve = await make_customer(session, "C-0666")
    with pytest.raises(NotFound):
        await invoice_of(store, eve)
