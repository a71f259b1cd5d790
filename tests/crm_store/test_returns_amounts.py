"""What returned goods are worth: every part, and all parts together, to the cent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_store.models import Order, OrderItem, RefundMethod
from crm_store.returns.amounts import bonus, paid_for_lines, pieces, with_bonus, without_bonus

lines = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 30_000), st.integers(0, 900)), min_size=1, max_size=6
)


def _order(rows: list[tuple[int, int, int]], shipping: int, discount: int) -> Order:
    items = [
        OrderItem(id=key, quantity=quantity, unit_price_cents=price, discount_cents=min(off, price))
        for key, (quantity, price, off) in enumerate(rows)
    ]
    goods = sum(item.paid_cents for item in items)
    return Order(items=items, shipping_cents=shipping, total_cents=max(goods + shipping - discount, 0))


@given(lines, st.integers(0, 995), st.integers(0, 50_000))
def test_the_lines_together_are_what_was_paid_for_goods(
    rows: list[tuple[int, int, int]], shipping: int, discount: int
) -> None:
    order = _order(rows, shipping, discount)
    paid = paid_for_lines(order)
    assert sum(paid.values()) == max(order.total_cents - shipping, 0)
    assert all(0 <= paid[item.id] <= item.paid_cents for item in order.items)


def test_a_discount_that_the_lines_show_already_counts_once() -> None:
    item = OrderItem(id=1, quantity=2, unit_price_cents=5000, discount_cents=1000)
    order = Order(items=[item], shipping_cents=495, discount_cents=1000, total_cents=9495)
    assert paid_for_lines(order) == {1: 9000}


@given(st.integers(0, 100_000), st.lists(st.integers(1, 5), min_size=1, max_size=8))
def test_the_pieces_of_a_line_together_are_the_line(paid: int, parts: list[int]) -> None:
    whole, gone, given_back = sum(parts), 0, 0
    for more in parts:
        part = pieces(paid, whole, gone=gone, more=more)
        assert 0 <= part <= paid
        gone, given_back = gone + more, given_back + part
    assert given_back == paid


@given(st.integers(0, 10_000_000))
def test_the_bonus_can_be_taken_out_again(cents: int) -> None:
    assert with_bonus(cents) == cents + bonus(cents) <= cents * 1.1
    assert without_bonus(with_bonus(cents), RefundMethod.STORE_CREDIT) == cents
    assert without_bonus(cents, RefundMethod.CARD) == cents
