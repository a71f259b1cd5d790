"""Returns, refunds, and the vouchers that store credit became."""

from __future__ import annotations

import base64
import hashlib
from functools import partial
from typing import Any

from crm_store.models import (
    Order,
    OrderStatus,
    Refund,
    RefundMethod,
    RefundStatus,
    Resolution,
    Return,
    ReturnItem,
    ReturnReason,
    ReturnStatus,
    VoucherSource,
)
from crm_store.seed.draft import Draft, Names
from crm_store.seed.orders import line_name
from crm_store.seed.reader import Row
from crm_store.seed.vouchers import add_voucher


def returns(draft: Draft) -> None:
    """`returns.csv`."""
    orders = {order["id"]: order for order in draft.of(Order)}
    for row in draft.read("returns.csv"):
        status = row.word("status", ReturnStatus)
        number = row.text("return_id")
        order_id = draft.orders.of(row, "order_number")
        draft.add(
            Return,
            id=draft.returns.new(row, "return_id"),
            number=number,
            order_id=order_id,
            customer_id=orders[order_id]["customer_id"],
            status=status,
            resolution=row.word("resolution", Resolution),
            exchange_variant_id=row.if_given("exchange_sku", partial(draft.variants.of, row)),
            label_code="" if status is ReturnStatus.REQUESTED else _label(number),
            requested_at=row.ago("requested_days_ago"),
            received_at=row.if_given("received_days_ago", row.ago),
        )


def return_items(draft: Draft) -> None:
    """`return_items.csv`."""
    for row in draft.read("return_items.csv"):
        draft.add(
            ReturnItem,
            return_id=draft.returns.of(row, "return_id"),
            order_item_id=draft.lines.of(row, "line_no", line_name(row)),
            quantity=row.natural("quantity", least=1),
            reason=row.word("reason", ReturnReason),
        )


def refunds(draft: Draft) -> None:
    """`refunds.csv`; store credit that was given is a voucher, and a cancelled order was cancelled then."""
    orders = {order["id"]: order for order in draft.of(Order)}
    numbers, keys = Names("refunds.csv"), Names("refunds.csv")
    for row in draft.read("refunds.csv"):
        order = orders[draft.orders.of(row, "order_number")]
        return_id = row.if_given("return_id", partial(draft.returns.of, row))
        key = _key(row, order, return_id)
        keys.new(row, "return_id" if return_id else "order_number", key)
        values = {
            "amount_cents": row.natural("amount_cents"),
            "currency": row.text("currency"),
            "method": row.word("method", RefundMethod),
            "status": row.word("status", RefundStatus),
            "created_at": row.ago("created_days_ago"),
        }
        draft.add(
            Refund,
            id=numbers.new(row, "refund_id"),
            number=row.text("refund_id"),
            order_id=order["id"],
            return_id=return_id,
            key=key,
            **values,
        )
        if order["status"] is OrderStatus.CANCELLED:
            order["cancelled_at"] = values["created_at"]
        if (values["method"], values["status"]) == (RefundMethod.STORE_CREDIT, RefundStatus.SENT):
            _credit(draft, order["customer_id"], values, key)


def _credit(draft: Draft, customer_id: int, refund: dict[str, Any], key: str) -> None:
    add_voucher(
        draft,
        customer_id=customer_id,
        source=VoucherSource.STORE_CREDIT,
        cents=refund["amount_cents"],
        spent=False,
        key=key,
        created_at=refund["created_at"],
    )


def _key(row: Row, order: dict[str, Any], return_id: int | None) -> str:
    # The keys that cancelling and returning use themselves: done again, they find that it was done.
    if return_id is not None:
        return f"return:{return_id}"
    if order["status"] is OrderStatus.CANCELLED:
        return f"cancel:order:{order['id']}"
    return f"refund:{row.text('refund_id')}"


def _label(number: str) -> str:
    return f"WL{base64.b32encode(hashlib.sha256(number.encode()).digest()).decode()[:12]}"
