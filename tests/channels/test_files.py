"""The door to a customer's own files: only with a link of ours, only while it lasts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.links import Purpose, sign
from channels.settings import DEMO_SECRET
from crm_store import clock
from crm_store.models import PaymentStatus
from crm_store.session import Store
from tests.channels.door import OpenDoor
from tests.crm_store.builders import Line, make_customer, make_delivered

SECRET = DEMO_SECRET.encode()


async def bought(store: Store, **fields: object) -> int:
    """Somebody with an order; their id."""
    async with store.unit() as session:
        customer = await make_customer(session, "C-0002", name="Zoë Ó Súilleabháin")
        line = Line(title="Skylark „Ünïcode“ Ωjacket 茶", quantity=2, price_cents=4_999, discount_cents=100)
        await make_delivered(session, customer, line, ship_name="Zoë", ship_city="Łódź", **fields)
        return customer.id


def path(
    customer_id: int, number: str = "A-10042", purpose: Purpose = Purpose.INVOICE, secret: bytes = SECRET
) -> str:
    token = sign(secret, purpose=purpose, customer_id=customer_id, subject=number)
    return f"/files/invoice/{token}"


async def test_an_invoice_is_a_pdf_that_nobody_keeps(door: OpenDoor) -> None:
    response = await door.client.get(path(await bought(door.service.store)))
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"] == 'inline; filename="invoice-A-10042.pdf"'
    assert response.headers["cache-control"] == "private, no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.content.startswith(b"%PDF-")
    assert len(response.content) < 200_000


async def test_an_old_link_says_how_to_get_a_new_one(door: OpenDoor) -> None:
    customer_id = await bought(door.service.store)
    with clock.frozen_at(clock.now() - timedelta(hours=25)):
        old = path(customer_id)
    response = await door.client.get(old)
    assert response.status_code == 410
    assert response.json()["error"]["code"] == "link_expired"
    page = await door.client.get(old, headers={"Accept": "text/html"})
    assert page.status_code == 410
    assert "Ask for a new one" in page.text


async def test_what_is_no_link_of_ours(door: OpenDoor) -> None:
    customer_id = await bought(door.service.store)
    good = path(customer_id)
    for wrong in (
        path(customer_id, secret=b"another secret"),
        path(customer_id, purpose=Purpose.EXPORT),
        good[:-3] + "abc",
        good.replace("/invoice/", "/nothing/"),
        "/files/invoice/x",
        "/files/invoice/..%2F..%2Fetc%2Fpasswd",
        path(customer_id + 1),
        path(customer_id, "A-99999"),
    ):
        response = await door.client.get(wrong)
        assert response.status_code == 404, wrong
        assert "error" in response.json()


async def test_an_unpaid_order_has_none(door: OpenDoor) -> None:
    customer_id = await bought(door.service.store, payment_status=PaymentStatus.FAILED)
    assert (await door.client.get(path(customer_id))).status_code == 404


@pytest.mark.parametrize(("count", "several"), [(1, False), (60, True)])
async def test_a_long_order_takes_several_pages(door: OpenDoor, count: int, several: bool) -> None:
    async with door.service.store.unit() as session:
        customer = await make_customer(session, "C-0002")
        lines = [Line(title=f"Thing {place} with quite a long name " * 3) for place in range(count)]
        await make_delivered(session, customer, *lines)
    response = await door.client.get(path(customer.id))
    assert (response.content.count(b"/Type /Page\n") > 1) is several
