"""Invoices: what an order cost line by line, the VAT in it, and what was paid back. Money in minor units."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import customers, orders, refunds
from crm_store.errors import NotAllowed
from crm_store.models import Customer, Order, OrderItem, PaymentStatus, RefundMethod, RefundStatus
from crm_store.returns.amounts import paid_for_lines, without_bonus

NUMBER_PREFIX: Final = "INV-"
_NOT_PAID: Final = frozenset({PaymentStatus.PENDING, PaymentStatus.FAILED})
_GIFT_CARD: Final = "giftcard"
"""The tag of products that carry no VAT before they are spent."""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line; `total_cents` is what was paid for it, VAT included."""

    title: str
    quantity: int
    unit_cents: int
    discount_cents: int
    """What was taken off the line, its share of the order's discount included."""
    total_cents: int
    vat_percent: int


@dataclass(frozen=True, slots=True)
class VatLine:
    """The VAT of one rate: it is contained in `gross_cents`."""

    percent: int
    gross_cents: int
    vat_cents: int


@dataclass(frozen=True, slots=True)
class CreditNote:
    """Money that went back, or is about to."""

    number: str
    at: datetime
    cents: int
    as_store_credit: bool
    is_sent: bool


@dataclass(frozen=True, slots=True)
class Invoice:
    """Everything an invoice shows."""

    order: Order
    customer: Customer
    lines: tuple[InvoiceLine, ...]
    vat: tuple[VatLine, ...]
    credit_notes: tuple[CreditNote, ...]

    @property
    def number(self) -> str:
        """The invoice's own number."""
        return f"{NUMBER_PREFIX}{self.order.number}"

    @property
    def left_cents(self) -> int:
        """What the order cost after what was paid back."""
        return self.order.total_cents - sum(note.cents for note in self.credit_notes)


async def get_invoice(session: AsyncSession, *, customer_id: int, number: str, vat_percent: int) -> Invoice:
    """The invoice of the customer's order; `vat_percent` is contained in the prices.

    `NotFound` without such an order; `NotAllowed` with reason `not_paid`, or `free` for one that cost
    nothing.
    """
    order = await orders.get_order(session, customer_id=customer_id, number=number)
    if order.payment_status in _NOT_PAID:
        raise NotAllowed("not_paid", "There is an invoice once the order is paid.")
    if not order.total_cents:
        raise NotAllowed("free", "This order cost nothing, so there is no invoice.")
    lines = _lines(order, vat_percent)
    return Invoice(
        order=order,
        customer=await customers.get(session, customer_id=customer_id),
        lines=lines,
        vat=_vat(lines, order.shipping_cents, vat_percent),
        credit_notes=tuple(await _credit_notes(session, order)),
    )


def _lines(order: Order, vat_percent: int) -> tuple[InvoiceLine, ...]:
    paid = paid_for_lines(order)
    return tuple(
        InvoiceLine(
            title=item.title,
            quantity=item.quantity,
            unit_cents=item.unit_price_cents,
            discount_cents=item.quantity * item.unit_price_cents - paid[item.id],
            total_cents=paid[item.id],
            vat_percent=_rate(item, vat_percent),
        )
        for item in order.items
    )


def _rate(item: OrderItem, vat_percent: int) -> int:
    is_gift_card = item.variant is not None and _GIFT_CARD in item.variant.product.tags
    return 0 if is_gift_card else vat_percent


def _vat(lines: tuple[InvoiceLine, ...], shipping_cents: int, vat_percent: int) -> tuple[VatLine, ...]:
    gross = Counter({vat_percent: shipping_cents})
    for line in lines:
        gross[line.vat_percent] += line.total_cents
    return tuple(
        VatLine(percent, cents, vat_in(cents, percent))
        for percent, cents in sorted(gross.items(), reverse=True)
        if cents
    )


def vat_in(gross_cents: int, percent: int) -> int:
    """The VAT that is contained in an amount, rounded half up."""
    whole = 100 + percent
    return (2 * gross_cents * percent + whole) // (2 * whole)


async def _credit_notes(session: AsyncSession, order: Order) -> list[CreditNote]:
    return [
        CreditNote(
            number=refund.number,
            at=refund.created_at,
            cents=without_bonus(refund.amount_cents, refund.method),
            as_store_credit=refund.method is RefundMethod.STORE_CREDIT,
            is_sent=refund.status is RefundStatus.SENT,
        )
        for refund in await refunds.of_order(session, order_id=order.id)
        if refund.status is not RefundStatus.FAILED
    ]
