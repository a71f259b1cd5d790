"""Orders, their lines and their parcels."""

from __future__ import annotations

from collections import Counter

from crm_store.models import (
    DeliveryMethod,
    Order,
    OrderItem,
    OrderStatus,
    PaymentStatus,
    Product,
    Shipment,
    ShipmentItem,
    ShipmentStatus,
    TrackingEvent,
    Variant,
)
from crm_store.seed.draft import Draft
from crm_store.seed.reader import Row

_NO_SIZE = "one-size"


def line_name(row: Row) -> str:
    """How a line of an order is named in the other files."""
    return f"{row.text('order_number')} line {row.natural('line_no', least=1)}"


def orders(draft: Draft) -> None:
    """`orders.csv`, each with the total its lines make."""
    goods = _goods(draft)
    for row in draft.read("orders.csv"):
        status = row.word("status", OrderStatus)
        number, placed_at = row.text("order_number"), row.ago("placed_days_ago")
        order_id = draft.orders.new(row, "order_number")
        _check_total(row, goods[number])
        draft.add(
            Order,
            id=order_id,
            number=number,
            customer_id=draft.customers.of(row, "customer_id"),
            status=status,
            placed_at=placed_at,
            cancelled_at=placed_at if status is OrderStatus.CANCELLED else None,
            currency=row.text("currency"),
            shipping_cents=row.natural("shipping_cents"),
            discount_cents=row.natural("discount_cents"),
            total_cents=row.natural("total_cents"),
            payment_method=row.text("payment_method"),
            payment_status=row.word("payment_status", PaymentStatus),
            delivery_method=row.word("delivery_method", DeliveryMethod),
            ship_name=row.optional("ship_name"),
            ship_address=row.optional("ship_address"),
            ship_postcode=row.optional("ship_postcode"),
            ship_city=row.optional("ship_city"),
            ship_country=row.optional("ship_country"),
            gift=row.flag("gift"),
            gift_message=row.optional("gift_message"),
            note=row.optional("note"),
        )


def lines(draft: Draft) -> None:
    """`order_items.csv`."""
    titles = _titles(draft)
    for row in draft.read("order_items.csv"):
        variant_id = draft.variants.of(row, "sku")
        draft.add(
            OrderItem,
            id=draft.lines.new(row, "line_no", line_name(row)),
            order_id=draft.orders.of(row, "order_number"),
            line_no=row.natural("line_no", least=1),
            variant_id=variant_id,
            title=titles[variant_id],
            quantity=row.natural("quantity", least=1),
            unit_price_cents=row.natural("unit_price_cents"),
            discount_cents=row.natural("discount_cents"),
        )


def shipments(draft: Draft) -> None:
    """`shipments.csv`."""
    for row in draft.read("shipments.csv"):
        draft.add(
            Shipment,
            id=draft.shipments.new(row, "shipment_id"),
            number=row.text("shipment_id"),
            order_id=draft.orders.of(row, "order_number"),
            carrier=row.text("carrier"),
            tracking_number=row.optional("tracking_number"),
            status=row.word("status", ShipmentStatus),
            shipped_at=row.if_given("shipped_days_ago", row.ago),
            expected_at=row.if_given("expected_days_from_now", row.ahead),
            delivered_at=row.if_given("delivered_days_ago", row.ago),
        )


def shipment_items(draft: Draft) -> None:
    """`shipment_items.csv`."""
    for row in draft.read("shipment_items.csv"):
        draft.add(
            ShipmentItem,
            shipment_id=draft.shipments.of(row, "shipment_id"),
            order_item_id=draft.lines.of(row, "line_no", line_name(row)),
            quantity=row.natural("quantity", least=1),
        )


def tracking_events(draft: Draft) -> None:
    """`tracking_events.csv`."""
    for row in draft.read("tracking_events.csv"):
        draft.add(
            TrackingEvent,
            shipment_id=draft.shipments.of(row, "shipment_id"),
            at=row.ago("hours_ago", hours=True),
            status=row.word("status", ShipmentStatus),
            location=row.optional("location"),
            description=row.optional("description"),
        )


def _goods(draft: Draft) -> Counter[str]:
    """By order number: what its lines cost before discounts."""
    goods: Counter[str] = Counter()
    for row in draft.read("order_items.csv"):
        cost = row.natural("quantity", least=1) * row.natural("unit_price_cents")
        goods[row.text("order_number")] += cost
    return goods


def _check_total(row: Row, goods: int) -> None:
    total = goods + row.natural("shipping_cents") - row.natural("discount_cents")
    if row.natural("total_cents") != total:
        raise row.problem(
            "total_cents", f"Lines, shipping and discount make {total}.", "Correct one of them."
        )


def _titles(draft: Draft) -> dict[int, str]:
    """By variant: the name it is bought under."""
    names = {product["id"]: product["name"] for product in draft.of(Product)}
    titles = {}
    for variant in draft.of(Variant):
        size = "" if variant["size"] == _NO_SIZE else variant["size"]
        parts = (names[variant["product_id"]], variant["color"], size)
        titles[variant["id"]] = ", ".join(part for part in parts if part)
    return titles
