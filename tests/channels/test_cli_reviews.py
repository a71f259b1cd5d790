"""`aftersale reviews`: what waits for a human is shown, published or refused."""

from __future__ import annotations

import asyncio

import pytest

from channels.settings import load_settings
from crm_store import reviews
from crm_store.models import Customer, PointsEntry, Review
from crm_store.session import Store
from tests.channels.test_cli import aftersale, done, home, stored
from tests.crm_store import builders

__all__ = ["home"]


async def _hold() -> None:
    store = Store(load_settings().database_url)
    async with store.unit() as session:
        person = await builders.make_member(session, "C-0099")
        product = await builders.make_product(session)
        await builders.make_delivered(session, person, builders.Line(product.variants[0]))
        await reviews.write(
            session, customer_id=person.id, product_id=product.id, stars=1, words="[red]crap[/red]", held=True
        )
    await store.close()


@pytest.fixture(autouse=True)
def _held(home: object) -> None:
    asyncio.run(_hold())
    done("create-agent", "aoife@example.com", "--name", "Aoife", "--password-stdin", typed="12345678\n")


def test_what_waits_is_shown_as_it_was_written() -> None:
    output = done("reviews", "held")
    assert "[red]crap[/red]" in output
    assert "Skylark" in output


@pytest.mark.parametrize(
    ("command", "status", "lines"), [("publish", "published", 1), ("refuse", "refused", 0)]
)
def test_decided(command: str, status: str, lines: int) -> None:
    assert status in done("reviews", command, "1", "--as", "aoife@example.com")
    assert [review.status.value for review in stored(Review)] == [status]
    assert len(stored(PointsEntry)) == lines
    assert "No review waits" in done("reviews", "held")


def test_by_nobody_and_of_none() -> None:
    assert aftersale("reviews", "publish", "1", "--as", "nobody@example.com").exit_code == 1
    assert aftersale("reviews", "publish", "99", "--as", "aoife@example.com").exit_code == 1
    assert [review.status.value for review in stored(Review)] == ["held"]
    assert len(stored(Customer)) == 2
