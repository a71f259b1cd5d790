"""Which size: charts, words and what fitted before."""

from __future__ import annotations

import pytest

from actions.shopping.measures import read_measures
from actions.shopping.size_chart import Advice, clothes_size, shoe_row, shoe_size
from actions.shopping.sizing import SizingHelp
from crm_store import customers, fits
from crm_store.models import OrderStatus, Resolution, Return, ReturnItem, ReturnReason, ReturnStatus
from crm_store.session import Store
from tests.actions.stage import Stage
from tests.crm_store.builders import Line, days_ago, make_customer, make_order, make_product, saved


@pytest.mark.parametrize(
    ("text", "sizes", "sure"),
    [
        ("chest 104 cm", ("L",), True),
        ("46 inch chest", ("XL",), True),
        ("my chest is 94", ("M",), True),
        ("95 cm chest and 92 cm waist", ("M",), False),
        ("I'm 178 cm and 80 kg", ("L",), False),
        ("1.65m, 60 kilos", ("S",), False),
        ("5'11 and 12 stone 4", ("L",), False),
        ("I normally wear a 12", ("M",), False),
        ("I wear a size 99", None, False),
        ("what size do I need", None, False),
    ],
)
def test_clothes(text: str, sizes: tuple[str, ...] | None, sure: bool) -> None:
    advice = clothes_size(read_measures(text))
    assert (advice.sizes, advice.sure) == (sizes, sure) if sizes and advice else advice is None


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("what's a UK 8 in EU", ("42",)),
        ("I usually take a 10 UK", ("44", "45")),
        ("US 9 women's", ("40",)),
        ("us 10.5", ("44",)),
        ("my foot is 24.5 cm", ("39",)),
        ("my feet are 26 cm long", ("41", "42")),
        ("I have EU 43", ("43",)),
    ],
)
def test_shoes(text: str, sizes: tuple[str, ...]) -> None:
    advice = shoe_size(read_measures(text))
    assert advice is not None
    assert advice.sizes == sizes
    assert advice.sure == (len(sizes) == 1)


def test_outside_the_charts() -> None:
    assert clothes_size(read_measures("2.10m and 150 kg")) == Advice(("XXL",), False, inside=False)
    small = shoe_size(read_measures("foot of 20 cm"))
    assert small is not None
    assert not small.inside
    assert shoe_row("12") is None


def test_a_weight_is_no_height() -> None:
    measures = read_measures("I weigh 80 kg")
    assert (measures.height, measures.weight) == (None, 80)


async def bought(store: Store, size: str, reason: ReturnReason | None, *, gift: bool = False) -> int:
    """A customer who had a jacket in that size, and sent it back for that reason."""
    async with store.unit() as session:
        customer = await make_customer(session)
        product = await make_product(session, variants=[(s, "blue") for s in ("S", "M", "L", "XL")])
        variant = next(v for v in product.variants if v.size == size)
        order = await make_order(session, customer, Line(variant), status=OrderStatus.DELIVERED, gift=gift)
        if reason is not None:
            back = Return(
                number="R-1",
                order_id=order.id,
                customer_id=customer.id,
                status=ReturnStatus.REFUNDED,
                resolution=Resolution.REFUND_CARD,
                requested_at=days_ago(1),
            )
            await saved(session, back)
            row = ReturnItem(return_id=back.id, order_item_id=order.items[0].id, quantity=1, reason=reason)
            await saved(session, row)
        return customer.id


@pytest.mark.parametrize(
    ("size", "reason", "verdicts"),
    [
        ("M", None, [("M", "kept")]),
        ("M", ReturnReason.TOO_SMALL, [("M", "too_small")]),
        ("M", ReturnReason.TOO_LARGE, [("M", "too_large")]),
        ("M", ReturnReason.DAMAGED, []),
    ],
)
async def test_what_became_of_it(
    store: Store, size: str, reason: ReturnReason | None, verdicts: list[tuple[str, str]]
) -> None:
    customer_id = await bought(store, size, reason)
    async with store.reading() as session:
        found = await fits.fits(session, customer_id=customer_id)
        assert [(fit.size, fit.verdict) for fit in found] == verdicts
        assert await fits.fits(session, customer_id=customer_id + 1) == []


async def test_a_gift_says_nothing_about_the_giver(store: Store) -> None:
    customer_id = await bought(store, "M", None, gift=True)
    async with store.reading() as session:
        assert await fits.fits(session, customer_id=customer_id) == []


@pytest.mark.parametrize(
    ("text", "reason", "answer", "why"),
    [
        ("what size?", None, "M", "You kept the Skylark Rain Jacket in M."),
        ("what size?", ReturnReason.TOO_SMALL, "L", "back in M because it was too small"),
        ("chest 98 cm", ReturnReason.TOO_SMALL, "L", "back in M because it was too small"),
        ("chest 98 cm", ReturnReason.TOO_LARGE, "S", "back in M because it was too large"),
        ("chest 104 cm", ReturnReason.TOO_SMALL, "L", "That's what our size chart says"),
    ],
)
async def test_what_fitted_before_counts(
    store: Store, text: str, reason: ReturnReason | None, answer: str, why: str
) -> None:
    await bought(store, "M", reason)
    stage = Stage(store)
    await stage.sign_in("C-0001")
    played = await stage.play(SizingHelp(), text, "sizing_help", product="Skylark Rain Jacket")
    assert f" {answer}. " in played.text
    assert why in played.text
    assert f"Is it there in {answer}?" in played.buttons


async def test_nothing_of_somebody_elses_orders(store: Store) -> None:
    await bought(store, "M", ReturnReason.TOO_SMALL)
    async with store.unit() as session:
        await customers.get_by_number(session, number="C-0001")
    played = await Stage(store).play(SizingHelp(), "what size?", "sizing_help", product="Skylark Rain Jacket")
    assert "too small" not in played.text
    assert "your height and weight" in played.text
